"""Counting anew when promises are due: the closing days have changed (R1)."""

from collections.abc import Container
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.network.queries import closing_days
from tvaers.orders import deadlines
from tvaers.orders.lifecycle import LogKind, Subject
from tvaers.orders.models import CompanyWord, Order
from tvaers.orders.operations.trace import locked, log


@change
def recount(*, by: Actor, at: datetime) -> int:
    """Count anew when the open orders' promises are due (R2, R3); returns how many orders moved.

    A promise that is kept stands, and so does a later day agreed with the company. Running it
    again changes nothing. One query, one an alliance, and three for each order that moves.
    """
    closed: dict[int | None, Container[date]] = {}
    moved = 0
    for order in _promised():
        if order.alliance_id not in closed:
            closed[order.alliance_id] = closing_days(order.alliance_id)
        if _due(order, closed[order.alliance_id]) != _now(order):
            moved += _move(order.pk, closed[order.alliance_id], by=by, at=at)
    return moved


def _promised(**chosen: int) -> list[Order]:
    """Open orders with a promise to keep; `agreed` says of each that a later day was agreed."""
    unkept = Q(first_dialogue_at__isnull=True) | Q(first_presented_at__isnull=True)
    agreed = CompanyWord.objects.filter(order=OuterRef("pk"), subject=Subject.LATER_PRESENTATION)
    rows = Order.objects.open().filter(unkept, **chosen).annotate(agreed=Exists(agreed))
    return list(rows.select_related("service_level").order_by("pk"))


def _now(order: Order) -> tuple[datetime, datetime]:
    return order.dialogue_due_at, order.presentation_due_at


def _due(order: Order, closed: Container[date]) -> tuple[datetime, datetime]:
    """When the dialogue and the presentation are due by these closing days."""
    dialogue, presentation = _now(order)
    level, came = order.service_level, order.received_at
    if order.first_dialogue_at is None:
        dialogue = deadlines.dialogue_due(came, days=level.dialogue_days, closed=closed)
    if order.first_presented_at is None and not order.agreed:  # type: ignore[attr-defined]
        presentation = deadlines.presentation_due(came, days=level.presentation_days, closed=closed)
    return dialogue, presentation


def _move(order_id: int, closed: Container[date], *, by: Actor, at: datetime) -> bool:
    order = locked(order_id)
    # Somebody may have kept the promise, or agreed on a later day, in the meantime.
    fresh = next(iter(_promised(pk=order_id)), None)
    if fresh is None or (due := _due(fresh, closed)) == _now(fresh):
        return False
    order.dialogue_due_at, order.presentation_due_at = due
    order.save(update_fields=["dialogue_due_at", "presentation_due_at"])
    log(order, LogKind.DUE_MOVED, by=by, at=at)
    return True
