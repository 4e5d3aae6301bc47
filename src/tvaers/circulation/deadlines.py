"""When a request is due (R4), by the order's own service level. No Django."""

from collections.abc import Container
from datetime import date, datetime
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
