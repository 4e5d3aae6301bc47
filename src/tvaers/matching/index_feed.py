"""The index as the database stands now: opened once, brought up to date before each search.

A profile carries the transaction that last touched it, and the history those that were removed.
Rows of transactions that were not yet finished when the index was last read are read again, so a
late commit is never missed; what the current transaction itself has changed is seen by it alone,
until it commits.
"""

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from django.db import connection

from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Person
from tvaers.matching.index_folder import (
    INDEX_EPOCH,
    Saved,
    newest,
    opened,
    rebuild_in_background,
    rebuilt,
)
from tvaers.matching.profile_rows import COLUMNS, person_of

FOLD_AT = 2000
"""Changes beside the base, those not counted that a new base would have beside it as well, from
which a new base is built."""

TRIES = 2
"""A builder that began before a list of postcodes came may just have put its index in place."""

CHANGES = f"""
    with now as materialized (
        select {INDEX_EPOCH} as epoch,
            pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
            pg_current_xact_id_if_assigned()::text::bigint as own,
            greatest(
                pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                pg_current_xact_id_if_assigned()::text::bigint + 1
            ) as future
    )
    select now.epoch, now.horizon, now.own, removed.ids, removed.own_ids, profile.*
    from now
    cross join lateral (
        select array_agg(gone.row_id) filter (where gone.by is distinct from now.own) as ids,
            array_agg(gone.row_id) filter (where gone.by = now.own) as own_ids
        from (
            select row_id, transaction::text::bigint as by from audit_change
            where table_name = 'candidates_profile' and operation = 'D'
                and transaction >= %(since)s::text::xid8
        ) gone
        where gone.by < now.future and not exists (
            select from candidates_profile back where back.person_id = gone.row_id
        )
    ) removed
    left join lateral (
        select {", ".join(COLUMNS)} from candidates_profile
        where (changed_in >= %(since)s and changed_in < (select future from now)) {{more}}
    ) profile on true
"""
"""One statement, thus one snapshot. Transactions of the future are those of a restored backup."""

UNREAD = "or person_id = any(%(unread)s)"
ANOTHER_DAY = "or (hired_from > %(first)s and hired_from <= %(last)s)"


@dataclass(frozen=True)
class _Read:
    """An index, the saved one it began as, and up to which transaction and for which day it is.

    `applied` holds the transactions behind the rows that may be read once more. `unread` are
    people whose rows the reading transaction had changed itself: what others may see of them is
    read the next time.
    """

    base: Saved
    horizon: int
    day: date
    index: Index
    applied: dict[int, int] = field(default_factory=dict)
    unread: frozenset[int] = frozenset()

    @staticmethod
    def of(saved: Saved) -> "_Read":
        stamp = saved.stamp
        return _Read(saved, stamp.horizon, date.fromordinal(stamp.day), saved.index)

    def is_due(self) -> bool:
        """Is it time for a new base? Who was removed leaves the folder within a day (R14)."""
        base = self.index.base
        gone = len(base.ids) > base.present_by_municipality.sum()
        return len(self.index.changes) - len(self.applied) > FOLD_AT or (
            bool(gone) and self.day.toordinal() > self.base.stamp.day
        )


@dataclass(frozen=True)
class _Changes:
    """What became different since a horizon: rows (values of `COLUMNS`) and ids removed."""

    epoch: str
    horizon: int
    own: int | None
    removed: frozenset[int]
    own_removed: frozenset[int]
    rows: list[tuple[Any, ...]]


_newest: _Read | None = None
_lock = Lock()


def current_index(day: date) -> Index:
    """Everyone who may be found on `day`, as the database stands now. One query."""
    global _newest
    with _lock:
        read = _begun(day)
        changes = _changes(read, day)
        for _ in range(TRIES):
            if changes.epoch == read.base.stamp.epoch and changes.horizon >= read.horizon:
                break
            read = _Read.of(rebuilt(day, instead_of=read.base.name))
            changes = _changes(read, day)
        mine = [person_of(row, day) for row in changes.rows if row[-1] == changes.own]
        read = _newest = _fresh(read, changes, day)
        if read.is_due():
            rebuild_in_background(day)
    if not mine and not changes.own_removed:
        return read.index
    return read.index.with_changes(mine, changes.own_removed)


def _begun(day: date) -> _Read:
    """What this process read last, or the saved index where a newer one has been swapped in."""
    name = newest()
    if _newest and _newest.base.name == name:
        return _newest
    return _Read.of(opened() or rebuilt(day, instead_of=name))


def _changes(read: _Read, day: date) -> _Changes:
    """What was committed since `read`, and who became (un)findable with the day."""
    first, last = sorted((read.day, day))
    more = (UNREAD if read.unread else "") + (ANOTHER_DAY if first != last else "")
    given: dict[str, Any] = {
        "since": read.horizon,
        "unread": list(read.unread),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(CHANGES.format(more=more), given)
        found = cursor.fetchall()
    epoch, horizon, own, removed, own_removed = found[0][:5]
    rows = [row[5:] for row in found if row[5] is not None]
    return _Changes(
        epoch, horizon, own, frozenset(removed or ()), frozenset(own_removed or ()), rows
    )


def _fresh(read: _Read, changes: _Changes, day: date) -> _Read:
    """`read` with what others have committed since."""
    theirs = [row for row in changes.rows if row[-1] != changes.own]
    mine = {row[0] for row in changes.rows} - {row[0] for row in theirs}
    visible = {row[0] for row in changes.rows}
    removed = (changes.removed | (read.unread - visible)) - changes.own_removed
    known = read.applied if day == read.day else {}
    people: list[Person] = [person_of(row, day) for row in theirs if known.get(row[0]) != row[-1]]
    index = read.index.with_changes(people, removed) if people or removed else read.index
    return _Read(
        base=read.base,
        horizon=changes.horizon,
        day=day,
        index=index,
        applied={row[0]: row[-1] for row in theirs if row[-1] >= changes.horizon},
        unread=frozenset(mine) | changes.own_removed,
    )
