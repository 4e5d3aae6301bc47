"""When the company is to be called about an ad (R14). No Django."""

from collections.abc import Container
from datetime import date, datetime, timedelta

from tvaers.core.working_days import end_of_day, working_day_on_or_before
from tvaers.postings.lifecycle import Reason

DAYS_BEFORE_EXPIRY = timedelta(days=5)


def call_day(reason: Reason, about: date, *, posted_on: date, closed: Container[date]) -> date:
    """The day of the call: five calendar days before the ad is gone, or the last day to apply.

    On a closed day it is moved back to a working day, but never to before the ad was posted.
    """
    wanted = about - DAYS_BEFORE_EXPIRY if reason is Reason.EXPIRY else about
    return max(posted_on, working_day_on_or_before(wanted, closed=closed))


def call_due(reason: Reason, about: date, *, posted_on: date, closed: Container[date]) -> datetime:
    """When the call is late: 24:00 of its day, in Denmark."""
    return end_of_day(call_day(reason, about, posted_on=posted_on, closed=closed))
