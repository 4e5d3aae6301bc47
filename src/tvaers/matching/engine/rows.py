"""What goes into the engine: people, queries and the travel table. Only ids and whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

FIRST_CONCEPT = 10_000
"""Ids below are occupations; ids from here on are skills, certificates, licences and so on."""

UNREACHABLE = 65_535
"""Minutes that stand for "no way known" in the travel table."""

MOST_REQUIREMENTS = 64

POSTCODES = 10_000
"""A place is a municipality's code, or code × this + postcode; codes are smaller than this."""

PlaceNumber = TypeVar("PlaceNumber", int, NDArray[np.int64])


def place(municipality: PlaceNumber, postcode: PlaceNumber) -> PlaceNumber:
    """The number of a home or workplace; postcode 0 = not known more closely."""
    refined = postcode > 0
    return municipality * (refined * (POSTCODES - 1) + 1) + postcode


def municipality_of_place(number: PlaceNumber) -> PlaceNumber:
    """The municipality in which a place lies."""
    refined = number >= POSTCODES
    return number // (refined * (POSTCODES - 1) + 1)


def postcode_of_place(number: PlaceNumber) -> PlaceNumber:
    """The postcode of a place; 0 = not known."""
    return (number >= POSTCODES) * (number % POSTCODES)


class EmploymentKind(IntFlag):
    """What a person may be employed as; an order asks for one of them."""

    ORDINARY = 1
    WAGE_SUBSIDY = 2
    TRAINEESHIP = 4
    JOB_ROTATION = 8
    FLEX_JOB = 16
    ADULT_APPRENTICESHIP = 32


class Ordering(StrEnum):
    """How the hits are ordered; equals are ordered by fit and then by the order's own lot."""

    FIT = "fit"
    TRAVEL = "travel"
    READY = "ready"
    NEWEST_CV = "newest_cv"
    ALPHABETICAL = "alphabetical"


class TravelLimit(StrEnum):
    """Whether a person's own travel limit keeps the person out (OWN) or only lowers the fit."""

    OWN = "own"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """One candidate as the engine sees one: no name, no age, no sex, no benefit."""

    id: int
    municipality: int
    postcode: int = 0
    """0 = unknown. Counts where the travel table knows the place."""
    concepts: tuple[int, ...] = ()
    wanted: tuple[int, ...] = ()
    held: tuple[tuple[int, int, int], ...] = ()
    """(occupation, whole years, last calendar year); 0 = unknown."""
    available_from: int = 0
    """Proleptic ordinal day; 0 = now."""
    hours_min: int = 0
    hours_max: int = 37
    kinds: int = EmploymentKind.ORDINARY
    max_travel: int = 60
    """Minutes one way, by car with `car`, else by public transport."""
    car: bool = False
    cv_updated: int = 0
    """Proleptic ordinal day; 0 = unknown."""
    findable: bool = True
    alphabetical: int = 0
    """Key of the alphabetical ordering, smaller first; below 2**52 in size."""

    @property
    def home(self) -> int:
        """The place where the person lives."""
        return place(self.municipality, self.postcode)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the order asks for."""

    concept: int
    must: bool
    kind: str
    """occupation, skill, experience (graded) or certificate, licence, language … (met or not)."""
    satisfied_by: tuple[tuple[int, int], ...]
    """(concept, strength in thousandths), the concept itself with 1000 among them."""
    years: int = 0
    """Years asked; counts only where an occupation satisfies the requirement."""
    trainable_days: int | None = None
    """Days of training that would give it; None = cannot be learned on a course."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the fit weighs, in thousandths; they add up to 1000.

    The consultant may change them for a search. Parts the order does not ask about are left out
    and the others are scaled up (see `rule.weights_in_use`).
    """

    occupation: int = 250
    skills: int = 250
    experience: int = 100
    travel: int = 150
    availability: int = 100
    credentials: int = 150

    def __post_init__(self) -> None:
        shares = self.as_tuple()
        if min(shares) < 0 or sum(shares) != 1000:
            raise ValueError("weights must be whole thousandths that add up to 1000")

    def as_tuple(self) -> tuple[int, int, int, int, int, int]:
        """The weights in the order of `rule.Part`."""
        return (
            self.occupation,
            self.skills,
            self.experience,
            self.travel,
            self.availability,
            self.credentials,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What an order asks for, in ids."""

    today: int
    """Proleptic ordinal day the search is made for."""
    occupation: tuple[tuple[int, int], ...] = ()
    """(occupation, strength in thousandths) that satisfy the order's occupation; () = unknown."""
    occupation_years: int = 0
    occupation_must: bool = False
    requirements: tuple[Requirement, ...] = ()
    workplaces: tuple[int, ...] = ()
    """Places (see `place`); the nearest counts. () = travel is not asked about."""
    start: int = 0
    """Proleptic ordinal day; 0 = as soon as possible: within `rule.SOON` days."""
    hours: tuple[int, int] | None = None
    """Weekly hours offered, from and to."""
    kind: EmploymentKind = EmploymentKind.ORDINARY
    travel_limit: TravelLimit = TravelLimit.OWN
    weights: Weights = field(default_factory=Weights)
    ordering: Ordering = Ordering.FIT
    salt: int = 0
    """The order's own number for the lot between equals."""
    blocked: frozenset[int] = frozenset()
    """Ids of people who may not be shown for this order."""

    def __post_init__(self) -> None:
        if len(self.requirements) > MOST_REQUIREMENTS:
            raise ValueError(f"at most {MOST_REQUIREMENTS} requirements")


