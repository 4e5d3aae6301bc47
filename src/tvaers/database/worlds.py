"""Which demo world, if any, the embedded database holds. Noted in the database itself."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from django.db import connections
from psycopg import sql

from tvaers.core.actor import MIGRATION
from tvaers.database import roles
from tvaers.database.server import embedded_server


@dataclass(frozen=True)
class World:
    """A demo world: how many people it has, the day it was made, and was its loading ended."""

    candidates: int
    made_on: date
    whole: bool


def noted() -> World | None:
    """The demo world in the database, or None when it holds nothing or something else."""
    with embedded_server().connect() as superuser:
        row = superuser.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s",
            [roles.DATABASE],
        ).fetchone()
    if row is None or row[0] is None:
        return None
    world = json.loads(row[0])
    return World(**world | {"made_on": date.fromisoformat(world["made_on"])})


def note(world: World) -> None:
    """Note which demo world is being loaded, and again when it is whole."""
    text = json.dumps(asdict(world), default=str)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            sql.SQL("comment on database {} is {}").format(
                sql.Identifier(roles.DATABASE), sql.Literal(text)
            )
        )


def holds_changes() -> bool:
    """Has anybody changed anything in this database, besides the rows that every one has?"""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select to_regclass('audit_change') is not null")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(
            "select exists (select from audit_change where actor <> %s)", [MIGRATION.text]
        )
        return bool(cursor.fetchone()[0])


def empty() -> None:
    """Make the database anew, with nothing in it."""
    connections.close_all()
    with embedded_server().connect() as superuser:
        roles.drop_database(superuser, roles.DATABASE)
        roles.create_database(superuser, roles.DATABASE)
