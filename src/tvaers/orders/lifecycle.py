"""The drawing on the wall, as code: stages, moves, refusals, outcomes (R7, R11). No Django.

An `order` here is anything with `stage`, `openings`, `hired` and `ladder_step`; a row of the
database passes straight in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    RECEIVED = "RECEIVED"
    IN_DIALOGUE = "IN_DIALOGUE"
    RECRUITING = "RECRUITING"
    CLOSED = "CLOSED"


NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset({Stage.IN_DIALOGUE, Stage.CLOSED}),
    Stage.IN_DIALOGUE: frozenset({Stage.RECRUITING, Stage.CLOSED}),
    Stage.RECRUITING: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.RECRUITING}),
}


class Refusal(StrEnum):
    """Why something may not be done with an order. The sentence is made at the door."""

    WRONG_STAGE = "WRONG_STAGE"
    OPENINGS_DO_NOT_ADD_UP = "OPENINGS_DO_NOT_ADD_UP"
    NOT_COVERED = "NOT_COVERED"
    NOT_WIDENED = "NOT_WIDENED"
    NO_WORD_FROM_COMPANY = "NO_WORD_FROM_COMPANY"
    COMPANY_IN_CONFLICT = "COMPANY_IN_CONFLICT"
    NOT_MORE_OPENINGS = "NOT_MORE_OPENINGS"
    NO_SUCH_NUMBER = "NO_SUCH_NUMBER"
    NO_REASON = "NO_REASON"
    NOT_A_STEP_UP = "NOT_A_STEP_UP"
    SAID_IN_THE_FUTURE = "SAID_IN_THE_FUTURE"
    NOBODY_SAID_IT = "NOBODY_SAID_IT"
    NO_NUMBER_OF_OPENINGS = "NO_NUMBER_OF_OPENINGS"
    NO_OFFICE = "NO_OFFICE"
    NOT_A_LATER_DATE = "NOT_A_LATER_DATE"
    ALREADY_OFFERED = "ALREADY_OFFERED"
    NOT_THE_RECEIVER = "NOT_THE_RECEIVER"
    ALREADY_DECIDED = "ALREADY_DECIDED"
    ALREADY_LEADS = "ALREADY_LEADS"
    NO_SUCH_WORKPLACE = "NO_SUCH_WORKPLACE"
    NO_SUCH_CONTACT = "NO_SUCH_CONTACT"
    DAY_PASSED = "DAY_PASSED"


class Subject(StrEnum):
    """What the company said (R2, R3, R5, R7)."""

    DIALOGUE = "DIALOGUE"
    LATER_PRESENTATION = "LATER_PRESENTATION"
    OTHER_SOLUTION = "OTHER_SOLUTION"
    FILLED_BY_COMPANY = "FILLED_BY_COMPANY"
    WITHDRAWN = "WITHDRAWN"
    NOT_WIDER = "NOT_WIDER"
    NO_ANSWER_NEEDED = "NO_ANSWER_NEEDED"
    ENOUGH = "ENOUGH"
    APPLICANTS = "APPLICANTS"


ABOUT_OPENINGS = frozenset({Subject.FILLED_BY_COMPANY, Subject.WITHDRAWN, Subject.OTHER_SOLUTION})
"""Words that account for openings; each says for how many."""
PRESENTS = frozenset({Subject.APPLICANTS, Subject.OTHER_SOLUTION})
"""Words that keep the promise of R3 although no candidate was presented."""


class LogKind(StrEnum):
    """The kinds of lines in an order's log; `orders.operations.log` writes them."""

    RECEIVED = "RECEIVED"
    CHANGED = "CHANGED"
    COVERAGE_OPENED = "COVERAGE_OPENED"
    WORD = "WORD"
    RECRUITING = "RECRUITING"
    OPENINGS = "OPENINGS"
    PRESENT_AT_MOST = "PRESENT_AT_MOST"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    WIDENED = "WIDENED"
    HANDOVER_OFFERED = "HANDOVER_OFFERED"
    HANDOVER_ACCEPTED = "HANDOVER_ACCEPTED"
    HANDOVER_DECLINED = "HANDOVER_DECLINED"
    HANDOVER_WITHDRAWN = "HANDOVER_WITHDRAWN"
    DEPUTY = "DEPUTY"
    CO_LEAD_ADDED = "CO_LEAD_ADDED"
    CO_LEAD_REMOVED = "CO_LEAD_REMOVED"
    COVERED = "COVERED"
    COVERAGE_REVOKED = "COVERAGE_REVOKED"
    PRESENTED = "PRESENTED"
    HIRED = "HIRED"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"
    SEARCHED = "SEARCHED"
    SETTLED = "SETTLED"
    CIRCULATED = "CIRCULATED"
    CIRCULATION_WITHDRAWN = "CIRCULATION_WITHDRAWN"
    ANSWERED = "ANSWERED"
    REFERRAL = "REFERRAL"
    INVITED = "INVITED"
    DUE_MOVED = "DUE_MOVED"
    POSTED = "POSTED"
    OWN_AD = "OWN_AD"
    POSTING_WITHDRAWN = "POSTING_WITHDRAWN"
    POSTING_CALL = "POSTING_CALL"
    STATUS_NOTE = "STATUS_NOTE"
    PLAN = "PLAN"
    STEP = "STEP"
    STEP_DONE = "STEP_DONE"
    STEP_DROPPED = "STEP_DROPPED"
    EVALUATED = "EVALUATED"


