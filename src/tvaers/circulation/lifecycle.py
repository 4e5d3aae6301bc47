"""The state of a request, and why sending or answering is refused (R5). No Django."""

from datetime import datetime
from enum import StrEnum
from typing import Any


class RequestState(StrEnum):
    """How one office stands to one circulation, as the ledger shows it."""

    WAITING = "WAITING"
    LATE = "LATE"
    CANDIDATES = "CANDIDATES"
    NOBODY = "NOBODY"
    WITHDRAWN = "WITHDRAWN"
    EXCUSED = "EXCUSED"


class SendRefusal(StrEnum):
    NO_DIALOGUE_YET = "NO_DIALOGUE_YET"
    ORDER_CLOSED = "ORDER_CLOSED"
    ORDER_PAUSED = "ORDER_PAUSED"
    IN_CONFLICT = "IN_CONFLICT"
    NOBODY_CHOSEN = "NOBODY_CHOSEN"
    EXCUSED_WITHOUT_WORD = "EXCUSED_WITHOUT_WORD"


class AnswerRefusal(StrEnum):
    WITHDRAWN = "WITHDRAWN"
    ORDER_CLOSED = "ORDER_CLOSED"
    NOT_YOUR_REQUEST = "NOT_YOUR_REQUEST"
    NOBODY_NAMED = "NOBODY_NAMED"
    NO_REASON = "NO_REASON"
    NO_SPEAKER = "NO_SPEAKER"
    NOT_YOUR_CANDIDATE = "NOT_YOUR_CANDIDATE"
    NO_EARLIER_ANSWER = "NO_EARLIER_ANSWER"
    NOT_BY_LINK = "NOT_BY_LINK"


def state_of(request: Any, answer_kind: str | None, *, at: datetime) -> RequestState:
    """The state of `request` at a moment; `answer_kind` is that of its valid answer, if any."""
    if answer_kind is not None:
        return RequestState(answer_kind)
    if request.withdrawn_at is not None:
        return RequestState.WITHDRAWN
    return RequestState.LATE if is_late(request, at=at) else RequestState.WAITING


def clock(order: Any, *, at: datetime) -> datetime:
    """The moment that counts for an awaited answer: a paused order's clock stands still."""
    paused_at: datetime | None = order.paused_at
    return at if paused_at is None else min(at, paused_at)


def is_late(request: Any, *, at: datetime) -> bool:
    """Whether `at` is no longer in time for the request (R4): in time is before `due_at`."""
    return bool(at >= request.due_at)


def send_refusal(order: Any, *, chosen: int) -> SendRefusal | None:
    """Why `order` may not be sent round to `chosen` offices now, or None."""
    if order.stage == "CLOSED":
        return SendRefusal.ORDER_CLOSED
    if order.company.in_conflict:
        return SendRefusal.IN_CONFLICT
    if order.stage == "RECEIVED":
        return SendRefusal.NO_DIALOGUE_YET
    if order.paused_at is not None:
        return SendRefusal.ORDER_PAUSED
    return None if chosen else SendRefusal.NOBODY_CHOSEN


def answer_refusal(
    request: Any,
    order: Any,
    *,
    kind: str,
    reason: str,
    names_someone: bool,
    by_phone: bool,
    said_by: str,
) -> AnswerRefusal | None:
    """Why an answer is not taken, or None. A late answer is taken (R5)."""
    if request.withdrawn_at is not None:
        return AnswerRefusal.WITHDRAWN
    if order.stage == "CLOSED":
        return AnswerRefusal.ORDER_CLOSED
    if kind == RequestState.CANDIDATES and not names_someone:
        return AnswerRefusal.NOBODY_NAMED
    if kind == RequestState.NOBODY and not reason:
        return AnswerRefusal.NO_REASON
    if by_phone and not said_by.strip():
        return AnswerRefusal.NO_SPEAKER
    return None


def counts_for_coverage(circulation: Any, order: Any) -> bool:
    """Whether an answer to `circulation` covers: its requirements still hold (R6)."""
    return bool(circulation.requirements_version >= order.covered_from_version)
