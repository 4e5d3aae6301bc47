"""People as flat columns: the shape between rows and the index, and the codes it stores."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tvaers.matching.engine.rows import UNREACHABLE, Person, TravelTable, place
from tvaers.matching.engine.rule import MOST_YEARS, spells

Numbers = NDArray[Any]

FIRST_DAY = date(1999, 1, 1).toordinal()
"""Days are kept as 16-bit numbers from here (to 2178); 0 = now or unknown."""
FIRST_YEAR = 1949
"""Last years are kept as 2–127 from here; 0 = not held, 1 = held, year unknown."""
WANTED = 128
"""Bit of the work code: the occupation is wanted."""

PRESENT, FINDABLE, CAR = 1, 2, 4
"""Bits of a person's flags; a removed person has none."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Everyone, one entry a person, and their concepts and work as pairs (`*_person` = entry).

    The database reader may fill this directly, in any order; each id once. `work_code` comes from
    `work_code()`, days from `day_number()`.
    """

    id: Numbers
    municipality: Numbers
    postcode: Numbers
    flags: Numbers
    kinds: Numbers
    hours_min: Numbers
    hours_max: Numbers
    max_travel: Numbers
    available_from: Numbers
    cv_updated: Numbers
    alphabetical: Numbers
    has_person: Numbers
    has_concept: Numbers
    work_person: Numbers
    work_occupation: Numbers
    work_code: Numbers
    work_years: Numbers

    @staticmethod
    def from_people(people: Iterable[Person]) -> Columns:
        """The columns of `people`; of rows with the same id the last one counts."""
        everyone = list({person.id: person for person in people}.values())
        has_person, has_concept = array("i"), array("i")
        work = array("i")
        for entry, person in enumerate(everyone):
            has_concept.extend(person.concepts)
            has_person.extend([entry] * len(person.concepts))
            for occupation, code, years in work_of(person):
                work.extend((entry, occupation, code, years))
        worked = np.frombuffer(work, np.int32).reshape(-1, 4) if work else np.zeros((0, 4), int)

        def column(name: str, kind: type, most: int = 2**62) -> Numbers:
            values = [min(max(0, getattr(person, name)), most) for person in everyone]
            return np.array(values, kind)

        return Columns(
            id=np.array([person.id for person in everyone], np.int64),
            municipality=column("municipality", np.int32),
            postcode=column("postcode", np.int32),
            flags=np.array([flags_of(person) for person in everyone], np.uint8),
            kinds=column("kinds", np.uint8, 255),
            hours_min=column("hours_min", np.uint8, 255),
            hours_max=column("hours_max", np.uint8, 255),
            max_travel=column("max_travel", np.uint16, UNREACHABLE - 1),
            available_from=np.array([day_number(p.available_from) for p in everyone], np.uint16),
            cv_updated=np.array([day_number(p.cv_updated) for p in everyone], np.uint16),
            alphabetical=np.array([person.alphabetical for person in everyone], np.int64),
            has_person=np.array(has_person, np.int32),
            has_concept=np.array(has_concept, np.int32),
            work_person=worked[:, 0].astype(np.int32),
            work_occupation=worked[:, 1].astype(np.int32),
            work_code=worked[:, 2].astype(np.uint8),
            work_years=worked[:, 3].astype(np.uint8),
        )

    @property
    def home(self) -> Numbers:
        """The place where each person lives."""
        return place(self.municipality.astype(np.int64), self.postcode.astype(np.int64))

    def known_to(self, travel: TravelTable) -> Columns:
        """The same people, without the postcodes that make no difference to their travel."""
        return replace(self, postcode=self.postcode * travel.knows(self.home))

    def followed_by(self, others: Columns) -> Columns:
        """These people and then the others; no id may be in both."""
        mine, theirs = vars(self), vars(others)
        joined = {name: np.concatenate([mine[name], theirs[name]]) for name in mine}
        for name in ("has_person", "work_person"):
            joined[name] = np.concatenate([mine[name], theirs[name] + len(self.id)])
        return Columns(**joined)


def flags_of(person: Person) -> int:
    """A person's flag bits."""
    return PRESENT | (FINDABLE if person.findable else 0) | (CAR if person.car else 0)


def work_of(person: Person) -> list[tuple[int, int, int]]:
    """(occupation, work code, years) for each occupation wanted or held, each once."""
    wanted = dict.fromkeys(person.wanted, (WANTED, 0))
    for occupation, (years, last_year) in spells(person.held).items():
        code = wanted.get(occupation, (0, 0))[0] | work_code(last_year)
        wanted[occupation] = (code, min(years, MOST_YEARS))
    return [(occupation, code, years) for occupation, (code, years) in wanted.items()]


def work_code(last_year: int) -> int:
    """The code of work held, by its last calendar year (0 = unknown)."""
    return 1 if last_year == 0 else min(max(last_year - FIRST_YEAR, 2), 127)


def last_year_of(code: int) -> int | None:
    """The last year behind a work code: 0 = unknown, None = only wanted."""
    held = code % WANTED
    return None if held == 0 else 0 if held == 1 else held + FIRST_YEAR


def day_number(day: int) -> int:
    """A proleptic ordinal day as the index keeps it."""
    return min(max(day - FIRST_DAY, 0), 65_535)


def ordinal_day(number: int) -> int:
    """The proleptic ordinal day behind a kept number; 0 stays 0."""
    return number + FIRST_DAY if number else 0
