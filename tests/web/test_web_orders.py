"""Jobordrer: the list, and one page for one order."""

import re
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.conftest import DOOR, SignIn
from tests.web.order_scene import address
from tvaers.accounts.models import Role, User
from tvaers.agreements.models import Agreement
from tvaers.circulation import operations as circulation
from tvaers.network.models import LadderStep, Office
from tvaers.orders import operations
from tvaers.orders.models import Order, Subject


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


def test_a_fund_that_takes_no_orders_begins_with_everyones(order: Order, signed_in: SignIn) -> None:
    partner = signed_in(Role.PARTNER, office=network.fund("Fagkassen (prøve)"))
    assert "Lagermedarbejder" in listed(partner)
    assert "Ingen jobordrer passer" in listed(partner, whose="office")


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


def test_the_page_says_how_far_up_the_ladder_the_order_is(browser: Client, order: Order) -> None:
    page = browser.get(address(order)).text
    ladder = page.split('<ol class="ladder">')[1].split("</ol>")[0]
    assert ladder.count("<li") == len(LadderStep.values)
    assert ladder.count('aria-current="step"') == 1


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


QUERIES = 37
"""The order, its ladder, map, candidates and answers, ads, names, what to do next, who leads, what
is shared."""


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


def test_the_log_has_words_for_everything(browser: Client, order: Order) -> None:
    by = orders.lead_of(order)
    operations.pause(order_id=order.pk, reason="ENOUGH", by=by, at=MONDAY)
    orders.evidence(order)
    said = browser.get(address(order)).text
    assert "På pause: nok kandidater" in said
    assert "Dækket ved svar: Greve, Køge, Solrød" in said
    assert "Virksomheden har nok kandidater indtil videre." in said
