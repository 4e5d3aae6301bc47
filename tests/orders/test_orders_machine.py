"""R7 cannot be broken: any sequence of happenings, judged by code, database and a plain model.

The model knows nothing of versions, stages in tables or SQL. It keeps what happened, and decides
about a closing opening by opening.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.companies import factories as companies
from tests.core.factories import MONDAY, SETUP
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tests.orders.factories import again
from tests.orders.hires import hire
from tvaers.database.change import changing
from tvaers.orders import operations, queries
from tvaers.orders.lifecycle import Openings, Refusal, Subject
from tvaers.orders.need import Asked
from tvaers.orders.refusals import AllFilled, CloseRefused, OrderRefused

AREA = (GREVE, KOEGE, SOLROED)
STEPS = ["OWN", "ALLIANCE", "PART", "NATION"]
LABELS = ["hired", "filled_by_company", "withdrawn", "other_solution", "unfilled"]
OUTCOMES = {
    "filled_by_company": Subject.FILLED_BY_COMPANY,
    "withdrawn": Subject.WITHDRAWN,
    "other_solution": Subject.OTHER_SOLUTION,
}
MUSTS = [Asked(kind="SKILL", text=text, must=True) for text in ("truck", "svejsning", "dansk")]

REFUSED_BY = {
    "order_closed_when_covered": Refusal.NOT_COVERED,
    "order_closed_when_widened": Refusal.NOT_WIDENED,
    "order_outcome_has_a_word": Refusal.NO_WORD_FROM_COMPANY,
    "order_closed_openings_add_up": Refusal.OPENINGS_DO_NOT_ADD_UP,
}


@dataclass
class Told:
    """One piece of evidence: where, how, and which of the needs so far it was about."""

    where: frozenset[str]
    by_answer: bool
    about: int
    revoked: bool = False


@dataclass
class Model:
    openings: int
    only_answers: bool
    step: str = "OWN"
    stage: str = "received"
    hires: int = 0
    needs: list[frozenset[str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    said: list[tuple[str, int]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    closing: Openings | None = None

    def uncovered(self) -> set[str]:
        """Where nobody has spoken of the need as it is now, or as it was before it only grew."""
        since = len(self.needs) - 1
        for earlier, later in reversed(list(pairwise(self.needs))):
            if not earlier <= later:
                break
            since -= 1
        valid = [
            one
            for one in self.told
            if not one.revoked and one.about >= since and (one.by_answer or not self.only_answers)
        ]
        return {code for code in AREA if not any(code in one.where for one in valid)}

    def verdict(self, openings: Openings) -> tuple[Refusal | None, set[str]]:
        """What becomes of a closing."""
        if self.stage == "closed":
            same = openings == self.closing
            return (None if same else Refusal.WRONG_STAGE), set()
        if openings.total != self.openings or openings.hired != self.hires:
            return Refusal.OPENINGS_DO_NOT_ADD_UP, set()
        words = {
            label: sum(n for what, n in self.said if what == subject)
            for label, subject in OUTCOMES.items()
        }
        without = []
        for label in [each for each in LABELS[1:] for _ in range(getattr(openings, each))]:
            if words.get(label, 0) > 0:
                words[label] -= 1
            else:
                without.append(label)
        if without and self.uncovered():
            return Refusal.NOT_COVERED, self.uncovered()
        if without and self.step != "NATION" and ("NOT_WIDER", 0) not in self.said:
            return Refusal.NOT_WIDENED, set()
        if any(label != "unfilled" for label in without):
            return Refusal.NO_WORD_FROM_COMPANY, set()
        return None, set()


few = st.integers(0, 2)
closings = st.builds(
    Openings, filled_by_company=few, withdrawn=few, other_solution=few, unfilled=few
)


class AnOrderAndItsModel(RuleBasedStateMachine):
    """Everything that can happen to an order, in any sequence."""

    @initialize(openings=st.integers(1, 2), only_answers=st.booleans())
    def receive(self, openings: int, only_answers: bool) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        alliance = network.alliance(promises={"answers_everywhere": only_answers})
        self.order = orders.an_order(
            company=companies.company(),
            office=network.office(alliance=alliance),
            openings=openings,
            stage="RECEIVED",
            requirements=tuple(MUSTS[:2]),
        )
        self.model = Model(openings, only_answers, needs=[frozenset({"truck", "svejsning"})])

    def teardown(self) -> None:
        if hasattr(self, "example"):
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @rule(subject=st.sampled_from([*OUTCOMES.values(), Subject.NOT_WIDER]), openings=few)
    def the_company_says(self, subject: Subject, openings: int) -> None:
        about = openings if subject in OUTCOMES.values() else 0
        fits = 0 < about <= self.model.openings or subject is Subject.NOT_WIDER
        try:
            said_at = MONDAY + timedelta(minutes=len(self.model.heard))
            orders.a_word(self.order, subject, openings=about, at=said_at)
        except OrderRefused:
            assert self.model.stage == "closed" or not fits
        else:
            assert fits
            self.model.said.append((subject, about))
            self.model.heard.append(subject)
            if self.model.stage == "received":
                self.model.stage = "dialogue"

    @rule()
    def recruit(self) -> None:
        try:
            operations.start_recruiting(order_id=self.order.pk, by=SETUP, at=MONDAY)
        except OrderRefused:
            assert self.model.stage in ("received", "closed")
        else:
            assert self.model.stage in ("dialogue", "recruiting")
            self.model.stage = "recruiting"

    @rule(
        where=st.frozensets(st.sampled_from([*AREA, "0751"]), min_size=1),
        by_answer=st.booleans(),
        back=st.integers(0, 1),
    )
    def cover(self, where: frozenset[str], by_answer: bool, back: int) -> None:
        about = max(0, len(self.model.needs) - 1 - back)
        kind = "ANSWER" if by_answer else "SEARCH"
        orders.evidence(self.order, *where, kind=kind, version=about + 1)
        self.model.told.append(Told(where, by_answer, about))

    @rule(by_answer=st.booleans())
    def cover_the_area(self, by_answer: bool) -> None:
        self.cover(frozenset(AREA), by_answer, 0)

    @precondition(lambda self: self.model.told)
    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self.model.told) - 1))
        evidence = self.order.evidence.order_by("id")[number]
        operations.revoke_evidence(
            evidence_id=evidence.pk, because="ANSWER_REPLACED", by=SETUP, at=MONDAY
        )
        self.model.told[number].revoked = True

    @rule(asked=st.frozensets(st.sampled_from([one.text for one in MUSTS])))
    def ask_for(self, asked: frozenset[str]) -> None:
        order = again(self.order)
        need = replace(
            queries.need_of(order),
            requirements=tuple(one for one in MUSTS if one.text in asked),
        )
        try:
            operations.change_order(
                order_id=order.pk, revision=order.revision, need=need, by=SETUP, at=MONDAY
            )
        except OrderRefused:
            assert self.model.stage == "closed"
        else:
            if asked != self.model.needs[-1]:
                assert self.model.stage != "closed"
                self.model.needs.append(asked)

    @rule()
    def hire(self) -> None:
        try:
            hire(self.order)
        except AllFilled:
            assert self.model.hires == self.model.openings
        except OrderRefused:
            assert self.model.stage == "closed"
        else:
            assert self.model.stage != "closed"
            self.model.hires += 1

    @rule()
    def want_one_more(self) -> None:
        try:
            operations.raise_openings(
                order_id=self.order.pk, openings=self.model.openings + 1, by=SETUP, at=MONDAY
            )
        except OrderRefused:
            assert self.model.stage == "closed"
        else:
            self.model.openings += 1

    @rule(to=st.sampled_from(STEPS))
    def widen(self, to: str) -> None:
        try:
            operations.widen(order_id=self.order.pk, to=to, by=SETUP, at=MONDAY)
        except OrderRefused:
            down = STEPS.index(to) < STEPS.index(self.model.step)
            assert self.model.stage == "closed" or down
        else:
            self.model.step = to

    @rule(openings=closings, fits=st.booleans())
    def close(self, openings: Openings, fits: bool) -> None:
        openings = replace(openings, hired=self.model.hires)
        if fits:
            openings = fitted(openings, self.model.openings)
        reason, missing = self.model.verdict(openings)
        if self.model.stage != "closed":
            assert self.database_refuses(openings) == reason
            assert queries.order_page(self.order.pk).why_not_close(openings) == reason
        if reason is None:
            operations.close(order_id=self.order.pk, openings=openings, by=SETUP, at=MONDAY)
            self.model.stage, self.model.closing = "closed", openings
            return
        with pytest.raises(CloseRefused) as refused:
            operations.close(order_id=self.order.pk, openings=openings, by=SETUP, at=MONDAY)
        assert (refused.value.reason, set(refused.value.missing)) == (reason, missing)

    @rule(label=st.sampled_from(LABELS[1:]))
    def close_all_as(self, label: str) -> None:
        free = self.model.openings - self.model.hires
        self.close(Openings(**{label: free}), fits=False)

    @precondition(lambda self: self.model.stage in ("closed", "recruiting"))
    @rule()
    def reopen(self) -> None:
        operations.reopen(order_id=self.order.pk, by=SETUP, at=MONDAY)
        if self.model.stage == "closed":
            self.model.said = [(what, 0) for what, _ in self.model.said]
        self.model.stage, self.model.closing = "recruiting", None

    @invariant()
    def all_three_see_the_same(self) -> None:
        if not hasattr(self, "model"):
            return
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
            cursor.execute("select tvaers_uncovered(%s)", [self.order.pk])
            in_sql = set(cursor.fetchone()[0])
        assert set(queries.coverage(self.order.pk).missing) == in_sql == self.model.uncovered()
        order = again(self.order)
        assert (order.stage == "CLOSED") == (self.model.stage == "closed")
        assert (order.hired, order.openings) == (self.model.hires, self.model.openings)

    def database_refuses(self, openings: Openings) -> Refusal | None:
        """What the triggers say when someone writes the closing with SQL."""
        try:
            with changing(by=SETUP), connection.cursor() as cursor:
                sets = ", ".join(f"{name} = %s" for name in asdict(openings))
                cursor.execute(
                    f"update orders_order set stage = 'CLOSED', closed_at = now(), {sets}"
                    " where id = %s",
                    [*asdict(openings).values(), self.order.pk],
                )
                cursor.execute("set constraints all immediate")
                raise _TakeBack
        except _TakeBack:
            return None
        except DatabaseError as error:
            return REFUSED_BY[error.__cause__.diag.constraint_name]  # type: ignore[union-attr]


class _TakeBack(Exception):
    """Undoes what was only tried."""


def fitted(openings: Openings, total: int) -> Openings:
    """The same outcomes, cut or filled up with unfilled ones until they are `total`."""
    numbers, left = {}, total - openings.hired
    for label in LABELS[1:]:
        numbers[label] = min(getattr(openings, label), left)
        left -= numbers[label]
    numbers["unfilled"] += left
    return replace(openings, **numbers)


def run(examples: int) -> None:
    run_state_machine_as_test(
        AnOrderAndItsModel,
        settings=settings(
            max_examples=examples,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_sequence_closes_what_was_not_searched() -> None:
    run(examples=25)


@pytest.mark.long
@pytest.mark.django_db
def test_no_long_search_finds_one_either() -> None:
    run(examples=500)
