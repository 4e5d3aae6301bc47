"""All profiles as the engine's columns: arrays in PostgreSQL's own binary form, never rows.

Equal, person by person, to what `profile_rows` makes of the same rows. Profiles are read in
chunks; each chunk is one statement, so that nobody is read half before and half after a change.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import psycopg

from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.candidates.models import Status
from tvaers.matching.engine.columns import (
    CAR,
    FINDABLE,
    FIRST_DAY,
    FIRST_YEAR,
    PRESENT,
    WANTED,
    Columns,
    Numbers,
)
from tvaers.matching.engine.rows import UNREACHABLE
from tvaers.matching.engine.rule import MOST_YEARS
from tvaers.matching.profile_rows import alphabetical_key

CHUNK = 50_000
"""People a statement."""

EPOCH_DAY = "date '0001-01-01'"
STATUSES = list(Status.values)

SCALARS = {
    "id": "person_id",
    "municipality": "municipality_id::int",
    "postcode": "case when postcode ~ '^[0-9]{4}$' then postcode::int else 0 end",
    "status": f"array_position(array{STATUSES}, status::text)",
    "office": "(home_office_id is not null)::int",
    "basis": "(legal_basis <> '')::int",
    "reported": "(reported_unavailable_at is not null)::int",
    "hired": f"coalesce(hired_from - {EPOCH_DAY} + 1, 0)",
    "available": f"coalesce(available_from - {EPOCH_DAY} + 1, 0)",
    "cv": f"coalesce(cv_updated_on - {EPOCH_DAY} + 1, 0)",
    "hours_min": "hours_min",
    "hours_max": "hours_max",
    "kinds": "kinds",
    "max_travel": "max_travel_minutes",
    "car": "car::int",
    "concept_count": "cardinality(concepts)",
    "wanted_count": "cardinality(wanted)",
    "held_count": "cardinality(held)",
}
"""One number a person. Days are ordinals, 0 where there is none."""

LISTS = {
    "concepts": "concepts",
    "wanted": "wanted",
    "held": "held",
    "held_years": "held_years",
    "held_until": "held_until",
}
"""Any number a person, one after the other in the order of the people."""

READ = f"""
    with chunk as materialized (
        select * from candidates_profile where person_id > %s order by person_id limit {CHUNK}
    )
    select array_agg(wanted_titles),
        {", ".join(f"array_send(array_agg({sql}))" for sql in SCALARS.values())},
        {
    ", ".join(
        f"(select array_send(array_agg(one)) from (select unnest({sql}) as one from chunk) _)"
        for sql in LISTS.values()
    )
}
    from chunk
