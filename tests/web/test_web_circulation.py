"""Send til andre kommuner and Svar på jobordre, as the people at the offices meet them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import appoint, consultant, user
from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.network.factories import GREVE, ROSKILDE, SOLROED, fund
from tvaers.accounts.models import Appointment, Role, User
from tvaers.audit.models import Look
from tvaers.candidates.models import Identity
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Answer, AnswerCandidate, Request
from tvaers.database.change import as_reader
from tvaers.orders.models import Order, Subject
from tvaers.orders.queries import coverage
from tvaers.referrals.models import Referral
from tvaers.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


@pytest.fixture
def at_office(region: Sjaelland) -> Callable[[str], Client]:
    """A browser in which a consultant of the municipality's office works."""

    def sign_in(code: str) -> Client:
        someone = user()
        appoint(someone, region.offices[code], Role.CONSULTANT)
        client = Client()
        client.force_login(someone)
        return client

    return sign_in


@pytest.fixture
def lead(region: Sjaelland) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=region.lead.user_id))
    return client


def sent(region: Sjaelland, order: Order, code: str = GREVE) -> Request:
    made = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return made.requests.get()


def send_form(lead: Client, order: Order) -> dict[str, Any]:
    page = lead.get(reverse("order_send", args=[order.pk]))
    form = page.context["form"]
    return {"send_key": str(form.initial["send_key"]), "step": "ALLIANCE", "message": ""}


def test_the_alliances_offices_are_chosen_beforehand(lead: Client, order: Order) -> None:
    page = lead.get(reverse("order_send", args=[order.pk]))
    offices = re.findall(r'name="office"[^>]* checked>', page.content.decode())
    assert len(offices) == 16


def test_the_lead_sees_beforehand_what_each_office_will_see(
    region: Sjaelland, lead: Client, order: Order, at_office: Callable[[str], Client]
) -> None:
    told = re.compile(r'<dl class="facts">.*?</dl>', re.DOTALL)
    before = lead.get(reverse("order_send", args=[order.pk])).content.decode()
    seen = at_office(GREVE).get(reverse("answer", args=[sent(region, order).pk])).content.decode()
    assert told.findall(before) == told.findall(seen)
    assert "gaffeltruckcertifikat B" in before


