"""Tests run as the application's role, each process in its own copy of one migrated database."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from pytest_django.plugin import DjangoDbBlocker

from tvaers.cli import reference
from tvaers.database import roles, sealing
from tvaers.database.folders import run_folder
from tvaers.database.server import Server, test_server

hypothesis.register_profile(  # machines are noisy
    "tvaers", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("tvaers")

PACKAGE = Path(__file__).parents[1] / "src" / "tvaers"
SHAPING = (
    "*/migrations/*",
    "database/*",
    "places/**/*",
    "taxonomy/*",
    "network/*",
    "orders/operations/schemes.py",
    "cli/reference.py",
    "settings.py",
)
"""The files that decide the tables and their first rows; only these make a new template."""

YESTERDAYS = """
    select datname from pg_database where datname like 'tvaers_template_%'
    and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 day'
"""
"""Templates that no run can be using any more; another run may still be using today's."""


@pytest.fixture(scope="session")
def database_server() -> Server:
    server = test_server()
    server.ensure()
    return server


@pytest.fixture(scope="session")
def database_template(
    database_server: Server, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> str:
    """The name of a migrated database, made once for all processes."""
    name = f"tvaers_template_{_shape()}"
    with _lock(), database_server.connect() as superuser:
        names = {row[0] for row in superuser.execute("select datname from pg_database")}
        if name not in names:
            for (left,) in superuser.execute(YESTERDAYS).fetchall():
                roles.drop_database(superuser, left)
            roles.drop_database(superuser, "tvaers_draft")
            roles.create_database(superuser, "tvaers_draft")
            with django_db_blocker.unblock():
                _migrate("tvaers_draft")
            superuser.execute(f"alter database tvaers_draft rename to {name}")
        for left in names:
            if (pid := re.fullmatch(r"tvaers_test_(\d+)", left)) and not psutil.pid_exists(
                int(pid[1])
            ):
                roles.drop_database(superuser, left)
    return name


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: Server, database_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    name = settings.DATABASES["default"]["NAME"]

    def start_again(_test: TransactionTestCase | None = None) -> None:
        """A fresh copy: the application may not truncate, and the first rows must come back."""
        connections.close_all()
        with _lock(), database_server.connect() as superuser:
            roles.drop_database(superuser, name)
            roles.create_database(superuser, name, template=database_template)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", start_again)
    with django_db_blocker.unblock():
        start_again()
        yield
        connections.close_all()
    patch.undo()
    with database_server.connect() as superuser:
        roles.drop_database(superuser, name)


@pytest.fixture
def owner(transactional_db: None, database_server: Server) -> Iterator[psycopg.Connection]:
    """A connection as the schema's owner, for tests that take a rule away to see it missed."""
    name = settings.DATABASES["default"]["NAME"]
    with database_server.connect(user=roles.OWNER, database=name) as connection:
        yield connection


@contextmanager
def _lock() -> Iterator[None]:
    """One process at a time: a database cannot be copied while another connects to it."""
    with open(os.open(run_folder() / "tests.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _shape() -> str:
    digest = hashlib.sha256()
    files = {path for pattern in SHAPING for path in PACKAGE.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _migrate(database: str) -> None:
    owner, app = connections["owner"], connections["default"]
    name = app.settings_dict["NAME"]
    owner.settings_dict["NAME"] = app.settings_dict["NAME"] = database
    try:
        call_command("migrate", database="owner", verbosity=0)
        sealing.seal()
        reference.load(datetime(2026, 1, 1, tzinfo=UTC))
    finally:
        for connection in (owner, app):
            connection.close()
            connection.settings_dict["NAME"] = name
