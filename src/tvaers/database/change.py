"""A change: one transaction, made by a named actor for an office, at a given time.

The names are set in the database session for the length of the transaction only. Triggers read
them for the history, row-level security reads the office and the day.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tvaers.core.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")

SETTINGS = ("tvaers.actor", "tvaers.office", "tvaers.user", "tvaers.at")


def change(operation: Callable[P, R]) -> Callable[P, R]:
    """Make a function an operation: it must be called with `by=`, and runs in `changing`.

    A keyword `at`, when the function has one, becomes the time in the history.
    """

    @wraps(operation)
    def changed(*args: P.args, **kwargs: P.kwargs) -> R:
        by, at = kwargs.get("by"), kwargs.get("at")
        if not isinstance(by, Actor):
            raise TypeError(f"{operation.__name__} changes things: say who, by=Actor(…)")
        with changing(by=by, at=at if isinstance(at, datetime) else None):
            return operation(*args, **kwargs)

    return changed


@contextmanager
def changing(
    *, by: Actor, at: datetime | None = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """One transaction whose changes are made by `by`, at `at` if given.

    Inside another change it is a part of that one: both are kept or neither is. Who goes on after
    a part was refused puts `transaction.atomic()` around the part.
    """
    settings: dict[str, object] = {"tvaers.actor": by.text, "tvaers.office": by.office_id}
    if at is not None:
        settings["tvaers.at"] = at.isoformat()
    with _transaction_with(settings, using=using):
        yield


@contextmanager
def as_reader(
    *,
    office_id: int | None,
    user_id: int | None = None,
    at: datetime | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[None]:
    """One transaction that sees what the office may see, and names nobody: it cannot change.

    `at` says on which day: an office that stands in for another sees more on some days than others.
    """
    settings: dict[str, object] = {"tvaers.office": office_id, "tvaers.user": user_id}
    if at is not None:
        settings["tvaers.at"] = at.isoformat()
    with _transaction_with(settings, using=using):
        yield


@contextmanager
def _transaction_with(settings: dict[str, Any], *, using: str) -> Iterator[None]:
    """A transaction with `settings`; the ones before come back at the end of a nested one.

    PostgreSQL restores them itself when the transaction ends or the savepoint is undone, but
    not when a savepoint is kept. A nested one with the same settings leaves them alone, and one
    inside a change has no savepoint of its own.
    """
    connection: Any = connections[using]
    outer: dict[str, str] = getattr(connection, IN_FORCE, {})
    nested = connection.in_atomic_block
    texts = {name: "" if value is None else str(value) for name, value in settings.items()}
    with transaction.atomic(using=using, savepoint="tvaers.actor" not in outer):
        if texts.items() <= outer.items():
            yield
            return
        _set(connection, texts)
        setattr(connection, IN_FORCE, outer | texts)
        try:
            yield
        finally:
            setattr(connection, IN_FORCE, outer)
        if nested:
            _set(connection, {name: outer.get(name, "") for name in texts})


IN_FORCE = "tvaers_settings_in_force"
"""Where a connection keeps what the transactions around it have set; empty outside of them."""


def _set(connection: Any, texts: dict[str, str]) -> None:
    """Set the session's settings until the transaction ends. One query."""
    calls = ", ".join("set_config(%s, %s, true)" for _ in texts)
    with connection.cursor() as cursor:
        cursor.execute(f"select {calls}", [part for pair in texts.items() for part in pair])
