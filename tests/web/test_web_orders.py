"""Jobordrer: the list, and one page for one order."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Role, User
from tvaers.agreements.models import Agreement
from tvaers.circulation import operations as circulation
from tvaers.network.models import Office
from tvaers.orders import operations
from tvaers.orders.models import Order, Subject
from tvaers.places.models import Municipality


@pytest.fixture
def anne(koege: Office) -> User:
    return orders.a_lead(koege, "Anne Lund")


@pytest.fixture
def browser(signed_in: SignIn, anne: User, koege: Office) -> Client:
    """Anne's browser; she leads."""
    client = Client()
    client.force_login(anne)
    return client


@pytest.fixture
def order(koege: Office, anne: User) -> Order:
    """Three warehouse workers in Køge, in dialogue, led by Anne."""
    return orders.an_order(office=koege, lead=anne, openings=3, stage="IN_DIALOGUE")


@pytest.fixture
def stranger(signed_in: SignIn) -> Client:
    """A consultant in Greve, who leads nothing."""
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    return signed_in(Role.CONSULTANT, office=greve)


def address(order: Order) -> str:
    return reverse("order", args=[order.pk])


def listed(browser: Client, **chosen: str) -> str:
    return browser.get(reverse("orders"), chosen).text


# The list


def test_the_list_shows_the_own_offices_open_orders_and_more_when_asked(
    browser: Client, order: Order
) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    orders.an_order(office=greve, title="Kok i Greve")
    assert "Lagermedarbejder" in listed(browser)
    assert "Kok i Greve" not in listed(browser)
    assert "Kok i Greve" in listed(browser, whose="all")
    assert "Kok i Greve" not in listed(browser, whose="mine")
    assert "Ingen jobordrer passer" in listed(browser, stage="CLOSED")
    assert "Lagermedarbejder" in listed(browser, q="køge lager")
    assert "Ingen jobordrer passer" in listed(browser, q="tømrer")


def test_the_list_says_hires_stage_promise_lead_and_coverage(browser: Client, order: Order) -> None:
    orders.evidence(order, network.KOEGE, network.GREVE)
    said = listed(browser)
    for words in ("0 af 3", "I dialog", "Præsentér kandidater", "Anne Lund", "2 af 3"):
        assert words in said


def test_only_the_late_ones(browser: Client, koege: Office, anne: User) -> None:
    orders.an_order(office=koege, lead=anne, title="Ny kok", stage="RECEIVED")
    orders.an_order(
        office=koege, lead=anne, title="Gammel kok", stage="RECEIVED", at=MONDAY - timedelta(7)
    )
    said = listed(browser, late="on")
    assert "Gammel kok" in said
    assert "For sent" in said
    assert "Ny kok" not in said


def test_nonsense_in_the_address_is_no_error(browser: Client, order: Order) -> None:
    assert "Lagermedarbejder" in listed(browser, stage="X", whose="Y", page="999999999")


