"""The next step of an order: one primary button, whatever has happened."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from tvaers.orders.ladder import Step
from tvaers.referrals.lifecycle import State
from tvaers.web.pages.orders.next_step import NextStep, Situation, next_step

HERE = "0259"


def situation(
    *,
    stage: str = "RECRUITING",
    free: int = 2,
    missing: tuple[str, ...] = (HERE,),
    proposed: Step | None = None,
    referrals: tuple[State, ...] = (),
    states: dict[str, str] | None = None,
    searched: bool = True,
    presented: int = 0,
    **order: Any,
) -> Situation:
    facts = {
        "stage": stage,
        "paused_at": None,
        "present_at_most": 3,
        "company": SimpleNamespace(in_conflict=False),
    }
    page: Any = SimpleNamespace(order=SimpleNamespace(**facts | order), free=free)
    ladder: Any = SimpleNamespace(missing=missing, proposed=proposed)
    return Situation(
        page=page,
        ladder=ladder,
        states=states or {},
        referrals=Counter(referrals),
        presented=presented,
        searched=searched,
    )


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({"stage": "RECEIVED"}, NextStep.DIALOGUE),
        ({"stage": "IN_DIALOGUE"}, NextStep.RECRUIT),
        ({"stage": "CLOSED"}, NextStep.NONE),
        ({"company": SimpleNamespace(in_conflict=True)}, NextStep.NONE),
        ({"paused_at": "now"}, NextStep.RESUME),
        ({"free": 0}, NextStep.CLOSE),
        ({"searched": False}, NextStep.SEARCH),
        ({}, NextStep.SEND),
        ({"states": {HERE: "waiting"}}, NextStep.WAIT),
        ({"states": {HERE: "late"}}, NextStep.WAIT),
        ({"missing": (), "proposed": Step.NATION}, NextStep.WIDEN),
        ({"missing": ()}, NextStep.CLOSE),
        ({"missing": (), "referrals": (State.INTERVIEW,)}, NextStep.FOLLOW_UP),
        ({"referrals": (State.PROPOSED,)}, NextStep.PRESENT),
        ({"referrals": (State.PROPOSED,), "presented": 3}, NextStep.SEND),
        ({"referrals": (State.REJECTED,), "missing": ()}, NextStep.CLOSE),
    ],
)
def test_the_next_step(facts: dict[str, Any], step: NextStep) -> None:
    assert next_step(situation(**facts)) is step
