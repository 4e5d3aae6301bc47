"""Sending what waits in the outbox, one message a transaction."""

import logging
from contextlib import suppress
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import changing
from tvaers.jobs.addressees import addressee
from tvaers.jobs.letters import mail_of
from tvaers.messages import operations
from tvaers.messages.lifecycle import Failure
from tvaers.messages.models import Message

SENDER = Actor(kind=ActorKind.JOB, label="send-outbox")
MOST = 500
"""Messages in one run, so that a job ends."""

LASTING = 500
"""From here on a mail server's code means that trying again changes nothing."""

log = logging.getLogger(__name__)


def send_waiting(*, at: datetime, most: int = MOST) -> int:
    """Send the messages that wait at `at`; returns how many went out.

    A mail server that does not answer ends the run: the message it failed on tries again later,
    the others in the next run. Without a mail server everything stays where it is.
    """
    if not settings.EMAIL_BACKEND:
        return 0
    server = get_connection()
    sent = 0
    try:
        for _ in range(most):
            with changing(by=SENDER, at=at):
                message = operations.claim(at=at)
                if message is None:
                    break
                failure = _send(message, server, at=at)
                sent += failure is None
            if failure is Failure.UNREACHABLE:
                break
    finally:
        with suppress(SMTPException, OSError):
            server.close()
    return sent


def _send(message: Message, server: BaseEmailBackend, *, at: datetime) -> Failure | None:
    """Send one message that is held, and mark what became of it."""
    recipient = addressee(message, at=at)
    if recipient.unwanted:
        operations.mark_overtaken(message_id=message.pk, by=SENDER, at=at)
        return None
    failure: Failure | None
    try:
        with transaction.atomic():
            mail = mail_of(message, recipient, at=at)
    except Exception:  # whatever it is, the messages behind this one must not wait for it
        log.exception("message %s could not be written", message.pk)
        failure = Failure.BROKEN
    else:
        if mail is None:
            operations.mark_overtaken(message_id=message.pk, by=SENDER, at=at)
            return None
        failure = _hand_over(mail, server) if recipient.address else Failure.NO_ADDRESS
    if failure is None:
        operations.mark_sent(message_id=message.pk, by=SENDER, at=at)
    else:
        operations.mark_failed(message_id=message.pk, failure=failure, by=SENDER, at=at)
        log.warning("message %s is not out: %s", message.pk, failure)
    return failure


def _hand_over(mail: EmailMessage, server: BaseEmailBackend) -> Failure | None:
    """Give the mail to the server; why it did not take it, or None.

    5xx to a recipient or to the mail itself lasts; 4xx passes; anything else is the server.
    """
    try:
        server.open()
        server.send_messages([mail])
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        return Failure.REFUSED if min(codes) >= LASTING else Failure.NOT_NOW
    except SMTPDataError as refusal:
        return Failure.REFUSED if refusal.smtp_code >= LASTING else Failure.NOT_NOW
    except (SMTPException, OSError):
        return Failure.UNREACHABLE
    return None
