"""What the company says, and what its words do to stage and clocks (R2, R3)."""

from datetime import date, timedelta

import pytest

from tests.core.factories import MONDAY, SETUP
from tests.orders import factories as orders
from tests.orders.factories import again, kinds, lead_of
from tvaers.core.working_days import end_of_day
from tvaers.orders import operations
from tvaers.orders.lifecycle import LogKind, Refusal, Subject
from tvaers.orders.refusals import OrderRefused

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


def test_the_first_word_is_the_dialogue() -> None:
    order = orders.an_order(stage="RECEIVED")

    word = orders.a_word(order, at=TUESDAY, words="Ringede om nattehold")
    orders.a_word(order, at=TUESDAY + timedelta(hours=1))

    assert (again(order).stage, again(order).first_dialogue_at) == ("IN_DIALOGUE", TUESDAY)
    assert word.conversation.company == order.company
    assert word.conversation.with_whom == "Hanne Vestergaard"
    assert word.conversation.about_recruiting
    assert kinds(order) == [LogKind.RECEIVED, LogKind.WORD, LogKind.WORD]


def test_the_call_that_brought_the_order_began_before_it_was_written() -> None:
    order = orders.an_order(stage="RECEIVED")

    orders.a_word(order, said_at=MONDAY - timedelta(minutes=10))

    assert again(order).first_dialogue_at == MONDAY


def test_a_later_presentation_moves_the_clock_and_never_back() -> None:
    order = orders.an_order()
    later = date(2026, 3, 20)

    orders.a_word(order, Subject.LATER_PRESENTATION, new_date=later)

    assert again(order).presentation_due_at == end_of_day(later)
    for day in (None, date(2026, 3, 10), later):
        with pytest.raises(OrderRefused) as refused:
            orders.a_word(order, Subject.LATER_PRESENTATION, new_date=day)
        assert refused.value.reason is Refusal.NOT_A_LATER_DATE


def test_a_refused_word_leaves_no_conversation() -> None:
    order = orders.an_order()
    before = order.company.conversations.count()

    with pytest.raises(OrderRefused):
        orders.a_word(order, Subject.WITHDRAWN, openings=2)

    assert order.company.conversations.count() == before


@pytest.mark.parametrize(
    ("subject", "openings"), [(Subject.APPLICANTS, 0), (Subject.OTHER_SOLUTION, 1)]
)
def test_applicants_and_another_solution_keep_the_promise_to_present(
    subject: Subject, openings: int
) -> None:
    order = orders.an_order()

    orders.a_word(order, subject, at=TUESDAY, openings=openings)

    assert again(order).first_presented_at == TUESDAY


def test_the_first_presentation_is_kept() -> None:
    order = orders.an_order()

    operations.record_presented(order_id=order.pk, by=SETUP, at=TUESDAY)
    operations.record_presented(order_id=order.pk, by=SETUP, at=TUESDAY + timedelta(days=1))

    assert again(order).first_presented_at == TUESDAY
    assert kinds(order).count(LogKind.PRESENTED) == 1


def test_enough_for_now_pauses_until_someone_goes_on() -> None:
    order = orders.an_order()

    orders.a_word(order, Subject.ENOUGH, at=TUESDAY)
    assert (again(order).paused_at, again(order).pause_reason) == (TUESDAY, "ENOUGH")

    operations.resume(order_id=order.pk, by=lead_of(order), at=TUESDAY)
    operations.resume(order_id=order.pk, by=lead_of(order), at=TUESDAY)
    assert again(order).paused_at is None
    assert kinds(order)[-3:] == [LogKind.PAUSED, LogKind.WORD, LogKind.RESUMED]


def test_a_pause_says_why() -> None:
    order = orders.an_order()

    with pytest.raises(OrderRefused) as refused:
        operations.pause(order_id=order.pk, reason=" ", by=SETUP, at=MONDAY)

    assert refused.value.reason is Refusal.NO_REASON


def test_recruiting_begins_after_the_dialogue() -> None:
    order = orders.an_order(stage="RECEIVED")

    with pytest.raises(OrderRefused) as refused:
        operations.start_recruiting(order_id=order.pk, by=SETUP, at=MONDAY)
    assert refused.value.reason is Refusal.WRONG_STAGE

    orders.a_word(order)
    operations.start_recruiting(order_id=order.pk, by=SETUP, at=MONDAY)
    operations.start_recruiting(order_id=order.pk, by=SETUP, at=MONDAY)
    assert kinds(order).count(LogKind.RECRUITING) == 1


def test_the_log_names_the_user_or_the_job() -> None:
    order = orders.an_order(stage="RECEIVED")

    operations.widen(order_id=order.pk, to="ALLIANCE", by=SETUP, at=TUESDAY)

    by_job, by_person = order.log.all()
    assert (by_job.user, by_job.facts["actor"]) == (None, "job:tests")
    assert (by_person.user, by_person.office) == (order.lead, order.lead_office)
    assert "actor" not in by_person.facts
