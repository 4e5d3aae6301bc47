"""How to reach the database as the one who sees all of it: for backups and restores alone."""

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

from tvaers.database import binaries, roles
from tvaers.database.server import SUPERUSER, embedded_server

OLDEST, NEWEST = min(binaries.FOLDERS), max(binaries.FOLDERS)


@dataclass(frozen=True)
class Access:
    """The parameters of a connection, as libpq names them."""

    parameters: dict[str, str]

    def connect(self) -> psycopg.Connection:
        """A new autocommit connection in which values print the same everywhere."""
        connection = psycopg.connect(**self.parameters, autocommit=True)  # type: ignore[arg-type]
        connection.execute("set timezone = 'UTC'; set datestyle = 'ISO, DMY'")
        connection.execute("set intervalstyle = 'postgres'; set search_path = public")
        return connection

    def to(self, database: str) -> "Access":
        """The same server and user, another database."""
        return Access(self.parameters | {"dbname": database})

    @property
    def address(self) -> str:
        """For a command line: without the password, which others on the machine could read."""
        return make_conninfo("", **{k: v for k, v in self.parameters.items() if k != "password"})

    @property
    def environment(self) -> dict[str, str]:
        """For a PostgreSQL program: the password, and little else."""
        password = self.parameters.get("password", "")
        found = {"PATH": os.defpath, "LC_ALL": "C", "HOME": os.environ.get("HOME", "/")}
        return found | ({"PGPASSWORD": password} if password else {})


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def administrator() -> Access:
    """The superuser of the embedded server, which is started; else the schema's owner."""
    if is_embedded():
        server = embedded_server()
        server.ensure()
        return Access(
            {"host": str(server.socket_folder), "user": SUPERUSER, "dbname": roles.DATABASE}
        )
    found = connections["owner"].settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    parameters = {libpq: str(found[django]) for django, libpq in names.items() if found[django]}
    options = {name: str(value) for name, value in found["OPTIONS"].items()}
    return Access(options | parameters | {"dbname": found["NAME"]})


def program(name: str, *, major: int) -> Path:
    """`pg_dump` or `pg_restore` for a server of that major version.

    A newer program reads older servers, but what it writes an older server may not understand.
    """
    return binaries.programs(OLDEST if major <= OLDEST else NEWEST) / name
