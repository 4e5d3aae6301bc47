"""Django's PostgreSQL backend, which starts our embedded server when it does not answer."""

import os
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from tvaers.database.server import embedded_server


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if os.environ.get("DATABASE_URL"):
                raise
            server = embedded_server()
            if conn_params.get("host") != str(server.socket_folder):
                raise
            server.ensure()
            return super().get_new_connection(conn_params)
