"""The 48 hours of an answer (R4), against an oracle that steps through time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tvaers.core.answer_clock import answer_due
from tvaers.core.closing_days import DANISH_CLOSING_DAYS
from tvaers.core.working_days import COPENHAGEN

WALL = ZoneInfo("Europe/Copenhagen")


def danish(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=COPENHAGEN)


def due(sent_at: datetime, **agreed) -> datetime:
    return answer_due(sent_at, closed=DANISH_CLOSING_DAYS, **agreed)


@pytest.mark.parametrize(
    ("sent_at", "due_at"),
    [
        (danish(2026, 11, 20, 14, 10), danish(2026, 11, 24, 14, 10)),
        (danish(2026, 11, 17, 15, 0), danish(2026, 11, 19, 15, 0)),
        (danish(2026, 11, 17, 15, 1), danish(2026, 11, 20, 8, 0)),
        (danish(2026, 11, 20, 15, 30), danish(2026, 11, 25, 8, 0)),
        (danish(2026, 11, 21, 11, 0), danish(2026, 11, 25, 8, 0)),
        (danish(2026, 11, 17, 5, 45), danish(2026, 11, 19, 5, 45)),
        (danish(2026, 4, 1, 10, 0), danish(2026, 4, 8, 10, 0)),
        (danish(2026, 6, 5, 10, 0), danish(2026, 6, 10, 8, 0)),
        (danish(2023, 5, 4, 9, 0), danish(2023, 5, 9, 9, 0)),
    ],
    ids=[
        "example",
        "cutoff",
        "after-cutoff",
        "late-friday",
        "saturday",
        "early",
        "easter",
        "5-june",
        "bededag",
    ],
)
def test_an_answer_is_due_48_working_hours_later(sent_at, due_at):
    assert due(sent_at) == due_at


@pytest.mark.parametrize(
    ("friday", "shift"),
    [(date(2026, 3, 27), 71), (date(2026, 10, 23), 73)],
    ids=["spring", "autumn"],
)
def test_a_change_of_clocks_moves_no_due_time(friday, shift):
    sent_at = datetime.combine(friday, time(14, 10), COPENHAGEN)
    due_at = due(sent_at, hours=24)
    assert due_at.time() == time(14, 10)
    assert due_at.astimezone(UTC) - sent_at.astimezone(UTC) == timedelta(hours=shift)


def test_calendar_hours_run_over_the_weekend_from_the_sending():
    assert due(danish(2026, 11, 20, 16, 30), calendar=True) == danish(2026, 11, 22, 16, 30)


def test_calendar_hours_keep_the_clock_on_the_wall_and_skip_the_missing_hour():
    assert due(danish(2026, 3, 28, 14), hours=24, calendar=True) == danish(2026, 3, 29, 14)
    in_the_gap = due(danish(2026, 3, 27, 2, 30), calendar=True)
    assert in_the_gap == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert in_the_gap.hour == 3
    assert due(danish(2026, 10, 24, 14), hours=24, calendar=True) == danish(2026, 10, 25, 14)


def test_a_service_level_chooses_its_own_numbers():
    sent_at = danish(2026, 11, 17, 12, 30)
    assert due(sent_at, hours=24) == danish(2026, 11, 18, 12, 30)
    late = due(sent_at, hours=24, cutoff=time(12), opens=time(9))
    assert late == danish(2026, 11, 19, 9)


def test_hours_that_run_out_before_a_weekend_are_due_when_it_is_over():
    assert due(danish(2026, 11, 19, 0, 0)) == danish(2026, 11, 23, 0, 0)


def test_no_hours_or_no_time_zone_is_refused():
    with pytest.raises(ValueError, match="at least one hour"):
        due(danish(2026, 1, 5, 12), hours=0)
    with pytest.raises(ValueError, match="time zone"):
        due(danish(2026, 1, 5, 12).replace(tzinfo=None))


def test_every_hour_of_2020_to_2035_is_due_where_a_stepper_has_counted_48_hours(closed_by_hand):
    """Steps in universal time, an hour at a time, and counts the hours that lie on working days."""
    first = datetime(2019, 12, 31, 23, tzinfo=UTC)
    walls = [(first + timedelta(hours=n)).astimezone(WALL) for n in range(16 * 8766 + 24 * 30)]
    works = [w.isoweekday() <= 5 and w.date() not in closed_by_hand for w in walls]
    for begin in range(16 * 8766):
        hour = begin
        if not works[hour] or walls[hour].hour > 15:
            hour += 1
            while not (works[hour] and walls[hour].hour == 8):
                hour += 1
        counted = 0
        while counted < 48 or not works[hour]:
            counted += works[hour]
            hour += 1
        if due(walls[begin]) != walls[hour]:
            pytest.fail(f"sent {walls[begin]}: due {due(walls[begin])}, counted {walls[hour]}")


@given(
    sent_at=st.datetimes(
        danish(2020, 1, 1).replace(tzinfo=None),
        danish(2035, 12, 1).replace(tzinfo=None),
        timezones=st.just(COPENHAGEN),
    ),
    hours=st.integers(1, 240),
    minutes=st.integers(0, 4000),
)
def test_a_later_sending_in_the_day_is_never_due_earlier(sent_at, hours, minutes):
    later = (sent_at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(COPENHAGEN)
    assume(later.hour >= 8 or later.weekday() >= 5)
    assert due(sent_at, hours=hours) <= due(later, hours=hours)
    assert due(sent_at, hours=hours).astimezone(UTC) > sent_at.astimezone(UTC)
