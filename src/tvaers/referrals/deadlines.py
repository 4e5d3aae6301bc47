"""Terms of a referral: when a release is due, when a question expires. No Django."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from tvaers.core.working_days import (
    COPENHAGEN,
    end_of_day,
    end_of_term,
    is_working_day,
    next_working_day,
)

RELEASE_HOURS = 4
OPENS = time(8)
CLOSES = time(16)


def release_due(
    asked_at: datetime, *, closed: Container[date], hours: int = RELEASE_HOURS
) -> datetime:
    """When a release asked for at `asked_at` is due: `hours` working hours later (R13).

    A working hour lies between 08:00 and 16:00 on a working day, by Danish clocks.
    """
    wall = asked_at.astimezone(COPENHAGEN).replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        closes = datetime.combine(wall.date(), CLOSES)
        if is_working_day(wall.date(), closed=closed) and wall < closes:
            wall = max(wall, datetime.combine(wall.date(), OPENS))
            if wall + left <= closes:
                return (wall + left).replace(tzinfo=COPENHAGEN)
            left -= closes - wall
        wall = datetime.combine(next_working_day(wall.date(), closed=closed), OPENS)


INVITATION_LASTS = timedelta(days=14)
SHARE_LASTS = timedelta(days=30)
LETTER_LASTS = timedelta(days=14)
MINE_LASTS = timedelta(days=90)
COMPANY_LASTS = timedelta(days=60)


def invitation_expires(invited_at: datetime, *, last_day: date | None) -> datetime:
    """When an invitation to apply expires: with the job's last day, else after two weeks."""
    expires_at = invited_at + INVITATION_LASTS
    closes = end_of_day(last_day) if last_day else expires_at
    return min(closes, expires_at) if closes > invited_at else expires_at


def question_expires(
    asked_at: datetime, *, presentation_due_at: datetime, closed: Container[date]
) -> datetime:
    """When a question to a candidate expires: with the presentation clock (R10).

    Asked after that clock ran out, it expires at the end of the next working day.
    """
    if asked_at < presentation_due_at:
        return presentation_due_at
    return end_of_term(asked_at, 1, closed=closed)
