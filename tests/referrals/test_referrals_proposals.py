"""The plan over all open orders: whom it leaves out, whom it counts, who is shown what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import consultant
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.network.factories import GREVE, KOEGE
from tvaers.accounts.readers import Reader
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.companies.models import Company
from tvaers.core.working_days import danish_date
from tvaers.database.change import as_reader
from tvaers.matching import operations as matching
from tvaers.matching.spread import MOST_PLACES
from tvaers.network.models import LadderStep
from tvaers.orders.models import CoLead, Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.proposals import ProposalPage, Without, plan_of_all, proposal_page

pytestmark = pytest.mark.django_db

DAY = danish_date(MONDAY)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


def shown_to(reader: Reader) -> ProposalPage:
    with as_reader(office_id=reader.office_id, user_id=reader.user_id):
        return proposal_page(reader.office_id, at=MONDAY)


def proposed(order: Order) -> list[int]:
    return [place.person for place in plan_of_all(DAY).places if place.order == order.pk]


def propose(region: Sjaelland, order: Order, person: Profile) -> int:
    made = referrals.propose(
        order_id=order.pk, person_id=person.pk, by=region.lead.actor, at=MONDAY
    )
    return made.pk


def on_step(order: Order, step: LadderStep) -> Order:
    with setting_up():
        Order.objects.filter(pk=order.pk).update(ladder_step=step)
    return order


def test_who_fits_is_proposed_up_to_the_agreed_number(region: Sjaelland) -> None:
    people = [region.person() for _ in range(5)]
    order = an_order(region.lead, openings=1)
    assert order.present_at_most == 3
    assert len(proposed(order)) == 3
    propose(region, order, people[0])
    assert len(proposed(order)) == 2
    assert people[0].pk not in proposed(order)


def test_when_enough_are_in_play_nobody_more_is_proposed(region: Sjaelland) -> None:
    people = [region.person() for _ in range(5)]
    order = an_order(region.lead, openings=1)
    for person in people[:3]:
        propose(region, order, person)
    assert plan_of_all(DAY).without == {order.pk: Without.ENOUGH}


def test_who_was_said_no_to_or_settled_does_not_come_back(region: Sjaelland) -> None:
    rejected, settled, fresh = (region.person() for _ in range(3))
    order = an_order(region.lead)
    referral = propose(region, order, rejected)
    referrals.reject(referral_id=referral, reason="LACKS_SKILLS", by=region.lead.actor, at=MONDAY)
    matching.settle(
        order_id=order.pk,
        person_ids=[settled.pk],
        outcome="NOT_INTERESTED",
        by=region.lead.actor,
        at=MONDAY,
    )
    assert proposed(order) == [fresh.pk]


def test_the_only_one_for_an_order_is_kept_for_it(region: Sjaelland) -> None:
    here, there = region.person(KOEGE), region.person(GREVE)
    first = on_step(an_order(region.lead, openings=1), LadderStep.ALLIANCE)
    own = on_step(an_order(region.lead, openings=1), LadderStep.OWN)
    fills = [place for place in plan_of_all(DAY).places if place.round == 1]
    assert {(place.order, place.person) for place in fills} == {
        (first.pk, there.pk),
        (own.pk, here.pk),
    }


def test_people_from_beyond_the_orders_step_are_not_proposed(region: Sjaelland) -> None:
    region.person(GREVE)
    order = on_step(an_order(region.lead), LadderStep.OWN)
    assert plan_of_all(DAY).without == {order.pk: Without.NOBODY}


def test_who_is_in_play_elsewhere_stands_in_reserve_and_is_marked(region: Sjaelland) -> None:
    busy, free = region.person(), region.person()
    propose(region, an_order(region.lead, openings=1), busy)
    order = an_order(region.lead, openings=1)
    rows = [row for row in shown_to(region.lead).proposals.rows if row.order == order]
    assert [(row.hit.person_id, row.first, row.elsewhere) for row in rows] == [
        (free.pk, True, 0),
        (busy.pk, False, 1),
    ]


def test_who_is_in_play_in_enough_places_is_left_in_peace(region: Sjaelland) -> None:
    busy = region.person()
    for _ in range(MOST_PLACES):
        propose(region, an_order(region.lead, openings=1), busy)
    order = an_order(region.lead)
    assert proposed(order) == []


def test_who_begins_in_a_full_time_job_soon_is_left_out(region: Sjaelland) -> None:
    person = region.person()
    order = an_order(region.lead)
    candidates.mark_hired(
        person_id=person.pk, starts_on=DAY + timedelta(days=20), by=region.lead.actor, at=MONDAY
    )
    assert proposed(order) == []


def test_who_cannot_be_found_is_not_proposed(region: Sjaelland) -> None:
    person = region.person()
    order = an_order(region.lead)
    candidates.report_unavailable(person_id=person.pk, by=region.lead.actor, at=MONDAY)
    assert proposed(order) == []


def test_nobody_is_proposed_to_a_company_in_conflict(region: Sjaelland) -> None:
    region.person()
    order = an_order(region.lead)
    with setting_up():
        Company.objects.filter(pk=order.company_id).update(in_conflict=True, conflict_since=DAY)
    plan = plan_of_all(DAY)
    assert (plan.places, plan.without) == ((), {})


def test_an_order_that_says_too_little_is_said_so(region: Sjaelland) -> None:
    region.person()
    order = an_order(region.lead, occupation=None, requirements=())
    found = shown_to(region.lead)
    assert found.without == ((order, Without.SAYS_TOO_LITTLE),)
    assert not found.proposals.rows


def test_a_lead_sees_the_own_orders_alone_but_others_count(region: Sjaelland) -> None:
    person = region.person()
    greve = region.consultant(GREVE)
    mine, theirs = an_order(region.lead, openings=1), an_order(greve, openings=1)
    fills = {place.order for place in plan_of_all(DAY).places if place.round == 1}
    assert len(fills) == 1
    for reader, order in ((region.lead, mine), (greve, theirs)):
        found = shown_to(reader)
        assert {row.order for row in found.proposals.rows} <= {order}
        assert {row.hit.person_id for row in found.proposals.rows} <= {person.pk}


def test_a_co_lead_sees_the_order_too(region: Sjaelland) -> None:
    region.person()
    order, greve = an_order(region.lead), consultant(region.offices[GREVE])
    assert not shown_to(greve).proposals.rows
    with setting_up():
        CoLead.objects.create(order=order, office_id=greve.office_id, user_id=greve.user_id)
    assert [row.order for row in shown_to(greve).proposals.rows] == [order]


def test_the_name_is_shown_of_own_people_only(region: Sjaelland) -> None:
    own, stranger = region.person(name="Anna Bech"), region.person(GREVE, name="Bo Friis")
    on_step(an_order(region.lead), LadderStep.ALLIANCE)
    names = {row.hit.person_id: row.hit.name for row in shown_to(region.lead).proposals.rows}
    assert names == {own.pk: "Anna Bech", stranger.pk: ""}


def test_the_queries_are_as_many_however_many_orders_and_people(region: Sjaelland) -> None:
    plan_of_all(DAY)
    counts = []
    for more in (1, 4):
        for _ in range(more):
            an_order(region.lead)
            region.person()
        with CaptureQueriesContext(connection) as queries:
            assert proposal_page(region.lead.office_id, at=MONDAY).proposals.rows
        counts.append(len(queries))
    assert counts == [11, 11]
