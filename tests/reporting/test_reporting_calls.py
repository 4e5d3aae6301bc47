"""Mine opgaver: when the company is to be called about an ad (R14)."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import MONDAY, setting_up
from tests.orders import factories as orders
from tests.postings.factories import a_call, a_followed_ad, a_posting
from tvaers.accounts.readers import Reader, reader_for
from tvaers.core.working_days import end_of_day
from tvaers.network.models import ClosingDay
from tvaers.orders.models import Order
from tvaers.postings import operations
from tvaers.postings.models import Posting
from tvaers.reporting.tasks import Task, TaskKind, my_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return orders.an_order()


def lead_of(order: Order) -> Reader:
    reader = reader_for(order.lead_id, order.lead_office_id, MONDAY.date())
    assert reader
    return reader


def on(day: date) -> datetime:
    return datetime.combine(day, MONDAY.timetz())


def calls(order: Order, day: date) -> list[Task]:
    return [task for task in my_tasks(lead_of(order), at=on(day)) if task.kind == TaskKind.CALL]


def test_an_ad_that_has_weeks_to_run_asks_for_nothing(order: Order) -> None:
    a_posting(order)
    assert calls(order, date(2026, 3, 2)) == []
    assert calls(order, date(2026, 3, 16)) == []


def test_the_company_is_called_before_the_ad_is_gone_and_at_the_deadline(order: Order) -> None:
    posting = a_posting(order, apply_by=date(2026, 3, 26), expires_on=date(2026, 3, 28))
    first, second = calls(order, date(2026, 3, 23))
    assert (first.id, first.facts["reason"], first.late) == (posting.pk, "EXPIRY", False)
    assert first.due_at == end_of_day(date(2026, 3, 23))
    assert (second.facts["reason"], second.due_at) == ("DEADLINE", end_of_day(date(2026, 3, 26)))
    assert calls(order, date(2026, 3, 24))[0].late


def test_a_closed_day_moves_it_back(order: Order) -> None:
    a_posting(order, apply_by=date(2026, 3, 28), expires_on=date(2026, 3, 28))
    with setting_up():
        ClosingDay.objects.create(day=date(2026, 3, 23), name="Lukket")
    (call,) = calls(order, date(2026, 3, 18))
    assert call.due_at == end_of_day(date(2026, 3, 20))


def test_the_companys_own_ad_is_called_about_too(order: Order) -> None:
    ad = a_followed_ad(order)
    assert [task.id for task in calls(order, date(2026, 3, 20))] == [ad.pk, ad.pk]


def test_the_sooner_expiry_on_jobnet_is_the_one_that_counts(order: Order) -> None:
    posting = a_posting(order, apply_by=date(2026, 4, 20), expires_on=date(2026, 4, 30))
    operations.keep_jobnet(
        posting_id=posting.pk,
        number="5301234",
        expires_on=date(2026, 3, 27),
        by=orders.lead_of(order),
        at=MONDAY,
    )
    (call,) = calls(order, date(2026, 3, 20))
    assert call.facts["day"] == date(2026, 3, 27)


def test_a_settled_call_is_done_and_one_that_reached_nobody_is_not(order: Order) -> None:
    posting = a_posting(order, apply_by=date(2026, 3, 27))
    friday = date(2026, 3, 20)
    a_call(posting, "NOT_REACHED", with_whom="", at=on(friday))
    assert len(calls(order, friday)) == 1
    a_call(posting, "UNCHANGED", at=on(friday))
    assert calls(order, friday) == []
    a_call(posting, "EXTENDED", at=on(friday), reason="DEADLINE", extended_to=date(2026, 4, 10))
    assert calls(order, date(2026, 4, 3))[0].facts["day"] == date(2026, 4, 10)


@pytest.mark.parametrize("outcome", ["FILLED", "WITHDRAWN"])
def test_what_is_taken_down_needs_no_call(order: Order, outcome: str) -> None:
    a_call(a_posting(order), outcome)
    assert calls(order, date(2026, 3, 27)) == []


def test_a_closed_order_needs_no_call(order: Order) -> None:
    a_posting(order)
    orders.a_word(order, "WITHDRAWN", openings=1)
    orders.closed(order, withdrawn=1)
    assert calls(order, date(2026, 3, 27)) == []


def test_an_ad_that_ran_out_is_asked_about_until_somebody_has(order: Order) -> None:
    a_posting(order)
    assert all(task.late for task in calls(order, date(2026, 5, 4)))
    assert len(calls(order, date(2026, 5, 4))) == 2


def test_it_takes_as_many_queries_for_many_ads_as_for_one(
    order: Order, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_posting(order)
    reader, at = lead_of(order), on(date(2026, 3, 20))
    with django_assert_num_queries(14):
        my_tasks(reader, at=at)
    for _ in range(3):
        a_posting(orders.an_order(office=order.lead_office, lead=order.lead, at=MONDAY), at=MONDAY)
    assert Posting.objects.count() == 4
    with django_assert_num_queries(14):
        my_tasks(reader, at=at + timedelta(hours=1))
