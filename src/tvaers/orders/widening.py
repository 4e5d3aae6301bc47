"""Could a change of an order admit people whom it did not admit before? (R6). No Django.

Tightening keeps the coverage; whatever could admit someone new opens it. What counts is what an
office or the search would look for, so requirements in words count like those with a concept.
Wishes (not must) never keep anyone out, and neither does the text beside a known occupation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tvaers.orders.need import Asked, Need

Ways = frozenset[int | str]
"""What does equally well: concepts, or the words where no concept is known."""


class Opening(StrEnum):
    """What in a change may admit someone new."""

    OCCUPATION = "OCCUPATION"
    EXPERIENCE = "EXPERIENCE"
    REQUIREMENTS = "REQUIREMENTS"
    PLACE = "PLACE"
    HOURS = "HOURS"
    LATER_START = "LATER_START"
    KIND = "KIND"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What decides who can be considered for an order.

    `jobs` are the occupations, or the title's words where none is known; `kinds` the bits of the
    schemes, any of which will do; `municipalities` are those of the workplaces; `musts` is each
    must requirement by its kind, with the ways to meet it and the years asked.
    """

    jobs: Ways
    occupation_years: int
    kinds: int
    hours_min: int
    hours_max: int
    starts_on: date | None
    municipalities: frozenset[str]
    musts: frozenset[tuple[str, Ways, int]]


def wanted(need: Need, *, kinds: int, municipalities: Iterable[str]) -> Wanted:
    """The part of a need that decides who can be considered."""
    return Wanted(
        jobs=_ways(need.occupation, need.other_occupations, need.title),
        occupation_years=need.occupation_years,
        kinds=kinds,
        hours_min=need.hours_min,
        hours_max=need.hours_max,
        starts_on=need.starts_on,
        municipalities=frozenset(municipalities),
        musts=_musts(need.requirements),
    )


def openings_in(before: Wanted, after: Wanted) -> frozenset[Opening]:
    """What in the change from `before` to `after` could admit new people; empty when nothing."""
    found = {
        Opening.OCCUPATION: not after.jobs <= before.jobs,
        Opening.EXPERIENCE: after.occupation_years < before.occupation_years,
        Opening.REQUIREMENTS: not all(_still_asked(must, after) for must in before.musts),
        Opening.PLACE: _other_place(before.municipalities, after.municipalities),
        Opening.HOURS: after.hours_min < before.hours_min or after.hours_max > before.hours_max,
        Opening.LATER_START: before.starts_on is not None
        and (after.starts_on is None or after.starts_on > before.starts_on),
        Opening.KIND: bool(after.kinds & ~before.kinds),
    }
    return frozenset(opening for opening, holds in found.items() if holds)


def opens(before: Wanted, after: Wanted) -> bool:
    """Whether the change could admit someone new, so that coverage must be made again."""
    return bool(openings_in(before, after))


def _musts(requirements: Iterable[Asked]) -> frozenset[tuple[str, Ways, int]]:
    musts = (one for one in requirements if one.must)
    return frozenset(
        (one.kind, _ways(one.concept, one.either, one.text), one.years) for one in musts
    )


def _ways(concept: int | None, either: Iterable[int], words: str) -> Ways:
    return frozenset([_plain(words)]) if concept is None else frozenset([concept, *either])


def _still_asked(must: tuple[str, Ways, int], after: Wanted) -> bool:
    """Whether whoever meets the musts of `after` meets this one too."""
    kind, ways, years = must
    return any(kind == k and w <= ways and y >= years for k, w, y in after.musts)


def _other_place(before: frozenset[str], after: frozenset[str]) -> bool:
    # Without workplaces nobody is kept out by the way to work.
    return bool(before) and (not after or not after <= before)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