@dataclass(frozen=True, eq=False)
class TravelTable:
    """Minutes between places, by car and by public transport (`UNREACHABLE` = no way).

    A place with a postcode that the table does not know counts as its whole municipality.
    """

    places: tuple[int, ...] = ()
    """In the order of the rows and columns: municipalities, and places with postcodes."""
    car: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, 0), np.uint16))
    public: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, 0), np.uint16))

    def __post_init__(self) -> None:
        size = (len(self.places), len(self.places))
        if self.car.shape != size or self.public.shape != size:
            raise ValueError("the travel tables must be square, one row a place")
        if len(self._row) != size[0]:
            raise ValueError("a place stands twice in the travel table")

    @cached_property
    def _row(self) -> dict[int, int]:
        return {number: row for row, number in enumerate(self.places)}

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        known = np.array(self.places, np.int64)
        order = np.argsort(known)
        return known[order], order

    def knows(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the places, as they are given, the table knows."""
        return np.isin(places, self._sorted[0])

    def rows(self, places: NDArray[np.integer]) -> NDArray[np.int64]:
        """The row of each place, else of its municipality, -1 if neither is known."""
        numbers = np.asarray(places, np.int64)
        found = self._rows(numbers)
        return np.where(found >= 0, found, self._rows(municipality_of_place(numbers)))

    def _rows(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        known, order = self._sorted
        at = np.searchsorted(known, numbers)
        found = np.full(len(numbers), -1, np.int64)
        inside = at < len(known)
        found[inside] = np.where(known[at[inside]] == numbers[inside], order[at[inside]], -1)
        return found

    def row(self, number: int) -> int:
        """The row of a place, else of its municipality, -1 if neither is known."""
        return self._row.get(number, self._row.get(municipality_of_place(number), -1))

    def known(self, workplaces: Iterable[int]) -> tuple[int, ...]:
        """The workplaces that the table knows at least by their municipality."""
        return tuple(number for number in workplaces if self.row(number) >= 0)

    def minutes(self, *, home: int, workplaces: Iterable[int], car: bool) -> int:
        """Minutes from `home` to the nearest workplace, or `UNREACHABLE`."""
        columns = [self.row(number) for number in self.known(workplaces)]
        row = self.row(home)
        if row < 0 or not columns:
            return UNREACHABLE
        table = self.car if car else self.public
        return int(table[row, columns].min())
