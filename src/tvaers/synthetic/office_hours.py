"""Moments at which people work: what happens in the demo world happens between eight and four."""

from datetime import datetime, time, timedelta

from tvaers.core.closing_days import DANISH_CLOSING_DAYS
from tvaers.core.working_days import (
    COPENHAGEN,
    add_working_days,
    is_working_day,
    next_working_day,
)

OPENS, CLOSES = time(8), time(16)
HOURS_A_DAY = 8


def later(at: datetime, hours: float) -> datetime:
    """`hours` office hours after `at`."""
    wall = at.astimezone(COPENHAGEN).replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        closes = datetime.combine(wall.date(), CLOSES)
        if is_working_day(wall.date(), closed=DANISH_CLOSING_DAYS) and wall < closes:
            wall = max(wall, datetime.combine(wall.date(), OPENS))
            if wall + left <= closes:
                return (wall + left).replace(tzinfo=COPENHAGEN)
            left -= closes - wall
        day = next_working_day(wall.date(), closed=DANISH_CLOSING_DAYS)
        wall = datetime.combine(day, OPENS)


def earlier(at: datetime, hours: float) -> datetime:
    """An office hour about `hours` office hours before `at`, never after it."""
    days, rest = divmod(hours, HOURS_A_DAY)
    wall = at.astimezone(COPENHAGEN)
    day = wall.date()
    if not is_working_day(day, closed=DANISH_CLOSING_DAYS) or wall.time() < OPENS:
        day = add_working_days(day, -1, closed=DANISH_CLOSING_DAYS)
        wall = datetime.combine(day, CLOSES, COPENHAGEN)
    wall = min(wall, datetime.combine(day, CLOSES, COPENHAGEN))
    worked = (wall - datetime.combine(day, OPENS, COPENHAGEN)) / timedelta(hours=1)
    if rest > worked:
        days, rest = days + 1, rest - worked
        worked = float(HOURS_A_DAY)
    if days:
        day = add_working_days(day, -int(days), closed=DANISH_CLOSING_DAYS)
    return datetime.combine(day, OPENS, COPENHAGEN) + timedelta(hours=worked - rest)
