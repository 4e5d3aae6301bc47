"""What the engine answers: hits, near misses, explanations. Ids and numbers, never sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray


class Part(StrEnum):
    """The parts of the fit, in the order of `rows.Weights`."""

    OCCUPATION = "occupation"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    TRAVEL = "travel"
    AVAILABILITY = "availability"
    CREDENTIALS = "credentials"


class Reason(IntEnum):
    """Why a person is not a hit. A person is counted under the smallest that holds."""

    NOT_FINDABLE = 1
    BLOCKED = 2
    SCOPE = 3
    MUST = 4
    KIND = 5
    HOURS = 6
    AVAILABILITY = 7
    TRAVEL = 8


@dataclass(frozen=True, eq=False)
class Result:
    """One page of people, best first, and the figures around it.

    In a search the people are the hits. In `near_misses` they lack exactly one must requirement,
    the one in `unmet` that is a must, and `lacking` counts them all by it.
    """

    ids: NDArray[np.int64]
    fit: NDArray[np.int64]
    """Thousandths."""
    met: NDArray[np.uint64]
    """Bit r: requirement r of the query is met."""
    unmet: NDArray[np.uint64]
    travel: NDArray[np.int64]
    """Minutes to the nearest workplace; -1 = not known or not asked."""
    ready: NDArray[np.int64]
    """Ordinal day from which the person can start, never before the query's today."""
    total: int
    """Everyone, not only this page."""
    excluded: Mapping[Reason, int]
    """People kept out, each under one reason."""
    by_municipality: Mapping[int, int]
    """`total` by home municipality; only those with someone."""
    lacking: Mapping[int, int]
    """Near misses by the number (place in the query) of the requirement they lack."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What can be told apart of people beside a query, one entry a person, rising by id."""

    ids: NDArray[np.int64]
    met: NDArray[np.uint64]
    """Bit r: requirement r of the query is met."""
    travel: NDArray[np.int64]
    """Minutes to the nearest workplace; -1 = not known or not asked."""
    ready: NDArray[np.int64]
    """Ordinal day from which the person can start, never before the query's today."""
    cv_updated: NDArray[np.int64]
    """Ordinal day; 0 = unknown."""


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of the fit: `value` and `weight` in thousandths."""

    part: Part
    value: int
    weight: int
    by: int | None = None
    """The person's occupation that counted."""
    years: int | None = None
    minutes: int | None = None
    ready: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementScore:
    """How one requirement is met: level in sixtieths, weight in thousandths, by which concept."""

    number: int
    concept: int
    must: bool
    met: bool
    level: int
    weight: int
    by: int | None
    years: int | None

    @property
    def strength(self) -> int:
        """The level in thousandths."""
        return self.level * 1000 // 60


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one person's place."""

    person: int
    fit: int
    parts: tuple[PartScore, ...]
    """Only the parts that the order asks about."""
    requirements: tuple[RequirementScore, ...]
    occupation_met: bool
    travel: int
    ready: int
    reasons: tuple[Reason, ...]
    """All that keep the person out, smallest first; () = a hit."""
