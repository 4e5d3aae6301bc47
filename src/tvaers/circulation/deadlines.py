"""When a request is due (R4), by the order's own service level. No Django."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from typing import Any

from tvaers.core.answer_clock import answer_due


def due(sent_at: datetime, *, service_level: Any, closed: Container[date]) -> datetime:
    """When the answer to a request sent at `sent_at` is due (R4)."""
    return answer_due(
        sent_at,
        closed=closed,
        hours=service_level.answer_hours,
        calendar=service_level.answer_in_calendar_hours,
        cutoff=service_level.answer_cutoff,
        opens=service_level.answer_opens,
    )


REMINDERS = (4, 24)
"""Hours before a request is due at which its office is reminded, the nearest first."""


def reminder(request: Any, *, at: datetime) -> int | None:
    """Which of `REMINDERS` it is time for at `at`, or None.

    A request that was asked later than a reminder's time gets no such reminder: it is new. One
    that is late gets none: it stands in the list of what is late.
    """
    for hours in REMINDERS:
        then = request.due_at - timedelta(hours=hours)
        if then <= at < request.due_at and request.sent_at < then:
            return hours
    return None
