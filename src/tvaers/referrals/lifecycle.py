"""The states of a referral and why a move is refused (R10, R11, R15). No Django."""

from collections.abc import Container
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

FULL_TIME_HOURS = 37
"""Weekly hours from which an ordinary hire ends the search for the person (R11)."""


class State(StrEnum):
    PROPOSED = "PROPOSED"
    ASKED = "ASKED"
    PRESENTED = "PRESENTED"
    INTERVIEW = "INTERVIEW"
    INVITED = "INVITED"
    APPLIED = "APPLIED"
    HIRED = "HIRED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class Refusal(StrEnum):
    WRONG_STATE = "WRONG_STATE"
    IN_CONFLICT = "IN_CONFLICT"
    ORDER_CLOSED = "ORDER_CLOSED"
    ORDER_PAUSED = "ORDER_PAUSED"
    ENOUGH_PRESENTED = "ENOUGH_PRESENTED"
    ALL_FILLED = "ALL_FILLED"
    NOT_FINDABLE = "NOT_FINDABLE"
    NO_REASON = "NO_REASON"
    NO_START = "NO_START"
    TOO_LATE = "TOO_LATE"
    TOO_MANY_INVITED = "TOO_MANY_INVITED"
    NOT_HOME_OFFICE = "NOT_HOME_OFFICE"
    CANNOT_BIND = "CANNOT_BIND"
    SHORT_NOTICE = "SHORT_NOTICE"
    NOT_CONCERNED = "NOT_CONCERNED"
    IS_BOUND = "IS_BOUND"
    NO_TIME = "NO_TIME"


MOST_INVITED = 50
"""So many people at most are invited to one order: an invitation is no mass mail."""

NOTICE = timedelta(days=1)
"""The least time between a binding henvisning and the day by which to apply (R10)."""

MAY_BIND = frozenset({"MUNICIPAL", "FUND"})
"""The kinds of offices whose notice binds: the home municipality and the a-kasse (R10)."""

WITH_COMPANY = frozenset({"PRESENTED", "APPLIED", "INTERVIEW"})
"""The states in which the company can say what it thinks of someone."""

ENDS = frozenset({State.HIRED, State.REJECTED, State.WITHDRAWN})
OPEN = frozenset(State) - ENDS

_STOPPED = frozenset({State.REJECTED, State.WITHDRAWN})
NEXT: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.ASKED, State.PRESENTED}) | _STOPPED,
    State.ASKED: frozenset({State.PRESENTED}) | _STOPPED,
    State.PRESENTED: frozenset({State.INTERVIEW, State.HIRED}) | _STOPPED,
    State.INTERVIEW: frozenset({State.HIRED}) | _STOPPED,
    State.INVITED: frozenset({State.APPLIED}) | _STOPPED,
    State.APPLIED: frozenset({State.INTERVIEW, State.HIRED}) | _STOPPED,
    State.HIRED: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def start_refusal(order: Any, *, findable: bool) -> Refusal | None:
    """Why nobody (or not this person) may be proposed or invited for `order`, or None."""
    if order.company.in_conflict:
        return Refusal.IN_CONFLICT
    if order.stage == "CLOSED":
        return Refusal.ORDER_CLOSED
    return None if findable else Refusal.NOT_FINDABLE


def refusal(order: Any, state: str, to: State, *, presented: int) -> Refusal | None:
    """Why a referral for `order` may not move from `state` to `to`, or None.

    `presented` is how many the lead has presented in all; the agreed number counts them, never
    what offices offer (R10).
    """
    if to not in NEXT[State(state)]:
        return Refusal.WRONG_STATE
    if to in _STOPPED:
        return None
    if order.company.in_conflict:
        return Refusal.IN_CONFLICT
    if order.stage == "CLOSED":
        return Refusal.ORDER_CLOSED
    if to is State.PRESENTED:
        if order.paused_at is not None:
            return Refusal.ORDER_PAUSED
        if presented >= order.present_at_most:
            return Refusal.ENOUGH_PRESENTED
    if to is State.HIRED and order.hired >= order.openings:
        return Refusal.ALL_FILLED
    return None


def answer_refusal(
    order: Any, referral: Any, *, yes: bool, office_id: int | None, at: datetime
) -> Refusal | None:
    """Why a candidate's yes or no is not taken, or None. It is given for the home office.

    A yes answers a question; a no answers an invitation as well. Both expire. A binding
    henvisning is not declined by a click (R10).
    """
    if office_id != referral.home_office_id:
        return Refusal.NOT_HOME_OFFICE
    asked = {State.ASKED} if yes else {State.ASKED, State.INVITED}
    if referral.state not in asked:
        return Refusal.WRONG_STATE
    if order.stage == "CLOSED":
        return Refusal.ORDER_CLOSED
    if not yes and referral.bound_at is not None:
        return Refusal.IS_BOUND
    if yes and order.company.in_conflict:
        return Refusal.IN_CONFLICT
    expires_at = referral.question_expires_at
    return Refusal.TOO_LATE if expires_at and at >= expires_at else None


def bind_refusal(
    order: Any, referral: Any, *, office: Any, apply_by: datetime, at: datetime
) -> Refusal | None:
    """Why `office` may not make a referral a binding henvisning, or None (R10).

    Only the home municipality or the a-kasse may, in time for at least one day's notice, before
    anything has come of the referral.
    """
    if office.pk != referral.home_office_id:
        return Refusal.NOT_HOME_OFFICE
    if office.kind not in MAY_BIND:
        return Refusal.CANNOT_BIND
    if referral.state not in {State.PROPOSED, State.ASKED, State.INVITED}:
        return Refusal.WRONG_STATE
    if reason := start_refusal(order, findable=True):
        return reason
    return Refusal.SHORT_NOTICE if apply_by - at < NOTICE else None


def reply_refusal(
    order: Any,
    referral: Any,
    *,
    kind: str,
    reason: str,
    interview_at: datetime | None,
    at: datetime,
) -> Refusal | None:
    """Why a company's reply about someone who was presented is not taken, or None."""
    if order.stage == "CLOSED":
        return Refusal.ORDER_CLOSED
    if referral.state not in WITH_COMPANY:
        return Refusal.WRONG_STATE
    if kind == "NO":
        return None if reason else Refusal.NO_REASON
    if order.company.in_conflict:
        return Refusal.IN_CONFLICT
    if kind == "INTERVIEW" and (interview_at is None or interview_at <= at):
        return Refusal.NO_TIME
    return None


def invite_refusal(*, invited: int, new: int) -> Refusal | None:
    """Why `new` people more may not be invited to an order that `invited` were invited to."""
    return Refusal.TOO_MANY_INVITED if new and invited + new > MOST_INVITED else None


def ends_the_search(*, is_ordinary: bool, hours: int) -> bool:
    """Whether a hire makes the person inactive from its first day: full time, ordinary (R11)."""
    return is_ordinary and hours >= FULL_TIME_HOURS


def moves(state: str) -> Container[State]:
    """Where a referral may go from `state`: what its buttons are made of."""
    return NEXT[State(state)]
