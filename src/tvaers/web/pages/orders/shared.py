"""What the lead has shared, as the order's page and its own page include it."""

from typing import Any

from tvaers.leading.access import takes_part
from tvaers.leading.queries import notes_of, plan_of
from tvaers.orders.models import Order
from tvaers.web.doors import Request


def shared_section(request: Request, order: Order) -> dict[str, Any]:
    """For `orders/_shared.html`; nothing for those who take no part. Four queries at most."""
    if not takes_part(request.reader, order):
        return {"takes_part": False}
    own = request.reader.office_id
    return {
        "takes_part": True,
        "own": own,
        "notes": notes_of(order.pk),
        "plan": plan_of(order, own=own, at=request.at),
    }
