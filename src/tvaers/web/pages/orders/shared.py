"""What the lead has shared, as the order's page and its own page include it."""

from typing import Any

from tvaers.leading.access import takes_part
from tvaers.leading.queries import notes_of
from tvaers.orders.models import Order
from tvaers.web.doors import Request


def shared_section(request: Request, order: Order) -> dict[str, Any]:
    """For `orders/_shared.html`; nothing for those who take no part. Two queries."""
    if not takes_part(request.reader, order):
        return {"takes_part": False}
    return {"takes_part": True, "notes": notes_of(order.pk)}
