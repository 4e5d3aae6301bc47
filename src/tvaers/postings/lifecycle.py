"""States of a posting, and why something may not be done with one (R14, R15). No Django.

A `posting` here is anything with the dates of one; a row of the database passes straight in.
What is published and what has run out follows from the dates alone, never from a job.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

TITLE_LENGTH = 100
TEXT_LENGTH = 5000
"""The national exchange's limits."""


class Whose(StrEnum):
    """Our posting on the public page, or an ad that the company placed itself."""

    OURS = "OURS"
    COMPANYS = "COMPANYS"


class Apply(StrEnum):
    """How one applies."""

    LINK = "LINK"
    EMAIL = "EMAIL"
    OFFICE = "OFFICE"


class State(StrEnum):
    PUBLISHED = "PUBLISHED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class Reason(StrEnum):
    """What a call to the company is about (R14)."""

    EXPIRY = "EXPIRY"
    DEADLINE = "DEADLINE"


class Outcome(StrEnum):
    """What came of a call. All but `NOT_REACHED` settle it."""

    EXTENDED = "EXTENDED"
    UNCHANGED = "UNCHANGED"
    WANTS_CANDIDATES = "WANTS_CANDIDATES"
    FILLED = "FILLED"
    WITHDRAWN = "WITHDRAWN"
    NOT_REACHED = "NOT_REACHED"


LEADS_SOMEWHERE: dict[Apply, Callable[[str], bool]] = {
    Apply.LINK: lambda to: to.startswith(("https://", "http://")),
    Apply.EMAIL: lambda to: "@" in to,
    Apply.OFFICE: lambda to: True,
}
"""Whether it can be a link that anyone follows, and nothing a browser would run."""
ENDS_THE_POSTING = frozenset({Outcome.FILLED, Outcome.WITHDRAWN})


class Refusal(StrEnum):
    """Why something may not be done with a posting. The sentence is made at the door."""

    ORDER_CLOSED = "ORDER_CLOSED"
    COMPANY_IN_CONFLICT = "COMPANY_IN_CONFLICT"
    ALREADY_POSTED = "ALREADY_POSTED"
    ALREADY_REGISTERED = "ALREADY_REGISTERED"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    NO_PLACE = "NO_PLACE"
    NO_TITLE = "NO_TITLE"
    NO_TEXT = "NO_TEXT"
    NOWHERE_TO_APPLY = "NOWHERE_TO_APPLY"
    DATES_PASSED = "DATES_PASSED"
    DATES_NOT_IN_ORDER = "DATES_NOT_IN_ORDER"
    NOT_LATER = "NOT_LATER"
    NO_SUCH_COUNTS = "NO_SUCH_COUNTS"
    NOBODY_SAID_IT = "NOBODY_SAID_IT"


def state(posting: Any, day: date) -> State:
    """What a posting is on `day`; the day it expires on is its last."""
    if posting.withdrawn_at is not None:
        return State.WITHDRAWN
    if posting.replaced_at is not None or day > posting.expires_on:
        return State.EXPIRED
    return State.PUBLISHED


def ends_on(posting: Any) -> date:
    """The day on which the ad is gone somewhere: here, or on Jobnet when that is sooner."""
    last: date = posting.expires_on
    return min(last, posting.jobnet_expires_on or last)


def about_day(posting: Any, reason: Reason) -> date:
    """The day that a call is about, as it stands."""
    last: date = ends_on(posting) if reason is Reason.EXPIRY else posting.apply_by
    return last


def order_refusal(order: Any) -> Refusal | None:
    """Why nothing may be posted for the order as it stands, or None (R15)."""
    if order.stage == "CLOSED":
        return Refusal.ORDER_CLOSED
    if order.company.in_conflict:
        return Refusal.COMPANY_IN_CONFLICT
    return None


def content_refusal(new: Any, *, day: date) -> Refusal | None:
    """Why what a posting is to say cannot stand, or None. `day` is the day it is written."""
    if new.whose == Whose.OURS:
        if not 0 < len(new.title.strip()) <= TITLE_LENGTH:
            return Refusal.NO_TITLE
        if not 0 < len(new.text.strip()) <= TEXT_LENGTH:
            return Refusal.NO_TEXT
    if not LEADS_SOMEWHERE[Apply(new.apply_via)](new.apply_to.strip()):
        return Refusal.NOWHERE_TO_APPLY
    return dates_refusal(new.apply_by, new.expires_on, day=day)


def dates_refusal(apply_by: date, expires_on: date, *, day: date) -> Refusal | None:
    """Why the two dates cannot stand: neither is past, and nobody applies to an ad that is gone."""
    if min(apply_by, expires_on) < day:
        return Refusal.DATES_PASSED
    if apply_by > expires_on:
        return Refusal.DATES_NOT_IN_ORDER
    return None


def counts_refusal(received: int, screened: int, shortlisted: int) -> Refusal | None:
    """Whether the numbers of applications can be: no more screened than came, and so on."""
    return None if received >= screened >= shortlisted >= 0 else Refusal.NO_SUCH_COUNTS
