"""A query in a segment's own numbers, and the rule's formulas as the tables the kernels read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np

from tvaers.matching.engine import rule
from tvaers.matching.engine.answers import Part
from tvaers.matching.engine.columns import FIRST_YEAR, WANTED, Numbers, day_number
from tvaers.matching.engine.lookups import HELD
from tvaers.matching.engine.rows import (
    FIRST_CONCEPT,
    UNREACHABLE,
    Ordering,
    Query,
    Requirement,
    TravelLimit,
    TravelTable,
)
from tvaers.matching.engine.segment import Segment
from tvaers.matching.engine.shapes import Asked

MOST_CONCEPT = 2**31


def asked(
    query: Query,
    segment: Segment,
    travel: TravelTable,
    scope: Collection[int] | None,
    *,
    near: bool,
) -> Asked:
    """`query` for one segment; concepts nobody in it has are left out."""
    weights = rule.weights_in_use(query, travel)
    minutes = minutes_to_work(query, segment, travel)
    limited = query.travel_limit is TravelLimit.OWN and Part.TRAVEL in weights
    anchor = day_number(rule.last_start(query) if query.start else query.today)
    low, high = query.hours or (0, 255)
    return Asked(
        **_requirements(query, segment, weights),
        **_occupation(query, segment, weights),
        travel_weight=weights.get(Part.TRAVEL, 0),
        availability_weight=weights[Part.AVAILABILITY],
        in_scope=_in_scope(segment, scope),
        minutes=minutes,
        limits=minutes if limited else np.zeros_like(minutes),
        today=day_number(query.today),
        anchor=anchor,
        readiness=readiness(starts=bool(query.start)),
        ready_by=day_number(rule.last_start(query)),
        hours_low=min(max(low, 0), 255),
        hours_high=min(max(high, 0), 255),
        kind=int(query.kind),
        blocked=segment.positions(np.array(sorted(query.blocked), np.int64)),
        ordering=list(Ordering).index(query.ordering),
        salted=np.array([rule.salted(query.salt)], np.uint64),
        near=near,
    )


def _requirements(query: Query, segment: Segment, weights: dict[Part, int]) -> dict[str, Any]:
    """The requirements' lists, and what each needs and gives."""
    needed = query.requirements
    concepts = [_useful(one, FIRST_CONCEPT, MOST_CONCEPT) for one in needed]
    work = [_useful(one, 0, FIRST_CONCEPT) for one in needed]
    concept_rows, concept_levels, concept_ends = _lists(concepts, segment.concepts)
    work_rows, work_levels, work_ends = _lists(work, segment.occupations)
    shares = np.array(rule.requirement_weights(query, weights), np.int64)
    steps = np.array([rule.training_steps(one) for one in needed], np.int64)
    heaviest = np.argsort(-shares, kind="stable")
    return {
        "concept_rows": concept_rows,
        "concept_levels": concept_levels,
        "concept_ends": concept_ends,
        "work_rows": work_rows,
        "work_levels": work_levels,
        "work_ends": work_ends,
        "work_shares": _shares(tuple(one.years for one in needed)),
        "weights": shares,
        "enough": np.array([rule.enough(one) for one in needed], np.uint8),
        "graded": np.array([one.kind in rule.GRADED for one in needed], np.bool_),
        "steps": steps,
        "musts": np.array([sum(1 << r for r in np.flatnonzero(steps).tolist())], np.uint64),
        "rest": heaviest[steps[heaviest] == 0],
    }


