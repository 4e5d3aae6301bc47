"""The company's link: "jeres stilling", with nobody named before the company asks to see a CV."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.factories import consultant
from tests.circulation.factories import Sjaelland, an_order, sjaelland, withdrawn
from tests.core.at_once import at_once
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.network.factories import GREVE
from tests.web.browser import PHONE, OpenPage, troubles_at_every_width
from tvaers.audit.models import Change, Look
from tvaers.candidates.models import Profile
from tvaers.companies.models import CompanyContact, Wish
from tvaers.jobs.sending import send_waiting
from tvaers.links import operations as links
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import actor_of, token_of
from tvaers.messages.models import Message
from tvaers.orders import operations as orders
from tvaers.orders.models import CompanyWord, Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import CompanyReply, Referral
from tvaers.referrals.operations import NoMailToCompany, ReferralRefused
from tvaers.web import clock

pytestmark = pytest.mark.django_db
KEY = "7a1c0c44-9f0d-4c51-8c2e-00000000000"
DAY = timedelta(days=1)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    made = an_order(region.lead)
    with setting_up():
        contact = CompanyContact.objects.get(company=made.company, name="Hanne Vestergaard")
        contact.email = "hanne@example.dk"
        contact.save()
        made.contact = contact
        made.save()
    return orders.start_recruiting(order_id=made.pk, by=region.lead.actor, at=MONDAY)


@pytest.fixture
def ida(region: Sjaelland) -> Profile:
    return region.person(
        GREVE, name="Ida Prøvesen", phone="11223344", wanted_titles="Lagermedarbejder"
    )


@pytest.fixture
def presented(region: Sjaelland, order: Order, ida: Profile) -> Referral:
    """Ida has said yes, and is presented."""
    by, at = region.lead.actor, MONDAY
    made = referrals.propose(order_id=order.pk, person_id=ida.pk, by=by, at=at)
    referrals.ask(referral_id=made.pk, by=by, at=at)
    link = Link.objects.get(purpose=Purpose.CANDIDATE)
    referrals.say_yes(referral_id=made.pk, by=actor_of(link), at=at)
    referrals.present(order_id=order.pk, referral_ids=[made.pk], by=by, at=at)
    made.refresh_from_db()
    return made


@pytest.fixture
def page(presented: Referral) -> str:
    link = Link.objects.get(purpose=Purpose.COMPANY)
    return reverse("company_link", args=[token_of(link)])


def text_of(page: Any) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page.content.decode())


def reply(referral: Referral, kind: str, key: int = 1, **more: str) -> dict[str, str]:
    name = f"reply{referral.pk}"
    told = {"kind": kind, "key": f"{KEY}{key}"} | more
    return {"action": name} | {f"{name}-{field}": value for field, value in told.items()}


def status(subject: str, **more: str) -> dict[str, str]:
    told = {"subject": subject, "key": f"{KEY}5", "said_by": "Hanne Vestergaard"} | more
    return {"action": "status"} | {f"status-{field}": value for field, value in told.items()}


def wish(words: str, key: int = 6) -> dict[str, str]:
    told = {"words": words, "key": f"{KEY}{key}", "said_by": "Hanne Vestergaard"}
    return {"action": "wish"} | {f"wish-{field}": value for field, value in told.items()}


class TestTheMail:
    def test_presenting_tells_the_company_and_names_nobody(
        self, presented: Referral, page: str
    ) -> None:
        send_waiting(at=MONDAY)
        sent = next(one for one in mail.outbox if one.to == ["hanne@example.dk"])
        assert sent.subject == "Kandidater til jeres stilling: Lagermedarbejdere til Køge"
        assert page in str(sent.body)
        assert "Ida" not in str(sent.body)

    def test_the_lead_asks_how_it_stands_once_a_day(self, region: Sjaelland, order: Order) -> None:
        for _ in range(2):
            referrals.send_company_link(order_id=order.pk, by=region.lead.actor, at=MONDAY)
        assert Message.objects.get().kind == "COMPANY_STATUS"

    def test_without_an_address_the_lead_is_told(self, region: Sjaelland) -> None:
        order = an_order(region.lead)
        with pytest.raises(NoMailToCompany):
            referrals.send_company_link(order_id=order.pk, by=region.lead.actor, at=MONDAY)


class TestTheCv:
    def test_nobody_is_named_before_the_company_asks(self, client: Client, page: str) -> None:
        text = text_of(client.get(page))
        assert "1 kandidat venter på jeres svar." in text
        assert "Lagermedarbejder" in text
        assert "Ida" not in text

    def test_is_shown_when_it_asks_and_the_look_is_written_down(
        self, client: Client, presented: Referral, page: str
    ) -> None:
        text = text_of(client.post(page, {"cv": presented.pk}))
        assert "Ida Prøvesen" in text
        assert "11223344" in text
        look = Look.objects.get(purpose="company")
        assert (look.person_ids, look.order_id) == ([presented.person_id], presented.order_id)
        mine = Link.objects.get(purpose=Purpose.MINE)
        told = text_of(client.get(reverse("mine_link", args=[token_of(mine)])))
        assert "Køge Lager A/S Virksomheden har læst det delte cv" in told

    def test_a_scanner_of_mail_sees_and_changes_nothing(self, client: Client, page: str) -> None:
        before = (Change.objects.count(), Look.objects.count())
        for visit in (client.get, client.head, client.options):
            assert "Ida" not in visit(page).content.decode()
        assert (Change.objects.count(), Look.objects.count()) == before

    def test_is_gone_when_the_candidate_stops_sharing(
        self, client: Client, presented: Referral, page: str
    ) -> None:
        by = actor_of(Link.objects.get(purpose=Purpose.MINE))
        referrals.stop_sharing(referral_id=presented.pk, by=by, at=MONDAY)
        answer = client.post(page, {"cv": presented.pk})
        assert "Ida" not in answer.content.decode()
        assert not Look.objects.filter(purpose="company").exists()

    def test_is_gone_when_it_has_expired(
        self, client: Client, presented: Referral, page: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY + 31 * DAY)
        assert "Ida" not in client.post(page, {"cv": presented.pk}).content.decode()

    def test_of_someone_on_another_order_is_not_there(
        self, client: Client, region: Sjaelland, presented: Referral, page: str
    ) -> None:
        other = referrals.propose(
            order_id=an_order(region.lead).pk,
            person_id=presented.person_id,
            by=region.lead.actor,
            at=MONDAY,
        )
        assert client.post(page, {"cv": other.pk}).status_code == 404


class TestReplies:
    def test_no_with_a_reason_however_many_clicks(
        self, client: Client, presented: Referral, page: str
    ) -> None:
        for key in (1, 1, 2):
            sent = reply(presented, "NO", key, reason="LACKS_EXPERIENCE", words="Savner truck.")
            client.post(page, sent)
        presented.refresh_from_db()
        assert (presented.state, presented.end_reason) == ("REJECTED", "LACKS_EXPERIENCE")
        assert CompanyReply.objects.count() == 1
        assert "I har sagt nej tak" in text_of(client.get(page))

    def test_no_without_a_reason_comes_back(
        self, client: Client, presented: Referral, page: str
    ) -> None:
        answer = client.post(page, reply(presented, "NO"))
        assert (answer.status_code, "Vælg en grund." in text_of(answer)) == (422, True)
        assert not CompanyReply.objects.exists()

    def test_an_interview_has_its_time(
        self, client: Client, presented: Referral, page: str
    ) -> None:
        assert client.post(page, reply(presented, "INTERVIEW")).status_code == 422
        client.post(page, reply(presented, "INTERVIEW", interview_at="2026-03-04T10:00"))
        client.post(page, reply(presented, "INTERVIEW", 2, interview_at="2026-03-04T10:00"))
        presented.refresh_from_db()
        assert (presented.state, CompanyReply.objects.count()) == ("INTERVIEW", 1)

    def test_an_interview_is_not_yesterday(
        self, client: Client, presented: Referral, page: str
    ) -> None:
        sent = reply(presented, "INTERVIEW", interview_at="2026-03-01T10:00")
        assert "ligger efter nu" in text_of(client.post(page, sent))

    def test_a_yes_is_the_leads_to_write_down(
        self, client: Client, region: Sjaelland, presented: Referral, page: str
    ) -> None:
        for key in (1, 2):
            client.post(page, reply(presented, "YES", key))
        presented.refresh_from_db()
        assert (presented.state, CompanyReply.objects.count()) == ("PRESENTED", 1)
        lead = Client()
        lead.force_login(presented.order.lead)
        assert "Skriv ansættelsen ned" in lead.get(reverse("tasks")).content.decode()
        shown = lead.get(reverse("order", args=[presented.order_id])).content.decode()
        assert "Virksomheden vil ansætte" in shown

    def test_about_someone_who_was_not_presented_is_refused(
        self, region: Sjaelland, presented: Referral
    ) -> None:
        other = referrals.propose(
            order_id=presented.order_id,
            person_id=region.person(GREVE).pk,
            by=region.lead.actor,
            at=MONDAY,
        )
        with pytest.raises(ReferralRefused):
            referrals.company_replies(
                referral_id=other.pk, kind="YES", reply_key=f"{KEY}1", by=SETUP, at=MONDAY
            )


class TestTheWholeOrder:
    def test_filled_by_the_company_is_its_own_word(
        self, client: Client, order: Order, page: str
    ) -> None:
        for _ in range(2):
            assert client.post(page, status("FILLED_BY_COMPANY", openings="2")).status_code == 302
        word = CompanyWord.objects.get(subject="FILLED_BY_COMPANY")
        assert (word.said_by, word.openings) == ("Hanne Vestergaard", 2)
        assert word.conversation.channel == "MAIL"

    def test_enough_pauses_the_order(self, client: Client, order: Order, page: str) -> None:
        client.post(page, status("ENOUGH"))
        order.refresh_from_db()
        assert order.paused_at == MONDAY
        assert "Vi holder pause" in text_of(client.get(page))

    def test_a_late_click_after_the_order_closed_changes_nothing(
        self, client: Client, region: Sjaelland, order: Order, presented: Referral, page: str
    ) -> None:
        withdrawn(order, region.lead)
        for sent in (
            reply(presented, "YES"),
            status("FILLED_BY_COMPANY", openings="1"),
            {"cv": str(presented.pk)},
        ):
            answer = client.post(page, sent)
            assert "Stillingen er afsluttet." in text_of(answer)
            assert "Ida" not in answer.content.decode()
        assert not CompanyReply.objects.exists()
        assert not CompanyWord.objects.filter(subject="FILLED_BY_COMPANY").exists()

    @pytest.mark.parametrize("how", ["expired", "withdrawn"])
    def test_a_late_click_says_so(
        self,
        client: Client,
        order: Order,
        page: str,
        how: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        if how == "expired":
            monkeypatch.setattr(clock, "now", lambda: MONDAY + 61 * DAY)
        else:
            links.withdraw(purpose=Purpose.COMPANY, about=[order.pk], by=SETUP, at=MONDAY)
        assert client.post(page, status("ENOUGH")).status_code == 410
        order.refresh_from_db()
        assert order.paused_at is None


class TestANewPosition:
    def test_lands_as_a_task_and_a_draft_that_the_office_confirms(
        self, client: Client, region: Sjaelland, page: str
    ) -> None:
        for _ in range(2):
            client.post(page, wish("2 kokke, Køge, fuld tid"))
        made = Wish.objects.get()
        lead = Client()
        lead.force_login(Order.objects.get().lead)
        assert "Bekræft en ny stilling" in lead.get(reverse("tasks")).content.decode()
        here = reverse("wish", args=[made.pk])
        assert "2 kokke, Køge, fuld tid" in lead.get(here).content.decode()
        draft = lead.post(here, {"take": "1"})
        assert "kok" in lead.get(draft["Location"]).content.decode().lower()
        assert lead.post(here, {"take": "1"})["Location"] == here
        assert "Bekræft en ny stilling" not in lead.get(reverse("tasks")).content.decode()
        assert Order.objects.count() == 1

    def test_is_declined_once(self, client: Client, page: str) -> None:
        client.post(page, wish("2 kokke"))
        lead = Client()
        lead.force_login(Order.objects.get().lead)
        here = reverse("wish", args=[Wish.objects.get().pk])
        lead.post(here, {"decline": "1"})
        lead.post(here, {"take": "1"})
        made = Wish.objects.get()
        assert (made.declined_at, made.taken_at) == (MONDAY, None)

    def test_is_not_another_offices(self, client: Client, region: Sjaelland, page: str) -> None:
        client.post(page, wish("2 kokke"))
        stranger = Client()
        user = consultant(region.offices[GREVE]).user_id
        stranger.force_login(type(Order.objects.get().lead).objects.get(pk=user))
        here = reverse("wish", args=[Wish.objects.get().pk])
        assert stranger.get(here).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_replies_at_once_are_one(presented: Referral) -> None:
    by = actor_of(Link.objects.get(purpose=Purpose.COMPANY))
    told = {"referral_id": presented.pk, "kind": "NO", "reason": "LACKS_SKILLS"}
    results = at_once(
        *(
            lambda key=key: referrals.company_replies(
                **told, reply_key=f"{KEY}{key}", by=by, at=MONDAY
            )
            for key in range(1, 5)
        )
    )
    assert {one.pk for one in results} == {CompanyReply.objects.get().pk}


def test_a_whole_company_on_a_phone(
    open_page: OpenPage, order: Order, presented: Referral, page: str
) -> None:
    shown = open_page(page, width=PHONE)  # from the mail
    found = troubles_at_every_width(shown, "jeres-stilling")
    shown.set_viewport_size({"width": PHONE, "height": 900})
    shown.get_by_role("button", name="Se cv").click()
    expect(shown.get_by_text("Ida Prøvesen")).to_be_visible()
    found += troubles_at_every_width(shown, "jeres-stilling-cv")
    shown.get_by_text("Hvad synes I?").click()
    shown.get_by_label("Vil holde samtale").check()
    shown.get_by_label("Hvornår er samtalen?").fill("2026-03-04T10:00")
    found += troubles_at_every_width(shown, "jeres-stilling-svar")
    shown.get_by_role("button", name="Send svaret").first.click()
    expect(shown.get_by_text("Til samtale").first).to_be_visible()
    shown.get_by_text("Mangler I flere?").click()
    shown.get_by_label("Hvem søger I?").fill("2 kokke til aftenvagter")
    found += troubles_at_every_width(shown, "jeres-stilling-flere")
    shown.get_by_role("button", name="Send til kontoret").click()
    expect(shown.get_by_text("Kontoret ringer eller skriver til jer")).to_be_visible()
    lead = Client()
    lead.force_login(order.lead)
    wished = open_page(reverse("wish", args=[Wish.objects.get().pk]), as_user=lead)
    assert found + troubles_at_every_width(wished, "oenske") == []