def test_the_list_that_follows_the_choices_is_the_list_of_the_page(
    browser: Client, order: Order
) -> None:
    part = browser.get(reverse("orders"), headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert part.strip() in listed(browser)


def test_the_list_asks_the_database_as_often_however_long_it_is(
    browser: Client, koege: Office, anne: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        orders.an_order(office=koege, lead=anne)
    listed(browser)
    with django_assert_num_queries(DOOR + 4):
        listed(browser)


# The page


def test_the_page_says_what_is_asked_who_leads_and_what_is_due(
    browser: Client, order: Order
) -> None:
    said = browser.get(address(order)).text
    for words in (
        "3 × Lagermedarbejder",
        "Køge Lager A/S",
        "Gaffeltruckcertifikat B",
        "Anne Lund",
        "senest torsdag",
        "Ordinært job",
        "37 timer om ugen",
        "Virksomheden har sagt: Dialog om behovet",
        "Jobordren er modtaget: 3 stillinger",
    ):
        assert words in said


def test_the_page_asks_the_database_as_often_however_much_has_happened(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    region = sjaelland()
    order = an_order(region.lead)
    browser = Client()
    browser.force_login(User.objects.get(pk=region.lead.user_id))
    for number in range(2):
        send(order, region, number)
        browser.get(address(order))
        with django_assert_num_queries(DOOR + QUERIES):
            browser.get(address(order))


def send(order: Order, region: Sjaelland, number: int) -> None:
    """Ask two more offices; each names someone, and the company says something."""
    asked = region.others[2 * number : 2 * number + 2]
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[office.pk for office in asked],
        step="ALLIANCE",
        send_key=uuid4(),
        by=region.lead.actor,
        at=MONDAY,
    )
    for request in sent.requests.all():
        person = region.person(request.municipalities[0])
        circulation.answer(
            request_id=request.pk,
            answer_key=uuid4(),
            kind="CANDIDATES",
            candidates=[circulation.Named(person_id=person.pk)],
            by=region.consultant(request.municipalities[0]).actor,
            at=MONDAY,
        )
    orders.a_word(order, Subject.OTHER_SOLUTION, openings=1, words=str(number))


QUERIES = 29
"""The order, its ladder, map, candidates and answers, names, what to do next, who leads."""


def test_the_next_step_is_the_primary_button(browser: Client, koege: Office, anne: User) -> None:
    order = orders.an_order(office=koege, lead=anne, stage="RECEIVED")
    assert "Gem det, virksomheden sagde" in browser.get(address(order)).text
    word = {
        "action": "word",
        "word-subject": "DIALOGUE",
        "word-said_by": "Hanne Vestergaard",
        "word-channel": "PHONE",
        "word-words": "Tre fra maj.",
    }
    assert browser.post(address(order), word).status_code == 302
    assert orders.again(order).stage == "IN_DIALOGUE"
    assert "Begynd rekrutteringen" in browser.get(address(order)).text
    browser.post(address(order), {"action": "recruit"})
    assert orders.again(order).stage == "RECRUITING"
    assert "Søg kandidater" in browser.get(address(order)).text


def test_a_covered_step_proposes_the_next_with_one_button(
    browser: Client, koege: Office, anne: User
) -> None:
    order = orders.an_order(office=koege, lead=anne, openings=2)
    orders.evidence(order, network.KOEGE)
    assert "Søg bredere: Samarbejdet" in browser.get(address(order)).text
    browser.post(address(order), {"action": "widen", "widen-step": "ALLIANCE"})
    assert orders.again(order).ladder_step == "ALLIANCE"
    browser.post(address(order), {"action": "widen", "widen-step": "OWN"})
    assert orders.again(order).ladder_step == "ALLIANCE"


def test_a_word_without_its_number_comes_back_with_what_was_typed(
    browser: Client, order: Order
) -> None:
    answer = browser.post(
        address(order),
        {
            "action": "word",
            "word-subject": "WITHDRAWN",
            "word-said_by": "Hanne",
            "word-channel": "PHONE",
            "word-words": "De venter til efteråret.",
        },
    )
    assert answer.status_code == 422
    assert "hvor mange stillinger det gælder" in answer.text
    assert "De venter til efteråret." in answer.text


def test_a_double_click_writes_one_word_down(browser: Client, order: Order) -> None:
    key = re.search(r'name="word-word_key" value="([^"]+)"', browser.get(address(order)).text)
    assert key
    word = {
        "action": "word",
        "word-subject": "APPLICANTS",
        "word-said_by": "Hanne",
        "word-channel": "PHONE",
        "word-word_key": key[1],
    }
    for _ in range(2):
        assert browser.post(address(order), word).status_code == 302
    assert order.company_words.filter(subject="APPLICANTS").count() == 1


def test_pause_resume_more_openings_and_the_number_to_present(
    browser: Client, order: Order
) -> None:
    browser.post(address(order), {"action": "pause", "pause-reason": "Ferie til 1. august"})
    assert "Ferie til 1. august" in browser.get(address(order)).text
    browser.post(address(order), {"action": "resume"})
    assert orders.again(order).paused_at is None
    browser.post(address(order), {"action": "openings", "openings-openings": "5"})
    browser.post(address(order), {"action": "number", "number-number": "7"})
    now = orders.again(order)
    assert (now.openings, now.present_at_most) == (5, 7)
    fewer = browser.post(address(order), {"action": "openings", "openings-openings": "1"})
    assert "kan kun sættes op" in fewer.text


def test_others_read_and_do_nothing(stranger: Client, order: Order) -> None:
    said = stranger.get(address(order)).text
    assert "Gaffeltruckcertifikat B" in said
    assert "Begynd rekrutteringen" not in said
    stranger.post(address(order), {"action": "recruit"})
    assert orders.again(order).stage == "IN_DIALOGUE"
    for page in ("order_leads", "order_close"):
        refused = stranger.get(reverse(page, args=[order.pk]))
        assert refused.status_code == 403
        assert "Anne Lund" in refused.text


def test_the_page_warns_those_the_company_did_not_choose(browser: Client, order: Order) -> None:
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,), phone="43 97 97 97")
    with setting_up():
        Agreement.objects.create(
            company=order.company, kind="REGIONAL", lead_office=greve, starts_on="2026-01-01"
        )
    assert "Virksomheden har valgt Greve virksomhedsindgang" in browser.get(address(order)).text


