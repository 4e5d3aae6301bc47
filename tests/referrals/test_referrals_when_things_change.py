"""Releases, conflicts and hires when an order, a person or a company changes (R11, R13, R15)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, ROSKILDE
from tvaers.candidates.models import CvText, Identity, Profile
from tvaers.candidates.operations import mark_hired
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Answer, Circulation, Request
from tvaers.circulation.operations import Named
from tvaers.companies.operations import set_conflict
from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import as_reader, changing
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import Order, Subject
from tvaers.orders.queries import need_of
from tvaers.referrals import operations as referrals
from tvaers.referrals.lifecycle import Refusal
from tvaers.referrals.models import Referral
from tvaers.referrals.operations import ReferralRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


@pytest.fixture
def request_to_greve(region: Sjaelland, order: Order) -> Request:
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return sent.requests.get()


def named(region: Sjaelland, request: Request, *people: Profile) -> Answer:
    given: dict[str, Any] = {"kind": "NOBODY", "reason": "NO_HITS"}
    if people:
        given = {"kind": "CANDIDATES", "candidates": [Named(person_id=one.pk) for one in people]}
    by = region.consultant(GREVE).actor
    return circulation.answer(request_id=request.pk, by=by, at=MONDAY, **given)


def known(region: Sjaelland, person: Profile, office_id: int | None = None) -> bool:
    """Whether the lead office, or another, may read who the person is."""
    with as_reader(office_id=office_id or region.lead.office_id):
        return Identity.objects.filter(pk=person.pk).exists()


def test_whoever_acts_for_no_office_reads_nobody(region: Sjaelland) -> None:
    region.person(GREVE)
    with as_reader(office_id=None):
        assert not Identity.objects.exists()
        assert not CvText.objects.exists()


def test_a_release_ends_with_the_order_but_for_the_hired(
    region: Sjaelland, order: Order, request_to_greve: Request
) -> None:
    hired, other = region.person(GREVE), region.person(GREVE)
    named(region, request_to_greve, hired, other)
    assert known(region, hired)
    assert known(region, other)
    by = region.lead.actor
    referral = Referral.objects.get(person=hired.pk)
    referrals.present(order_id=order.pk, referral_ids=[referral.pk], by=by, at=MONDAY)
    start = MONDAY.date() + timedelta(days=9)
    referrals.hire(referral_id=referral.pk, starts_on=start, hours=37, by=by, at=MONDAY)
    say(order, Subject.WITHDRAWN, region.lead, openings=2)

    orders.close(order_id=order.pk, openings=Openings(hired=1, withdrawn=2), by=by, at=MONDAY)
    assert known(region, hired)
    assert not known(region, other)

    orders.reopen(order_id=order.pk, by=by, at=MONDAY)
    assert known(region, other)


def test_a_release_follows_the_lead(
    region: Sjaelland, order: Order, request_to_greve: Request
) -> None:
    person = region.person(GREVE)
    named(region, request_to_greve, person)
    new = region.consultant(ROSKILDE)
    offer = orders.offer_handover(
        order_id=order.pk,
        to_office_id=new.office_id,
        to_user_id=new.user_id,
        by=region.lead.actor,
        at=MONDAY,
    )
    assert not known(region, person, new.office_id)

    orders.accept_handover(handover_id=offer.pk, by=new.actor, at=MONDAY)
    assert known(region, person, new.office_id)
    assert not known(region, person)


def test_who_is_left_out_of_a_newer_answer_is_unknown_again(
    region: Sjaelland, order: Order, request_to_greve: Request
) -> None:
    stays, goes = region.person(GREVE), region.person(GREVE)
    named(region, request_to_greve, stays, goes)
    named(region, request_to_greve, stays)

    assert known(region, stays)
    assert not known(region, goes)


def test_a_conflict_stops_what_has_begun_and_says_so(
    region: Sjaelland, order: Order, request_to_greve: Request
) -> None:
    person = region.person(GREVE)
    named(region, request_to_greve, person)
    set_conflict(company_id=order.company_id, since=MONDAY.date(), by=SETUP, at=MONDAY)

    with pytest.raises(ReferralRefused) as refused:
        named(region, request_to_greve, person)
    assert refused.value.reason is Refusal.IN_CONFLICT
    assert named(region, request_to_greve).kind == "NOBODY"

    need = replace(need_of(Order.objects.get(pk=order.pk)), requirements=())
    circulation.change_order(
        order_id=order.pk, revision=1, need=need, by=region.lead.actor, at=MONDAY
    )
    assert Circulation.objects.count() == 1


def test_of_two_jobs_the_first_makes_inactive(region: Sjaelland) -> None:
    person = region.person(GREVE)
    first, second = MONDAY.date(), MONDAY.date() + timedelta(days=60)
    for starts_on in (second, first, second):
        mark_hired(person_id=person.pk, starts_on=starts_on, by=SETUP, at=MONDAY)
    assert Profile.objects.get(pk=person.pk).hired_from == first


def test_a_link_is_no_user(region: Sjaelland, request_to_greve: Request) -> None:
    """The number of a link may be that of some user, who did nothing."""
    link = Actor(kind=ActorKind.LINK, id=region.lead.user_id, office_id=region.offices[GREVE].pk)
    given = circulation.answer(
        request_id=request_to_greve.pk, kind="NOBODY", reason="NO_HITS", by=link, at=MONDAY
    )
    assert given.user_id is None


@pytest.mark.parametrize(
    "text",
    [
        "update referrals_referral set person_id = (select max(id) from candidates_person)",
        "update referrals_referral set state = 'HIRED', hired_from = now(), ended_at = now()",
        "insert into referrals_referral (order_id, person_id, proposed_by_id, home_office_id,"
        " state, spoken_with, words, proposed_at, ended_at, end_reason, end_words, hired_from)"
        " select order_id, person_id, proposed_by_id, home_office_id, 'HIRED', false, '', now(),"
        " now(), '', '', now() from referrals_referral",
        "delete from referrals_referral",
    ],
)
def test_a_referral_is_of_one_person_and_goes_its_way(
    region: Sjaelland, order: Order, request_to_greve: Request, text: str
) -> None:
    named(region, request_to_greve, region.person(GREVE))
    region.person(GREVE)
    with pytest.raises(DatabaseError):
        sql(text)


def sql(text: str) -> None:
    with changing(by=SETUP), connection.cursor() as cursor:
        cursor.execute(text)
        cursor.execute("set constraints all immediate")
