"""Where a message goes: for an unemployed person, whom the outbox knows by number only."""

from datetime import datetime

from tvaers.candidates.queries import mail_of
from tvaers.messages.models import Message
from tvaers.messages.queries import Recipient, recipient_of


def addressee(message: Message, *, at: datetime) -> Recipient:
    """The address of the moment, which only the sending of the mail ever sees (R13).

    At most four queries.
    """
    if message.to_person is not None:
        return Recipient(mail_of(message.to_person))
    return recipient_of(message, at=at)
