"""Word of what happens, from the database to the processes that show it (LISTEN/NOTIFY).

A topic is a thing that pages show: "order:12", "office:7". Word goes out when a change is kept, to
whoever listens then; nothing is stored, so whoever shows a page reads it anew when word comes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from django.db import connection, connections

CHANNEL = "tvaers_live"
LOOKS_UP = 5.0
"""Seconds after which the listening thread sees that nobody waits any more."""
AGAIN = 2.0
"""Seconds before it tries again when the database went away."""
NOT_PSYCOPGS = ("cursor_factory", "context", "prepare_threshold")


def tell(topics: Collection[str]) -> None:
    """Say, when this transaction is kept, that something happened to `topics`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_notify(%s, topic) from unnest(%s::text[]) as topic",
            [CHANNEL, sorted(topics)],
        )


class Hub:
    """The one connection of a process that listens, for everyone in it who waits for word."""

    def __init__(self, *, most: int, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        self._most, self._connect = most, connect
        self._lock = Lock()
        self._waiting: dict[Event, frozenset[str]] = {}
        self._thread: Thread | None = None

    @contextmanager
    def listening(self, topics: Iterable[str]) -> Iterator[Event | None]:
        """An event that is set when word of one of `topics` comes, or may have been missed.

        None where `most` listen already.
        """
        heard = Event()
        if not self._take_in(heard, frozenset(topics)):
            yield None
            return
        try:
            yield heard
        finally:
            with self._lock:
                del self._waiting[heard]

    def _take_in(self, heard: Event, topics: frozenset[str]) -> bool:
        with self._lock:
            if len(self._waiting) >= self._most:
                return False
            self._waiting[heard] = topics
            if self._thread is None:
                self._thread = Thread(target=self._listen, name="live", daemon=True)
                self._thread.start()
        return True

    def _listen(self) -> None:
        pause = Event()
        while self._wanted():
            try:
                with self._connect() as database:
                    database.execute(f"listen {CHANNEL}")
                    self._pass_on(None)
                    while self._wanted():
                        for word in database.notifies(timeout=LOOKS_UP, stop_after=1):
                            self._pass_on(word.payload)
            except psycopg.Error:
                pause.wait(AGAIN)

    def _wanted(self) -> bool:
        """Whether anybody waits; the thread that finds nobody is the last to say so."""
        with self._lock:
            if not self._waiting:
                self._thread = None
            return bool(self._waiting)

    def _pass_on(self, topic: str | None) -> None:
        """Wake those who wait for `topic`; all of them when word may have been missed."""
        with self._lock:
            for heard, topics in self._waiting.items():
                if topic is None or topic in topics:
                    heard.set()


def connect() -> psycopg.Connection[Any]:
    """A connection of its own to the application's database, outside of any transaction."""
    known = connections["default"].get_connection_params()
    chosen = {name: value for name, value in known.items() if name not in NOT_PSYCOPGS}
    return psycopg.connect(**chosen, autocommit=True)
