"""When the company must have been spoken with, and candidates presented (R2, R3). No Django.

A due time is exclusive: `at < due_at` is in time (see `core.working_days`).
"""

from collections.abc import Container
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tvaers.core.working_days import end_of_day, end_of_term


class Clock(StrEnum):
    DIALOGUE = "DIALOGUE"
    PRESENTATION = "PRESENTATION"


def dialogue_due(received_at: datetime, *, days: int, closed: Container[date]) -> datetime:
    """The end of working day number `days` after the order came: normally the first (R2)."""
    return end_of_term(received_at, days, closed=closed)


def presentation_due(received_at: datetime, *, days: int, closed: Container[date]) -> datetime:
    """The end of working day number `days` after the order came: normally the third (R3)."""
    return end_of_term(received_at, days, closed=closed)


def agreed_presentation(due_at: datetime, *, agreed: date) -> datetime | None:
    """The end of the later day agreed with the company, or None if it is not later (R3)."""
    later = end_of_day(agreed)
    return later if later > due_at else None


def running(order: Any) -> tuple[Clock, datetime] | None:
    """The promise that is next to be kept for an order and when, or None when both are kept.

    A paused order has enough candidates for now: its presentation clock asks for nothing.
    """
    if order.stage == "CLOSED":
        return None
    if order.first_dialogue_at is None:
        return Clock.DIALOGUE, order.dialogue_due_at
    if order.first_presented_at is None and order.paused_at is None:
        return Clock.PRESENTATION, order.presentation_due_at
    return None
