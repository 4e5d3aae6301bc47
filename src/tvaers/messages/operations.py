"""Every change of the outbox goes through these verbs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.messages import lifecycle
from tvaers.messages.lifecycle import Failure
from tvaers.messages.models import Message


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message to put in the outbox: a key that is the same whenever it is put again, what
    happened (`kind`), the ids it is about, and one recipient. `about_order_id` is the order that
    the mail counts on."""

    key: str
    kind: str
    ids: dict[str, int | str] = field(default_factory=dict)
    to_user_id: int | None = None
    to_office_id: int | None = None
    to_person_id: int | None = None
    email: str = ""
    about_order_id: int | None = None


@change
def put(*, messages: Iterable[Outgoing], by: Actor, at: datetime) -> None:
    """Put messages in the outbox, in the transaction of what they tell of (R16).

    A key that is there already is left as it is: put twice, sent once.
    """
    Message.objects.bulk_create(
        (
            Message(
                key=one.key,
                kind=one.kind,
                ids=one.ids,
                to_user_id=one.to_user_id,
                to_office_id=one.to_office_id,
                to_person=one.to_person_id,
                about_order=one.about_order_id,
                email=one.email,
                created_at=at,
                next_try_at=at,
            )
            for one in messages
        ),
        ignore_conflicts=True,
    )


def claim(*, at: datetime) -> Message | None:
    """The message that has waited longest, for this transaction alone; None when none waits.

    A message that another sender holds is passed over. Holding it until it is marked is what
    keeps two senders from sending it: when the holder dies, it waits again.
    """
    waiting = Message.objects.filter(next_try_at__lte=at).order_by("next_try_at", "id")
    return waiting.select_for_update(of=("self",), skip_locked=True).first()


@change
def mark_sent(*, message_id: int, by: Actor, at: datetime) -> None:
    """The mail server has taken the message."""
    message = _locked(message_id)
    message.attempts += 1
    _end(message, sent_at=at)


@change
def mark_overtaken(*, message_id: int, by: Actor, at: datetime) -> None:
    """There is nothing left to tell: the question was answered or taken back."""
    _end(_locked(message_id), overtaken_at=at)


@change
def mark_failed(*, message_id: int, failure: Failure, by: Actor, at: datetime) -> None:
    """A try failed: the next comes after a pause that grows, or the message is given up."""
    message = _locked(message_id)
    message.attempts += 1
    message.failure = failure
    next_try_at = lifecycle.next_try_at(failure, tries=message.attempts, at=at)
    if next_try_at is None:
        _end(message, failed_at=at)
    else:
        message.next_try_at = next_try_at
        message.save(update_fields=["attempts", "failure", "next_try_at"])


@change
def send_again(*, message_id: int, by: Actor, at: datetime) -> None:
    """Let a message that was given up wait anew, with all its tries; others are left alone."""
    message = _locked(message_id)
    if message.failed_at is not None:
        message.attempts, message.failure = 0, ""
        message.failed_at, message.next_try_at = None, at
        message.save(update_fields=["attempts", "failure", "failed_at", "next_try_at"])


@change
def overtake_all(*, by: Actor, at: datetime, before: datetime) -> None:
    """Leave unsent what has waited since `before`: the past of a world that is made at once."""
    Message.objects.filter(next_try_at__lt=before).update(next_try_at=None, overtaken_at=at)


def _locked(message_id: int) -> Message:
    return Message.objects.select_for_update(of=("self",)).get(pk=message_id)


def _end(message: Message, **ended: datetime) -> None:
    message.next_try_at = None
    for name, at in ended.items():
        setattr(message, name, at)
    message.save(update_fields=["attempts", "failure", "next_try_at", *ended])