"""


def read_columns(connection: psycopg.Connection, day: date) -> Columns:
    """Everyone, findable or not on `day` (R12). A statement for each `CHUNK` of people."""
    return _columns(_chunks(connection), day)


def _chunks(connection: psycopg.Connection) -> Iterator[tuple[list[str], dict[str, Numbers]]]:
    """The titles and the arrays of each chunk."""
    last = 0
    with psycopg.Cursor(connection) as cursor:
        while True:
            titles, *packed = cursor.execute(READ, [last], binary=True).fetchone() or (None,)
            if titles is None:
                return
            arrays = dict(zip([*SCALARS, *LISTS], map(_unpacked, packed), strict=True))
            yield titles, arrays
            last = int(arrays["id"][-1])


def _unpacked(array: bytes | None) -> Numbers:
    """The numbers of an array as PostgreSQL sends it: five words, then length and value each."""
    if array is None:
        return np.zeros(0, np.int32)
    size = int.from_bytes(array[20:24], "big")
    pairs = np.frombuffer(array, [("size", ">i4"), ("value", f">i{size}")], offset=20)
    values: Numbers = pairs["value"].astype(f"i{size}")
    return values


def _columns(chunks: Iterable[tuple[list[str], dict[str, Numbers]]], day: date) -> Columns:
    keys = _Keys()
    alphabetical: list[Numbers] = []
    read: dict[str, list[Numbers]] = {name: [] for name in (*SCALARS, *LISTS)}
    for titles, arrays in chunks:
        alphabetical.append(np.fromiter(map(keys.__getitem__, titles), np.int64, len(titles)))
        for name, values in arrays.items():
            read[name].append(values)
    empty = np.zeros(0, np.int32)
    at = {name: np.concatenate([empty, *parts]) for name, parts in read.items()}
    entries = np.arange(len(at["id"]), dtype=np.int32)
    return Columns(
        id=at["id"].astype(np.int64),
        municipality=at["municipality"].astype(np.int32),
        postcode=at["postcode"].astype(np.int32),
        flags=(PRESENT + FINDABLE * _findable(at, day) + CAR * at["car"]).astype(np.uint8),
        kinds=at["kinds"].clip(0, 255).astype(np.uint8),
        hours_min=at["hours_min"].clip(0, 255).astype(np.uint8),
        hours_max=at["hours_max"].clip(0, 255).astype(np.uint8),
        max_travel=at["max_travel"].clip(0, UNREACHABLE - 1).astype(np.uint16),
        available_from=_day_numbers(at["available"]),
        cv_updated=_day_numbers(at["cv"]),
        alphabetical=np.concatenate([empty, *alphabetical]).astype(np.int64),
        has_person=np.repeat(entries, at["concept_count"]),
        has_concept=at["concepts"].astype(np.int32),
        **_work(at, entries),
    )


class _Keys(dict[str, int]):
    """The alphabetical key of each title, worked out once."""

    def __missing__(self, title: str) -> int:
        self[title] = key = alphabetical_key(title)
        return key


def _findable(at: dict[str, Numbers], day: date) -> Numbers:
    """Per person 1 or 0: the rule is asked once for each combination that occurs."""
    names = ("status", "office", "basis", "reported", "hired")
    combined = np.zeros(len(at["id"]), np.int64)
    for name in names:
        # Four flags of at most two bits, then the day.
        combined = combined << (24 if name == "hired" else 2) | at[name]
    first, which = np.unique(combined, return_index=True, return_inverse=True)[1:]
    found = [_is_findable({name: int(at[name][n]) for name in names}, day) for n in first]
    return np.array(found, np.int64)[which] if found else combined


def _is_findable(values: dict[str, int], day: date) -> bool:
    profile: Any = SimpleNamespace(
        status=STATUSES[values["status"] - 1],
        home_office_id=1 if values["office"] else None,
        legal_basis="given" if values["basis"] else "",
        reported_unavailable_at=day if values["reported"] else None,
        hired_from=date.fromordinal(values["hired"]) if values["hired"] else None,
    )
    return not unfindable_reasons(profile, day)


def _day_numbers(ordinals: Numbers) -> Numbers:
    """As `columns.day_number`."""
    return (ordinals.astype(np.int64) - FIRST_DAY).clip(0, 65_535).astype(np.uint16)


def _work(at: dict[str, Numbers], entries: Numbers) -> dict[str, Numbers]:
    """As `columns.work_of`: each occupation wanted or held once, spells in it added up."""
    person = np.concatenate(
        [np.repeat(entries, at["wanted_count"]), np.repeat(entries, at["held_count"])]
    )
    occupation = np.concatenate([at["wanted"], at["held"]]).astype(np.int64)
    only_wanted = np.zeros(len(at["wanted"]), np.int64)
    years = np.concatenate([only_wanted, at["held_years"]])
    # No year is smaller than "year unknown", and smallest of all is "not held".
    until = np.concatenate([only_wanted - 1, at["held_until"]])
    pairs = person.astype(np.int64) << 32 | occupation
    order = np.argsort(pairs, kind="stable")
    starts = np.flatnonzero(np.diff(pairs[order], prepend=-1))
    if not len(starts):
        nothing = np.zeros(0, np.int32)
        return dict.fromkeys(_WORK, nothing)
    last = np.maximum.reduceat(until[order], starts)
    wanted = np.minimum.reduceat(until[order], starts) < 0
    code = np.where(last == 0, 1, (last - FIRST_YEAR).clip(2, WANTED - 1))
    first = pairs[order][starts]
    return {
        "work_person": (first >> 32).astype(np.int32),
        "work_occupation": (first & 0xFFFFFFFF).astype(np.int32),
        "work_code": (np.where(last < 0, 0, code) + WANTED * wanted).astype(np.uint8),
        "work_years": np.add.reduceat(years[order], starts).clip(0, MOST_YEARS).astype(np.uint8),
    }


_WORK = ("work_person", "work_occupation", "work_code", "work_years")
