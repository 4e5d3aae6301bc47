"""Stages, refusals and outcomes, as the drawing on the wall says (R7, R11)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.factories import MONDAY
from tvaers.orders import lifecycle, models
from tvaers.orders.lifecycle import NEXT, Openings, Outcome, Refusal, Said, Stage, Subject
from tvaers.orders.operations.schemes import SCHEMES


@dataclass(frozen=True)
class AnOrder:
    stage: str = "RECRUITING"
    openings: int = 3
    hired: int = 0
    ladder_step: str = "NATION"
    filled_by_company: int = 0
    withdrawn: int = 0
    other_solution: int = 0
    unfilled: int = 0


@dataclass(frozen=True)
class AWord:
    subject: Subject
    said_by: str = "Hanne Vestergaard"
    said_at: datetime = MONDAY
    openings: int = 0
    office_id: int | None = None


def close_refusal(order: AnOrder, openings: Openings, **asked: object) -> Refusal | None:
    return lifecycle.refusal(order, Stage.CLOSED, openings=openings, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after"), list(product(Stage, Stage)))
def test_every_move_is_allowed_or_refused_as_drawn(before: Stage, after: Stage) -> None:
    refused = lifecycle.refusal(AnOrder(stage=before), after)

    assert refused == (None if after in NEXT[before] else Refusal.WRONG_STAGE)


def test_the_words_of_the_rules_are_the_words_of_the_tables() -> None:
    assert list(Stage) == models.Stage.values
    assert list(Subject) == models.Subject.values
    assert len({kind_bit for *_, kind_bit in SCHEMES}) == len(SCHEMES)


def test_openings_add_up_and_hires_are_those_counted() -> None:
    order = AnOrder(hired=1)

    wrong = [
        Openings(hired=1, unfilled=1),
        Openings(hired=1, unfilled=3),
        Openings(hired=2, unfilled=1),
        Openings(hired=1, unfilled=3, withdrawn=-1),
    ]

    assert {close_refusal(order, one) for one in wrong} == {Refusal.OPENINGS_DO_NOT_ADD_UP}
    assert close_refusal(order, Openings(hired=1, unfilled=2)) is None


@pytest.mark.parametrize("label", ["unfilled", "withdrawn", "filled_by_company", "other_solution"])
def test_no_label_goes_round_the_municipalities(label: str) -> None:
    order = AnOrder(openings=2, hired=1)
    openings = replace(Openings(hired=1), **{label: 1})

    assert close_refusal(order, openings, uncovered=("0259",)) is Refusal.NOT_COVERED


@pytest.mark.parametrize("label", ["withdrawn", "filled_by_company", "other_solution"])
def test_the_company_s_own_word_accounts_for_its_openings_only(label: str) -> None:
    order = AnOrder(openings=2, ladder_step="OWN")
    both = replace(Openings(), **{label: 2})
    said_one, said_both = replace(Said(), **{label: 1}), replace(Said(), **{label: 2})

    assert close_refusal(order, both, said=said_both, uncovered=("0259",)) is None
    assert close_refusal(order, both, said=said_one, uncovered=("0259",)) is Refusal.NOT_COVERED
    assert close_refusal(order, both, said=said_one) is Refusal.NOT_WIDENED
    widely = replace(order, ladder_step="NATION")
    assert close_refusal(widely, both, said=said_one) is Refusal.NO_WORD_FROM_COMPANY


def test_steps_above_need_the_company_s_refusal() -> None:
    order = AnOrder(openings=1, ladder_step="ALLIANCE")

    assert close_refusal(order, Openings(unfilled=1)) is Refusal.NOT_WIDENED
    assert close_refusal(order, Openings(unfilled=1), said=Said(not_wider=True)) is None


def test_a_filled_order_closes_anywhere() -> None:
    order = AnOrder(openings=2, hired=2, ladder_step="OWN")

    assert close_refusal(order, Openings(hired=2), uncovered=("0259", "0265")) is None


numbers = st.integers(0, 3)
openings_of = st.builds(
    Openings,
    hired=numbers,
    filled_by_company=numbers,
    withdrawn=numbers,
    other_solution=numbers,
    unfilled=numbers,
)
said = st.builds(
    Said,
    filled_by_company=numbers,
    withdrawn=numbers,
    other_solution=numbers,
    not_wider=st.booleans(),
)


@given(openings_of, said, st.sampled_from(["OWN", "NATION"]), st.booleans())
def test_what_closes_is_hired_said_or_searched_for(
    openings: Openings, said: Said, step: str, covered: bool
) -> None:
    order = AnOrder(openings=openings.total or 1, hired=openings.hired, ladder_step=step)

    closes = (
        close_refusal(order, openings, said=said, uncovered=() if covered else ("0259",)) is None
    )

    if closes and openings.unfilled:
        assert covered
        assert step == "NATION" or said.not_wider
    if closes:
        assert openings.withdrawn <= said.withdrawn
        assert openings.filled_by_company <= said.filled_by_company
        assert openings.other_solution <= said.other_solution


def closed(**fields: int) -> AnOrder:
    return AnOrder(stage="CLOSED", openings=sum(fields.values()), **fields)


def test_the_outcome_follows_from_the_openings() -> None:
    assert lifecycle.outcome(AnOrder()) is None
    assert lifecycle.outcome(closed(hired=3)) is Outcome.FILLED
    assert lifecycle.outcome(closed(hired=1, withdrawn=2)) is Outcome.PARTLY_FILLED
    assert lifecycle.outcome(closed(unfilled=1, withdrawn=2)) is Outcome.NOT_FILLED
    assert lifecycle.outcome(closed(withdrawn=2, filled_by_company=1)) is Outcome.WITHDRAWN
    assert lifecycle.outcome(closed(filled_by_company=1, withdrawn=1)) is Outcome.FILLED_BY_COMPANY
    assert lifecycle.outcome(closed(other_solution=1)) is Outcome.OTHER_SOLUTION


def test_free_openings_are_those_without_a_hire() -> None:
    assert lifecycle.free(AnOrder(openings=3, hired=1)) == 2
    assert lifecycle.free(closed(hired=1, unfilled=2)) == 0


@pytest.mark.parametrize(
    ("subject", "changed", "reason"),
    [
        (Subject.DIALOGUE, {}, None),
        (Subject.DIALOGUE, {"said_by": "  "}, Refusal.NOBODY_SAID_IT),
        (
            Subject.DIALOGUE,
            {"said_at": MONDAY + timedelta(minutes=1)},
            Refusal.SAID_IN_THE_FUTURE,
        ),
        (Subject.WITHDRAWN, {}, Refusal.NO_NUMBER_OF_OPENINGS),
        (Subject.WITHDRAWN, {"openings": 4}, Refusal.NO_NUMBER_OF_OPENINGS),
        (Subject.WITHDRAWN, {"openings": 3}, None),
        (Subject.NO_ANSWER_NEEDED, {}, Refusal.NO_OFFICE),
        (Subject.NO_ANSWER_NEEDED, {"office_id": 7}, None),
    ],
)
def test_a_word_says_who_when_and_about_what(
    subject: Subject, changed: dict[str, object], reason: Refusal | None
) -> None:
    word = replace(AWord(subject=subject), **changed)  # type: ignore[arg-type]

    assert lifecycle.word_refusal(AnOrder(), word, at=MONDAY) == reason
    closed_order = AnOrder(stage="CLOSED")
    assert lifecycle.word_refusal(closed_order, word, at=MONDAY) is Refusal.WRONG_STAGE
