"""What an order's lead does next: the one primary button of its page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tvaers.orders.lifecycle import Stage
from tvaers.orders.queries import LadderView, OrderPage
from tvaers.referrals.lifecycle import OPEN, State

UNASKED, PENDING = "not_asked", frozenset({"waiting", "late"})
TO_PRESENT = (State.PROPOSED, State.ASKED)


class NextStep(StrEnum):
    NONE = "NONE"
    RESUME = "RESUME"
    DIALOGUE = "DIALOGUE"
    RECRUIT = "RECRUIT"
    PRESENT = "PRESENT"
    SEARCH = "SEARCH"
    SEND = "SEND"
    WAIT = "WAIT"
    WIDEN = "WIDEN"
    FOLLOW_UP = "FOLLOW_UP"
    CLOSE = "CLOSE"


@dataclass(frozen=True)
class Situation:
    """What the next step depends on: the order, its ladder, the map and its referrals.

    `states` says of each municipality that was asked or searched how it stands; `searched` is
    whether anyone searched for the current requirements, `presented` how many candidates the
    company has been given.
    """

    page: OrderPage
    ladder: LadderView
    states: Mapping[str, str]
    referrals: Counter[State]
    presented: int
    searched: bool

    @property
    def pending(self) -> tuple[str, ...]:
        """The municipalities of the step from which an answer is awaited."""
        return tuple(code for code in self.ladder.missing if self.states.get(code) in PENDING)

    @property
    def unasked(self) -> tuple[str, ...]:
        """The municipalities of the step that nobody asked."""
        return tuple(code for code in self.ladder.missing if code not in self.states)


def next_step(now: Situation) -> NextStep:
    """Dialogue → recruit → present → search → send → wait → widen → follow up → close."""
    order = now.page.order
    if order.stage == Stage.CLOSED or order.company.in_conflict:
        return NextStep.NONE
    if order.stage == Stage.RECEIVED:
        return NextStep.DIALOGUE
    if order.paused_at is not None:
        return NextStep.RESUME
    if now.page.free == 0:
        return NextStep.CLOSE
    if order.stage == Stage.IN_DIALOGUE:
        return NextStep.RECRUIT
    return _while_recruiting(now)


def _while_recruiting(now: Situation) -> NextStep:
    more = now.presented < now.page.order.present_at_most
    if more and any(now.referrals[state] for state in TO_PRESENT):
        return NextStep.PRESENT
    if not now.searched and now.ladder.missing:
        return NextStep.SEARCH
    if now.unasked:
        return NextStep.SEND
    if now.pending:
        return NextStep.WAIT
    if now.ladder.proposed:
        return NextStep.WIDEN
    return NextStep.FOLLOW_UP if any(now.referrals[state] for state in OPEN) else NextStep.CLOSE
