"""Random people, travel times and orders for `search.py`."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from tvaers.matching.engine.columns import (
    CAR,
    FINDABLE,
    PRESENT,
    WANTED,
    Columns,
    day_number,
    work_code,
)
from tvaers.matching.engine.rows import (
    FIRST_CONCEPT,
    EmploymentKind,
    Query,
    Requirement,
    TravelTable,
)

TODAY = date(2027, 3, 1).toordinal()
CONCEPTS, OCCUPATIONS, MUNICIPALITIES = 3_000, 400, 98
HAS, SUBSTITUTIONS, REQUIREMENTS = 18, 5, 8


def popularity(size: int) -> Any:
    """How often each is had: a long tail."""
    weights = 1 / (np.arange(size) + 20.0)
    return weights / weights.sum()


def random_travel(rng: np.random.Generator) -> TravelTable:
    """Municipalities on a plane 300 minutes across."""
    at = rng.uniform(0, 300, (MUNICIPALITIES, 2))
    car = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2)) + 10
    return TravelTable(
        tuple(range(101, 101 + MUNICIPALITIES)),
        car.astype(np.uint16),
        (car * 1.7).astype(np.uint16),
    )


def random_columns(people: int, rng: np.random.Generator) -> Columns:
    """`people` random people."""
    homes = rng.dirichlet(np.ones(MUNICIPALITIES) * 2)
    jobs = rng.choice(OCCUPATIONS, (people, 2), p=popularity(OCCUPATIONS)) + 1
    jobs[:, 1] = jobs[:, 1] + (jobs[:, 1] == jobs[:, 0]) * OCCUPATIONS
    codes = np.array([work_code(year) for year in range(2000, 2028)], np.uint8)
    first = rng.choice(codes, people) | (rng.random(people) < 0.5) * WANTED
    second = np.where(rng.random(people) < 0.5, WANTED, rng.choice(codes, people))
    ready = np.where(rng.random(people) < 0.6, 0, TODAY + rng.integers(-60, 90, people))
    has = rng.choice(CONCEPTS, people * HAS, p=popularity(CONCEPTS)) + FIRST_CONCEPT
    return Columns(
        id=rng.permutation(people).astype(np.int64) + 1,
        municipality=(101 + rng.choice(MUNICIPALITIES, people, p=homes)).astype(np.int32),
        postcode=np.zeros(people, np.int32),
        flags=(
            PRESENT | FINDABLE * (rng.random(people) < 0.95) | CAR * (rng.random(people) < 0.6)
        ).astype(np.uint8),
        kinds=(rng.integers(0, 64, people) | 1).astype(np.uint8),
        hours_min=rng.choice([0, 15, 30], people).astype(np.uint8),
        hours_max=rng.choice([25, 37, 40], people).astype(np.uint8),
        max_travel=rng.choice([30, 45, 60, 90], people).astype(np.uint16),
        available_from=np.array([day_number(int(day)) for day in ready], np.uint16),
        cv_updated=(day_number(TODAY) - rng.integers(0, 400, people)).astype(np.uint16),
        alphabetical=rng.permutation(people).astype(np.int64),
        has_person=np.repeat(np.arange(people, dtype=np.int32), HAS),
        has_concept=has.astype(np.int32),
        work_person=np.repeat(np.arange(people, dtype=np.int32), 2),
        work_occupation=jobs.ravel().astype(np.int32),
        work_code=np.stack([first, second], axis=1).ravel().astype(np.uint8),
        work_years=rng.integers(0, 15, people * 2).astype(np.uint8),
    )


def random_query(number: int, rng: np.random.Generator) -> Query:
    """One order."""

    def satisfied_by(size: int, first: int) -> tuple[tuple[int, int], ...]:
        one, *others = (
            rng.choice(size, 1 + SUBSTITUTIONS, replace=False, p=popularity(size)) + first
        )
        strengths = rng.choice([400, 500, 600, 700, 800, 900], SUBSTITUTIONS)
        pairs = zip(others, strengths, strict=True)
        return (int(one), 1000), *((int(o), int(s)) for o, s in pairs)

    requirements = []
    for at in range(REQUIREMENTS):
        kind = "skill" if at % 2 == 0 else "certificate"
        substitutes = satisfied_by(CONCEPTS, FIRST_CONCEPT)
        if kind == "certificate":
            substitutes = tuple((concept, 1000) for concept, _ in substitutes)
        requirements.append(
            Requirement(substitutes[0][0], at < 2, kind, substitutes, trainable_days=7)
        )
    return Query(
        today=TODAY,
        occupation=satisfied_by(OCCUPATIONS, 1),
        occupation_years=2,
        requirements=tuple(requirements),
        workplaces=(int(rng.integers(101, 101 + MUNICIPALITIES)),),
        start=TODAY + 30,
        hours=(30, 37),
        kind=EmploymentKind.ORDINARY,
        salt=number,
    )
