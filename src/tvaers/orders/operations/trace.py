"""The lock and the log line that every operation on an order has."""

from datetime import datetime
from typing import Any

from tvaers.core.actor import Actor
from tvaers.orders.lifecycle import LogKind, Refusal, Stage
from tvaers.orders.models import LogEntry, Order
from tvaers.orders.refusals import OrderRefused


def locked(order_id: int) -> Order:
    """The order, for this transaction alone. Always the first lock that an operation takes."""
    return Order.objects.select_for_update(of=("self",)).get(pk=order_id)


def locked_open(order_id: int) -> Order:
    """As `locked`; raises `OrderRefused(WRONG_STAGE)` when the order is closed."""
    order = locked(order_id)
    if order.stage == Stage.CLOSED:
        raise OrderRefused(Refusal.WRONG_STAGE)
    return order


def log(order: Order, kind: LogKind, *, by: Actor, at: datetime, **facts: Any) -> LogEntry:
    """Write a line in the order's log. `facts` are ids, numbers and codes: no names, no sentences.

    What a link or a job did has no user; it is in the facts as `actor`.
    """
    return LogEntry.objects.create(
        order=order,
        at=at,
        kind=kind,
        user_id=by.user_id,
        office_id=by.office_id,
        facts=facts if by.user_id is not None else {**facts, "actor": by.text},
    )
