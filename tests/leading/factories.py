"""What a lead shares, as tests need it."""

from datetime import datetime
from uuid import uuid4

from tests.core.factories import MONDAY
from tests.orders import factories as orders
from tvaers.circulation import operations as circulation
from tvaers.core.actor import Actor
from tvaers.leading import operations
from tvaers.leading.models import StatusNote
from tvaers.network.models import Office
from tvaers.orders.models import Order

WORDS = "Virksomheden holder samtaler på torsdag."


def a_note(
    order: Order, words: str = WORDS, *, by: Actor | None = None, at: datetime = MONDAY
) -> StatusNote:
    """A status that the order's lead writes."""
    by = by or orders.lead_of(order)
    return operations.write_note(order_id=order.pk, words=words, note_key=uuid4(), by=by, at=at)


def ask(order: Order, *offices: Office, at: datetime = MONDAY) -> None:
    """Send the order to the offices."""
    circulation.send(
        order_id=order.pk,
        office_ids=[office.pk for office in offices],
        step="ALLIANCE",
        send_key=uuid4(),
        by=orders.lead_of(order),
        at=at,
    )