def test_an_order_that_is_not_there_is_not_found(browser: Client, order: Order) -> None:
    for page in ("order", "order_leads", "order_close"):
        assert browser.get(reverse(page, args=[999_999])).status_code == 404


def test_an_administrator_has_no_business_with_orders(signed_in: SignIn, order: Order) -> None:
    assert signed_in(Role.ADMINISTRATOR).get(reverse("orders")).status_code == 403


# Who leads


def test_a_handover_is_offered_accepted_and_then_others_lead(
    browser: Client, stranger: Client, order: Order
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    bo = orders.a_lead(greve, "Bo Friis")
    leads = reverse("order_leads", args=[order.pk])
    browser.post(leads, {"action": "offer", "offer-person": f"{greve.pk}:{bo.pk}"})
    assert "vil overdrage jobordren til Bo Friis" in stranger.get(address(order)).text
    assert "Ja, vi er tovholder nu" not in browser.get(address(order)).text
    stranger.post(address(order), {"action": "accept"})
    assert orders.again(order).lead == bo
    assert browser.get(leads).status_code == 403


def test_an_offer_is_declined_or_taken_back(
    browser: Client, stranger: Client, order: Order
) -> None:
    greve = Office.objects.get(name="Greve virksomhedsindgang")
    bo = orders.a_lead(greve, "Bo Friis")
    leads = reverse("order_leads", args=[order.pk])
    offer = {"action": "offer", "offer-person": f"{greve.pk}:{bo.pk}"}
    browser.post(leads, offer)
    stranger.post(address(order), {"action": "decline"})
    browser.post(leads, offer)
    browser.post(leads, {"action": "withdraw-offer"})
    assert orders.again(order).lead.name == "Anne Lund"
    assert not order.handovers.filter(accepted_at=None, declined_at=None).exists()


def test_deputy_and_co_leads(browser: Client, order: Order, koege: Office) -> None:
    bo = orders.a_lead(koege, "Bo Friis")
    odense = network.office("Odense virksomhedsindgang", (network.ODENSE,))
    eva = orders.a_lead(odense, "Eva Juhl")
    leads = reverse("order_leads", args=[order.pk])
    browser.post(leads, {"action": "deputy", "deputy-person": f"{koege.pk}:{bo.pk}"})
    browser.post(
        leads,
        {"action": "co-lead", "co-lead-person": f"{odense.pk}:{eva.pk}", "co-lead-part": "WEST"},
    )
    said = browser.get(address(order)).text
    assert "Stedfortræder er nu Bo Friis" in said
    assert "Odense virksomhedsindgang er medtovholder" in said
    browser.post(leads, {"action": "remove-co-lead", "remove-co-lead-office_id": odense.pk})
    browser.post(leads, {"action": "deputy", "deputy-person": ""})
    assert orders.again(order).deputy is None
    assert not order.co_leads.exists()


# The end


def close(browser: Client, order: Order, **told: str) -> tuple[int, str]:
    form = {name.replace("__", "-"): value for name, value in told.items()}
    answer = browser.post(reverse("order_close", args=[order.pk]), form)
    return answer.status_code, answer.text


def test_a_closing_is_refused_with_the_names_of_exactly_the_missing_municipalities(
    browser: Client, koege: Office, anne: User
) -> None:
    order = orders.an_order(office=koege, lead=anne, openings=1)
    orders.evidence(order, network.KOEGE)
    names = dict(Municipality.objects.values_list("code", "name"))
    wanted = {names[network.GREVE], names[network.SOLROED]}
    status, said = close(browser, order, unfilled="1")
    assert status == 422
    refusal = said.split("kommuner mangler: ")[1].split(".")[0]
    assert set(refusal.split(", ")) == wanted
    assert "kommuner mangler: Greve, Solrød." in browser.get(address(order)).text


def test_a_covered_order_closes_with_the_companys_word_that_it_will_not_search_wider(
    browser: Client, koege: Office, anne: User
) -> None:
    order = orders.an_order(office=koege, lead=anne, openings=1)
    orders.evidence(order)
    status, said = close(browser, order, unfilled="1")
    assert (status, "søgt på en del af landet" in said) == (422, True)
    status, _said = close(
        browser, order, unfilled="1", not_wider__said_by="Hanne", not_wider__words="Nej tak."
    )
    assert status == 302
    assert orders.again(order).unfilled == 1
    page = browser.get(address(order)).text
    assert "Jobordren er lukket: Ikke besat" in page
    browser.post(address(order), {"action": "reopen"})
    assert orders.again(order).stage == "RECRUITING"


def test_each_outcome_takes_the_companys_own_word_in_the_same_go(
    browser: Client, order: Order
) -> None:
    told = {"filled_by_company__number": "2", "withdrawn__number": "1", "unfilled": "0"}
    status, said = close(browser, order, **told)
    assert (status, "hvem hos virksomheden der sagde det" in said) == (422, True)
    said_by = {"filled_by_company__said_by": "Hanne", "withdrawn__said_by": "Direktør Ib"}
    status, _said = close(browser, order, **told, **said_by)
    assert status == 302
    now = orders.again(order)
    assert (now.filled_by_company, now.withdrawn, now.unfilled) == (2, 1, 0)
    words = order.company_words.exclude(subject="DIALOGUE").values_list(
        "subject", "openings", "said_by"
    )
    assert set(words) == {("FILLED_BY_COMPANY", 2, "Hanne"), ("WITHDRAWN", 1, "Direktør Ib")}


def test_a_refused_closing_writes_no_word_down(browser: Client, order: Order) -> None:
    status, said = close(
        browser,
        order,
        withdrawn__number="1",
        withdrawn__said_by="Hanne",
        withdrawn__words="Vi venter.",
        unfilled="0",
    )
    assert (status, "summen passer" in said, "Vi venter." in said) == (422, True, True)
    assert not order.company_words.filter(subject="WITHDRAWN").exists()


def test_closing_twice_is_closing_once(browser: Client, order: Order) -> None:
    told = {"withdrawn__number": "3", "withdrawn__said_by": "Hanne", "unfilled": "0"}
    assert close(browser, order, **told)[0] == 302
    assert close(browser, order, **told)[0] == 302
    assert order.company_words.filter(subject="WITHDRAWN").count() == 1


def test_a_word_that_is_written_down_already_is_not_asked_for_again(
    browser: Client, order: Order
) -> None:
    orders.a_word(order, Subject.WITHDRAWN, openings=3)
    status, _said = close(browser, order, withdrawn__number="3", unfilled="0")
    assert status == 302
    assert order.company_words.filter(subject="WITHDRAWN").count() == 1


def test_a_health_word_about_the_company_is_pointed_out_before_it_is_kept(
    browser: Client, order: Order
) -> None:
    told = {
        "withdrawn__number": "3",
        "withdrawn__said_by": "Hanne",
        "withdrawn__words": "Mesteren er sygemeldt.",
        "unfilled": "0",
    }
    status, said = close(browser, order, **told)
    assert (status, "oplysning om helbred" in said) == (422, True)
    assert close(browser, order, **told, withdrawn__words_seen="on")[0] == 302


def test_the_log_has_words_for_everything(browser: Client, order: Order) -> None:
    by = orders.lead_of(order)
    operations.pause(order_id=order.pk, reason="ENOUGH", by=by, at=MONDAY)
    orders.evidence(order)
    said = browser.get(address(order)).text
    assert "På pause: nok kandidater" in said
    assert "Dækket ved svar: Greve, Køge, Solrød" in said
    assert "Virksomheden har nok kandidater indtil videre." in said
