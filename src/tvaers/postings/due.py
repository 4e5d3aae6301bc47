"""Which companies are to be called about an ad, and when (R14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from tvaers.core.closing_days import ClosingDays
from tvaers.core.working_days import danish_date, end_of_day
from tvaers.network.queries import closing_days
from tvaers.orders.models import Order, Stage
from tvaers.postings.deadlines import call_due
from tvaers.postings.lifecycle import Outcome, Reason, about_day
from tvaers.postings.models import Call, Posting

TOLD_AHEAD = timedelta(days=3)
"""So many days before its day a call is among the things to do."""
LONGEST_AHEAD = timedelta(days=30)
"""No row of closed days moves a call back by more than this."""


@dataclass(frozen=True, kw_only=True)
class CallToMake:
    """A call that nobody has settled: about which ad and day of it, and when it is late."""

    posting: Posting
    reason: Reason
    about: date
    due_at: datetime


def calls_to_make(orders: QuerySet[Order], *, at: datetime) -> Iterable[CallToMake]:
    """The calls about ads of these orders that are due, or will be in three days.

    Ads that are taken down and closed orders need none; one that ran out does until somebody has
    asked. One query, and one for each alliance that the orders are in.
    """
    today = danish_date(at)
    told = end_of_day(today + TOLD_AHEAD)
    closed: dict[int | None, ClosingDays] = {}
    for posting in _waiting(orders, before=today + LONGEST_AHEAD):
        alliance_id = posting.order.alliance_id
        if alliance_id not in closed:
            closed[alliance_id] = closing_days(alliance_id)
        posted_on = danish_date(posting.published_at)
        for reason in Reason:
            about = about_day(posting, reason)
            due_at = call_due(reason, about, posted_on=posted_on, closed=closed[alliance_id])
            if not getattr(posting, f"settled_{reason}") and due_at <= told:
                yield CallToMake(posting=posting, reason=reason, about=about, due_at=due_at)


def _waiting(orders: QuerySet[Order], *, before: date) -> QuerySet[Posting]:
    """Ads with a call that is not settled about a day up to `before`."""
    calls = Call.objects.filter(posting=OuterRef("pk")).exclude(outcome=Outcome.NOT_REACHED)
    settled = {
        Reason.EXPIRY: Exists(calls.filter(reason=Reason.EXPIRY, about_day=OuterRef("ends_on"))),
        Reason.DEADLINE: Exists(
            calls.filter(reason=Reason.DEADLINE, about_day=OuterRef("apply_by"))
        ),
    }
    return (
        Posting.objects.open()
        .filter(order__in=orders.exclude(stage=Stage.CLOSED))
        .annotate(ends_on=Least(F("expires_on"), F("jobnet_expires_on")))
        .annotate(**{f"settled_{reason}": found for reason, found in settled.items()})
        .filter(
            Q(settled_EXPIRY=False, ends_on__lte=before)
            | Q(settled_DEADLINE=False, apply_by__lte=before)
        )
        .select_related("order__company")
    )
