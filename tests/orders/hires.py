"""A hire as the domain above makes it: a referral that ends, counted on the order (R11)."""

from datetime import datetime

from tests.core.factories import MONDAY
from tests.orders.factories import lead_of
from tvaers.candidates.models import Person
from tvaers.database.change import changing
from tvaers.orders import operations
from tvaers.orders.models import Order
from tvaers.referrals.models import Referral


def hire(order: Order, *, at: datetime = MONDAY) -> None:
    """Someone is hired for the order."""
    by = lead_of(order)
    with changing(by=by, at=at):
        operations.record_hire(order_id=order.pk, by=by, at=at)
        referral = Referral.objects.create(
            order=order,
            person=Person.objects.create(),
            proposed_by_id=order.lead_office_id,
            home_office_id=order.lead_office_id,
            state="PROPOSED",
            proposed_at=at,
        )
        referral.ended_at, referral.hired_from = at, at.date()
        for referral.state in ("PRESENTED", "HIRED"):
            referral.save()
