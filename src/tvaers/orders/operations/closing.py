"""The end of an order, and its beginning again (R7)."""

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.database.conflicts import broken_constraint
from tvaers.orders import lifecycle, triggers
from tvaers.orders.coverage import coverage_of, said_of
from tvaers.orders.lifecycle import LogKind, Openings, Refusal, Stage
from tvaers.orders.models import Order
from tvaers.orders.operations.leading import withdraw_offers
from tvaers.orders.operations.trace import locked, log
from tvaers.orders.refusals import CloseRefused, OrderRefused

REFUSED_BY = {
    "order_closed_when_covered": Refusal.NOT_COVERED,
    "order_closed_when_widened": Refusal.NOT_WIDENED,
    "order_outcome_has_a_word": Refusal.NO_WORD_FROM_COMPANY,
    "order_closed_openings_add_up": Refusal.OPENINGS_DO_NOT_ADD_UP,
}
"""What the database's own refusals mean, for when its view of the evidence is newer than ours."""


@change
def close(*, order_id: int, openings: Openings, by: Actor, at: datetime) -> Order:
    """Close the order with what became of each opening, and freeze what was covered.

    The same closing again changes nothing. Raises `CloseRefused(reason, missing)`, with the
    uncovered municipalities whatever label the openings were given (R7).
    """
    order = locked(order_id)
    if order.stage == Stage.CLOSED and closed_with(order) == openings:
        return order
    covered = coverage_of(order)
    reason = lifecycle.refusal(
        order, Stage.CLOSED, openings=openings, said=said_of(order), uncovered=covered.missing
    )
    if reason:
        raise CloseRefused(reason, missing=_named(reason, covered.missing))
    order.stage, order.closed_at = Stage.CLOSED, at
    order.paused_at, order.pause_reason = None, ""
    order.covered_at_closing = [code for code in covered.area if code in covered.covered]
    for name, number in asdict(openings).items():
        setattr(order, name, number)
    _save_checked(order)
    withdraw_offers(order, by=by, at=at)
    log(order, LogKind.CLOSED, by=by, at=at, **asdict(openings), outcome=lifecycle.outcome(order))
    return order


@change
def reopen(*, order_id: int, by: Actor, at: datetime) -> Order:
    """Take a closing back; the hires stay, the other outcomes are open again.

    What the company said of openings was said for that closing: another needs its word anew (R7).
    An order that is recruiting stays so. Raises `OrderRefused`.
    """
    order = locked(order_id)
    if order.stage == Stage.RECRUITING:
        return order
    if order.stage != Stage.CLOSED:
        raise OrderRefused(Refusal.WRONG_STAGE)
    order.stage, order.closed_at, order.covered_at_closing = Stage.RECRUITING, None, []
    order.filled_by_company = order.withdrawn = order.other_solution = order.unfilled = 0
    order.save()
    order.refresh_from_db(fields=["settled_words_to"])
    log(order, LogKind.REOPENED, by=by, at=at)
    return order


def closed_with(order: Order) -> Openings:
    """What became of the openings, as the order has it."""
    return Openings(
        hired=order.hired,
        filled_by_company=order.filled_by_company,
        withdrawn=order.withdrawn,
        other_solution=order.other_solution,
        unfilled=order.unfilled,
    )


def _named(reason: Refusal, missing: tuple[str, ...]) -> tuple[str, ...]:
    return missing if reason is Refusal.NOT_COVERED else ()


def _save_checked(order: Order) -> None:
    """Save the closed order, judged by the database now and not at the transaction's end."""
    name = connection.ops.quote_name(triggers.CLOSING.get_pgid(Order))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            order.save()
            cursor.execute(f"set constraints {name} immediate")
            cursor.execute(f"set constraints {name} deferred")
    except IntegrityError as error:
        reason = REFUSED_BY.get(broken_constraint(error) or "")
        if reason is None:
            raise
        missing = coverage_of(Order.objects.get(pk=order.pk)).missing
        raise CloseRefused(reason, missing=_named(reason, missing)) from error
