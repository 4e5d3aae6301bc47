"""What a lead shares, as tests need it."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from tests.core.factories import MONDAY
from tests.orders import factories as orders
from tvaers.circulation import operations as circulation
from tvaers.core.actor import Actor
from tvaers.leading import operations
from tvaers.leading.models import Evaluation, NextStep, PlannedDelivery, StatusNote
from tvaers.network.models import Office
from tvaers.orders.models import Order

FRIDAY = date(2026, 3, 6)
STEP = "Hold åbent møde på lageret."
WORDS = "Virksomheden holder samtaler på torsdag."


def a_note(
    order: Order, words: str = WORDS, *, by: Actor | None = None, at: datetime = MONDAY
) -> StatusNote:
    """A status that the order's lead writes."""
    by = by or orders.lead_of(order)
    return operations.write_note(order_id=order.pk, words=words, note_key=uuid4(), by=by, at=at)


def a_delivery(
    order: Order, office: Office, number: int = 2, *, due_on: date = FRIDAY, at: datetime = MONDAY
) -> PlannedDelivery:
    """A line of the plan that the order's lead makes."""
    return operations.plan_delivery(
        order_id=order.pk,
        office_id=office.pk,
        number=number,
        due_on=due_on,
        by=orders.lead_of(order),
        at=at,
    )


def a_step(
    order: Order, what: str = STEP, *, office: Office | None = None, **fields: Any
) -> NextStep:
    """Something that is agreed with the order's own office, or another."""
    told = {"due_on": FRIDAY, "step_key": uuid4(), "at": MONDAY} | fields
    office = office or order.lead_office
    return operations.add_step(
        order_id=order.pk, what=what, office_id=office.pk, by=orders.lead_of(order), **told
    )


def a_closed_order(**fields: Any) -> Order:
    """An order that the company took back."""
    order = orders.an_order(**fields)
    orders.a_word(order, "WITHDRAWN", openings=order.openings)
    return orders.closed(order, withdrawn=order.openings)


def an_evaluation(order: Order, *, at: datetime = MONDAY, **said: str) -> Evaluation:
    """What Hanne at the company says, on the telephone with the lead."""
    told = {
        "said_by": "Hanne Vestergaard",
        "got_people": "SOME",
        "quality": "GOOD",
        "speed": "POOR",
        "differently": "Ring, før I sender nogen.",
    }
    return operations.evaluate(
        order_id=order.pk,
        opinion=operations.Opinion(**told | said),
        channel="PHONE",
        by=orders.lead_of(order),
        at=at,
    )


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
