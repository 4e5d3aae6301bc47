"""The engine's index over the profiles in the database, brought up to date before each search.

A profile carries the transaction that last touched it. Rows of transactions that were not yet
finished when the index was last read are read again, so a late commit is never missed; rows that
the current transaction itself has changed are seen by it alone, until it commits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import Q

from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.candidates.models import Profile
from tvaers.core.danish_order import danish_sort_key
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Person, TravelTable
from tvaers.places import travel
from tvaers.places.municipalities import all_municipalities

FOLD_AT = 2000
"""Changes beside the base that are folded into it."""

COLUMNS = (
    "person_id",
    "municipality_id",
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


@dataclass(frozen=True)
class _Read:
    """An index, the database it was read from, up to which transaction, and for which day.

    `unread` are people whose rows the reading transaction had changed itself: what others may
    see of them is read the next time.
    """

    database: tuple[int, str]
    horizon: int
    day: date
    index: Index
    unread: frozenset[int] = frozenset()


_newest: _Read | None = None
_lock = Lock()


def current_index(day: date) -> Index:
    """Everyone who may be found on `day`, as the database stands now. Two queries."""
    global _newest
    with _lock:
        database, horizon, own = _position()
        read = _newest if _newest and _newest.database == database else None
        if read is None:
            shared = Index.build(_people(Profile.objects.all(), day, not_in=own), travel=table())
        else:
            shared = _fresh(read, day, own)
        mine = list(_people(Profile.objects.filter(changed_in=own), day)) if own else []
        unread = frozenset(person.id for person in mine)
        _newest = _Read(database, horizon, day, shared, unread)
    return shared.with_changes(mine) if mine else shared


def _fresh(read: _Read, day: date, own: int | None) -> Index:
    """`read` with what was committed since, and with who became (un)findable with the day."""
    first, last = sorted((read.day, day))
    touched = Q(changed_in__gte=read.horizon) | Q(pk__in=read.unread)
    if first != last:
        touched |= Q(hired_from__gt=first, hired_from__lte=last)
    changed = list(_people(Profile.objects.filter(touched), day, not_in=own))
    if not changed:
        return read.index
    index = read.index.with_changes(changed)
    return index.folded() if len(index.changes) > FOLD_AT else index


def table() -> TravelTable:
    """The travel minutes between all municipalities, by car and by public transport."""
    codes = tuple(int(fact.code) for fact in all_municipalities())
    order = [travel.row_of(fact.code) for fact in all_municipalities()]
    car, public = travel.car_minutes(), travel.public_minutes()
    return TravelTable(
        codes,
        car[order][:, order].astype("uint16"),
        public[order][:, order].astype("uint16"),
    )


def _position() -> tuple[tuple[int, str], int, int | None]:
    """Which database this is, the oldest unfinished transaction, and our own if it has written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.oid::bigint, s.system_identifier::text,"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " pg_current_xact_id_if_assigned()::text::bigint"
            " from pg_database d, pg_control_system() s where d.datname = current_database()"
        )
        oid, system, horizon, own = cursor.fetchone()
    return (oid, system), horizon, own


def _people(rows: Any, day: date, *, not_in: int | None = None) -> Iterator[Person]:
    """Profiles as the engine's rows, leaving out what transaction `not_in` has changed itself."""
    for row in rows.only(*COLUMNS).iterator(chunk_size=5000):
        if not_in is not None and row.changed_in == not_in:
            continue
        yield Person(
            id=row.person_id,
            municipality=int(row.municipality_id),
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
