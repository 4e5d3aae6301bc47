"""Profiles as the engine's rows, one at a time: what changed, and what `index check` compares."""

import re
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.core.danish_order import danish_sort_key
from tvaers.matching.engine.rows import Person

COLUMNS = (
    "person_id",
    "municipality_id",
    "postcode",
    "home_office_id",
    "status",
    "legal_basis",
    "reported_unavailable_at",
    "hired_from",
    "wanted_titles",
    "wanted",
    "held",
    "held_years",
    "held_until",
    "concepts",
    "available_from",
    "hours_min",
    "hours_max",
    "kinds",
    "max_travel_minutes",
    "car",
    "cv_updated_on",
    "changed_in",
)
"""What a search needs to know of a profile."""

POSTCODE = re.compile("[0-9]{4}")


def person_of(values: Sequence[Any], day: date) -> Person:
    """The person behind the values of `COLUMNS`, findable or not on `day` (R12)."""
    row: Any = SimpleNamespace(**dict(zip(COLUMNS, values, strict=True)))
    return Person(
        id=row.person_id,
        municipality=int(row.municipality_id),
        postcode=int(row.postcode) if POSTCODE.fullmatch(row.postcode) else 0,
        concepts=tuple(row.concepts),
        wanted=tuple(row.wanted),
        held=tuple(zip(row.held, row.held_years, row.held_until, strict=True)),
        available_from=row.available_from.toordinal() if row.available_from else 0,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        kinds=row.kinds,
        max_travel=row.max_travel_minutes,
        car=row.car,
        cv_updated=row.cv_updated_on.toordinal() if row.cv_updated_on else 0,
        findable=not unfindable_reasons(row, day),
        alphabetical=alphabetical_key(row.wanted_titles),
    )


def alphabetical_key(title: str) -> int:
    """The first nine letters of the Danish sort key as a number that orders the same."""
    letters = danish_sort_key(title)[:9].ljust(9)
    number = 0
    for letter in letters:
        number = number * 40 + _LETTERS.index(letter)
    return number


_LETTERS = " 0123456789abcdefghijklmnopqrstuvwxyz"
