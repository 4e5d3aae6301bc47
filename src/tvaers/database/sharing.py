"""Connections that many threads share, for the processes that serve pages."""

from django.db import connections

from tvaers.database.backend.base import PooledConnection


def share_connections(*, most: int) -> None:
    """Let the threads of every process that is forked from now on share at most so many.

    A thread that waits for its turn then holds none, and what a connection has prepared serves
    every thread. To be called when none is open: a pool cannot be carried through a fork.
    """
    connections.close_all()
    shared = connections.databases["default"]
    pool = {"min_size": 1, "max_size": most, "connection_class": PooledConnection}
    shared |= {"CONN_MAX_AGE": 0, "OPTIONS": shared["OPTIONS"] | {"pool": pool}}
