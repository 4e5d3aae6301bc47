"""The demo's mail server: a table. Named in the settings as Django's EMAIL_BACKEND."""

from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tvaers.messages.models import CaughtMail


class Backend(BaseEmailBackend):
    """Catches every mail; one that is sent again, under the same Message-ID, is kept once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take the mails in; each must have a `Message-ID` and a `Date` of its own."""
        CaughtMail.objects.bulk_create(
            (
                CaughtMail(
                    message_id=mail.extra_headers["Message-ID"],
                    to=mail.to[0],
                    subject=str(mail.subject),
                    text=str(mail.body),
                    at=parsedate_to_datetime(mail.extra_headers["Date"]),
                )
                for mail in email_messages
            ),
            ignore_conflicts=True,
        )
        return len(email_messages)
