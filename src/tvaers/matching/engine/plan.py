"""A query in a segment's own numbers, as the kernels read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import numpy as np

from tvaers.matching.engine import rule
from tvaers.matching.engine.answers import Part
from tvaers.matching.engine.columns import FIRST_YEAR, WANTED, Numbers, day_number
from tvaers.matching.engine.kernels import Asked
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
    requirements = query.requirements
    concepts = [_lists(_useful(r, FIRST_CONCEPT, 2**31), segment.concepts) for r in requirements]
    work = [_lists(_useful(r, 0, FIRST_CONCEPT), segment.occupations) for r in requirements]
    occupation = [(o, rule.occupation_level(s)) for o, s in query.occupation]
    rows, levels = _lists(occupation, segment.occupations)
    claims, fresh = _work_tables(date.fromordinal(query.today).year)
    low, high = query.hours or (0, 255)
    codes = segment.municipalities
    return Asked(
        concept_rows=_joined([rows for rows, _ in concepts], np.int64),
        concept_levels=_joined([levels for _, levels in concepts], np.uint8),
        concept_ends=_ends(concepts),
        work_rows=_joined([rows for rows, _ in work], np.int64),
        work_levels=_joined([levels for _, levels in work], np.uint8),
        work_ends=_ends(work),
        years=np.array([r.years for r in requirements], np.int64),
        weights=np.array(rule.requirement_weights(query, weights), np.int64),
        enough=np.array([rule.enough(r) for r in requirements], np.int64),
        steps=np.array([rule.training_steps(r) for r in requirements], np.int64),
        occupation_rows=_joined([rows], np.int64),
        occupation_levels=_joined([levels], np.uint8),
        claims=claims,
        fresh=fresh,
        occupation_years=query.occupation_years or rule.YEARS_WHEN_NOT_ASKED,
        occupation_weight=weights.get(Part.OCCUPATION, 0),
        experience_weight=weights.get(Part.EXPERIENCE, 0),
        occupation_steps=2 if query.occupation_must and query.occupation else 0,
        travel_weight=weights.get(Part.TRAVEL, 0),
        availability_weight=weights[Part.AVAILABILITY],
        in_scope=np.isin(codes, list(scope)) if scope is not None else np.ones(len(codes), bool),
        car_minutes=minutes_to_work(query, segment, travel, car=True),
        public_minutes=minutes_to_work(query, segment, travel, car=False),
        own_limit=query.travel_limit is TravelLimit.OWN and Part.TRAVEL in weights,
        today=day_number(query.today),
        start=day_number(rule.last_start(query)) if query.start else -1,
        hours_low=min(max(low, 0), 255),
        hours_high=min(max(high, 0), 255),
        kind=int(query.kind),
        blocked=segment.positions(np.array(sorted(query.blocked), np.int64)),
        ordering=list(Ordering).index(query.ordering),
        salted=np.array([rule.salted(query.salt)], np.uint64),
        near=int(near),
    )


def minutes_to_work(query: Query, segment: Segment, travel: TravelTable, *, car: bool) -> Numbers:
    """Minutes from each municipality of the segment to the nearest workplace."""
    workplaces = travel.known(query.workplaces)
    minutes = np.full(len(segment.municipalities), UNREACHABLE, np.int64)
    if workplaces:
        table = travel.car if car else travel.public
        row_of = {code: row for row, code in enumerate(travel.municipalities)}
        nearest = table[:, [row_of[code] for code in workplaces]].min(axis=1)
        for place, code in enumerate(segment.municipalities.tolist()):
            if code in row_of:
                minutes[place] = nearest[row_of[code]]
    return minutes


def _useful(requirement: Requirement, first: int, end: int) -> Iterable[tuple[int, int]]:
    """The concepts (first … end) that can count for the requirement, with their levels."""
    least = 1 if requirement.kind in rule.GRADED else rule.FULL
    for concept, strength in requirement.satisfied_by:
        if first <= concept < end and rule.level(strength) >= least:
            yield concept, rule.level(strength)


def _lists(levels: Iterable[tuple[int, int]], known: Numbers) -> tuple[Numbers, Numbers]:
    """(rows, levels) of the concepts that are known here, weakest first."""
    pairs = np.array(sorted(levels, key=lambda pair: pair[1]), np.int64).reshape(-1, 2)
    if not len(pairs) or not len(known):
        return np.zeros(0, np.int64), np.zeros(0, np.uint8)
    rows = np.minimum(np.searchsorted(known, pairs[:, 0]), len(known) - 1)
    here = known[rows] == pairs[:, 0]
    return rows[here], pairs[here, 1].astype(np.uint8)


def _joined(arrays: list[Numbers], kind: type) -> Numbers:
    return np.concatenate([np.zeros(0, kind), *arrays]).astype(kind)


def _ends(lists: list[tuple[Numbers, Numbers]]) -> Numbers:
    return np.cumsum([0, *(len(rows) for rows, _ in lists)]).astype(np.int64)


def _work_tables(year: int) -> tuple[Numbers, Numbers]:
    """Work code → level of the claim to an occupation, and of the recency of work held."""
    claims, fresh = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
    for code in range(1, 256):
        held = code % WANTED
        if held:
            last_year = 0 if held == 1 else held + FIRST_YEAR
            fresh[code] = rule.recency(last_year, year=year)
        claims[code] = rule.FULL if code >= WANTED else fresh[code]
    return claims, fresh
