"""The roles in PostgreSQL. The application is never the owner of what it works on.

| role         | may                                                                      |
|--------------|--------------------------------------------------------------------------|
| tvaers_owner | owns database and schema; migrates                                       |
| tvaers_app   | reads and changes rows; row-level security applies; cannot touch history |
| tvaers_index | reads profiles, of which the search index is made, and nothing else       |

The embedded server gets them when it is started. Elsewhere a database administrator runs
`statements()` once (`docs/howto/database.md`).
"""

import psycopg
from psycopg import sql

DATABASE = "tvaers"
OWNER = "tvaers_owner"
APP = "tvaers_app"
INDEX = "tvaers_index"
ALL = (OWNER, APP, INDEX)


def are_present(connection: psycopg.Connection) -> bool:
    """Are all roles and the database there? One query."""
    row = connection.execute(
        "select (select count(*) from pg_roles where rolname = any(%s))"
        " + (select count(*) from pg_database where datname = %s)",
        [list(ALL), DATABASE],
    ).fetchone()
    return row == (len(ALL) + 1,)


def create(connection: psycopg.Connection) -> None:
    """Make the roles and the database that are missing. Needs a superuser."""
    for role in ALL:
        found = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        if not found:
            connection.execute(
                sql.SQL("create role {} login nosuperuser nobypassrls nocreatedb").format(
                    sql.Identifier(role)
                )
            )
    if not connection.execute(
        "select 1 from pg_database where datname = %s", [DATABASE]
    ).fetchone():
        create_database(connection, DATABASE)


def create_database(
    connection: psycopg.Connection, name: str, *, template: str | None = None
) -> None:
    """Make a database that belongs to the owner role, empty or as a copy of `template`."""
    statement = sql.SQL("create database {} owner {}").format(
        sql.Identifier(name), sql.Identifier(OWNER)
    )
    if template:
        statement += sql.SQL(" template {}").format(sql.Identifier(template))
    connection.execute(statement)


def drop_database(connection: psycopg.Connection, name: str) -> None:
    """Drop a database, and whoever is connected to it."""
    connection.execute(
        sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    )