def test_the_lead_sends_with_one_click_and_a_second_click_sends_nothing(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    form = send_form(lead, order)
    form["office"] = [office.pk for office in region.others]  # type: ignore[assignment]
    for _ in range(2):
        page = lead.post(reverse("order_send", args=[order.pk]), form)
        assert page.status_code == 302
    assert Request.objects.filter(order=order).count() == 16


def test_sending_to_nobody_says_so_and_keeps_the_message(lead: Client, order: Order) -> None:
    form = send_form(lead, order) | {"message": "Truckkort er et krav 🙂"}
    page = lead.post(reverse("order_send", args=[order.pk]), form)
    assert page.status_code == 422
    assert "Vælg mindst ét kontor" in page.content.decode()
    assert "Truckkort er et krav 🙂" in page.content.decode()


def test_an_office_is_excused_only_with_the_companys_word(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    greve, solroed = region.offices[GREVE].pk, region.offices[SOLROED].pk
    form = send_form(lead, order) | {"office": [greve], "excused": [solroed]}
    page = lead.post(reverse("order_send", args=[order.pk]), form)
    assert page.status_code == 422
    form |= {"said_by": "Hanne Vestergaard"}
    assert lead.post(reverse("order_send", args=[order.pk]), form).status_code == 302
    assert SOLROED in coverage(order.pk).missing


def test_only_the_orders_leads_send(at_office: Callable[[str], Client], order: Order) -> None:
    page = at_office(GREVE).get(reverse("order_send", args=[order.pk]))
    assert page.status_code == 403


def test_the_offices_are_shown_in_a_fixed_number_of_queries(
    lead: Client, order: Order, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60):
        lead.get(reverse("order_send", args=[order.pk]))


def answer_form(client: Client, request: Request) -> dict[str, Any]:
    page = client.get(reverse("answer", args=[request.pk]))
    form = page.context["form"]
    return {"answer_key": str(form.initial["answer_key"]), "reason": form.initial["reason"]}


def test_nobody_is_one_click_when_the_office_has_no_hits(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {"kind": "NOBODY"}
    assert client.post(reverse("answer", args=[request.pk]), form).status_code == 302
    assert (Answer.objects.get().kind, Answer.objects.get().reason) == ("NOBODY", "NO_HITS")


def test_nobody_with_hits_asks_for_a_reason(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    region.person(GREVE)
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {"kind": "NOBODY"}
    page = client.post(reverse("answer", args=[request.pk]), form)
    assert page.status_code == 422
    assert "Vælg, hvorfor ingen er egnede" in page.content.decode()
    form["reason"] = "NOT_INTERESTED"
    assert client.post(reverse("answer", args=[request.pk]), form).status_code == 302


def test_nobody_is_ticked_beforehand_and_the_chosen_are_sent_with_a_line(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    one, other = region.person(GREVE, name="Ida Prøvesen"), region.person(GREVE)
    request, client = sent(region, order), at_office(GREVE)
    page = client.get(reverse("answer", args=[request.pk])).content.decode()
    assert "Ida Prøvesen" in page
    assert not re.findall(r'name="person_[^>]* checked', page)
    form = answer_form(client, request) | {
        "kind": "CANDIDATES",
        f"person_{one.pk}": "on",
        f"spoken_{one.pk}": "on",
        f"line_{one.pk}": "Bor 5 min. fra lageret",
    }
    assert client.post(reverse("answer", args=[request.pk]), form).status_code == 302
    referral = Referral.objects.get()
    assert (referral.person_id, referral.spoken_with) == (one.pk, True)
    with as_reader(office_id=region.offices[GREVE].pk):
        assert AnswerCandidate.objects.get().line == "Bor 5 min. fra lageret"
    assert other.pk not in Referral.objects.values_list("person_id", flat=True)


def test_sending_without_choosing_anyone_is_explained(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {"kind": "CANDIDATES", "words": "Vi leder videre"}
    page = client.post(reverse("answer", args=[request.pk]), form)
    assert "Vælg mindst én kandidat" in page.content.decode()
    assert "Vi leder videre" in page.content.decode()


def test_someone_who_is_in_no_list_is_added(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {
        "kind": "CANDIDATES",
        "new_name": "Bo Demosen",
        "new_phone": "20 30 40 50",
        "new_municipality": GREVE,
        "new_line": "Kendt fra praktik",
    }
    page = client.post(reverse("answer", args=[request.pk]), form)
    assert "Spørg personen" in page.content.decode()
    form["new_basis"] = "on"
    assert client.post(reverse("answer", args=[request.pk]), form).status_code == 302
    referral = Referral.objects.get()
    with as_reader(office_id=region.offices[GREVE].pk):
        assert Identity.objects.get(pk=referral.person_id).name == "Bo Demosen"


def test_a_funds_newcomer_lives_where_it_says_and_nowhere_by_itself(
    region: Sjaelland, order: Order
) -> None:
    kassen = fund("Fagkassen (prøve)")
    someone = user()
    appoint(someone, kassen, Role.PARTNER)
    client = Client()
    client.force_login(someone)
    made = circulation.send(
        order_id=order.pk,
        office_ids=[kassen.pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    form = answer_form(client, made.requests.get()) | {
        "kind": "CANDIDATES",
        "new_name": "Bo Demosen",
        "new_basis": "on",
    }
    page = client.post(reverse("answer", args=[made.requests.get().pk]), form)
    assert "Vælg den kommune, personen bor i." in page.content.decode()
    assert not Referral.objects.exists()


def test_one_of_the_offices_own_people_is_found_by_name_and_nothing_typed_is_lost(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    hit = region.person(GREVE, name="Ida Prøvesen")
    other = region.person(GREVE, name="Søren Skjult", concepts=())
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {
        "kind": "",
        "find": "skjult",
        f"person_{hit.pk}": "on",
        f"line_{hit.pk}": "God",
    }
    page = client.post(reverse("answer", args=[request.pk]), form).content.decode()
    assert "Søren Skjult" in page
    assert "God</textarea>" in page
    assert other.pk in Look.objects.latest("pk").person_ids
    nobody = client.post(reverse("answer", args=[request.pk]), form | {"find": "Nogen"})
    assert "Ingen af kontorets kandidater hedder sådan." in nobody.content.decode()
    form |= {"kind": "CANDIDATES", f"person_{other.pk}": "on"}
    client.post(reverse("answer", args=[request.pk]), form)
    assert Referral.objects.count() == 2
    answered = client.get(reverse("answer", args=[request.pk])).content.decode()
    assert answered.count("I svaret") == 2


def test_a_cpr_number_in_the_line_is_pointed_out_before_it_is_saved(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    one = region.person(GREVE)
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {
        "kind": "CANDIDATES",
        f"person_{one.pk}": "on",
        f"line_{one.pk}": "Ring, cpr 010190-1234",
    }
    page = client.post(reverse("answer", args=[request.pk]), form)
    assert page.status_code == 422
    assert "CPR-nummer" in page.content.decode()
    assert not Answer.objects.exists()


def test_another_office_neither_sees_nor_answers(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    request = sent(region, order)
    assert at_office(ROSKILDE).get(reverse("answer", args=[request.pk])).status_code == 403


def test_the_lead_writes_an_answer_from_the_telephone_and_says_whose(
    region: Sjaelland, order: Order, lead: Client
) -> None:
    region.person(GREVE, name="Ida Prøvesen")
    request = sent(region, order)
    page = lead.get(reverse("answer", args=[request.pk]))
    assert page.url == reverse("answer_by_phone", args=[request.pk])  # type: ignore[attr-defined]
    shown = lead.get(reverse("answer_by_phone", args=[request.pk]))
    assert "Ida Prøvesen" not in shown.content.decode()
    form = {
        "answer_key": str(shown.context["form"].initial["answer_key"]),
        "kind": "NOBODY",
        "reason": "NOT_REACHED",
    }
    address = reverse("answer_by_phone", args=[request.pk])
    assert "Skriv, hvem der gav svaret" in lead.post(address, form).content.decode()
    assert lead.post(address, form | {"said_by": "Konsulenten i Greve"}).status_code == 302
    assert Answer.objects.get().via == "PHONE"


def test_a_withdrawn_request_says_so(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client], lead: Client
) -> None:
    request = sent(region, order)
    lead.post(reverse("circulation_withdraw", args=[request.circulation_id]))
    page = at_office(GREVE).get(reverse("answer", args=[request.pk])).content.decode()
    assert "trukket tilbage" in page


def test_an_answer_that_meets_a_withdrawal_is_refused_in_words(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    request, client = sent(region, order), at_office(GREVE)
    form = answer_form(client, request) | {"kind": "NOBODY"}
    circulation.withdraw(circulation_id=request.circulation_id, by=region.lead.actor, at=MONDAY)
    page = client.post(reverse("answer", args=[request.pk]), form)
    assert page.status_code == 422
    assert not Answer.objects.exists()


def test_the_looks_at_own_hits_are_recorded(
    region: Sjaelland, order: Order, at_office: Callable[[str], Client]
) -> None:
    one = region.person(GREVE)
    request, client = sent(region, order), at_office(GREVE)
    client.get(reverse("answer", args=[request.pk]))
    look = Look.objects.get(purpose="answer")
    assert (look.person_ids, look.order_id) == ([one.pk], order.pk)


def test_a_late_request_can_still_be_answered(
    region: Sjaelland,
    order: Order,
    at_office: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request, client = sent(region, order), at_office(GREVE)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=4))
    form = answer_form(client, request) | {"kind": "NOBODY"}
    client.post(reverse("answer", args=[request.pk]), form)
    assert Answer.objects.get().late


def test_a_paused_order_is_not_sent_and_the_page_says_why(
    region: Sjaelland, lead: Client, order: Order
) -> None:
    form = send_form(lead, order) | {"office": [region.offices[GREVE].pk]}
    say(order, Subject.ENOUGH, region.lead)
    page = lead.post(reverse("order_send", args=[order.pk]), form)
    assert "på pause" in page.content.decode()


def test_someone_whose_role_ended_a_second_ago_is_told_so(region: Sjaelland, order: Order) -> None:
    request = sent(region, order)
    someone = consultant(region.offices[GREVE])
    client = Client()
    client.force_login(User.objects.get(pk=someone.user_id))
    form = answer_form(client, request) | {"kind": "NOBODY"}
    with setting_up():
        Appointment.objects.filter(user_id=someone.user_id).delete()
    page = client.post(reverse("answer", args=[request.pk]), form)
    assert page.status_code == 403
    assert "ingen rolle" in page.content.decode()
