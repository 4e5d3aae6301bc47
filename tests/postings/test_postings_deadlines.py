"""When the company is to be called about an ad (R14), against the plain way of counting."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.core.working_days import danish_date
from tvaers.postings.deadlines import call_day, call_due
from tvaers.postings.lifecycle import Reason

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CLOSED = st.frozensets(DAYS, max_size=30)
LONG_AGO = date(2025, 1, 1)


def test_the_call_is_five_calendar_days_before_the_ad_is_gone() -> None:
    friday = date(2026, 3, 27)
    assert call_day(Reason.EXPIRY, friday, posted_on=LONG_AGO, closed=()) == date(2026, 3, 20)


def test_the_call_at_the_deadline_is_on_the_day_itself() -> None:
    friday = date(2026, 3, 20)
    assert call_day(Reason.DEADLINE, friday, posted_on=LONG_AGO, closed=()) == friday


def test_a_sunday_and_a_closed_friday_move_it_back_to_thursday() -> None:
    sunday, friday = date(2026, 3, 22), date(2026, 3, 20)
    found = call_day(Reason.DEADLINE, sunday, posted_on=LONG_AGO, closed={friday})
    assert found == date(2026, 3, 19)


def test_a_call_is_never_due_before_the_ad_was_there() -> None:
    monday = date(2026, 3, 2)
    found = call_day(Reason.EXPIRY, date(2026, 3, 4), posted_on=monday, closed=())
    assert found == monday


def counted_by_hand(reason: Reason, about: date, closed: frozenset[date]) -> date:
    """Tear leaves off the calendar, one at a time."""
    day = about
    for _ in range(5 if reason is Reason.EXPIRY else 0):
        day -= timedelta(days=1)
    while day.isoweekday() in (6, 7) or day in closed:
        day -= timedelta(days=1)
    return day


@pytest.mark.parametrize("reason", Reason)
@given(about=DAYS, closed=CLOSED)
def test_the_day_is_the_one_counted_by_hand(
    reason: Reason, about: date, closed: frozenset[date]
) -> None:
    found = call_day(reason, about, posted_on=LONG_AGO, closed=closed)
    assert found == counted_by_hand(reason, about, closed)


@given(reason=st.sampled_from(Reason), about=DAYS, posted=DAYS, closed=CLOSED)
def test_it_is_late_when_its_day_is_over(
    reason: Reason, about: date, posted: date, closed: frozenset[date]
) -> None:
    day = call_day(reason, about, posted_on=posted, closed=closed)
    due_at = call_due(reason, about, posted_on=posted, closed=closed)
    assert danish_date(due_at) == day + timedelta(days=1)
    assert danish_date(due_at - timedelta(seconds=1)) == day
