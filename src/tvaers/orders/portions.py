"""How an order's openings are portioned out, by scheme and workplace."""

from tvaers.orders.models import Order, OrderPortion
from tvaers.orders.need import Portion


def portions_of(order: Order) -> tuple[OrderPortion, ...]:
    """The rows, with schemes and places. One query."""
    return tuple(order.portions.select_related("scheme", "workplace__municipality"))


def portions_said(order: Order) -> tuple[Portion, ...]:
    """The same in the domain's words. One query."""
    return tuple(
        Portion(number=row.number, scheme=row.scheme.code, workplace_id=row.workplace_id)
        for row in order.portions.select_related("scheme")
    )
