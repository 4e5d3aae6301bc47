"""Messages reach a real mail server, whatever it does: it refuses, stalls and drops connections."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django.fixtures import Settings

from tests.circulation.factories import an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.core.waiting import sessions_of_others, until
from tests.jobs.smtp import MailServer, mail_server
from tests.messages.factories import a_message
from tests.network.factories import GREVE, ROSKILDE
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Request
from tvaers.database.server import Server
from tvaers.jobs.sending import send_waiting
from tvaers.messages.lifecycle import PAUSES, Failure
from tvaers.messages.models import Message

SMTP = "django.core.mail.backends.smtp.EmailBackend"
AT_THE_LATEST = MONDAY + timedelta(hours=1)


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    with mail_server(tmp_path) as running:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def requests(db: None) -> list[Request]:
    """Greve and Roskilde are asked for people, and a mail to each waits."""
    region = sjaelland()
    sent = circulation.send(
        order_id=an_order(region.lead).pk,
        office_ids=[region.offices[code].pk for code in (GREVE, ROSKILDE)],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return list(sent.requests.order_by("id"))


def test_each_office_gets_its_mail_once(server: MailServer, requests: list[Request]) -> None:
    assert send_waiting(at=MONDAY) == 2
    assert send_waiting(at=AT_THE_LATEST) == 0
    mails = server.wait_for(2)
    assert {mail["To"] for mail in mails} == {"k0253@example.dk", "k0265@example.dk"}
    assert len({mail["Message-ID"] for mail in mails}) == 2
    assert "onsdag den 4. marts 2026 kl. 9.00" in mails[0]["text"]
    assert "/svar/link/" in mails[0]["text"]


def test_a_refused_address_is_given_up_and_the_others_go(
    server: MailServer, requests: list[Request]
) -> None:
    server.behave("refuse")
    assert send_waiting(at=MONDAY, most=1) == 0
    server.behave("take")
    assert send_waiting(at=MONDAY) == 1
    given_up = Message.objects.get(failed_at__isnull=False)
    assert given_up.failure == Failure.REFUSED
    assert len(server.wait_for(1)) == 1


def test_a_server_that_asks_us_to_come_back_gets_the_mail_later(
    server: MailServer, requests: list[Request]
) -> None:
    server.behave("greylist")
    assert send_waiting(at=MONDAY) == 0
    assert set(Message.objects.values_list("failure", "attempts")) == {(Failure.NOT_NOW, 1)}
    server.behave("take")
    assert send_waiting(at=MONDAY) == 0
    assert send_waiting(at=MONDAY + PAUSES[0]) == 2


@pytest.mark.parametrize("manner", ["stall", "drop"])
def test_a_server_that_hangs_ends_the_run_and_loses_nothing(
    server: MailServer, requests: list[Request], manner: str, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 1
    server.behave(manner)
    assert send_waiting(at=MONDAY) == 0
    tried = Message.objects.filter(attempts=1)
    assert [message.failure for message in tried] == [Failure.UNREACHABLE]


def test_a_mail_taken_by_a_server_that_then_drops_us_is_known_by_its_id(
    server: MailServer, requests: list[Request]
) -> None:
    server.behave("drop-after")
    assert send_waiting(at=MONDAY) == 0
    server.behave("take")
    assert send_waiting(at=AT_THE_LATEST) == 2
    mails = server.wait_for(3)
    assert len(mails) == 3
    assert len({mail["Message-ID"] for mail in mails}) == 2


def test_no_server_at_all_loses_nothing(settings: Settings, requests: list[Request]) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    assert send_waiting(at=MONDAY) == 0
    settings.EMAIL_BACKEND = ""
    assert send_waiting(at=AT_THE_LATEST) == 0
    assert Message.objects.filter(next_try_at__isnull=False).count() == 2


def test_a_message_that_cannot_be_written_lets_the_others_pass(
    server: MailServer, requests: list[Request]
) -> None:
    broken = a_message(kind="REQUEST", ids={"nothing": 1})
    assert send_waiting(at=MONDAY) == 2
    broken.refresh_from_db()
    assert broken.failure == Failure.BROKEN
    assert broken.next_try_at == MONDAY + PAUSES[0]


def test_an_office_without_an_address_is_listed(
    server: MailServer, requests: list[Request]
) -> None:
    office = requests[0].office
    with setting_up():
        office.email = ""
        office.save()
    assert send_waiting(at=MONDAY) == 1
    assert Message.objects.get(failed_at__isnull=False).failure == Failure.NO_ADDRESS


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(
    server: MailServer, requests: list[Request]
) -> None:
    sent: list[int] = []

    def send() -> None:
        try:
            sent.append(send_waiting(at=MONDAY))
        finally:
            connection.close()

    senders = [Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sum(sent) == 2
    server.wait_for(2)
    assert len(server.wait_for(3, seconds=1)) == 2


KILLED_BEFORE_THE_MARK = """
import os, signal, sys
import django
from django.conf import settings
import tests.settings
for one in tests.settings.DATABASES.values():
    one["NAME"] = sys.argv[1]
django.setup()
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
from tests.core.factories import MONDAY
from tvaers.jobs import sending
sending.operations.mark_sent = lambda **given: os.kill(os.getpid(), signal.SIGKILL)
sending.send_waiting(at=MONDAY)
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_between_sending_and_marking_is_followed_by_another(
    server: MailServer, requests: list[Request], database_server: Server
) -> None:
    database = django_settings.DATABASES["default"]["NAME"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_THE_MARK, database, str(server.port)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    ours = connection.connection.info.backend_pid
    until(lambda: not sessions_of_others(database_server, database, ours=ours))
    assert not Message.objects.filter(sent_at__isnull=False).exists()
    assert send_waiting(at=MONDAY) == 2
    mails = server.wait_for(3)
    assert len(mails) == 3
    assert len({mail["Message-ID"] for mail in mails}) == 2
