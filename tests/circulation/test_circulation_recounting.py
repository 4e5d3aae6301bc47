"""Due times follow the closing days and the company's pauses (R1, R4)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.network.factories import GREVE, ROSKILDE
from tvaers.circulation import lifecycle, operations
from tvaers.circulation.models import Request
from tvaers.circulation.queries import ledger, map_states
from tvaers.core.answer_clock import answer_due
from tvaers.core.closing_days import ClosingDays
from tvaers.network import operations as network
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order, Subject
from tvaers.reporting.tasks import TaskKind, my_tasks

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


@pytest.fixture
def region(db: None) -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


def asked(region: Sjaelland, order: Order, *codes: str, at: datetime = MONDAY) -> list[Request]:
    made = operations.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in codes],
        step="ALLIANCE",
        by=region.lead.actor,
        at=at,
    )
    return list(made.requests.order_by("id"))


def again(request: Request) -> Request:
    return Request.objects.get(pk=request.pk)


def nobody(region: Sjaelland, request: Request, code: str, *, at: datetime) -> bool:
    answer = operations.answer(
        request_id=request.pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=region.consultant(code).actor,
        at=at,
    )
    return answer.late


def test_a_new_closing_day_gives_a_day_more_and_taking_it_back_takes_the_day(
    region: Sjaelland, order: Order
) -> None:
    greve, roskilde = asked(region, order, GREVE, ROSKILDE)
    nobody(region, roskilde, ROSKILDE, at=MONDAY + HOUR)

    strike = network.add_closing_day(day=TUESDAY, name="Strejke", by=SETUP, at=MONDAY)
    assert operations.recount(by=SETUP, at=MONDAY + HOUR) == 1
    assert again(greve).due_at == greve.due_at + DAY
    assert again(roskilde).due_at == roskilde.due_at, "it is answered: nothing to wait for"
    assert operations.recount(by=SETUP, at=MONDAY + HOUR) == 0
    assert order.log.filter(kind=LogKind.DUE_MOVED).count() == 1

    network.remove_closing_day(closing_day_id=strike.pk, by=SETUP, at=MONDAY)
    assert operations.recount(by=SETUP, at=MONDAY + 2 * HOUR) == 1
    assert again(greve).due_at == greve.due_at


def test_another_alliance_s_closing_day_moves_nothing(region: Sjaelland, order: Order) -> None:
    asked(region, order, GREVE)
    other = network.save_alliance(name="Fyn", municipalities=["0461"], by=SETUP, at=MONDAY)
    network.add_closing_day(
        day=TUESDAY, name="Fynsk fridag", alliance_id=other.pk, by=SETUP, at=MONDAY
    )
    assert operations.recount(by=SETUP, at=MONDAY) == 0


def test_a_pause_stops_the_clock_and_the_full_time_begins_when_it_is_over(
    region: Sjaelland, order: Order
) -> None:
    greve, roskilde = asked(region, order, GREVE, ROSKILDE)
    reader = region.consultant(GREVE)
    say(order, Subject.ENOUGH, region.lead, at=MONDAY + HOUR, said_at=MONDAY + HOUR)
    long_after = greve.due_at + 2 * DAY

    (sending,) = ledger(order.pk, at=long_after)
    assert sending.late == 0
    assert map_states(order.pk, at=long_after)[GREVE] == "waiting"
    assert my_tasks(reader, at=long_after) == ()
    assert not nobody(region, roskilde, ROSKILDE, at=long_after)
    assert operations.recount(by=SETUP, at=long_after) == 0

    operations.resume(order_id=order.pk, by=region.lead.actor, at=long_after)
    due_at = answer_due(long_after, closed=ClosingDays())
    assert again(greve).due_at == due_at
    (task,) = my_tasks(reader, at=long_after)
    assert (task.kind, task.due_at, task.late) == (TaskKind.ANSWER, due_at, False)
    assert operations.recount(by=SETUP, at=long_after + HOUR) == 0


def test_orders_move_with_the_closing_days_too_but_an_agreed_day_stands(
    region: Sjaelland,
) -> None:
    fresh = an_order(region.lead, in_dialogue=False)
    agreed = an_order(region.lead)
    say(agreed, Subject.LATER_PRESENTATION, region.lead, new_date=date(2026, 3, 20))
    kept = an_order(region.lead)
    before = {one.pk: Order.objects.get(pk=one.pk) for one in (fresh, agreed, kept)}

    network.add_closing_day(day=TUESDAY, name="Strejke", by=SETUP, at=MONDAY)
    assert orders.recount(by=SETUP, at=MONDAY + HOUR) == 2

    after = {pk: Order.objects.get(pk=pk) for pk in before}
    moved = {
        pk: (
            after[pk].dialogue_due_at - before[pk].dialogue_due_at,
            after[pk].presentation_due_at - before[pk].presentation_due_at,
        )
        for pk in before
    }
    nothing = timedelta(0)
    assert moved == {
        fresh.pk: (DAY, DAY),
        agreed.pk: (nothing, nothing),
        kept.pk: (nothing, DAY),
    }
    assert orders.recount(by=SETUP, at=MONDAY + HOUR) == 0


def test_no_script_moves_the_time_of_a_promise_that_was_kept(
    region: Sjaelland, order: Order
) -> None:
    (greve,) = asked(region, order, GREVE)
    nobody(region, greve, GREVE, at=greve.due_at + HOUR)
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        with transaction.atomic(), setting_up():
            Request.objects.filter(pk=greve.pk).update(due_at=greve.due_at + DAY)
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        with transaction.atomic(), setting_up():
            Order.objects.filter(pk=order.pk).update(dialogue_due_at=MONDAY + 9 * DAY)


class Recounted(TestCase):
    """Whatever the closing days become, what waits is due as if it were sent under them."""

    @given(
        sent=st.integers(0, 14 * 24).map(lambda hours: MONDAY + hours * HOUR),
        closed=st.sets(st.dates(date(2026, 3, 2), date(2026, 4, 10)), max_size=8),
    )
    def test_as_if_sent_under_them(self, sent: datetime, closed: set[date]) -> None:
        region = sjaelland()
        order = an_order(region.lead)
        (greve,) = asked(region, order, GREVE, at=sent)
        for day in closed:
            network.add_closing_day(day=day, name="Lukket", by=SETUP, at=sent)
        operations.recount(by=SETUP, at=sent + HOUR)
        expected = answer_due(sent, closed=ClosingDays(added=frozenset(closed)))
        assert again(greve).due_at == expected
        assert not lifecycle.is_late(again(greve), at=expected - HOUR)
