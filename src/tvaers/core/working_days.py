"""Working days and the terms counted on them (R1).

A term ends at the *end* of its last calendar day: at 24:00 Danish time, that is at the first
moment of the next day, which itself is too late. So "due at the end of the first working day"
gives a whole day, whatever an office's opening hours are, and `at < due_at` means "in time".
"""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, *, closed: Container[date]) -> bool:
    """Whether `day` is Monday–Friday and not among the `closed` days (R1)."""
    return day.weekday() < SATURDAY and day not in closed


def next_working_day(day: date, *, closed: Container[date]) -> date:
    """The first working day after `day`, which is never `day` itself."""
    return add_working_days(day, 1, closed=closed)


def working_day_on_or_before(day: date, *, closed: Container[date]) -> date:
    """`day`, or the last working day before it (R14: a call is due before, never after)."""
    return day if is_working_day(day, closed=closed) else add_working_days(day, -1, closed=closed)


def add_working_days(day: date, count: int, *, closed: Container[date]) -> date:
    """The working day `count` working days after `day`; before it when `count` is negative.

    `day` itself is never counted, and zero gives `day` back, working day or not.
    """
    step = ONE_DAY if count > 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, closed=closed)
    return day


def last_day_of_term(start: date, working_days: int, *, closed: Container[date]) -> date:
    """The last day of a term counted from the day after `start` (R1: arrival is day zero).

    Raises `ValueError` when the term is shorter than one working day.
    """
    if working_days < 1:
        raise ValueError(f"a term is at least one working day, not {working_days}")
    return add_working_days(start, working_days, closed=closed)


def danish_date(at: datetime) -> date:
    """The calendar day in Denmark at the moment `at`; raises `ValueError` without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(COPENHAGEN).date()


def end_of_day(day: date) -> datetime:
    """24:00 of `day` in Denmark, as the first moment of the day after (exclusive)."""
    return datetime.combine(day + ONE_DAY, time(), COPENHAGEN)


def end_of_term(since: datetime, working_days: int, *, closed: Container[date]) -> datetime:
    """When a term that began at `since` runs out: 24:00 of its last working day (R1, R2, R3)."""
    return end_of_day(last_day_of_term(danish_date(since), working_days, closed=closed))
