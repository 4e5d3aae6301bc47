"""Orders of the demo that are posted, and the calls that keep their ads up."""

from datetime import date, datetime, time, timedelta
from uuid import uuid5

from tvaers.core.working_days import COPENHAGEN, danish_date, working_day_on_or_before
from tvaers.network.queries import closing_days
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Order
from tvaers.postings import operations as postings
from tvaers.postings.deadlines import DAYS_BEFORE_EXPIRY
from tvaers.postings.lifecycle import Outcome, Reason
from tvaers.postings.models import Apply
from tvaers.postings.operations import Ad
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.scene import Scene, Story

SHOWN = timedelta(weeks=4)
AFTER_LUNCH = time(13, 15)


def shown(scene: Scene, order_id: int, employer: Employer) -> Story:
    """The order is posted, and its ad extended by a call as long as the order is open.

    Draws no chance, so that it changes nothing else in the world.
    """
    order = _open(order_id)
    if order is None:
        return
    last = danish_date(scene.now) + SHOWN
    posting = postings.publish(
        order_id=order_id,
        ad=_ad(order, last),
        post_key=uuid5(order.public_id, "posting"),
        by=scene.staff.as_user(order.lead_id, order.lead_office_id),
        at=scene.now,
    )
    closed = closing_days(order.alliance_id)
    while True:
        day = working_day_on_or_before(last - DAYS_BEFORE_EXPIRY, closed=closed)
        yield datetime.combine(day, AFTER_LUNCH, COPENHAGEN)
        order = _open(order_id)
        if order is None:
            return
        last += SHOWN
        postings.record_call(
            posting_id=posting.pk,
            reason=Reason.EXPIRY,
            outcome=Outcome.EXTENDED,
            extended_to=last,
            with_whom=employer.contacts[0],
            words="De søger stadig, så opslaget bliver hængende.",
            call_key=uuid5(order.public_id, str(last)),
            by=scene.staff.as_user(order.lead_id, order.lead_office_id),
            at=scene.now,
        )


def _open(order_id: int) -> Order | None:
    """The order, while it is open and may be posted (R15)."""
    return (
        Order.objects.select_related("company")
        .filter(pk=order_id, company__in_conflict=False, places__isnull=False)
        .exclude(stage=Stage.CLOSED)
        .first()
    )


def _ad(order: Order, last: date) -> Ad:
    """Where there is one opening one applies to the company, else to the office."""
    alone = order.openings == 1
    return Ad(
        title=order.title,
        text=order.description,
        apply_via=Apply.LINK if alone else Apply.OFFICE,
        apply_to=f"https://{order.company.cvr}.example/job" if alone else "",
        apply_by=last,
        expires_on=last,
    )
