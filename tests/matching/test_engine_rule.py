"""The rule, case by case, as a consultant would check it by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tvaers.matching.engine import rule
from tvaers.matching.engine.answers import Part, Reason
from tvaers.matching.engine.rows import (
    UNREACHABLE,
    EmploymentKind,
    Person,
    Query,
    Requirement,
    TravelLimit,
    TravelTable,
    Weights,
)

TODAY = date(2027, 3, 1).toordinal()
KØGE, ROSKILDE, ÆRØ = 259, 265, 492
WAREHOUSE, TERMINAL = 1, 2
FORKLIFT_A, FORKLIFT_B, DANISH = 10_001, 10_002, 10_003
PICKING = 10_010
TABLE = TravelTable(
    (KØGE, ROSKILDE, ÆRØ),
    np.array([[10, 25, 200], [25, 10, UNREACHABLE], [200, UNREACHABLE, 10]], np.uint16),
    np.array([[15, 50, 300], [50, 15, UNREACHABLE], [300, UNREACHABLE, 15]], np.uint16),
)
FORKLIFT = Requirement(
    concept=FORKLIFT_A,
    must=True,
    kind="certificate",
    satisfied_by=((FORKLIFT_A, 1000), (FORKLIFT_B, 1000)),
    trainable_days=7,
)
PICKS = Requirement(
    concept=PICKING, must=False, kind="skill", satisfied_by=((PICKING, 1000), (10_011, 700))
)
ORDER = Query(
    today=TODAY,
    occupation=((WAREHOUSE, 1000), (TERMINAL, 900)),
    occupation_years=2,
    requirements=(FORKLIFT, PICKS),
    workplaces=(KØGE,),
    start=TODAY + 14,
    hours=(37, 37),
)
SUSANNE = Person(
    id=1,
    municipality=ROSKILDE,
    concepts=(FORKLIFT_B, PICKING),
    wanted=(WAREHOUSE,),
    held=((WAREHOUSE, 5, 2026),),
    car=True,
    max_travel=50,
)


def values(person: Person, query: Query = ORDER) -> dict[Part, int]:
    return {score.part: score.value for score in rule.explain(query, person, TABLE).parts}


def reasons(person: Person, query: Query = ORDER) -> tuple[Reason, ...]:
    return rule.explain(query, person, TABLE).reasons


def test_the_right_person_fits_almost_fully_and_travel_is_what_costs() -> None:
    why = rule.explain(ORDER, SUSANNE, TABLE)
    assert why.reasons == ()
    assert values(SUSANNE) == {
        Part.OCCUPATION: 1000,
        Part.SKILLS: 1000,
        Part.EXPERIENCE: 1000,
        Part.TRAVEL: 500,
        Part.AVAILABILITY: 1000,
        Part.CREDENTIALS: 1000,
    }
    assert why.travel == 25
    assert why.fit == 1000 - 150 // 2


def test_a_higher_certificate_covers_a_lower_and_says_so() -> None:
    forklift = rule.explain(ORDER, SUSANNE, TABLE).requirements[0]
    assert (forklift.met, forklift.by, forklift.strength) == (True, FORKLIFT_B, 1000)


def test_a_neighbouring_occupation_counts_at_most_four_fifths() -> None:
    neighbour = replace(SUSANNE, wanted=(TERMINAL,), held=())
    assert values(neighbour)[Part.OCCUPATION] == 800
    assert values(neighbour)[Part.EXPERIENCE] == 0


@pytest.mark.parametrize(
    ("last_year", "value"),
    [(2027, 1000), (2025, 1000), (2024, 950), (2019, 700), (1990, 500), (0, 750)],
)
def test_old_work_counts_less_but_never_under_half(last_year: int, value: int) -> None:
    person = replace(SUSANNE, wanted=(), held=((WAREHOUSE, 5, last_year),))
    assert values(person)[Part.OCCUPATION] == value
    assert values(person)[Part.EXPERIENCE] == value


def test_spells_in_one_occupation_are_added() -> None:
    person = replace(SUSANNE, held=((WAREHOUSE, 1, 2019), (WAREHOUSE, 1, 2026)))
    assert values(person)[Part.EXPERIENCE] == 1000


@pytest.mark.parametrize(("years", "value"), [(0, 250), (1, 500), (2, 1000), (20, 1000)])
def test_experience_is_full_at_the_years_asked(years: int, value: int) -> None:
    person = replace(SUSANNE, held=((WAREHOUSE, years, 2026),))
    assert values(person)[Part.EXPERIENCE] == value


def test_without_a_car_public_transport_counts() -> None:
    assert reasons(replace(SUSANNE, car=False, max_travel=45)) == (Reason.TRAVEL,)
    assert reasons(replace(SUSANNE, car=False, max_travel=50)) == ()


def test_no_way_across_the_water_keeps_a_person_out_unless_the_limit_is_lifted() -> None:
    order = replace(ORDER, workplaces=(ROSKILDE,))
    islander = replace(SUSANNE, municipality=ÆRØ, max_travel=10_000)
    assert reasons(islander, order) == (Reason.TRAVEL,)
    anywhere = replace(order, travel_limit=TravelLimit.NONE)
    assert reasons(islander, anywhere) == ()
    assert values(islander, anywhere)[Part.TRAVEL] == 0


def test_every_reason_is_named() -> None:
    person = replace(
        SUSANNE,
        concepts=(),
        findable=False,
        available_from=TODAY + 15,
        hours_max=20,
        kinds=EmploymentKind.FLEX_JOB,
        max_travel=5,
    )
    why = rule.explain(replace(ORDER, blocked=frozenset({1})), person, TABLE, in_scope=False)
    assert why.reasons == tuple(Reason)


def test_a_graded_must_is_met_from_seven_tenths() -> None:
    must = replace(PICKS, must=True)
    person = replace(SUSANNE, concepts=(FORKLIFT_A, 10_011))
    assert reasons(person, replace(ORDER, requirements=(FORKLIFT, must))) == ()
    weaker = replace(must, satisfied_by=((PICKING, 1000), (10_011, 699)))
    assert reasons(person, replace(ORDER, requirements=(FORKLIFT, weaker))) == (Reason.MUST,)


def test_a_language_half_known_is_not_met() -> None:
    danish = Requirement(DANISH, True, "language", ((DANISH, 1000), (10_004, 900)))
    person = replace(SUSANNE, concepts=(10_004,))
    assert reasons(person, replace(ORDER, requirements=(danish,))) == (Reason.MUST,)


def test_a_must_occupation_is_met_by_wish_or_by_work_however_old() -> None:
    order = replace(ORDER, occupation_must=True)
    assert reasons(replace(SUSANNE, wanted=(), held=((TERMINAL, 1, 1985),)), order) == ()
    assert reasons(replace(SUSANNE, wanted=(TERMINAL,), held=()), order) == ()
    assert reasons(replace(SUSANNE, wanted=(), held=()), order) == (Reason.MUST,)


def test_years_may_be_asked_as_a_requirement_of_its_own() -> None:
    years = Requirement(WAREHOUSE, True, "experience", ((WAREHOUSE, 1000),), years=3)
    order = replace(ORDER, requirements=(years,))
    assert reasons(replace(SUSANNE, held=((WAREHOUSE, 3, 2010),)), order) == ()
    assert reasons(replace(SUSANNE, held=((WAREHOUSE, 2, 2026),)), order) == (Reason.MUST,)
    assert reasons(replace(SUSANNE, held=()), order) == (Reason.MUST,)


def test_ready_early_is_mildly_better() -> None:
    on_the_day = values(replace(SUSANNE, available_from=TODAY + 14))[Part.AVAILABILITY]
    a_week_before = values(replace(SUSANNE, available_from=TODAY + 7))[Part.AVAILABILITY]
    assert (on_the_day, a_week_before) == (800, 900)


def test_as_soon_as_possible_is_within_sixty_days_and_prefers_sooner() -> None:
    at_once = replace(ORDER, start=0)
    waiting = replace(SUSANNE, available_from=TODAY + 45)
    assert reasons(waiting, at_once) == ()
    assert values(waiting, at_once)[Part.AVAILABILITY] == 500
    assert reasons(replace(SUSANNE, available_from=TODAY + 60), at_once) == ()
    assert reasons(replace(SUSANNE, available_from=TODAY + 61), at_once) == (Reason.AVAILABILITY,)


def test_a_start_that_has_passed_means_today() -> None:
    assert reasons(SUSANNE, replace(ORDER, start=TODAY - 30)) == ()
    assert reasons(
        replace(SUSANNE, available_from=TODAY + 1), replace(ORDER, start=TODAY - 30)
    ) == (Reason.AVAILABILITY,)


def test_parts_not_asked_about_are_left_out_and_the_others_scaled() -> None:
    bare = Query(today=TODAY, requirements=(PICKS,))
    why = rule.explain(bare, SUSANNE, TABLE)
    assert {score.part: score.weight for score in why.parts} == {
        Part.SKILLS: 714,
        Part.AVAILABILITY: 286,
    }
    assert why.fit == 1000


def test_musts_weigh_three_times_a_nice_one() -> None:
    skills = (
        replace(PICKS, must=True),
        replace(PICKS, concept=10_020, satisfied_by=((10_020, 1000),)),
    )
    order = replace(ORDER, requirements=skills)
    assert values(SUSANNE, order)[Part.SKILLS] == 750


def test_weights_must_add_up() -> None:
    with pytest.raises(ValueError, match="add up to 1000"):
        Weights(occupation=500)


def test_the_lot_differs_from_order_to_order_and_never_ties() -> None:
    people = range(1, 2001)
    first, second = ([rule.lot(salt, id_) for id_ in people] for salt in (7, 8))
    assert len(set(first)) == len(set(second)) == len(people)
    assert np.argsort(first).tolist() != np.argsort(second).tolist()
