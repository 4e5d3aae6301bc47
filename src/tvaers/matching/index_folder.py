"""The index on disk: one folder a database, shared by all processes through memory maps.

Whoever finds no index that can be used takes the lock, looks again, and builds one; the others
wait and open it. An old one stays in use while a new one is built beside it.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Thread

import psycopg
from django.conf import settings
from django.db import connections

from tvaers.database.epoch import EPOCH
from tvaers.matching.engine.index import Index, IndexUnreadable
from tvaers.matching.profile_columns import read_columns
from tvaers.matching.travel_table import LOCATED, road_map, travel_table
from tvaers.places.local_travel import Located

logger = logging.getLogger(__name__)

MEANING = 2
"""Of what is kept; another one makes every folder be built anew."""

INDEX_EPOCH = f"({EPOCH} || '/' || (select count(*) from places_postcodelist))"
"""The database's epoch and how many lists of postcodes it has taken: travel hangs on the newest."""

POSITION = f"select {INDEX_EPOCH}, pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


@dataclass(frozen=True)
class Stamp:
    """Which database an index was read from, up to which transaction, for which (ordinal) day,
    and by which road map of the program's.
    """

    epoch: str
    horizon: int
    day: int
    roads: str
    meaning: int = MEANING

    @property
    def holds(self) -> bool:
        """Does the program still mean the same, and know the same roads?"""
        return self.meaning == MEANING and self.roads == road_map()


@dataclass(frozen=True, eq=False)
class Saved:
    """An index as it was read in one go. `name` is that of its folder; "" if it has none."""

    name: str
    stamp: Stamp
    index: Index


def folder() -> Path:
    """Where the index of the default database is kept on this machine."""
    given = connections["default"].settings_dict
    which = "\n".join(str(given[key]) for key in ("HOST", "PORT", "NAME"))
    return Path(settings.TVAERS_INDEX) / sha256(which.encode()).hexdigest()[:12]


def newest() -> str:
    """The name of the index that is to be used now; "" if there is none."""
    try:
        return (folder() / "current").read_text()
    except (OSError, ValueError):
        return ""


def opened() -> Saved | None:
    """The newest index, or None where it is missing, torn, or of another meaning."""
    name = newest()
    try:
        index = Index.open(folder())
        stamp = Stamp(**json.loads(index.stamp))
    except (IndexUnreadable, ValueError, TypeError):
        return None
    return Saved(name, stamp, index) if stamp.holds else None


def rebuilt(day: date, *, instead_of: str | None = None) -> Saved:
    """An index built now, unless another process has just put one in the place of `instead_of`."""
    with _lock():
        if instead_of is not None and newest() != instead_of and (found := opened()):
            return found
        return _build(day)


def rebuild_in_background(day: date) -> None:
    """Build a new index beside the old one, in a thread, unless somebody is at it already."""

    def work() -> None:
        try:
            with _lock(wait=False):
                _build(day)
        except BlockingIOError:
            pass
        except Exception:  # the old index serves on, and the next search tries again
            logger.exception("the search index could not be built anew")

    Thread(target=work, name="index", daemon=True).start()


def _build(day: date) -> Saved:
    """Read everyone on a connection of its own, which has changed nothing, and save."""
    with closing(connections["default"].copy()) as wrapper:
        wrapper.ensure_connection()
        connection: psycopg.Connection = wrapper.connection
        # The position comes first: what is committed after it is read again by the next search.
        epoch, horizon = connection.execute(POSITION).fetchone() or ("", 0)
        columns = read_columns(connection, day)
        located = [Located(*row) for row in connection.execute(LOCATED)]
    stamp = Stamp(epoch, horizon, day.toordinal(), road_map())
    travel = travel_table(located)
    index = Index.of_columns(columns, travel=travel, stamp=json.dumps(asdict(stamp)))
    try:
        index.save(folder())
    except OSError:
        # A full disk makes starts slower; it keeps nobody from searching.
        logger.exception("the search index could not be saved")
        return Saved(newest(), stamp, index)
    return opened() or Saved(newest(), stamp, index)


@contextmanager
def _lock(*, wait: bool = True) -> Iterator[None]:
    """One builder at a time, on this machine; raises `BlockingIOError` when not to wait."""
    with ExitStack() as open_files:
        try:
            folder().mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            # Where nothing can be kept, each process builds for itself.
            logger.exception("the search index cannot be kept in %s", folder())
        else:
            fcntl.flock(open_files.enter_context(open(handle)), _flags(wait=wait))
        yield


def _flags(*, wait: bool) -> int:
    return fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB
