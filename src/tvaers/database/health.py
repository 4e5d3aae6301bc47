"""Is this installation's database well? Each question has an answer and, mostly, a remedy."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tvaers.database.folders import data_folder
from tvaers.database.server import embedded_server


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: is it well, and what was found or mended."""

    name: str
    well: bool
    words: str


def findings(*, mend: bool, migrate: Callable[[], None]) -> Iterator[Finding]:
    """Look at server, roles, tables and keys, in the order they need each other.

    `migrate` brings the tables up to date, with the rows that every installation has.
    What is unwell and not mended ends the round, because what follows rests on it.
    """
    questions: list[tuple[str, Callable[..., Finding]]] = [
        ("server", _server),
        ("roles", _roles),
        ("tables", partial(_tables, migrate=migrate)),
        ("keys", _keys),
    ]
    for name, question in questions:
        try:
            finding = question(mend=mend)
        except Exception as error:  # whatever is wrong is what `check` is there to say
            finding = Finding(name, False, str(error).strip() or type(error).__name__)
        yield finding
        if not finding.well:
            return


def _server(*, mend: bool) -> Finding:
    if os.environ.get("DATABASE_URL"):
        words = "at DATABASE_URL"
    else:
        server = embedded_server()
        ready = server.is_ready()
        if not ready and not mend:
            return Finding("server", False, "the embedded server does not answer")
        server.ensure()
        words = f"embedded, in {server.data}" + ("" if ready else " (it was started)")
    with connections["default"].cursor() as cursor:
        cursor.execute("select current_setting('server_version')")
        return Finding("server", True, f"PostgreSQL {cursor.fetchone()[0]} {words}")


def _roles(*, mend: bool) -> Finding:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select rolname, rolsuper or rolbypassrls, exists (select from pg_tables"
            " where schemaname = 'public' and tableowner = current_user)"
            " from pg_roles where rolname = current_user"
        )
        name, too_strong, owns = cursor.fetchone()
    if too_strong or owns:
        why = "owns tables" if owns else "is not held back by row-level security"
        return Finding("roles", False, f"the application is {name}, which {why}")
    return Finding("roles", True, f"the application is {name}, which owns nothing")


def _tables(*, mend: bool, migrate: Callable[[], None]) -> Finding:
    executor = MigrationExecutor(connections["owner"])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting and not mend:
        return Finding("tables", False, f"{waiting} migrations wait; run: tvaers migrate")
    if waiting:
        migrate()
        return Finding("tables", True, f"up to date ({waiting} migrations were made)")
    return Finding("tables", True, "up to date")


def _keys(*, mend: bool) -> Finding:
    loose = []
    for name in ("secret_key", "cpr_key"):
        path = data_folder() / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            loose.append(path)
    if loose and not mend:
        return Finding("keys", False, f"others can read {', '.join(map(str, loose))}")
    for path in loose:
        path.chmod(0o600)
    return Finding("keys", True, "private" + (" (they were open to others)" if loose else ""))
