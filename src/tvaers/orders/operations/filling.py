"""Openings and who fills them (R10, R11)."""

from datetime import datetime

from django.db.models import Sum

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders.lifecycle import LogKind, Refusal, Stage
from tvaers.orders.models import Order
from tvaers.orders.need import number_problems
from tvaers.orders.operations.trace import locked_open, log
from tvaers.orders.refusals import AllFilled, NeedRefused, OrderRefused


@change
def raise_openings(*, order_id: int, openings: int, by: Actor, at: datetime) -> Order:
    """The company wants `openings` people in all: more than before (R11). Raises `OrderRefused`."""
    order = locked_open(order_id)
    if openings == order.openings:
        return order
    if openings < order.openings:
        raise OrderRefused(Refusal.NOT_MORE_OPENINGS)
    return _with_openings(order, openings, by=by, at=at)


@change
def correct_openings(*, order_id: int, openings: int, by: Actor, at: datetime) -> Order:
    """Mend a wrong number before the first dialogue; afterwards openings only rise (R11).

    Not below what is hired or portioned out.
    """
    order = locked_open(order_id)
    if order.stage != Stage.RECEIVED:
        raise OrderRefused(Refusal.WRONG_STAGE)
    held = order.portions.aggregate(held=Sum("number", default=0))["held"]
    if openings < max(order.hired, held):
        raise OrderRefused(Refusal.NO_SUCH_NUMBER)
    return _with_openings(order, openings, by=by, at=at)


def _with_openings(order: Order, openings: int, *, by: Actor, at: datetime) -> Order:
    if wrong := number_problems(openings):
        raise NeedRefused(wrong)
    before, order.openings = order.openings, openings
    more = (openings - before) * order.service_level.presented_per_opening
    order.present_at_most = max(1, order.present_at_most + more)
    order.filled_at = None
    order.save(update_fields=["openings", "present_at_most", "filled_at"])
    log(order, LogKind.OPENINGS, by=by, at=at, before=before, openings=openings)
    return order


@change
def agree_number_to_present(*, order_id: int, number: int, by: Actor, at: datetime) -> Order:
    """How many candidates office and company agreed to present in all (R10)."""
    order = locked_open(order_id)
    if number < 1:
        raise OrderRefused(Refusal.NO_SUCH_NUMBER)
    before, order.present_at_most = order.present_at_most, number
    order.save(update_fields=["present_at_most"])
    log(order, LogKind.PRESENT_AT_MOST, by=by, at=at, before=before, number=number)
    return order


@change
def record_presented(*, order_id: int, by: Actor, at: datetime) -> Order:
    """A candidate was presented; the first one keeps the promise of R3."""
    order = locked_open(order_id)
    if order.first_presented_at is None:
        order.first_presented_at = at
        order.save(update_fields=["first_presented_at"])
        log(order, LogKind.PRESENTED, by=by, at=at)
    return order


@change
def record_hire(*, order_id: int, by: Actor, at: datetime) -> Order:
    """Count a hire; call it in the transaction that ends the referral, which the database checks.

    Raises `AllFilled` when every opening has its hire (R11).
    """
    order = locked_open(order_id)
    if order.hired >= order.openings:
        raise AllFilled(order.openings)
    order.hired += 1
    if order.hired == order.openings:
        order.filled_at = at
    order.save(update_fields=["hired", "filled_at"])
    log(order, LogKind.HIRED, by=by, at=at, hired=order.hired, openings=order.openings)
    return order
