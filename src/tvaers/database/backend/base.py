"""Django's PostgreSQL backend, which starts our embedded server when it does not answer."""

import os
from typing import Any, Self

import psycopg
from django.db.backends.postgresql import base

from tvaers.database.server import embedded_server


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if not started_anew(conn_params.get("host")):
                raise
            return super().get_new_connection(conn_params)


class PooledConnection(psycopg.Connection[Any]):
    """What a pool opens, by threads of its own and not by the wrapper above."""

    @classmethod
    def connect(cls, conninfo: str = "", **wanted: Any) -> Self:
        try:
            return super().connect(conninfo, **wanted)
        except psycopg.OperationalError:
            if not started_anew(wanted.get("host")):
                raise
            return super().connect(conninfo, **wanted)


def started_anew(host: str | None) -> bool:
    """Whether `host` is our embedded server; then it has been seen to run."""
    if os.environ.get("DATABASE_URL"):
        return False
    server = embedded_server()
    if host != str(server.socket_folder):
        return False
    server.ensure()
    return True
