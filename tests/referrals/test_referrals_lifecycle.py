"""R10, R11, R15 as a rule: every move, tried both ways, and the terms in working hours."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.factories import MONDAY
from tvaers.core.closing_days import DANISH_CLOSING_DAYS
from tvaers.core.working_days import COPENHAGEN, is_working_day
from tvaers.referrals.deadlines import question_expires, release_due
from tvaers.referrals.lifecycle import (
    ENDS,
    OPEN,
    Refusal,
    State,
    ends_the_search,
    refusal,
    start_refusal,
)
from tvaers.referrals.triggers import REFERRAL

DRAWN = {
    "PROPOSED": "ASKED PRESENTED REJECTED WITHDRAWN",
    "ASKED": "PRESENTED REJECTED WITHDRAWN",
    "PRESENTED": "INTERVIEW HIRED REJECTED WITHDRAWN",
    "INTERVIEW": "HIRED REJECTED WITHDRAWN",
    "INVITED": "APPLIED REJECTED WITHDRAWN",
    "APPLIED": "INTERVIEW HIRED REJECTED WITHDRAWN",
    "HIRED": "",
    "REJECTED": "",
    "WITHDRAWN": "",
}
"""The drawing in the README, written again by hand."""


def order(**fields: Any) -> Any:
    given = {
        "company": SimpleNamespace(in_conflict=False),
        "stage": "RECRUITING",
        "paused_at": None,
        "present_at_most": 3,
        "hired": 0,
        "openings": 1,
    }
    return SimpleNamespace(**(given | fields))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("to", list(State))
def test_a_referral_moves_as_drawn(state: State, to: State) -> None:
    allowed = to in DRAWN[state].split()
    assert (refusal(order(), state, to, presented=0) is None) == allowed


def test_the_database_draws_the_same_moves() -> None:
    fsm = next(trigger for trigger in REFERRAL if trigger.name == "state_moves_as_drawn")
    drawn = {(state, to) for state, targets in DRAWN.items() for to in targets.split()}
    assert set(fsm.transitions) == drawn


def test_every_state_is_open_or_an_end() -> None:
    assert frozenset(State) == OPEN | ENDS
    assert not OPEN & ENDS


@given(presented=st.integers(0, 9), at_most=st.integers(1, 9))
def test_the_agreed_number_counts_what_the_lead_presents(presented: int, at_most: int) -> None:
    found = refusal(
        order(present_at_most=at_most), "PROPOSED", State.PRESENTED, presented=presented
    )
    assert found == (Refusal.ENOUGH_PRESENTED if presented >= at_most else None)


def test_a_paused_order_takes_no_more_candidates_and_may_hire_those_it_has() -> None:
    paused = order(paused_at=MONDAY)
    assert refusal(paused, "ASKED", State.PRESENTED, presented=0) is Refusal.ORDER_PAUSED
    assert refusal(paused, "PRESENTED", State.HIRED, presented=1) is None


def test_a_company_in_conflict_gets_nobody_and_may_still_be_told_no() -> None:
    conflict = order(company=SimpleNamespace(in_conflict=True))
    assert start_refusal(conflict, findable=True) is Refusal.IN_CONFLICT
    assert refusal(conflict, "PROPOSED", State.PRESENTED, presented=0) is Refusal.IN_CONFLICT
    assert refusal(conflict, "PROPOSED", State.WITHDRAWN, presented=0) is None


def test_nobody_is_hired_beyond_the_openings() -> None:
    assert refusal(order(hired=1), "INTERVIEW", State.HIRED, presented=1) is Refusal.ALL_FILLED


@pytest.mark.parametrize(
    ("is_ordinary", "hours", "ends"),
    [(True, 37, True), (True, 36, False), (False, 37, False), (True, 40, True)],
)
def test_only_a_full_time_ordinary_job_ends_the_search(
    is_ordinary: bool, hours: int, ends: bool
) -> None:
    assert ends_the_search(is_ordinary=is_ordinary, hours=hours) is ends


@given(st.integers(0, 700 * 24 * 60))
def test_a_release_is_due_after_four_working_hours(minutes: int) -> None:
    asked = datetime(2026, 1, 1, tzinfo=COPENHAGEN) + timedelta(minutes=minutes)
    due = release_due(asked, closed=DANISH_CLOSING_DAYS)
    clock, worked = asked.replace(tzinfo=None), 0
    while clock < due.replace(tzinfo=None):
        at_work = is_working_day(clock.date(), closed=DANISH_CLOSING_DAYS)
        worked += at_work and 8 <= clock.hour < 16
        clock += timedelta(minutes=1)
    assert abs(worked - 240) <= 1


def test_a_question_to_a_candidate_expires_with_the_presentation() -> None:
    due = MONDAY + timedelta(days=3)
    assert question_expires(MONDAY, presentation_due_at=due, closed=()) == due
    late = question_expires(due + timedelta(hours=1), presentation_due_at=due, closed=())
    assert late == datetime(2026, 3, 7, tzinfo=COPENHAGEN)
