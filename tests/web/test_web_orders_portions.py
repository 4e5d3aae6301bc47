"""Openings at several workplaces and in several schemes, from the draft to the hire (M10)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.candidates import factories as candidates
from tests.circulation.factories import occupation
from tests.companies import factories as companies
from tests.core.factories import MONDAY
from tests.leading.factories import ask
from tests.orders import factories as orders
from tests.web.order_scene import address, fields_of
from tvaers.accounts.models import User
from tvaers.circulation.models import Request
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.orders.need import Portion
from tvaers.referrals import operations as referrals

FLEX = {"portion_0_number": "1", "portion_0_scheme": "flex_job", "portion_0_workplace": ""}


@pytest.fixture
def mixed(koege: Office, anne: User) -> Order:
    """Three openings in Køge, one of them a flex job."""
    portions = (Portion(number=1, scheme="flex_job"),)
    return orders.an_order(
        office=koege,
        lead=anne,
        openings=3,
        portions=portions,
        occupation=occupation(),
        requirements=(),
    )


def test_a_draft_portions_its_openings_out_and_the_page_says_how(
    browser: Client, koege: Office
) -> None:
    orders.with_defaults()
    company = companies.company("Åse Lager A/S")
    ad = "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B"
    draft = browser.post(reverse("order_new"), {"q": company.cvr, "ad": ad})["Location"]
    told = fields_of(browser.get(draft).text) | FLEX
    browser.post(draft, told | {"do": "keep"})
    again = fields_of(browser.get(draft).text)
    assert (again["portion_0_number"], again["portion_0_scheme"]) == ("1", "flex_job")
    assert "portion_3_number" in again
    answer = browser.post(draft, again)
    assert answer.status_code == 302, answer.text
    said = browser.get(answer["Location"]).text
    assert "1 × Fleksjob" in said
    assert "2 × Ordinært job, ikke fordelt" in said


def test_more_than_there_are_comes_back_with_what_was_typed(browser: Client, mixed: Order) -> None:
    change = reverse("order_change", args=[mixed.pk])
    told = fields_of(browser.get(change).text)
    answer = browser.post(change, told | {"portion_0_number": "4"})
    assert (answer.status_code, "Der er fordelt flere stillinger" in answer.text) == (422, True)
    assert fields_of(answer.text)["portion_0_number"] == "4"


def test_a_change_portions_out_in_other_ways_and_the_log_says_so(
    browser: Client, mixed: Order
) -> None:
    change = reverse("order_change", args=[mixed.pk])
    told = fields_of(browser.get(change).text)
    place = str(mixed.places.get().workplace_id)
    assert browser.post(change, told | {"portion_0_workplace": place}).status_code == 302
    assert mixed.portions.get().workplace_id == int(place)
    assert "Jobordren er ændret: fordeling af stillingerne" in browser.get(address(mixed)).text


def test_two_people_at_once_see_both_ways(browser: Client, mixed: Order) -> None:
    change = reverse("order_change", args=[mixed.pk])
    mine = fields_of(browser.get(change).text)
    browser.post(change, mine | {"portion_0_number": "2"})
    late = browser.post(change, mine | {"portion_0_number": "3"})
    assert late.status_code == 422
    assert "2 × Fleksjob" in late.text
    assert "3 × Fleksjob" in late.text


def test_the_office_that_is_asked_sees_it(stranger: Client, mixed: Order) -> None:
    ask(mixed, Office.objects.get(name="Greve virksomhedsindgang"))
    said = stranger.get(reverse("answer", args=[Request.objects.get().pk])).text
    assert "1 × Fleksjob" in said


def test_a_hire_says_of_which_scheme_it_is(
    browser: Client, mixed: Order, koege: Office, presented: Callable[[Order], str]
) -> None:
    page = presented(mixed)
    assert 'name="hire-scheme"' in browser.get(page).text
    told = {"action": "hire", "hire-starts_on": "2026-03-09", "hire-hours": "37"}
    assert browser.post(page, told).status_code == 422
    assert browser.post(page, told | {"hire-scheme": "flex_job"}).status_code == 302
    assert orders.again(mixed).hired == 1
    assert mixed.referrals.get().person.profile.hired_from is None


def test_a_hire_of_an_order_in_one_scheme_asks_nothing_of_it(
    browser: Client, koege: Office, anne: User, presented: Callable[[Order], str]
) -> None:
    order = orders.an_order(office=koege, lead=anne)
    assert 'name="hire-scheme"' not in browser.get(presented(order)).text


@pytest.fixture
def presented(koege: Office) -> Callable[[Order], str]:
    """Someone of the office is presented; the address of that referral."""

    def present(order: Order) -> str:
        told = {"by": orders.lead_of(order), "at": MONDAY}
        person = candidates.person(koege)
        made = referrals.propose(order_id=order.pk, person_id=person.pk, **told)
        referrals.present(order_id=order.pk, referral_ids=[made.pk], **told)
        return reverse("referral", args=[made.pk])

    return present
