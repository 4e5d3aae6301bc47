"""Counting anew when awaited answers are due: closing days have changed, or a pause is over."""

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from tvaers.circulation import deadlines
from tvaers.circulation.models import Request
from tvaers.circulation.sending import locked_order
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.network.queries import closing_days
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order, Stage


@change
def resume(*, order_id: int, by: Actor, at: datetime) -> Order:
    """Go on after a pause: who is still to answer has the full time again, from now (R4)."""
    order = orders.resume(order_id=order_id, by=by, at=at)
    _move(order_id, {}, by=by, at=at)
    return order


@change
def recount(*, by: Actor, at: datetime) -> int:
    """Count anew when the awaited answers are due, by the closing days as they are now (R1, R4).

    The clock of a paused order stands still; after the pause it begins when the order was resumed.
    Returns how many requests moved; again changes nothing. One query, one an alliance, and four
    for each order where something moves.
    """
    closed: dict[int | None, Container[date]] = {}
    moving = {row.order_id for row in _waiting() if _due(row, closed) != row.due_at}
    return sum(_move(order_id, closed, by=by, at=at) for order_id in sorted(moving))


def _waiting(**chosen: Any) -> QuerySet[Request]:
    """The requests that wait for an answer; `resumed_at` says when the order's last pause ended."""
    resumed = Max("order__log__at", filter=Q(order__log__kind=LogKind.RESUMED))
    return (
        Request.objects.filter(
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
            order__paused_at__isnull=True,
            **chosen,
        )
        .exclude(order__stage=Stage.CLOSED)
        .select_related("order__service_level")
        .annotate(resumed_at=resumed)
        .order_by("pk")
    )


def _due(request: Request, closed: dict[int | None, Container[date]]) -> datetime:
    alliance_id = request.order.alliance_id
    if alliance_id not in closed:
        closed[alliance_id] = closing_days(alliance_id)
    resumed_at = request.resumed_at  # type: ignore[attr-defined]
    begins = max(request.sent_at, resumed_at or request.sent_at)
    level = request.order.service_level
    return deadlines.due(begins, service_level=level, closed=closed[alliance_id])


def _move(
    order_id: int, closed: dict[int | None, Container[date]], *, by: Actor, at: datetime
) -> int:
    """The requests of one order, behind its lock; somebody may have answered in the meantime."""
    order = locked_order(order_id)
    moved = 0
    for request in _waiting(order=order_id):
        if (due_at := _due(request, closed)) != request.due_at:
            waiting = Request.objects.filter(pk=request.pk, answered_at__isnull=True)
            moved += waiting.update(due_at=due_at)
    if moved:
        orders.log(order, LogKind.DUE_MOVED, by=by, at=at, requests=moved)
    return moved
