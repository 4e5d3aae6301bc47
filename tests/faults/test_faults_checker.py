"""The checker sees what is lost, doubled or broken, one thing at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from tests.circulation.factories import an_order, sjaelland
from tests.core.factories import MONDAY, SETUP
from tests.faults.checker import Findings, check
from tests.faults.offices import Ledger
from tests.faults.settling import Due
from tests.network.factories import GREVE
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Answer
from tvaers.database.change import changing
from tvaers.database.server import Server
from tvaers.messages import operations as messages
from tvaers.messages.models import Message
from tvaers.orders import operations as orders

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING_DUE = Due(MONDAY, frozenset(), frozenset())


@dataclass
class Scene:
    """Greve was asked and has answered; what the clients remember and the mail server took."""

    answer: Answer
    ledger: Ledger
    mails: Path
    superuser: psycopg.Connection

    def found(self, due: Due = NOTHING_DUE) -> Findings:
        return check(self.superuser, self.ledger, due, self.mails)

    def arrived(self, *message_ids: str) -> None:
        lines = [json.dumps({"Message-ID": one}) for one in message_ids]
        self.mails.write_text("\n".join(["2525", *lines, '{"To": "half a li']))


@pytest.fixture
def scene(tmp_path: Path, database_server: Server) -> Iterator[Scene]:
    region = sjaelland()
    sending = circulation.send(
        order_id=an_order(region.lead).pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        send_key=uuid4(),
        by=region.lead.actor,
        at=MONDAY,
    )
    given = circulation.answer(
        request_id=sending.requests.get().pk,
        kind="NOBODY",
        reason="TRANSPORT",
        answer_key=uuid4(),
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    ledger = Ledger(
        answers={given.answer_key: (given.request_id, "NOBODY", "TRANSPORT")},
        sendings={sending.send_key: sending.order_id},
    )
    database = settings.DATABASES["default"]["NAME"]
    with database_server.connect(database=database) as superuser:
        made = Scene(given, ledger, tmp_path / "mails", superuser)
        made.arrived()
        yield made


def only(found: Findings) -> str:
    (line,) = found.lines()
    return line


def test_where_all_is_well_there_is_nothing_to_find(scene: Scene) -> None:
    assert not scene.found()
    assert scene.found().lines() == []


def test_an_acknowledged_answer_that_is_not_there(scene: Scene) -> None:
    scene.ledger.answers[uuid4()] = (scene.answer.request_id, "NOBODY", "TRANSPORT")
    assert only(scene.found()) == "lost: 1 × acknowledged answer"


def test_an_acknowledged_answer_that_says_something_else(scene: Scene) -> None:
    key = scene.answer.answer_key
    scene.ledger.answers[key] = (scene.answer.request_id, "NOBODY", "NO_HITS")
    assert only(scene.found()) == "lost: 1 × acknowledged answer"


def test_an_acknowledged_sending_that_is_not_there(scene: Scene) -> None:
    scene.ledger.sendings[uuid4()] = 1
    assert only(scene.found()) == "lost: 1 × acknowledged sending"


def test_an_answer_that_is_there_twice(scene: Scene, owner: psycopg.Connection) -> None:
    owner.execute(
        "alter table circulation_answer drop constraint circulation_answer_answer_key_key"
    )
    owner.execute("drop index answer_one_valid")
    with changing(by=SETUP, at=MONDAY):
        again = Answer.objects.get(pk=scene.answer.pk)
        again.pk, again.evidence_id = None, None
        again.save()
    found = scene.found()
    assert found.doubled["answer with one key"] == 1
    assert found.doubled["valid answer to one request"] == 1


def test_a_message_that_is_there_twice(scene: Scene, owner: psycopg.Connection) -> None:
    owner.execute("alter table outbox_message drop constraint outbox_message_key_key")
    with changing(by=SETUP, at=MONDAY):
        again = Message.objects.get()
        again.pk = None
        again.save()
    assert only(scene.found()) == "doubled: 1 × message with one key"


def test_evidence_that_falls_while_its_answer_stands(scene: Scene) -> None:
    assert scene.answer.evidence_id is not None
    orders.revoke_evidence(
        evidence_id=scene.answer.evidence_id, because="A_TEST", by=SETUP, at=MONDAY
    )
    assert "evidence that stands without its answer" in only(scene.found())


def test_a_reminder_and_a_digest_that_never_came(scene: Scene) -> None:
    due = replace(NOTHING_DUE, reminders=frozenset({"request-due:1:4"}))
    assert only(scene.found(due)) == "lost: 1 × reminder"
    due = replace(NOTHING_DUE, digests=frozenset({"digest:1:2027-03-01"}))
    assert only(scene.found(due)) == "lost: 1 × digest"


def test_a_mail_that_was_called_sent_and_never_arrived(scene: Scene) -> None:
    message = Message.objects.get()
    messages.mark_sent(message_id=message.pk, by=SETUP, at=MONDAY)
    assert only(scene.found()) == "lost: 1 × mail that was called sent"
    scene.arrived(f"<{message.pk}.request.1@localhost>")
    assert not scene.found()


def test_a_mail_again_is_one_mail_while_it_keeps_its_name(scene: Scene) -> None:
    scene.arrived("<7.request.1@localhost>", "<7.request.1@localhost>")
    assert not scene.found()
    scene.arrived("<7.request.1@localhost>", "<8.request.1@localhost>")
    assert only(scene.found()) == "doubled: 1 × mail about one thing"
