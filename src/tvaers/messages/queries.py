"""The outbox as pages and senders read it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tvaers.accounts.models import User
from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.core.working_days import danish_date
from tvaers.messages.lifecycle import Failure
from tvaers.messages.models import CaughtMail, Message
from tvaers.network.queries import mail_address


@dataclass(frozen=True)
class Recipient:
    """Where a message goes and in which language; `address` is empty when there is none.

    `unwanted` when it is of a kind that the person has turned off.
    """

    address: str
    language: str = "da"
    unwanted: bool = False


def recipient_of(message: Message, *, at: datetime) -> Recipient:
    """The address of the moment: an office that is closed has its stand-in's. Two queries."""
    if message.to_user_id is not None:
        user = User.objects.filter(pk=message.to_user_id, is_active=True).first()
        if user is None:
            return Recipient("")
        return Recipient(user.email, user.language, unwanted=message.kind in user.mails_off)
    if message.to_office_id is not None:
        return Recipient(mail_address(message.to_office_id, danish_date(at)))
    return Recipient(message.email)


@dataclass(frozen=True)
class FailedMessage:
    """A message that was given up, and why. `recipient` is an office's or a user's name; an
    unemployed person is a number (`to_person_id`)."""

    message_id: int
    kind: str
    recipient: str
    to_person_id: int | None
    failure: Failure
    attempts: int
    created_at: datetime
    failed_at: datetime


def failed(page: int) -> Page[FailedMessage]:
    """Messages that were given up, the newest first. Two queries."""
    rows = Message.objects.filter(failed_at__isnull=False).order_by("-failed_at", "-id")
    total = rows.count()
    number = nearest_page(page, total=total)
    found = rows.select_related("to_user", "to_office")[page_slice(number)]
    return Page([_failed(row) for row in found], number, total)


def _failed(row: Message) -> FailedMessage:
    assert row.failed_at is not None
    named = row.to_office or row.to_user
    return FailedMessage(
        message_id=row.pk,
        kind=row.kind,
        recipient=named.name if named else row.email,
        to_person_id=row.to_person,
        failure=Failure(row.failure),
        attempts=row.attempts,
        created_at=row.created_at,
        failed_at=row.failed_at,
    )


@dataclass(frozen=True)
class Delivery:
    """How a mail stands: sent, given up (`failure`), or neither yet."""

    kind: str
    created_at: datetime
    sent_at: datetime | None
    failure: Failure | None


def last_to_person(person_id: int, *, order_id: int) -> Delivery | None:
    """The newest mail to a person about an order; the address is not told (R13). One query."""
    rows = Message.objects.filter(about_order=order_id, to_person=person_id, overtaken_at=None)
    row = rows.order_by("-created_at", "-id").first()
    if row is None:
        return None
    given_up = Failure(row.failure) if row.failed_at else None
    return Delivery(row.kind, row.created_at, row.sent_at, given_up)


@dataclass(frozen=True)
class OrderMails:
    """How many mails an order has caused: sent, on their way, given up."""

    sent: int
    waiting: int
    given_up: int


def mails_of_order(order_id: int) -> OrderMails:
    """The order's mails counted; those that had nothing left to tell are none. One query."""
    rows = Message.objects.filter(about_order=order_id, overtaken_at=None)
    found = list(rows.values_list("sent_at", "failed_at"))
    return OrderMails(
        sent=sum(sent_at is not None for sent_at, _ in found),
        waiting=sum(sent_at is None and failed_at is None for sent_at, failed_at in found),
        given_up=sum(failed_at is not None for _, failed_at in found),
    )


def made_before(message: Message) -> datetime | None:
    """When the message of the same kind before this one was made for the same user, if ever.

    One query.
    """
    rows = Message.objects.filter(
        to_user=message.to_user_id, kind=message.kind, created_at__lt=message.created_at
    )
    return rows.order_by("-created_at").values_list("created_at", flat=True).first()


@dataclass(frozen=True)
class OutboxState:
    """How many messages wait now, how many of them have failed a try, how many are given up."""

    waiting: int
    retrying: int
    given_up: int


def outbox_state() -> OutboxState:
    """One query over two partial indexes."""
    rows = Message.objects.filter(Q(next_try_at__isnull=False) | Q(failed_at__isnull=False))
    found = list(rows.values_list("failed_at", "attempts"))
    waiting = [attempts for failed_at, attempts in found if failed_at is None]
    return OutboxState(
        waiting=len(waiting),
        retrying=sum(attempts > 0 for attempts in waiting),
        given_up=len(found) - len(waiting),
    )


def caught(page: int) -> Page[CaughtMail]:
    """The demo's mails, the newest first. Two queries."""
    total = CaughtMail.objects.count()
    number = nearest_page(page, total=total)
    return Page(list(CaughtMail.objects.all()[page_slice(number)]), number, total)
