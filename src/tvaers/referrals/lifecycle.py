"""The states of a referral and why a move is refused (R10, R11, R15). No Django."""

from collections.abc import Container
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


def ends_the_search(*, is_ordinary: bool, hours: int) -> bool:
    """Whether a hire makes the person inactive from its first day: full time, ordinary (R11)."""
    return is_ordinary and hours >= FULL_TIME_HOURS


def moves(state: str) -> Container[State]:
    """Where a referral may go from `state`: what its buttons are made of."""
    return NEXT[State(state)]
