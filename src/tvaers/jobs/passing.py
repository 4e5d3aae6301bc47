"""Days that pass while nobody watches: the demo's clock moves, and what is due happens (R2–R8)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from tvaers.core.working_days import COPENHAGEN
from tvaers.database.clock import now, set_ahead
from tvaers.jobs import tasks

STEP = timedelta(minutes=15)
"""How often the jobs run; a reminder may come so much later than it is due."""
OFTEN = (tasks.clocks, tasks.reminders, tasks.expiries, tasks.digests, tasks.send_outbox)
Progress = Callable[[timedelta], None]
"""Is told how much has passed."""


def live_through(
    span: timedelta, *, each_day: Callable[[datetime], object], tell: Progress
) -> None:
    """Move the demo's clock forward by `span`, and run the jobs on the way as a worker would.

    `each_day` is called once for each night at half past five, with the moment.
    """
    began = moment = now()
    while moment < began + span:
        before, moment = moment, min(moment + STEP, began + span)
        set_ahead(moment - timezone.now())
        if night := _night_between(before, moment):
            each_day(night)
        for job in OFTEN:
            job(timestamp=0)
        if before.hour != moment.hour:
            tasks.new_hits(timestamp=0)
        tell(moment - began)


def _night_between(before: datetime, after: datetime) -> datetime | None:
    night = after.astimezone(COPENHAGEN).replace(hour=5, minute=30, second=0, microsecond=0)
    return night if before < night <= after else None
