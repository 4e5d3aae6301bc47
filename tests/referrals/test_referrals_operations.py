"""One candidate for one order, to the end, and who may know who it is."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.network.factories import GREVE, KOEGE, ROSKILDE
from tvaers.audit.models import Look
from tvaers.candidates.models import Identity, Profile
from tvaers.companies.models import Company
from tvaers.database.change import as_reader, changing
from tvaers.network.models import Office
from tvaers.orders import operations as orders
from tvaers.orders.models import Order
from tvaers.referrals import disclosure
from tvaers.referrals import operations as referrals
from tvaers.referrals.disclosure import NotYoursToRelease
from tvaers.referrals.lifecycle import Refusal, State
from tvaers.referrals.models import Referral, Release
from tvaers.referrals.operations import ReferralRefused
from tvaers.referrals.queries import in_play_elsewhere, of_order, of_person, releases_wanted

pytestmark = pytest.mark.django_db

FIRST_DAY = MONDAY.date() + timedelta(days=14)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    made = an_order(region.lead, openings=2)
    return orders.start_recruiting(order_id=made.pk, by=region.lead.actor, at=MONDAY)


def propose(region: Sjaelland, order: Order, profile: Profile) -> Referral:
    return referrals.propose(
        order_id=order.pk, person_id=profile.pk, by=region.lead.actor, at=MONDAY
    )


def present(region: Sjaelland, order: Order, *chosen: Referral) -> None:
    referrals.present(
        order_id=order.pk,
        referral_ids=[referral.pk for referral in chosen],
        by=region.lead.actor,
        at=MONDAY,
    )


def hire(region: Sjaelland, referral: Referral, hours: int = 37) -> Referral:
    return referrals.hire(
        referral_id=referral.pk,
        starts_on=FIRST_DAY,
        hours=hours,
        by=region.lead.actor,
        at=MONDAY,
    )


def test_from_proposed_to_hired(region: Sjaelland, order: Order) -> None:
    someone = region.person()
    referral = propose(region, order, someone)
    asked = referrals.ask(referral_id=referral.pk, by=region.lead.actor, at=MONDAY)
    assert asked.question_expires_at == order.presentation_due_at
    present(region, order, referral)
    referrals.interview(
        referral_id=referral.pk,
        interview_at=MONDAY + timedelta(days=2),
        by=region.lead.actor,
        at=MONDAY,
    )
    hire(region, referral)
    order.refresh_from_db()
    assert (order.hired, order.first_presented_at) == (1, MONDAY)
    assert Profile.objects.get(pk=someone.pk).hired_from == FIRST_DAY


def test_proposing_twice_is_one_referral(region: Sjaelland, order: Order) -> None:
    someone = region.person()
    assert propose(region, order, someone) == propose(region, order, someone)


def test_a_part_time_hire_leaves_the_person_findable(region: Sjaelland, order: Order) -> None:
    someone = region.person()
    referral = propose(region, order, someone)
    present(region, order, referral)
    hire(region, referral, hours=20)
    assert Profile.objects.get(pk=someone.pk).hired_from is None


def test_a_double_click_hires_once(region: Sjaelland, order: Order) -> None:
    referral = propose(region, order, region.person())
    present(region, order, referral)
    hire(region, referral)
    hire(region, referral)
    order.refresh_from_db()
    assert order.hired == 1


def test_more_than_the_agreed_number_is_not_presented_and_nobody_is(
    region: Sjaelland, order: Order
) -> None:
    orders.agree_number_to_present(order_id=order.pk, number=1, by=region.lead.actor, at=MONDAY)
    two = [propose(region, order, region.person()) for _ in range(2)]
    with pytest.raises(ReferralRefused) as refused:
        present(region, order, *two)
    assert refused.value.reason is Refusal.ENOUGH_PRESENTED
    assert not Referral.objects.filter(state="PRESENTED").exists()


def test_who_cannot_be_found_cannot_be_proposed(region: Sjaelland, order: Order) -> None:
    someone = region.person(status="PAUSED")
    with pytest.raises(ReferralRefused) as refused:
        propose(region, order, someone)
    assert refused.value.reason is Refusal.NOT_FINDABLE


def test_a_company_in_conflict_gets_nobody_whoever_writes(region: Sjaelland, order: Order) -> None:
    someone = region.person()
    with setting_up():
        Company.objects.filter(pk=order.company_id).update(in_conflict=True)
    with pytest.raises(ReferralRefused) as refused:
        propose(region, order, someone)
    assert refused.value.reason is Refusal.IN_CONFLICT
    with pytest.raises(IntegrityError, match="in conflict"), changing(by=region.lead.actor):
        Referral.objects.create(
            order=order,
            person_id=someone.pk,
            proposed_by_id=region.lead.office_id,
            home_office_id=region.lead.office_id,
            state="PROPOSED",
            proposed_at=MONDAY,
        )


def test_a_hire_that_no_referral_knows_is_refused_by_the_database(
    region: Sjaelland, order: Order
) -> None:
    with pytest.raises(IntegrityError, match="its referrals say 0"):
        count_a_hire_by_hand(region, order)


def count_a_hire_by_hand(region: Sjaelland, order: Order) -> None:
    with changing(by=region.lead.actor), connection.cursor() as cursor:
        cursor.execute("update orders_order set hired = 1 where id = %s", [order.pk])
        cursor.execute("set constraints all immediate")


def test_a_no_needs_a_reason(region: Sjaelland, order: Order) -> None:
    referral = propose(region, order, region.person())
    with pytest.raises(ReferralRefused) as refused:
        referrals.reject(referral_id=referral.pk, reason="", by=region.lead.actor, at=MONDAY)
    assert refused.value.reason is Refusal.NO_REASON


def test_an_invited_person_applies_and_is_hired(region: Sjaelland, order: Order) -> None:
    people = [region.person().pk for _ in range(3)]
    invited = referrals.invite(
        order_id=order.pk, person_ids=people, by=region.lead.actor, at=MONDAY
    )
    assert invited == 3
    referral = Referral.objects.filter(order=order).first()
    assert referral is not None
    referrals.applied(referral_id=referral.pk, by=region.lead.actor, at=MONDAY)
    assert hire(region, referral).state == State.HIRED


def test_someone_in_play_elsewhere_is_marked(region: Sjaelland, order: Order) -> None:
    someone = region.person()
    propose(region, order, someone)
    other = an_order(region.lead)
    assert in_play_elsewhere([someone.pk], than_order_id=other.pk) == {someone.pk: 1}
    assert in_play_elsewhere([someone.pk], than_order_id=order.pk) == {}


def test_the_referral_log_of_an_order_is_read_in_four_queries(
    region: Sjaelland, order: Order, django_assert_num_queries
) -> None:
    for _ in range(4):
        propose(region, order, region.person(name="Ida Prøvesen"))
    with as_reader(office_id=region.lead.office_id), django_assert_num_queries(4):
        rows = of_order(order.pk)
    assert {row.name for row in rows} == {"Ida Prøvesen"}


def identity_seen_by(office: Office, profile: Profile) -> bool:
    with as_reader(office_id=office.pk):
        return Identity.objects.filter(pk=profile.pk).exists()


def test_a_stranger_is_known_after_the_home_office_said_yes(
    region: Sjaelland, order: Order
) -> None:
    stranger, greve = region.person(GREVE), region.consultant(GREVE)
    release = disclosure.ask_release(
        order_id=order.pk, person_id=stranger.pk, by=region.lead.actor, at=MONDAY
    )
    assert release.due_at == MONDAY + timedelta(hours=4)
    assert [one.id for one in releases_wanted(greve.office_id)] == [release.pk]
    assert not identity_seen_by(region.offices[KOEGE], stranger)
    disclosure.grant_release(release_id=release.pk, by=greve.actor, at=MONDAY)
    assert identity_seen_by(region.offices[KOEGE], stranger)
    assert not identity_seen_by(region.offices[ROSKILDE], stranger)
    assert Look.objects.filter(kind="RELEASE", person_ids=[stranger.pk]).count() == 1


def test_only_the_home_office_says_yes(region: Sjaelland, order: Order) -> None:
    stranger = region.person(GREVE)
    release = disclosure.ask_release(
        order_id=order.pk, person_id=stranger.pk, by=region.lead.actor, at=MONDAY
    )
    with pytest.raises(NotYoursToRelease):
        disclosure.grant_release(release_id=release.pk, by=region.lead.actor, at=MONDAY)


def test_a_no_from_the_home_office_keeps_the_person_unknown(
    region: Sjaelland, order: Order
) -> None:
    stranger, greve = region.person(GREVE), region.consultant(GREVE)
    release = disclosure.ask_release(
        order_id=order.pk, person_id=stranger.pk, by=region.lead.actor, at=MONDAY
    )
    disclosure.refuse_release(release_id=release.pk, by=greve.actor, at=MONDAY)
    disclosure.grant_release(release_id=release.pk, by=greve.actor, at=MONDAY)
    assert not identity_seen_by(region.offices[KOEGE], stranger)


def test_a_standing_rule_releases_at_once(region: Sjaelland, order: Order) -> None:
    with setting_up():
        Office.objects.filter(pk=region.offices[GREVE].pk).update(releases_by_default=True)
    stranger = region.person(GREVE)
    propose(region, order, stranger)
    assert Release.objects.get(person_id=stranger.pk).kind == "STANDING_RULE"
    assert identity_seen_by(region.offices[KOEGE], stranger)


def test_a_person_is_told_every_order_one_was_in_play_for(region: Sjaelland, order: Order) -> None:
    someone = region.person()
    propose(region, order, someone)
    assert [row.title for row in of_person(someone.pk)] == [order.title]
