"""Which database this is, and which life of it: for what is derived from it and kept elsewhere.

A transaction's number says nothing in another cluster, on another timeline, in a copy, or after a
restore. Whoever keeps "read up to transaction n" keeps the epoch beside it.
"""

import psycopg

EPOCH = """
    (select (select system_identifier from pg_control_system())::text
        || '/' || (select timeline_id from pg_control_checkpoint())
        || '/' || (select oid from pg_database where datname = current_database())
        || '/' || (select epoch from database_epoch))
"""
"""SQL for the epoch as a text."""


def renew(owner: psycopg.Connection) -> None:
    """Begin a new life. To be called on the owner's connection whenever a backup was restored."""
    owner.execute("update database_epoch set epoch = gen_random_uuid()")