class Outcome(StrEnum):
    """How a closed order ended, all openings taken together."""

    FILLED = "FILLED"
    PARTLY_FILLED = "PARTLY_FILLED"
    NOT_FILLED = "NOT_FILLED"
    FILLED_BY_COMPANY = "FILLED_BY_COMPANY"
    OTHER_SOLUTION = "OTHER_SOLUTION"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """What became of each opening; together they are all the openings of the order."""

    hired: int = 0
    filled_by_company: int = 0
    withdrawn: int = 0
    other_solution: int = 0
    unfilled: int = 0

    @property
    def total(self) -> int:
        return (
            self.hired
            + self.filled_by_company
            + self.withdrawn
            + self.other_solution
            + self.unfilled
        )

    @property
    def possible(self) -> bool:
        """Whether no number is negative."""
        return (
            min(
                self.hired,
                self.filled_by_company,
                self.withdrawn,
                self.other_solution,
                self.unfilled,
            )
            >= 0
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The company's own words so far: for how many openings, and whether it refused to widen."""

    filled_by_company: int = 0
    withdrawn: int = 0
    other_solution: int = 0
    not_wider: bool = False


def effectively_unfilled(order: Any, openings: Openings, said: Said) -> int:
    """Openings that neither a hire nor the company's own word accounts for, whatever the label."""
    return int(order.openings) - (
        openings.hired
        + min(openings.filled_by_company, said.filled_by_company)
        + min(openings.withdrawn, said.withdrawn)
        + min(openings.other_solution, said.other_solution)
    )


def refusal(
    order: Any,
    to: Stage,
    *,
    openings: Openings | None = None,
    said: Said | None = None,
    uncovered: Collection[str] = (),
) -> Refusal | None:
    """Why `order` may not move to `to`, or None. Buttons and operations both ask here (R7).

    `uncovered` are the municipalities of the order's area that nothing covers (R6). Without
    `openings` only the stage is asked about.
    """
    if to not in NEXT[Stage(order.stage)]:
        return Refusal.WRONG_STAGE
    if to is not Stage.CLOSED or openings is None:
        return None
    if not openings.possible or openings.total != order.openings or openings.hired != order.hired:
        return Refusal.OPENINGS_DO_NOT_ADD_UP
    said = said or Said()
    unfilled = effectively_unfilled(order, openings, said)
    if unfilled > 0 and uncovered:
        return Refusal.NOT_COVERED
    if unfilled > 0 and order.ladder_step != "NATION" and not said.not_wider:
        return Refusal.NOT_WIDENED
    if unfilled > openings.unfilled:
        return Refusal.NO_WORD_FROM_COMPANY
    return None


def word_refusal(order: Any, word: Any, *, at: datetime) -> Refusal | None:
    """Why the company's word may not be written down so, or None.

    A closed order is reopened first. Words about openings say for how many, and no more than the
    order has; a word about an office names it (R5).
    """
    if order.stage == Stage.CLOSED:
        return Refusal.WRONG_STAGE
    if not word.said_by.strip():
        return Refusal.NOBODY_SAID_IT
    if word.said_at > at:
        return Refusal.SAID_IN_THE_FUTURE
    if word.subject in ABOUT_OPENINGS and not 0 < word.openings <= order.openings:
        return Refusal.NO_NUMBER_OF_OPENINGS
    if word.subject == Subject.NO_ANSWER_NEEDED and word.office_id is None:
        return Refusal.NO_OFFICE
    return None


def free(order: Any) -> int:
    """Openings that nobody is hired for yet; none once the order is closed."""
    return 0 if order.stage == Stage.CLOSED else int(order.openings - order.hired)


def outcome(order: Any) -> Outcome | None:
    """How a closed order ended; None while it is open.

    Filled means by our hires. Without one it is not filled as soon as an opening is; else it is
    what became of most openings.
    """
    if order.stage != Stage.CLOSED:
        return None
    if order.hired == order.openings:
        return Outcome.FILLED
    if order.hired:
        return Outcome.PARTLY_FILLED
    if order.unfilled:
        return Outcome.NOT_FILLED
    ends = {
        Outcome.FILLED_BY_COMPANY: order.filled_by_company,
        Outcome.OTHER_SOLUTION: order.other_solution,
        Outcome.WITHDRAWN: order.withdrawn,
    }
    return max(ends, key=lambda end: ends[end])
