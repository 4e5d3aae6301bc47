"""When the company is spoken with, when candidates are presented, and how wide (R2, R3, R8)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from tests.core.factories import MONDAY
from tvaers.core.closing_days import DANISH_CLOSING_DAYS
from tvaers.core.working_days import COPENHAGEN
from tvaers.orders import deadlines, ladder
from tvaers.orders.deadlines import Clock
from tvaers.orders.ladder import Step


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("received", "dialogue", "presentation"),
    [
        ("2026-03-02 09:00", "2026-03-04 00:00", "2026-03-06 00:00"),  # Monday
        ("2026-03-05 23:59", "2026-03-07 00:00", "2026-03-11 00:00"),  # Thursday night
        ("2026-03-06 10:00", "2026-03-10 00:00", "2026-03-12 00:00"),  # Friday
        ("2026-03-07 10:00", "2026-03-10 00:00", "2026-03-12 00:00"),  # Saturday
        ("2026-04-01 10:00", "2026-04-08 00:00", "2026-04-10 00:00"),  # before Easter
        ("2026-12-23 10:00", "2026-12-29 00:00", "2026-12-31 00:00"),  # before Christmas
    ],
)
def test_the_day_an_order_comes_is_day_zero(
    received: str, dialogue: str, presentation: str
) -> None:
    since, closed = at(received), DANISH_CLOSING_DAYS

    assert deadlines.dialogue_due(since, days=1, closed=closed) == at(dialogue)
    assert deadlines.presentation_due(since, days=3, closed=closed) == at(presentation)


def test_only_a_later_day_can_be_agreed() -> None:
    due = at("2026-03-06 00:00")

    assert deadlines.agreed_presentation(due, agreed=date(2026, 3, 5)) is None
    assert deadlines.agreed_presentation(due, agreed=date(2026, 3, 6)) == at("2026-03-07 00:00")


@dataclass(frozen=True)
class AnOrder:
    stage: str = "RECEIVED"
    dialogue_due_at: datetime = MONDAY + timedelta(days=1)
    presentation_due_at: datetime = MONDAY + timedelta(days=3)
    first_dialogue_at: datetime | None = None
    first_presented_at: datetime | None = None
    paused_at: datetime | None = None


def test_the_next_promise_of_an_order() -> None:
    order = AnOrder()
    spoken = replace(order, stage="IN_DIALOGUE", first_dialogue_at=MONDAY)

    assert deadlines.running(order) == (Clock.DIALOGUE, order.dialogue_due_at)
    assert deadlines.running(spoken) == (Clock.PRESENTATION, order.presentation_due_at)
    assert deadlines.running(replace(spoken, paused_at=MONDAY)) is None
    assert deadlines.running(replace(spoken, first_presented_at=MONDAY)) is None
    assert deadlines.running(replace(order, stage="CLOSED")) is None


def test_where_an_order_starts_on_the_ladder() -> None:
    def first(places: int, across: bool) -> Step:
        return ladder.first_step(workplace_municipalities=places, starts_at_alliance=across)

    assert first(0, False) is Step.OWN
    assert first(1, False) is Step.OWN
    assert first(2, False) is Step.ALLIANCE
    assert first(1, True) is Step.ALLIANCE


def test_the_next_step_is_proposed_when_this_one_is_covered_and_openings_are_free() -> None:
    assert ladder.proposed("OWN", covered=True, free=1) is Step.ALLIANCE
    assert ladder.proposed("PART", covered=True, free=1) is Step.NATION
    assert ladder.proposed("NATION", covered=True, free=1) is None
    assert ladder.proposed("OWN", covered=False, free=1) is None
    assert ladder.proposed("OWN", covered=True, free=0) is None
    assert ladder.steps_above("ALLIANCE") == (Step.PART, Step.NATION)
