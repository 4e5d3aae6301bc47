"""Waiting for what another process does: long on a busy machine, and no longer than it takes."""

import time
from collections.abc import Callable

from tvaers.database.server import Server

PATIENCE = 120.0
"""Seconds that a busy machine is given before a test gives up."""


def until(true: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Wait until it is true; fails the test when it does not become so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def sessions_of_others(server: Server, database: str, *, ours: int) -> list[int]:
    """The server's processes that serve the application on the database, except for us.

    A session outlives the program that was killed by a moment, and holds its locks meanwhile.
    """
    with server.connect() as superuser:
        rows = superuser.execute(
            "select pid from pg_stat_activity where datname = %s and usename = 'tvaers_app'"
            " and pid <> %s",
            [database, ours],
        )
        return [pid for (pid,) in rows.fetchall()]
