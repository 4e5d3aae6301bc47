"""Small random worlds: few concepts, few places, narrow ranges, so that everything collides."""

from datetime import date
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from tvaers.matching.engine.rows import (
    UNREACHABLE,
    EmploymentKind,
    Ordering,
    Person,
    Query,
    Requirement,
    TravelLimit,
    TravelTable,
    Weights,
    place,
)

TODAY = date(2027, 3, 1).toordinal()
MUNICIPALITIES = (101, 253, 259, 400, 825)
POSTCODES = (4600, 4632, 3700)
PLACES = (*MUNICIPALITIES, place(259, 4600), place(259, 4632), place(400, 3700))
ELSEWHERE = 999
OCCUPATIONS = tuple(range(1, 7))
CONCEPTS = tuple(range(10_000, 10_007))
KINDS = ("skill", "certificate", "language", "experience", "occupation")
STRENGTHS = st.sampled_from((0, 100, 350, 650, 699, 700, 750, 800, 900, 999, 1000))
DAYS = st.one_of(st.just(0), st.integers(TODAY - 40, TODAY + 120))


@st.composite
def travel_tables(draw: st.DrawFn) -> TravelTable:
    minutes = st.sampled_from((0, 5, 10, 20, 30, 40, 59, 60, 61, UNREACHABLE))
    size = len(PLACES)
    numbers = draw(st.lists(minutes, min_size=2 * size * size, max_size=2 * size * size))
    car, public = np.array(numbers, np.uint16).reshape(2, size, size)
    return TravelTable(PLACES, car, public)


def people_with(ids: st.SearchStrategy[int]) -> st.SearchStrategy[Person]:
    held = st.tuples(
        st.sampled_from(OCCUPATIONS),
        st.integers(0, 12),
        st.sampled_from((0, 1990, 2018, 2024, 2027)),
    )
    return st.builds(
        Person,
        id=ids,
        municipality=st.sampled_from((*MUNICIPALITIES, ELSEWHERE)),
        postcode=st.sampled_from((0, 0, *POSTCODES)),
        concepts=st.lists(st.sampled_from(CONCEPTS), max_size=8, unique=True).map(tuple),
        wanted=st.lists(st.sampled_from(OCCUPATIONS), max_size=2, unique=True).map(tuple),
        held=st.lists(held, max_size=3).map(tuple),
        available_from=st.just(0) | DAYS,
        hours_min=st.sampled_from((0, 0, 15, 30)),
        hours_max=st.sampled_from((48, 37, 37, 25)),
        kinds=st.sampled_from((63, 63, 63, 1, 62, 0)),
        max_travel=st.sampled_from((60, 60, 90, 30, 1, 0)),
        car=st.booleans(),
        cv_updated=DAYS,
        findable=st.sampled_from((True,) * 7 + (False,)),
        alphabetical=st.integers(-5, 5),
    )


@st.composite
def requirements(draw: st.DrawFn) -> Requirement:
    kind = draw(st.sampled_from(KINDS))
    concept = draw(st.sampled_from(CONCEPTS) | st.sampled_from(OCCUPATIONS))
    others = draw(
        st.lists(st.tuples(st.sampled_from((*CONCEPTS, *OCCUPATIONS)), STRENGTHS), max_size=4)
    )
    return Requirement(
        concept=concept,
        must=draw(st.sampled_from((False, True, False))),
        kind=kind,
        satisfied_by=((concept, 1000), *others),
        years=draw(st.integers(0, 5)),
        trainable_days=draw(st.sampled_from((None, 3, 7))),
    )


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=5, max_size=5)))
    bounds = [0, *cuts, 1000]
    return Weights(*(after - before for before, after in pairwise(bounds)))


def queries() -> st.SearchStrategy[Query]:
    return st.builds(
        Query,
        today=st.just(TODAY),
        occupation=st.lists(st.tuples(st.sampled_from(OCCUPATIONS), STRENGTHS), max_size=4).map(
            tuple
        ),
        occupation_years=st.integers(0, 6),
        occupation_must=st.sampled_from((False, False, True)),
        requirements=st.lists(requirements(), max_size=4).map(tuple),
        workplaces=st.lists(
            st.sampled_from((*PLACES, ELSEWHERE, place(253, 2670))), max_size=2
        ).map(tuple),
        start=DAYS,
        hours=st.sampled_from((None, (30, 37), (37, 37), (20, 30))),
        kind=st.just(EmploymentKind.ORDINARY) | st.sampled_from(EmploymentKind),
        travel_limit=st.sampled_from(TravelLimit),
        weights=st.just(Weights()) | weights(),
        ordering=st.sampled_from(Ordering),
        salt=st.integers(0, 2**64 - 1),
        blocked=st.frozensets(st.integers(1, 40), max_size=3),
    )


scopes = st.none() | st.frozensets(st.sampled_from((*MUNICIPALITIES, ELSEWHERE, 751)), max_size=7)
