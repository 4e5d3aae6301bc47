"""A real worker: it does what is due, and goes on with what another left when it was killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, connections
from procrastinate.exceptions import AlreadyEnqueued

from tests.circulation.factories import an_order, sjaelland
from tests.core.factories import MONDAY
from tests.core.waiting import PATIENCE, sessions_of_others, until
from tests.jobs.smtp import mail_server
from tests.network.factories import GREVE
from tvaers.audit.models import Change
from tvaers.circulation import operations as circulation
from tvaers.database.server import Server
from tvaers.jobs import clock, tasks
from tvaers.jobs import worker as jobs_worker
from tvaers.messages.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import sys
import tests.settings
for one in tests.settings.DATABASES.values():
    one["NAME"] = sys.argv[1]
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
from tests.core.factories import MONDAY
from tvaers.jobs import clock
clock.now = lambda: MONDAY
from tvaers.jobs.worker import work
work(concurrency=2)
"""


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def message() -> Message:
    """Greve is asked for people, and the mail about it waits."""
    region = sjaelland()
    circulation.send(
        order_id=an_order(region.lead).pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return Message.objects.get()


def work_off(**options: int) -> None:
    """Do what waits, in a thread of its own: a browser test keeps an event loop in this one."""

    def work() -> None:
        try:
            jobs_worker.work_off(**options)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()


def jobs(status: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where status::text = %s", [status])
        return [name for (name,) in cursor.fetchall()]


def test_a_worker_does_what_is_due_and_leaves_no_job(message: Message) -> None:
    tasks.send_outbox.defer(timestamp=0)
    tasks.reminders.defer(timestamp=0)
    tasks.digests.defer(timestamp=0)
    tasks.new_hits.defer(timestamp=0)
    tasks.clear_jobs.defer(timestamp=0)
    work_off(concurrency=2)
    assert ["k0253@example.dk"] in [one.to for one in mail.outbox]
    message.refresh_from_db()
    assert message.sent_at == MONDAY
    assert jobs("todo") == jobs("doing") == jobs("failed") == jobs("succeeded") == []
    made_by = Change.objects.filter(table_name="outbox_message", row_id=message.pk, operation="U")
    assert set(made_by.values_list("actor", flat=True)) == {"job:send-outbox"}


def test_what_a_killed_worker_left_is_done_by_the_next(
    message: Message, tmp_path: Path, database_server: Server
) -> None:
    tasks.send_outbox.defer(timestamp=0)
    database = django_settings.DATABASES["default"]["NAME"]
    with mail_server(tmp_path) as server:
        server.behave("stall")
        with _worker(database, server.port) as killed:
            until(lambda: "tvaers.jobs.tasks.send_outbox" in jobs("doing"))
            killed.send_signal(signal.SIGKILL)
        assert killed.returncode == -signal.SIGKILL
    until(lambda: not _sessions(database_server, database))
    _it_was_long_ago()
    with suppress(AlreadyEnqueued):  # the worker itself may have come to it before it was killed
        tasks.retry_stalled.defer(timestamp=0)
    work_off()
    work_off()
    message.refresh_from_db()
    assert message.sent_at == MONDAY
    assert jobs("doing") == jobs("failed") == []


def test_a_worker_goes_on_after_the_database_was_away(
    message: Message, tmp_path: Path, database_server: Server
) -> None:
    database = django_settings.DATABASES["default"]["NAME"]
    with mail_server(tmp_path) as server:
        with _worker(database, server.port) as worker:
            until(lambda: len(_sessions(database_server, database)) > 1)
            with database_server.connect() as superuser:
                for pid in _sessions(database_server, database):
                    superuser.execute("select pg_terminate_backend(%s)", [pid])
            connection.close()
            assert len(server.wait_for(1)) == 1
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(timeout=PATIENCE) == 0


def test_a_stalled_job_gives_way_to_one_that_waits(message: Message) -> None:
    tasks.send_outbox.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values returning id")
        (worker,) = cursor.fetchone()
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", [worker])
    _it_was_long_ago()
    tasks.send_outbox.defer(timestamp=1)
    tasks.retry_stalled.defer(timestamp=0)
    work_off()
    assert len(mail.outbox) == 1
    assert jobs("todo") == jobs("doing") == jobs("failed") == []


def _it_was_long_ago() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_workers set last_heartbeat = last_heartbeat - %s",
            [timedelta(hours=1)],
        )


@contextmanager
def _worker(database: str, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, database, str(port)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    ) as worker:
        try:
            yield worker
        finally:
            worker.kill()  # one that is gone is left alone; one that hangs does not hang the test


def _sessions(server: Server, database: str) -> list[int]:
    """The server's processes that serve the worker."""
    ours = connection.connection.info.backend_pid if connection.connection else 0
    return sessions_of_others(server, database, ours=ours)
