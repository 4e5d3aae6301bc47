"""When a message that could not be sent is tried again, and when it is given up. No Django."""

from datetime import datetime, timedelta
from enum import StrEnum


class Failure(StrEnum):
    """Why a message is not out."""

    BROKEN = "BROKEN"
    NO_ADDRESS = "NO_ADDRESS"
    REFUSED = "REFUSED"
    NOT_NOW = "NOT_NOW"
    UNREACHABLE = "UNREACHABLE"


PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 24 * 60)
)
"""How long after each try the next one comes; after the last the message is given up."""

LASTING = {Failure.NO_ADDRESS, Failure.REFUSED}
"""Trying again changes nothing: a person must mend the address."""


def next_try_at(failure: Failure, *, tries: int, at: datetime) -> datetime | None:
    """When to try again after the `tries`-th try failed at `at`; None when it is given up."""
    if failure in LASTING or tries > len(PAUSES):
        return None
    return at + PAUSES[tries - 1]