def _occupation(query: Query, segment: Segment, weights: dict[Part, int]) -> dict[str, Any]:
    """The occupation's lists, with what each work code and number of years is worth."""
    pairs = [(occupation, rule.occupation_level(s)) for occupation, s in query.occupation]
    rows, levels, _ = _lists([pairs], segment.occupations)
    claims, fresh = work_tables(date.fromordinal(query.today).year)
    years = query.occupation_years or rule.YEARS_WHEN_NOT_ASKED
    return {
        "occupation_rows": rows,
        "occupation_claims": (levels[:, None] * claims // rule.FULL).astype(np.uint8),
        "occupation_fresh": (levels[:, None] * fresh).astype(np.uint16),
        "occupation_fits": levels >= rule.ENOUGH,
        "occupation_shares": _shares((years,))[0],
        "occupation_weight": weights.get(Part.OCCUPATION, 0),
        "experience_weight": weights.get(Part.EXPERIENCE, 0),
        "occupation_steps": 2 if query.occupation_must and query.occupation else 0,
    }


def minutes_to_work(query: Query, segment: Segment, travel: TravelTable) -> Numbers:
    """[car, home of the segment] → minutes to the nearest workplace."""
    minutes = np.full((2, len(segment.homes)), UNREACHABLE, np.uint16)
    workplaces = travel.rows(np.array(query.workplaces, np.int64))
    workplaces = workplaces[workplaces >= 0]
    if len(workplaces):
        homes = travel.rows(segment.homes)
        for car, table in enumerate((travel.public, travel.car)):
            nearest = table[:, workplaces].min(axis=1)
            minutes[car] = np.where(homes >= 0, nearest[homes], UNREACHABLE)
    return minutes


@lru_cache(maxsize=4)
def readiness(*, starts: bool) -> Numbers:
    """Days before the start (or of waiting, without one) → level."""
    if starts:
        levels = [rule.notice_level(days) for days in range(rule.PREFERRED_NOTICE + 1)]
    else:
        levels = [rule.waiting_level(days) for days in range(rule.LONGEST_WAIT + 1)]
    return np.array(levels, np.uint8)


@lru_cache(maxsize=4)
def work_tables(year: int) -> tuple[Numbers, Numbers]:
    """Work code → level of the claim to an occupation, and of the recency of work held."""
    fresh = np.zeros(256, np.int64)
    for code in range(256):
        held = code & HELD
        if held:
            fresh[code] = rule.recency(0 if held == 1 else held + FIRST_YEAR, year=year)
    claims = np.where(np.arange(256) >= WANTED, rule.FULL, fresh)
    return claims, fresh


@lru_cache(maxsize=1000)
def _shares(asked_years: tuple[int, ...]) -> Numbers:
    """[i, years] → share of the i-th number of years asked; full where none are."""
    shares = np.full((len(asked_years), 256), rule.FULL, np.uint8)
    for i, years in enumerate(asked_years):
        if years:
            shares[i] = [rule.share_of_years(own, years) for own in range(256)]
    return shares


def _useful(requirement: Requirement, first: int, end: int) -> list[tuple[int, int]]:
    """The concepts (first … end) that can count for the requirement, with their levels."""
    least = 1 if requirement.kind in rule.GRADED else rule.FULL
    pairs = ((concept, rule.level(strength)) for concept, strength in requirement.satisfied_by)
    return [
        (concept, level) for concept, level in pairs if first <= concept < end and level >= least
    ]


def _lists(groups: list[list[tuple[int, int]]], known: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Rows and levels of the concepts known here, group by group, weakest first, and the ends."""
    ordered = [pair for pairs in groups for pair in sorted(pairs, key=itemgetter(1))]
    group = np.repeat(np.arange(len(groups)), [len(pairs) for pairs in groups])
    flat = np.fromiter(chain.from_iterable(ordered), np.int64, 2 * len(ordered))
    rows = Segment.rows(known, flat[::2])
    here = rows >= 0
    ends = np.zeros(len(groups) + 1, np.int64)
    np.cumsum(np.bincount(group[here], minlength=len(groups)), out=ends[1:])
    return rows[here], flat[1::2][here].astype(np.uint8), ends


def _in_scope(segment: Segment, scope: Collection[int] | None) -> Numbers:
    if scope is None:
        return np.ones(len(segment.municipalities), np.bool_)
    return np.isin(segment.municipalities, np.array(sorted(scope), np.int64))
