"""The open orders as questions, and a search read from the person's side."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.circulation.factories import Sjaelland, an_order, forklift, occupation, say, sjaelland
from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, ROSKILDE, SOLROED
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.companies.models import Company
from tvaers.core.working_days import danish_date
from tvaers.matching.index_feed import current_index
from tvaers.matching.open_orders import fitting_orders, open_orders, scopes
from tvaers.matching.queries import why_not
from tvaers.network.models import LadderStep
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import Order, Subject
from tvaers.orders.need import Asked
from tvaers.orders.queries import municipalities_of_step

pytestmark = pytest.mark.django_db

DAY = danish_date(MONDAY)
TITLES = ("lagermedarbejder", "lagermedarbejder", "truckfører", "sygeplejerske")


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


def a_random_person(region: Sjaelland, chance: Random) -> Profile:
    trade = occupation(chance.choice(TITLES))
    return region.person(
        chance.choice((KOEGE, GREVE, SOLROED, ROSKILDE)),
        wanted=(trade,) if chance.random() < 0.6 else (),
        held=(trade,),
        held_years=(chance.randrange(6),),
        held_until=(chance.choice((0, 2015, 2025)),),
        concepts=(forklift(),) if chance.random() < 0.5 else (),
        max_travel_minutes=chance.choice((0, 30, 200, 200)),
        car=chance.random() < 0.5,
        hours_max=chance.choice((20, 37)),
        legal_basis=chance.choice(("Lov", "Lov", "Lov", "")),
    )


def a_random_order(region: Sjaelland, chance: Random) -> Order:
    certificate = Asked(
        kind="CERTIFICATE", text="Truck", must=chance.random() < 0.5, concept=forklift()
    )
    return an_order(
        region.lead,
        occupation=occupation(chance.choice(TITLES)) if chance.random() < 0.9 else None,
        requirements=(certificate,) if chance.random() < 0.5 else (),
        hours_min=chance.choice((15, 37)),
    )


@pytest.mark.parametrize("seed", range(3))
def test_an_order_fits_a_person_exactly_when_the_person_is_a_hit(
    region: Sjaelland, seed: int
) -> None:
    chance = Random(seed)
    people = [a_random_person(region, chance) for _ in range(12)]
    for _ in range(8):
        a_random_order(region, chance)
    index = current_index(DAY)
    forward = {
        (int(person), row.order.pk)
        for row in open_orders(DAY)
        if row.says_enough
        for person in index.search(row.query, None, k=100).ids
    }
    backward = {
        (person.pk, fitting.order.pk)
        for person in people
        for fitting in fitting_orders(person, day=DAY)
    }
    assert forward == backward
    assert forward


def test_the_nearest_order_comes_first_and_says_what_is_met(region: Sjaelland) -> None:
    person = region.person(GREVE)
    far = an_order(region.lead)
    near = an_order(region.lead, requirements=())
    with setting_up():
        near.places.update(workplace=companies.workplace(near.company, GREVE))
    found = fitting_orders(person, day=DAY)
    assert [row.order for row in found] == [near, far]
    assert found[0].hit.travel_minutes < found[1].hit.travel_minutes
    assert [row.text for row in found[1].hit.met] == ["gaffeltruckcertifikat B"]


def test_who_cannot_be_found_fits_nothing(region: Sjaelland) -> None:
    person = region.person(GREVE)
    an_order(region.lead)
    candidates.report_unavailable(person_id=person.pk, by=region.lead.actor, at=MONDAY)
    assert fitting_orders(Profile.objects.get(pk=person.pk), day=DAY) == ()


def test_an_order_that_only_says_where_fits_nobody(region: Sjaelland) -> None:
    person = region.person()
    an_order(region.lead, occupation=None, requirements=())
    assert fitting_orders(person, day=DAY) == ()


def test_orders_that_take_nobody_now_are_left_out(region: Sjaelland) -> None:
    paused, conflict, closed, kept = (an_order(region.lead, openings=1) for _ in range(4))
    orders.pause(order_id=paused.pk, reason="Nok", by=region.lead.actor, at=MONDAY)
    with setting_up():
        Company.objects.filter(pk=conflict.company_id).update(
            in_conflict=True, conflict_since=MONDAY.date()
        )
    say(closed, Subject.FILLED_BY_COMPANY, region.lead, openings=1)
    orders.close(
        order_id=closed.pk,
        openings=Openings(filled_by_company=1),
        by=region.lead.actor,
        at=MONDAY,
    )
    assert [row.order for row in open_orders(DAY)] == [kept]


def test_the_questions_are_those_of_a_search(region: Sjaelland) -> None:
    person = region.person(SOLROED, max_travel_minutes=1)
    order = an_order(region.lead)
    (row,) = open_orders(DAY)
    explained = current_index(DAY).explain(row.query, person.pk)
    assert explained.reasons == why_not(order.pk, person.pk, at=MONDAY) != ()


@pytest.mark.parametrize("step", LadderStep)
def test_the_scope_is_the_step_of_the_ladder(region: Sjaelland, step: LadderStep) -> None:
    order = an_order(region.lead)
    order.ladder_step = step
    expected = {int(code) for code in municipalities_of_step(order, step, day=DAY)}
    scope = scopes([order], DAY)[order.pk]
    assert scope == expected if scope is not None else step == LadderStep.NATION


def test_an_office_without_municipalities_begins_with_the_orders_area(region: Sjaelland) -> None:
    order = an_order(region.lead)
    order.ladder_step = LadderStep.OWN
    order.lead_office = network.office("A-kassen", ())
    assert scopes([order], DAY)[order.pk] == {int(code) for code in order.area_municipalities}


def test_the_queries_are_as_many_however_many_orders(region: Sjaelland) -> None:
    person = Profile.objects.select_related("municipality", "home_office").get(
        pk=region.person().pk
    )
    fitting_orders(person, day=DAY)
    counts = []
    for more in (1, 5):
        for _ in range(more):
            an_order(region.lead)
        with CaptureQueriesContext(connection) as queries:
            assert fitting_orders(person, day=DAY)
        counts.append(len(queries))
    assert counts == [5, 5]
