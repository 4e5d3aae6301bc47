"""The candidate's links: yes or no in two clicks on a phone, harmless to scanners of mail."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE
from tests.web.browser import PHONE, OpenPage, picture, troubles_at_every_width
from tvaers.audit.models import Change, Look
from tvaers.candidates.models import Profile
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import token_of
from tvaers.orders import operations as orders
from tvaers.orders.models import Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral, Sharing
from tvaers.web import attempts, clock
from tvaers.web.models import FailedSignIn

pytestmark = pytest.mark.django_db
KEY = "6f1c0c44-9f0d-4c51-8c2e-00000000000"


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    made = an_order(region.lead)
    return orders.start_recruiting(order_id=made.pk, by=region.lead.actor, at=MONDAY)


@pytest.fixture
def ida(region: Sjaelland) -> Profile:
    return region.person(
        GREVE,
        name="Ida Prøvesen",
        email="ida@example.dk",
        phone="11223344",
        wanted_titles="Lagermedarbejder",
        text="Jeg har kørt truck i fire år.",
    )


@pytest.fixture
def referral(region: Sjaelland, order: Order, ida: Profile) -> Referral:
    """Ida is asked for the job."""
    made = referrals.propose(order_id=order.pk, person_id=ida.pk, by=region.lead.actor, at=MONDAY)
    return referrals.ask(referral_id=made.pk, by=region.lead.actor, at=MONDAY)


def address(purpose: Purpose, about: int) -> str:
    pages = {"CANDIDATE": "candidate_link", "LETTER": "letter_link", "MINE": "mine_link"}
    link = Link.objects.filter(purpose=purpose, about=about).latest("pk")
    return reverse(pages[purpose], args=[token_of(link)])


@pytest.fixture
def job(referral: Referral) -> str:
    return address(Purpose.CANDIDATE, referral.pk)


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page)


def written_to(region: Sjaelland, referral: Referral) -> str:
    referrals.write(
        referral_id=referral.pk,
        words="Kan du møde kl. 6 om morgenen?",
        letter_key=f"{KEY}1",
        by=region.lead.actor,
        at=MONDAY,
    )
    return address(Purpose.LETTER, referral.pk)


def test_the_page_asks_and_names_nobody(client: Client, job: str) -> None:
    page = client.get(job)
    text = text_of(page.content.decode())
    assert "Vil du have dit cv delt til dette job?" in text
    assert "Lagermedarbejdere til Køge" in text
    assert "Ida" not in text
    assert "11223344" not in text


def test_the_cv_is_shown_when_one_asks(client: Client, job: str) -> None:
    page = client.post(job, {"cv": "1"}).content.decode()
    assert "Ida Prøvesen" in page
    assert "Jeg har kørt truck i fire år." in page
    assert not Sharing.objects.exists()


def test_yes_shares_once_however_many_clicks(client: Client, job: str) -> None:
    for _ in range(2):
        assert client.post(job, {"answer": "yes"}).status_code == 302
    assert "Tak. Dit cv er delt til jobbet." in client.get(job).content.decode()
    assert Sharing.objects.count() == 1


def test_one_who_is_presented_reads_that_the_company_answers(
    client: Client, region: Sjaelland, order: Order, referral: Referral, job: str
) -> None:
    by = region.lead.actor
    referrals.present(order_id=order.pk, referral_ids=[referral.pk], by=by, at=MONDAY)
    page = text_of(client.get(job).content.decode())
    assert "Virksomheden har hørt om dig og svarer." in page
    assert "Ja, del mit cv" not in page


def test_no_with_a_reason(client: Client, job: str, referral: Referral) -> None:
    page = client.post(job, {"answer": "no", "reason": "TRANSPORT"})
    assert "Intet er delt, og du skal ikke gøre mere." in page.content.decode()
    again = client.post(job, {"answer": "no", "reason": "TRANSPORT"})
    assert "Der skal ikke længere svares" in again.content.decode()
    referral.refresh_from_db()
    assert (referral.state, referral.end_reason) == ("REJECTED", "TRANSPORT")


def test_no_without_a_reason_is_not_taken(client: Client, job: str, referral: Referral) -> None:
    page = client.post(job, {"answer": "no"})
    assert (page.status_code, "Vælg en grund" in page.content.decode()) == (422, True)
    referral.refresh_from_db()
    assert referral.state == "ASKED"


@pytest.mark.parametrize("purpose", [Purpose.CANDIDATE, Purpose.LETTER, Purpose.MINE])
def test_a_scanner_of_mail_changes_nothing(
    client: Client, region: Sjaelland, referral: Referral, purpose: Purpose
) -> None:
    written_to(region, referral)
    referrals.send_overview(
        person_id=referral.person_id, by=region.consultant(GREVE).actor, at=MONDAY
    )
    about = referral.person_id if purpose == Purpose.MINE else referral.pk
    here, before = address(purpose, about), (Change.objects.count(), Look.objects.count())
    for visit in (client.get, client.head, client.options):
        for _ in range(2):
            assert visit(here).status_code == 200
    assert (Change.objects.count(), Look.objects.count()) == before
    assert not FailedSignIn.objects.exists()


def test_a_late_click_says_so_and_shares_nothing(
    client: Client, job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=4))
    for page in (client.get(job), client.post(job, {"answer": "yes"})):
        assert (page.status_code, "Fristen er udløbet" in page.content.decode()) == (410, True)
    assert not Sharing.objects.exists()


def test_a_click_after_the_candidate_was_withdrawn(
    client: Client, region: Sjaelland, job: str, referral: Referral
) -> None:
    referrals.withdraw(referral_id=referral.pk, by=region.lead.actor, at=MONDAY)
    assert client.post(job, {"answer": "yes"}).status_code == 410
    assert not Sharing.objects.exists()


def test_the_address_is_told_to_nobody(client: Client, job: str) -> None:
    page = client.get(job)
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"


def test_a_form_from_a_browser_that_hides_where_it_comes_from_is_taken(job: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    sent = strict.post(job, {"answer": "yes"}, headers={"origin": "null"})
    assert sent.status_code == 302
    assert Sharing.objects.exists()


def test_no_log_has_the_key(
    client: Client,
    job: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=4))
    with caplog.at_level(logging.WARNING, "django.request"):
        assert client.get(job).status_code == 410
    (line,) = caplog.records
    key = job.rstrip("/").rpartition("/")[2]
    written = [one for one in logging.getLogger().handlers if one.filters]
    assert written
    for handler in written:
        assert handler.filter(line)
        assert key not in handler.format(line)


def test_a_link_for_one_purpose_opens_no_other_page(client: Client, job: str) -> None:
    token = job.rstrip("/").rpartition("/")[2]
    for page in ("letter_link", "mine_link", "answer_link"):
        assert client.get(reverse(page, args=[token])).status_code == 410


def test_a_link_takes_a_limited_number_of_forms(client: Client, job: str) -> None:
    answers = [client.post(job, {"answer": "no"}).status_code for _ in range(attempts.PER_LINK + 1)]
    assert answers == [422] * attempts.PER_LINK + [429]


def test_in_english(client: Client, job: str) -> None:
    page = client.get(job + "?sprog=en")
    assert page["Content-Language"] == "en"
    assert "Do you want your CV shared for this job?" in page.content.decode()
    assert client.post(job + "?sprog=en", {"answer": "yes"})["Location"].endswith("?sprog=en")


def test_an_invitation_leads_to_the_company(
    client: Client, region: Sjaelland, order: Order, ida: Profile
) -> None:
    referrals.invite(order_id=order.pk, person_ids=[ida.pk], by=region.lead.actor, at=MONDAY)
    made = Referral.objects.get()
    here = address(Purpose.CANDIDATE, made.pk)
    assert "inviterer dig til selv at søge det" in client.get(here).content.decode()
    for _ in range(2):
        assert client.post(here, {"answer": "applied"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "APPLIED"
    assert "Vi har skrevet ned, at du har søgt" in client.get(here).content.decode()


def test_a_binding_notice_has_no_button_for_no(
    client: Client, region: Sjaelland, referral: Referral
) -> None:
    referrals.bind(
        referral_id=referral.pk,
        apply_by=MONDAY + timedelta(days=2),
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    page = client.get(address(Purpose.CANDIDATE, referral.pk)).content.decode()
    assert "pligt til at søge det" in page
    assert "Nej tak" not in page


def test_a_reply_is_taken_once_and_checked_for_cpr(
    client: Client, region: Sjaelland, referral: Referral
) -> None:
    here = written_to(region, referral)
    assert "Kan du møde kl. 6" in client.get(here).content.decode()
    wrong = client.post(here, {"words": "Mit nummer er 010190-1234", "letter_key": f"{KEY}2"})
    assert wrong.status_code == 422
    for _ in range(2):
        client.post(here, {"words": "Ja, gerne.", "letter_key": f"{KEY}2"})
    page = client.get(here).content.decode()
    assert page.count("Ja, gerne.") == 1


def test_who_has_looked_and_stop(
    client: Client, region: Sjaelland, referral: Referral, job: str
) -> None:
    client.post(job, {"answer": "yes"})
    mine = address(Purpose.MINE, referral.person_id)
    page = text_of(client.get(mine).content.decode())
    assert re.search(r"Lagermedarbejdere til Køge\s+Deles nu", page)
    assert "Frigivet til en jobordre" in page
    for _ in range(2):
        assert client.post(mine, {"stop": str(referral.pk)}).status_code == 302
    assert not Sharing.objects.filter(ended_at__isnull=True).exists()
    assert "Deles nu" not in client.get(mine).content.decode()


def test_nobody_stops_for_another(
    client: Client, region: Sjaelland, order: Order, referral: Referral, job: str
) -> None:
    client.post(job, {"answer": "yes"})
    other = region.person(GREVE)
    referrals.send_overview(person_id=other.pk, by=region.consultant(GREVE).actor, at=MONDAY)
    page = client.post(address(Purpose.MINE, other.pk), {"stop": str(referral.pk)})
    assert page.status_code == 404
    assert Sharing.objects.filter(ended_at__isnull=True).exists()


def test_a_whole_candidate_on_a_phone(
    open_page: OpenPage, region: Sjaelland, order: Order, referral: Referral
) -> None:
    letter = written_to(region, referral)
    page = open_page(address(Purpose.CANDIDATE, referral.pk), width=PHONE)  # from the mail
    found = troubles_at_every_width(page, "job-link")
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.get_by_text("Nej tak").click()
    expect(page.get_by_role("button", name="Der er for langt")).to_be_visible()
    picture(page, "job-link-nej")
    page.get_by_role("button", name="Se, hvad du deler").click()
    expect(page.get_by_text("Ida Prøvesen")).to_be_visible()
    found += troubles_at_every_width(page, "job-link-cv")
    page.get_by_role("button", name="Ja, del mit cv").click()
    expect(page.get_by_text("Tak. Dit cv er delt til jobbet.")).to_be_visible()
    found += troubles_at_every_width(page, "job-link-ja")
    open_page(letter, page=page)
    page.get_by_label("Dit svar").fill("Ja, jeg kan møde kl. 6.")
    found += troubles_at_every_width(page, "besked-link")
    page.get_by_role("button", name="Send dit svar").click()
    expect(page.get_by_text("Ja, jeg kan møde kl. 6.")).to_be_visible()
    open_page(address(Purpose.MINE, referral.person_id), page=page)
    found += troubles_at_every_width(page, "mine-link")
    page.get_by_role("button", name="Stop delingen").click()
    expect(page.get_by_text("Deles nu")).to_have_count(0)
    assert found + troubles_at_every_width(page, "mine-link-stoppet") == []
    referral.refresh_from_db()
    assert referral.state == "REJECTED"
