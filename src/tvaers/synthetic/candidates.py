"""Everyone who is unemployed in the demo world, drawn and written a batch at a time.

Written by COPY on the owner's connection: the application's role may not COPY into tables with
row-level security, and naming a home office for every row would be slower by far. The history
triggers run all the same, in the loader's name.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from typing import Any

from django.db import connections

from tvaers.core.danish_order import danish_sort_key
from tvaers.core.working_days import danish_date
from tvaers.database.change import changing
from tvaers.synthetic.deliveries import NO_DELIVERY
from tvaers.synthetic.drawing import Home, Made, draw_person
from tvaers.synthetic.people_who_work import LOADER, Staff
from tvaers.synthetic.progress import Progress
from tvaers.synthetic.tables import population, trade_of

BATCH = 5000
SURE_TRADE = "lagermedarbejder"
SURE_HOMES = {
    "0253": 3, "0259": 6, "0265": 4, "0269": 3, "0316": 3, "0320": 3, "0326": 2, "0329": 3,
    "0330": 3, "0336": 2, "0340": 2, "0350": 2, "0370": 3, "0376": 2, "0390": 2,
}  # fmt: skip
"""Warehouse workers with a forklift paper who are always there, in the alliance around Køge."""


COLUMNS = {
    "candidates_person": "id cpr_key",
    "candidates_sourcerecord": "person_id office_id source_id row_sha256 seen_in_id",
    "candidates_following": "person_id office_id starts_on",
    "candidates_profile": "person_id home_office_id municipality_id postcode status legal_basis "
    "wanted_titles held_titles skill_words education wanted held held_years held_until concepts "
    "available_from hours_min hours_max kinds max_travel_minutes car cv_updated_on cv_length "
    "changed_in",
    "candidates_identity": "person_id name sort_key email phone address birth_date protected",
    "candidates_cvtext": "person_id text",
}


def homes(chance: Random, staff: Staff, *, count: int) -> list[Home]:
    """Where everyone lives: first those who are always there, then by population."""
    sure = [
        Home(code, staff.office_of[code])
        for code, people in SURE_HOMES.items()
        for _ in range(people)
    ]
    places = [code for code in population() if code not in NO_DELIVERY]
    drawn = chance.choices(
        [Home(code, staff.office_of[code]) for code in places],
        weights=[population()[code] for code in places],
        k=max(count - len(sure), 0),
    )
    for number in range(0, len(drawn), 80):
        fund = staff.funds[number // 80 % len(staff.funds)]
        drawn[number] = Home(drawn[number].municipality, fund)
    return [*sure[:count], *drawn]


def load_candidates(
    where: Sequence[Home],
    runs: dict[int, int],
    staff: Staff,
    *,
    seed: int,
    began: datetime,
    at: datetime,
    progress: Progress,
) -> frozenset[int]:
    """Draw and write everyone who lives at `where`; returns those who are always there.

    `runs` is the delivery of each office; they were written when the history `began`.
    """
    today = danish_date(at)
    first = _reserve_ids(len(where))
    for start in range(0, len(where), BATCH):
        chance = Random(f"{seed}:people:{start}")
        people = [
            draw_person(
                chance,
                number=start + n,
                home=home,
                today=today,
                trade=trade_of(SURE_TRADE) if start + n < sum(SURE_HOMES.values()) else None,
            )
            for n, home in enumerate(where[start : start + BATCH])
        ]
        _write(people, first + start, staff, seed=seed, runs=runs, at=began)
        progress("Ledige", start + len(people), len(where))
    return frozenset(range(first, first + sum(SURE_HOMES.values())))


def _write(
    people: Sequence[Made],
    first: int,
    staff: Staff,
    *,
    seed: int,
    runs: dict[int, int],
    at: datetime,
) -> None:
    numbered = list(enumerate(people, start=first))
    rows: dict[str, Iterator[tuple[Any, ...]]] = {
        "candidates_person": ((pk, _cpr_key(seed, one)) for pk, one in numbered),
        "candidates_sourcerecord": _records(numbered, staff, runs),
        "candidates_following": (
            (pk, one.home.office_id, one.followed_since) for pk, one in numbered
        ),
        "candidates_profile": (_profile(pk, one) for pk, one in numbered),
        "candidates_identity": (_identity(pk, one) for pk, one in numbered),
        "candidates_cvtext": ((pk, one.record.text) for pk, one in numbered),
    }
    with changing(by=LOADER, at=at, using="owner"), connections["owner"].cursor() as cursor:
        for table, made in rows.items():
            columns = ", ".join(COLUMNS[table].split())
            with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                for row in made:
                    copy.write_row(row)


def _records(
    numbered: Sequence[tuple[int, Made]], staff: Staff, runs: dict[int, int]
) -> Iterator[tuple[Any, ...]]:
    """One record each, and every fortieth is known by a fund as well."""
    for pk, one in numbered:
        office_id, record = one.home.office_id, one.record
        yield pk, office_id, record.source_id, record.digest, runs.get(office_id)
        if pk % 40 == 0 and office_id not in staff.funds:
            fund = staff.funds[pk // 40 % 2]
            yield pk, fund, record.source_id, record.digest, runs.get(fund)


def _profile(pk: int, one: Made) -> tuple[Any, ...]:
    record = one.record
    return (
        pk,
        one.home.office_id,
        record.municipality,
        record.postcode,
        record.status,
        record.legal_basis,
        record.wanted_titles,
        record.held_titles,
        record.skill_words,
        record.education,
        _array(record.wanted),
        _array(record.held),
        _array(record.held_years),
        _array(record.held_until),
        _array(record.concepts),
        record.available_from,
        record.hours_min,
        record.hours_max,
        record.kinds,
        record.max_travel_minutes,
        record.car,
        record.cv_updated_on,
        len(record.text),
        0,
    )


def _identity(pk: int, one: Made) -> tuple[Any, ...]:
    record = one.record
    return (
        pk,
        record.name,
        danish_sort_key(record.name),
        record.email,
        record.phone,
        record.address,
        record.birth_date,
        record.protected,
    )


def _array(numbers: Sequence[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _cpr_key(seed: int, one: Made) -> str:
    """A key in the shape of a hashed CPR number, made from no number at all."""
    return hashlib.sha256(f"{seed}:{one.record.source_id}".encode()).hexdigest()


def _reserve_ids(count: int) -> int:
    """The first of `count` numbers that no person has had."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_get_serial_sequence('candidates_person', 'id')")
        (sequence,) = cursor.fetchone()
        cursor.execute("select nextval(%s)", [sequence])
        (first,) = cursor.fetchone()
        cursor.execute("select setval(%s, %s)", [sequence, first + count])
    return int(first)
