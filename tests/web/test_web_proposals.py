"""Forslag, and the orders that fit a person: who sees what, and what a click does."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts import factories as accounts
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.network.factories import GREVE
from tests.web.conftest import DOOR
from tests.web.test_web_search import browser_of
from tvaers.accounts.models import Role
from tvaers.audit.models import Look
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.companies.models import Company
from tvaers.network.models import LadderStep
from tvaers.orders.models import Order
from tvaers.referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def lead(region: Sjaelland) -> Client:
    return browser_of(region.lead.user_id)


def text_of(browser: Client, address: str) -> str:
    return re.sub(r"\s+", " ", browser.get(address).text)


def wide(order: Order) -> Order:
    """The order, looked for in the whole alliance."""
    with setting_up():
        Order.objects.filter(pk=order.pk).update(ladder_step=LadderStep.ALLIANCE)
    return order


def pair(order: Order, person: Profile) -> str:
    return f"{order.pk}-{person.pk}"


def test_the_page_says_who_and_why_and_keeps_the_look(region: Sjaelland, lead: Client) -> None:
    stranger = region.person(GREVE, name="Bo Friis", wanted_titles="Lagermedarbejder")
    order = wide(an_order(region.lead))
    page = text_of(lead, reverse("proposals"))
    assert order.title in page
    assert "Opfylder kravet" in page
    assert "Bo Friis" not in page
    look = Look.objects.latest("pk")
    assert (look.order_id, look.person_ids, look.purpose) == (order.pk, [stranger.pk], "proposals")


def test_those_ticked_are_proposed_for_several_orders_at_once(
    region: Sjaelland, lead: Client
) -> None:
    one, other = region.person(), region.person()
    first, second = an_order(region.lead), an_order(region.lead)
    chosen = [pair(first, one), pair(second, other)]
    answer = lead.post(reverse("proposals"), {"pair": chosen}, follow=True)
    assert "2 personer er foreslået." in answer.text
    made = Referral.objects.values_list("order_id", "person_id", "state")
    assert set(made) == {(first.pk, one.pk, "PROPOSED"), (second.pk, other.pk, "PROPOSED")}
    lead.post(reverse("proposals"), {"pair": chosen})
    assert Referral.objects.count() == 2


def test_one_button_proposes_all_that_were_shown_for_an_order(
    region: Sjaelland, lead: Client
) -> None:
    people = [region.person() for _ in range(3)]
    order, other = an_order(region.lead), an_order(region.lead)
    shown = [pair(order, person) for person in people[:2]] + [pair(other, people[2])]
    lead.post(reverse("proposals"), {"shown": shown, "all": order.pk})
    made = set(Referral.objects.values_list("order_id", "person_id"))
    assert made == {(order.pk, people[0].pk), (order.pk, people[1].pk)}


def test_who_has_become_unfindable_is_refused_and_the_others_are_proposed(
    region: Sjaelland, lead: Client
) -> None:
    gone, here = region.person(), region.person()
    order = an_order(region.lead)
    candidates.report_unavailable(person_id=gone.pk, by=region.lead.actor, at=MONDAY)
    chosen = [pair(order, gone), pair(order, here)]
    answer = lead.post(reverse("proposals"), {"pair": chosen}, follow=True)
    assert "1 person er foreslået." in answer.text
    assert "Kandidaten kan ikke formidles lige nu." in answer.text
    assert Referral.objects.get().person_id == here.pk


def test_a_company_that_came_into_conflict_gets_nobody(region: Sjaelland, lead: Client) -> None:
    person, order = region.person(), an_order(region.lead)
    with setting_up():
        Company.objects.filter(pk=order.company_id).update(
            in_conflict=True, conflict_since=MONDAY.date()
        )
    answer = lead.post(reverse("proposals"), {"pair": [pair(order, person)]}, follow=True)
    assert "konfliktramt" in answer.text
    assert not Referral.objects.exists()


@pytest.mark.parametrize("sent", ["", "1", "x-y", "99999999999999999999-1", "0-0"])
def test_nonsense_proposes_nobody(region: Sjaelland, lead: Client, sent: str) -> None:
    answer = lead.post(reverse("proposals"), {"pair": [sent]}, follow=True)
    assert "Sæt kryds ved mindst én person." in answer.text


def test_only_the_lead_proposes(region: Sjaelland) -> None:
    person, order = region.person(), an_order(region.lead)
    other = browser_of(region.consultant(GREVE).user_id)
    assert other.post(reverse("proposals"), {"pair": [pair(order, person)]}).status_code == 403
    assert not Referral.objects.exists()
    partner = browser_of(accounts.reader(region.offices[GREVE], Role.PARTNER).user_id)
    assert partner.get(reverse("proposals")).status_code == 403


def test_an_order_without_anybody_is_listed_with_what_to_do(
    region: Sjaelland, lead: Client
) -> None:
    order = an_order(region.lead)
    page = text_of(lead, reverse("proposals"))
    assert "Ingen forslag lige nu." in page
    assert page.index("Jobordrer uden forslag") < page.index(order.title)


def test_no_more_than_a_page_of_orders_without_anybody_is_listed(
    region: Sjaelland, lead: Client
) -> None:
    for _ in range(26):
        an_order(region.lead, title="Lager, nat")
    page = text_of(lead, reverse("proposals"))
    assert page.count(">Lager, nat</a>") == 25
    assert "Og 1 jobordre til." in page


def test_the_page_takes_as_many_queries_however_many_orders(
    region: Sjaelland, lead: Client
) -> None:
    lead.get(reverse("proposals"))
    counts = []
    for more in (1, 4):
        for _ in range(more):
            wide(an_order(region.lead))
            region.person(GREVE)
        with CaptureQueriesContext(connection) as queries:
            lead.get(reverse("proposals"))
        counts.append(len(queries) - DOOR)
    assert counts == [12, 12]


# The candidate's page.


def test_the_orders_that_fit_stand_on_the_candidates_page(region: Sjaelland, lead: Client) -> None:
    person, order = region.person(GREVE), an_order(region.lead)
    page = text_of(lead, reverse("candidate", args=[person.pk]))
    section = page[page.index("Åbne jobordrer, der passer") :]
    assert f'href="{reverse("order", args=[order.pk])}"' in section
    assert "gaffeltruckcertifikat B" in section
    assert " min. · Opfylder kravet" in section
    assert f'href="?ordre={order.pk}' in section


def test_who_does_not_lead_the_order_gets_no_link_to_propose(region: Sjaelland) -> None:
    person, order = region.person(GREVE), an_order(region.lead)
    greve = browser_of(region.consultant(GREVE).user_id)
    page = text_of(greve, reverse("candidate", args=[person.pk]))
    assert order.title in page
    assert f"?ordre={order.pk}" not in page


def test_no_order_fits_who_cannot_be_found(region: Sjaelland, lead: Client) -> None:
    person = region.person(legal_basis="")
    an_order(region.lead)
    page = text_of(lead, reverse("candidate", args=[person.pk]))
    assert "Ingen åbne jobordrer passer lige nu." in page


def test_the_farther_orders_are_folded_and_counted(region: Sjaelland, lead: Client) -> None:
    person = region.person()
    for _ in range(7):
        an_order(region.lead)
    page = text_of(lead, reverse("candidate", args=[person.pk]))
    assert 'der passer <span class="count">(7)</span>' in page
    assert "2 jobordrer mere" in page
