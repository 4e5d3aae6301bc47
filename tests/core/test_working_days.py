"""Terms on working days (R1), against an oracle that walks one day at a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.core.closing_days import DANISH_CLOSING_DAYS, ClosingDays, national_closing_days
from tvaers.core.working_days import (
    COPENHAGEN,
    add_working_days,
    danish_date,
    end_of_day,
    end_of_term,
    is_working_day,
    last_day_of_term,
    next_working_day,
    working_day_on_or_before,
)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_store_bededag_was_closed_to_2023_and_is_worked_since():
    assert date(2023, 5, 5) in DANISH_CLOSING_DAYS
    assert date(2024, 4, 26) not in DANISH_CLOSING_DAYS


@pytest.mark.parametrize("year", range(2020, 2036))
def test_the_nations_closing_days_are_those_typed_by_hand(year, closed_by_hand):
    weekdays = {day for day in national_closing_days(year) if day.weekday() != 6}
    assert weekdays == {d for d in closed_by_hand if d.year == year and d.weekday() != 6}


def test_an_alliance_adds_a_day_and_works_another():
    ours = ClosingDays(added=frozenset({date(2026, 5, 15)}), removed=frozenset({date(2026, 6, 5)}))
    assert not is_working_day(date(2026, 5, 15), closed=ours)
    assert is_working_day(date(2026, 6, 5), closed=ours)
    assert not is_working_day(date(2026, 12, 24), closed=ours)
    assert "2026-12-24" not in ours


@given(start=days, count=st.integers(1, 60))
def test_a_term_ends_where_a_day_walker_has_counted_it_out(start, count, closed_by_hand):
    left, day = count, start
    while left > 0:
        day = day + timedelta(days=1)
        if day.isoweekday() not in (6, 7) and day not in closed_by_hand:
            left = left - 1
    assert last_day_of_term(start, count, closed=DANISH_CLOSING_DAYS) == day


@given(start=days, count=st.integers(1, 40))
def test_going_back_as_far_as_forward_ends_where_it_began(start, count):
    monday = next_working_day(start, closed=DANISH_CLOSING_DAYS)
    there = add_working_days(monday, count, closed=DANISH_CLOSING_DAYS)
    assert add_working_days(there, -count, closed=DANISH_CLOSING_DAYS) == monday


@given(day=days)
def test_a_call_moves_back_to_a_working_day_and_skips_none(day):
    moved = working_day_on_or_before(day, closed=DANISH_CLOSING_DAYS)
    assert is_working_day(moved, closed=DANISH_CLOSING_DAYS)
    assert moved <= day
    assert next_working_day(moved, closed=DANISH_CLOSING_DAYS) > day or moved == day


def test_the_day_of_arrival_is_day_zero():
    friday_evening = datetime(2026, 11, 20, 22, tzinfo=COPENHAGEN)
    due = end_of_term(friday_evening, 1, closed=DANISH_CLOSING_DAYS)
    assert due == datetime(2026, 11, 24, tzinfo=COPENHAGEN)
    assert last_day_of_term(date(2026, 11, 20), 3, closed=DANISH_CLOSING_DAYS) == date(2026, 11, 25)


def test_easter_and_christmas_stretch_a_term():
    before_easter, before_christmas = date(2026, 4, 1), date(2026, 12, 23)
    assert next_working_day(before_easter, closed=DANISH_CLOSING_DAYS) == date(2026, 4, 7)
    assert last_day_of_term(before_christmas, 3, closed=DANISH_CLOSING_DAYS) == date(2026, 12, 30)
    assert last_day_of_term(before_christmas, 4, closed=DANISH_CLOSING_DAYS) == date(2027, 1, 4)


def test_a_day_ends_at_midnight_danish_time_also_when_clocks_change():
    assert end_of_day(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert end_of_day(date(2026, 10, 25)) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_a_late_evening_in_london_is_the_next_day_in_denmark():
    assert danish_date(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == date(2026, 11, 21)


def test_a_term_without_a_day_or_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="at least one working day"):
        last_day_of_term(date(2026, 1, 5), 0, closed=())
    with pytest.raises(ValueError, match="time zone"):
        danish_date(datetime(2026, 1, 5, 12, tzinfo=UTC).replace(tzinfo=None))
