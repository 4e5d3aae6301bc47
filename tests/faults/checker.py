"""Reads the history at the end: was everything kept that was promised, and kept once?"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psycopg

from tests.faults.offices import Ledger
from tests.faults.settling import Due
from tvaers.orders.coverage import coverage

DOUBLED = {
    "answer with one key": """
        select answer_key::text from circulation_answer group by 1 having count(*) > 1""",
    "valid answer to one request": """
        select request_id from circulation_answer where replaced_at is null
        group by 1 having count(*) > 1""",
    "request to one office in a sending": """
        select circulation_id, office_id from circulation_request
        group by 1, 2 having count(*) > 1""",
    "sending with one key": """
        select send_key::text from circulation_circulation group by 1 having count(*) > 1""",
    "message with one key": "select key from outbox_message group by 1 having count(*) > 1",
    "line in the log about one answer": """
        select facts ->> 'answer' from orders_logentry where kind = 'ANSWERED'
        group by 1 having count(*) > 1""",
}
"""What must be there at most once; each query finds what is there more often."""

LOST = {
    "mail about a request": """
        select id from circulation_request r
        where not exists (select from outbox_message where key = 'request:' || r.id)""",
    "link of a request": """
        select id from circulation_request r
        where not exists (select from links_link where purpose = 'ANSWER' and about = r.id)""",
    "line in the log about an answer": """
        select id from circulation_answer a
        where not exists (
            select from orders_logentry
            where kind = 'ANSWERED' and facts ->> 'answer' = a.id::text)""",
    "mail to the lead about candidates": """
        select a.id from circulation_answer a
        join circulation_request r on r.id = a.request_id
        join orders_order o on o.id = r.order_id
        where a.kind = 'CANDIDATES' and a.user_id is distinct from o.lead_id
        and not exists (select from outbox_message where key = 'answer:' || a.id)""",
}
"""What follows from something else; each query finds where it is missing."""

BROKEN = {
    "change without an actor": "select id from audit_change where coalesce(actor, '') = ''",
    "answer whose history names somebody else, or nobody": """
        select a.id from circulation_answer a where 1 <> (
            select count(*) from audit_change c
            where c.table_name = 'circulation_answer' and c.row_id = a.id and c.operation = 'I'
            and case when a.user_id is null then c.actor like 'link:%'
                else c.actor = 'person:' || a.user_id end)""",
    "message without a beginning in the history": """
        select m.id from outbox_message m where 1 <> (
            select count(*) from audit_change c
            where c.table_name = 'outbox_message' and c.row_id = m.id and c.operation = 'I')""",
    "evidence of an answer without the answer": """
        select e.id from orders_evidence e where e.kind = 'ANSWER'
        and not exists (select from circulation_answer where evidence_id = e.id)""",
    "evidence of other municipalities than were asked": """
        select a.id from circulation_answer a
        join circulation_request r on r.id = a.request_id
        join orders_evidence e on e.id = a.evidence_id
        where not (e.municipalities <@ r.municipalities and r.municipalities <@ e.municipalities)
        or e.order_id <> r.order_id""",
    "evidence that stands without its answer, or falls with it standing": """
        select a.id from circulation_answer a join orders_evidence e on e.id = a.evidence_id
        where (a.replaced_at is null) <> (e.revoked_at is null)""",
    "valid answer without evidence": """
        select a.id from circulation_answer a
        join circulation_request r on r.id = a.request_id
        join circulation_circulation c on c.id = r.circulation_id
        join orders_order o on o.id = r.order_id
        where a.replaced_at is null and a.evidence_id is null and r.municipalities <> '{}'
        and c.requirements_version >= o.covered_from_version""",
    "request that is answered without a valid answer, or the other way": """
        select r.id from circulation_request r
        where (r.answered_at is not null) <> exists (
            select from circulation_answer where request_id = r.id and replaced_at is null)""",
    "answer that is marked late and was not, or the other way": """
        select a.id from circulation_answer a
        join circulation_request r on r.id = a.request_id
        where a.late <> (a.answered_at >= r.due_at)
        and not exists (
            select from orders_logentry where order_id = r.order_id and kind = 'PAUSED')""",
    "message that could not be written or was refused": """
        select id from outbox_message where failed_at is not null""",
}
"""What contradicts itself."""

UNCOVERED = "select id, coalesce(tvaers_uncovered(id), '{}') from orders_order"


@dataclass
class Findings:
    """How many were lost, doubled or broken, by what they are."""

    lost: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.lost.total() + self.doubled.total() + self.broken.total())

    def lines(self) -> list[str]:
        kinds = {"lost": self.lost, "doubled": self.doubled, "broken": self.broken}
        return [
            f"{kind}: {count} × {what}"
            for kind, counted in kinds.items()
            for what, count in counted.items()
            if count
        ]


def check(superuser: psycopg.Connection, ledger: Ledger, due: Due, mails: Path) -> Findings:
    """Everything that can be read from the database, the mail server and our own memory."""
    found = Findings()
    _check_promises(superuser, ledger, found)
    _check_due(superuser, due, found)
    _check_mails(superuser, mails, found)
    for counted, queries in (
        (found.lost, LOST),
        (found.doubled, DOUBLED),
        (found.broken, BROKEN),
    ):
        for what, query in queries.items():
            counted[what] += len(superuser.execute(query).fetchall())
    found.broken["coverage that pages and database count differently"] += sum(
        list(coverage(order_id).missing) != sorted(missing)
        for order_id, missing in superuser.execute(UNCOVERED).fetchall()
    )
    return found


def _check_promises(superuser: psycopg.Connection, ledger: Ledger, found: Findings) -> None:
    """What a client was told to be done is there, as it was said."""
    rows = superuser.execute(
        "select answer_key, request_id, kind, reason from circulation_answer"
    ).fetchall()
    stored: dict[UUID, tuple[int, str, str]] = {
        key: (request, *said) for key, request, *said in rows
    }
    found.lost["acknowledged answer"] += sum(
        stored.get(key) != said for key, said in ledger.answers.items()
    )
    sent = dict(superuser.execute("select send_key, order_id from circulation_circulation"))
    found.lost["acknowledged sending"] += sum(
        sent.get(key) != order for key, order in ledger.sendings.items()
    )


def _check_due(superuser: psycopg.Connection, due: Due, found: Findings) -> None:
    """Each reminder and digest that was due on the morning is there."""
    keys = [key for (key,) in superuser.execute("select key from outbox_message").fetchall()]
    reminded = {key.rpartition(":")[0] for key in keys if key.startswith("request-due:")}
    found.lost["reminder"] += len(due.reminders - reminded)
    found.lost["digest"] += len(due.digests - set(keys))
    found.lost["message still waiting"] += due.unsent


def _check_mails(superuser: psycopg.Connection, mails: Path, found: Findings) -> None:
    """What the outbox calls sent has been taken by the mail server, and under one Message-ID."""
    ids: dict[str, set[str]] = defaultdict(set)
    for message_id in taken(mails):
        ids[message_id.partition(".")[2]].add(message_id)
    found.doubled["mail about one thing"] += sum(len(names) > 1 for names in ids.values())
    arrived = {name.strip("<").partition(".")[0] for names in ids.values() for name in names}
    sent = superuser.execute("select id from outbox_message where sent_at is not null").fetchall()
    found.lost["mail that was called sent"] += sum(str(pk) not in arrived for (pk,) in sent)


def taken(mails: Path) -> Iterable[str]:
    """The Message-ID of every mail that the mail server took, as often as it did."""
    for line in mails.read_text().splitlines():
        try:
            mail = json.loads(line)
        except ValueError:  # it was killed while it wrote, and had not said yes yet
            continue
        if isinstance(mail, dict):
            yield mail["Message-ID"]
