"""Who answers for what on a day, and what they have promised."""

from datetime import date
from itertools import pairwise

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import setting_up
from tests.network.factories import (
    AARHUS,
    GREVE,
    KOEGE,
    ODENSE,
    alliance,
    alliance_sjaelland,
    fund,
    office,
)
from tvaers.network import queries
from tvaers.network.models import (
    ClosingDay,
    LadderStep,
    OfficeClosure,
    Responsibility,
    ServiceLevel,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_an_office_answers_for_its_municipalities_on_the_days_it_has_them() -> None:
    shared = office(municipalities=[KOEGE, GREVE])
    with setting_up():
        Responsibility.objects.filter(office=shared, municipality=GREVE).update(
            ends_on=date(2026, 3, 1)
        )

    assert queries.responsible_municipalities(shared.pk, date(2026, 3, 1)) == (GREVE, KOEGE)
    assert queries.responsible_municipalities(shared.pk, DAY) == (KOEGE,)
    assert queries.offices_for([KOEGE, GREVE], DAY) == {KOEGE: (shared.pk,), GREVE: ()}


def test_a_fund_answers_for_no_municipality() -> None:
    assert queries.responsible_municipalities(fund().pk, DAY) == ()


def test_an_alliance_may_close_a_day_that_the_nation_works() -> None:
    ours, theirs = alliance(), alliance()
    with setting_up():
        ClosingDay.objects.create(
            day=date(2026, 5, 15), name="Efter Kristi himmelfart", alliance=ours
        )
        ClosingDay.objects.create(day=date(2026, 5, 20), name="Hele landet lukker")

    assert date(2026, 5, 15) in queries.closing_days(ours.pk)
    assert date(2026, 5, 15) not in queries.closing_days(theirs.pk)
    for alliance_id in (ours.pk, theirs.pk, None):
        assert date(2026, 5, 20) in queries.closing_days(alliance_id)
        assert date(2026, 12, 24) in queries.closing_days(alliance_id)


def test_the_service_level_is_the_one_that_holds_that_day_and_else_the_nations() -> None:
    ours = alliance(promises={"answer_hours": 24})
    with setting_up():
        ServiceLevel.objects.filter(alliance=ours).update(ends_on=date(2026, 6, 30))
        ServiceLevel.objects.create(alliance=ours, answer_hours=12, starts_on=date(2026, 7, 1))

    assert queries.service_level(ours, date(2026, 6, 30)).answer_hours == 24
    assert queries.service_level(ours, date(2026, 7, 1)).answer_hours == 12
    assert queries.service_level(None, DAY).answer_hours == 48
    with pytest.raises(ServiceLevel.DoesNotExist):
        queries.service_level(None, date(2019, 12, 31))


def test_the_ladder_goes_from_the_office_to_the_nation() -> None:
    sjaelland = alliance_sjaelland()

    def step(name: LadderStep) -> tuple[str, ...]:
        return queries.municipalities_of_step(
            name,
            office_id=sjaelland.offices[KOEGE].pk,
            alliance=sjaelland.alliance,
            day=DAY,
        )

    assert step(LadderStep.OWN) == (KOEGE,)
    assert step(LadderStep.ALLIANCE) == tuple(sorted(sjaelland.offices))
    assert len(sjaelland.offices) == 17
    assert {KOEGE, "0101", "0400"} < set(step(LadderStep.PART))
    assert not {ODENSE, AARHUS} & set(step(LadderStep.PART))
    assert len(step(LadderStep.NATION)) == 98


def test_each_step_holds_the_one_before_it_whoever_asks() -> None:
    asking = [
        (office(municipalities=[KOEGE]), None),
        (office(municipalities=[ODENSE]), alliance(municipalities=[ODENSE, KOEGE])),
        (fund(), alliance(municipalities=[AARHUS])),
        (fund(), None),
    ]
    for asker, its_alliance in asking:
        steps = [
            set(
                queries.municipalities_of_step(
                    step, office_id=asker.pk, alliance=its_alliance, day=DAY
                )
            )
            for step in LadderStep
        ]
        assert steps == sorted(steps, key=len)
        assert all(near <= far for near, far in pairwise(steps))


def test_an_office_that_stands_alone_covers_its_region_which_changes_in_2027() -> None:
    alone = office(municipalities=[KOEGE])

    before = queries.area_of(office_id=alone.pk, alliance=None, day=date(2026, 12, 31))
    after = queries.area_of(office_id=alone.pk, alliance=None, day=date(2027, 1, 1))

    assert len(before) == 17
    assert len(after) == 46
    assert "0101" in set(after) - set(before)


def test_the_alliance_of_an_office_is_the_one_it_joined_first() -> None:
    first, second = alliance(), alliance()
    member = office(alliance=first)
    with setting_up():
        second.memberships.create(office=member, starts_on=date(2025, 1, 1))

    assert queries.alliance_of(member.pk, DAY) == first
    assert queries.alliances_of(member.pk, DAY) == [first, second]
    assert queries.alliance_of(office().pk, DAY) is None


def test_someone_named_stands_in_while_an_office_is_closed() -> None:
    closed, open_ = office("Faxe"), office("Stevns")
    with setting_up():
        OfficeClosure.objects.create(
            office=closed,
            first_day=DAY,
            last_day=date(2026, 3, 6),
            stand_in_office=open_,
            stand_in_name="Jens Lund",
        )

    found = queries.stand_in(closed.pk, DAY)
    assert found is not None
    assert (found.office_name, found.name) == ("Stevns", "Jens Lund")
    assert queries.stand_in(closed.pk, date(2026, 3, 7)) is None
    assert queries.stand_in(open_.pk, DAY) is None


def test_many_offices_cost_no_more_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    offices = [office().pk for _ in range(12)]

    with django_assert_num_queries(1):
        queries.responsibilities(offices, DAY)
    with django_assert_num_queries(1):
        queries.contacts(offices)
    with django_assert_num_queries(1):
        queries.stand_ins(offices, DAY)
