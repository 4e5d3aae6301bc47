"""What goes in and out of the kernels: bundles of arrays.

numba keeps compiled kernels by the types of what they are called with. Whoever only swaps two
fields of one type here must save `kernels.py` anew as well, or the old machine code is used.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Numbers = Any
"""A numpy array of one fixed type."""


class People(NamedTuple):
    """What the kernels read of a segment (see `segment.Segment`)."""

    block: int
    ids: Numbers
    flags: Numbers
    kinds: Numbers
    hours_min: Numbers
    hours_max: Numbers
    max_travel: Numbers
    available: Numbers
    cv_updated: Numbers
    alphabetical: Numbers
    municipality_starts: Numbers
    """Where each home begins: a municipality, or those of one postcode in it."""
    concept_starts: Numbers
    concept_locals: Numbers
    occupation_starts: Numbers
    occupation_locals: Numbers
    occupation_codes: Numbers
    occupation_years: Numbers


class Asked(NamedTuple):
    """A query in a segment's own numbers (made by `plan.asked`)."""

    concept_rows: Numbers
    concept_levels: Numbers
    concept_ends: Numbers
    """[r] … [r + 1] = the lists of requirement r, weakest first."""
    work_rows: Numbers
    work_levels: Numbers
    work_ends: Numbers
    work_shares: Numbers
    """[r, years] = the level of the years against those asked."""
    weights: Numbers
    enough: Numbers
    graded: Numbers
    steps: Numbers
    """Per requirement: 0 nice, 1 a trainable must, 2 another must."""
    musts: Numbers
    """One number: bit r = requirement r is a must."""
    rest: Numbers
    """The requirements that are no musts, heaviest first."""
    occupation_rows: Numbers
    occupation_claims: Numbers
    """[list, work code] = level as an occupation."""
    occupation_fresh: Numbers
    """[list, work code] = level × recency, before the years."""
    occupation_fits: Numbers
    """[list] = 1 if it meets the order's occupation."""
    occupation_shares: Numbers
    occupation_weight: int
    experience_weight: int
    occupation_steps: int
    travel_weight: int
    availability_weight: int
    in_scope: Numbers
    minutes: Numbers
    """[0, home] by public transport, [1, home] by car."""
    limits: Numbers
    """The same minutes where the person's own limit holds, else 0."""
    today: int
    anchor: int
    readiness: Numbers
    """[days between `anchor` and ready] = level."""
    ready_by: int
    hours_low: int
    hours_high: int
    kind: int
    blocked: Numbers
    ordering: int
    salted: Numbers
    near: bool
    """Near misses are asked for, not hits."""


class Found(NamedTuple):
    """What one pass fills: a heap of the best, and counts."""

    keys: Numbers
    lots: Numbers
    positions: Numbers
    met: Numbers
    excluded: Numbers
    by_municipality: Numbers
    lacking: Numbers
    marks: Numbers
    """Per person, 1 = wanted; empty when the complete set is not asked for."""


class Desk(NamedTuple):
    """One thread's buffers, one entry a person of the block."""

    points: Numbers
    missed: Numbers
    lacks: Numbers
    reasons: Numbers
    hopes: Numbers
    """255 = may still stand among the best, else 0."""
    levels: Numbers
    experience: Numbers
    fits: Numbers
    few: Numbers
    """The locals of those with hopes, rising."""
    met: Numbers
