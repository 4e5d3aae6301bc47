"""The clock of an answer (R4): when a request to an office is due."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta

from tvaers.core.working_days import (
    COPENHAGEN,
    add_working_days,
    is_working_day,
    next_working_day,
)

ANSWER_HOURS = 48
CUTOFF = time(15)
OPENS = time(8)


def answer_due(
    sent_at: datetime,
    *,
    closed: Container[date],
    hours: int = ANSWER_HOURS,
    calendar: bool = False,
    cutoff: time = CUTOFF,
    opens: time = OPENS,
) -> datetime:
    """When the answer to a request sent at `sent_at` is due, in Danish time (R4).

    A working day counts 24 hours. Sent later than `cutoff` (15:00 sharp is in time) or on a closed
    day, the hours count from `opens` on the next working day; sent before `opens` on a working
    day they count from the sending, as R4 says nothing else. The due time never falls on a
    closed day: hours that run out at midnight before a weekend run out at 00:00 on Monday.
    With `calendar` every hour counts, from the sending. Both count by the clock on the wall, so a
    change to or from summer time moves nothing; a due time that the change skips comes an hour
    later. Raises `ValueError` when `hours` is not positive or `sent_at` has no time zone.
    """
    if hours < 1:
        raise ValueError(f"an answer needs at least one hour, not {hours}")
    if sent_at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    start = sent_at.astimezone(COPENHAGEN).replace(tzinfo=None)
    if calendar:
        return _danish(start + timedelta(hours=hours))
    if start.time() > cutoff or not is_working_day(start.date(), closed=closed):
        start = datetime.combine(next_working_day(start.date(), closed=closed), opens)
    raw = start + timedelta(hours=hours)
    days = (raw.date() - start.date()).days
    return _danish(
        datetime.combine(add_working_days(start.date(), days, closed=closed), raw.time())
    )


def _danish(wall: datetime) -> datetime:
    """The moment when Danish clocks show `wall`, or the moment after the gap that skips it."""
    return wall.replace(tzinfo=COPENHAGEN).astimezone(UTC).astimezone(COPENHAGEN)
