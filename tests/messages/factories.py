"""Messages as tests need them."""

from itertools import count
from typing import Any

from tests.core.factories import MONDAY, SETUP
from tvaers.messages import operations
from tvaers.messages.models import Message

_number = count(1)


def a_message(**fields: Any) -> Message:
    """A message that waits, to an address unless told otherwise."""
    fields = {"key": f"test:{next(_number)}", "kind": "test", "email": "en@example.dk"} | fields
    operations.put(messages=[operations.Outgoing(**fields)], by=SETUP, at=MONDAY)
    return Message.objects.get(key=fields["key"])
