"""Times as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.core.factories import MONDAY
from tvaers.core.working_days import COPENHAGEN, end_of_term
from tvaers.wording import times

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def said(after: timedelta) -> str:
    due = times.due(MONDAY + after, at=MONDAY)
    return f"{due.by} · {due.left}"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (30 * timedelta(seconds=1), "senest i dag kl. 9.00 · under et minut tilbage"),
        (MINUTE, "senest i dag kl. 9.01 · 1 minut tilbage"),
        (5 * HOUR + 10 * MINUTE, "senest i dag kl. 14.10 · 5 timer tilbage"),
        (29 * HOUR, "senest i morgen kl. 14.00 · 29 timer tilbage"),
        (2 * DAY, "senest onsdag kl. 9.00 · 2 dage tilbage"),
        (10 * DAY, "senest 12. marts kl. 9.00 · 10 dage tilbage"),
        (330 * DAY, "senest 26. januar 2027 kl. 9.00 · 330 dage tilbage"),
        (-2 * HOUR, "senest i dag kl. 7.00 · 2 timer for sent"),
        (-DAY, "senest i går kl. 9.00 · 24 timer for sent"),
    ],
)
def test_a_due_time_is_said_as_people_say_it(after: timedelta, words: str) -> None:
    assert said(after) == words


def test_the_end_of_a_day_is_not_called_the_day_after() -> None:
    due = times.due(end_of_term(MONDAY, 1, closed=()), at=MONDAY)
    assert due.by == "senest i morgen"
    assert due.exact == "tirsdag den 3. marts 2026 ved dagens slutning"


def test_what_is_read_later_names_the_day_and_never_tomorrow() -> None:
    assert times.by_full_day(MONDAY + DAY) == "senest tirsdag den 3. marts kl. 9.00"
    assert times.by_full_day(end_of_term(MONDAY, 1, closed=())) == "senest tirsdag den 3. marts"
    assert times.weekday_and_time(MONDAY + DAY) == "tirsdag kl. 9.00"
    ended = times.weekday_and_time(end_of_term(MONDAY, 1, closed=()))
    assert ended == "tirsdag ved dagens slutning"


def test_it_is_late_from_the_due_moment_on() -> None:
    assert times.due(MONDAY, at=MONDAY).late
    assert not times.due(MONDAY + timedelta(microseconds=1), at=MONDAY).late


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=20), "lige nu"),
        (5 * MINUTE, "for 5 minutter siden"),
        (3 * HOUR, "for 3 timer siden"),
        (14 * HOUR, "i går kl. 19.00"),
        (3 * DAY, "for 3 dage siden"),
        (30 * DAY, "31. januar 2026"),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    assert times.ago(MONDAY - before, at=MONDAY) == words


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(-60 * DAY, 60 * DAY),
)
def test_everything_can_be_said_and_lateness_agrees_with_the_clock(
    at: datetime, after: timedelta
) -> None:
    due = times.due(at + after, at=at)
    assert due.late == (after <= timedelta())
    assert due.by.startswith("senest ")
    assert times.ago(at - abs(after), at=at)


def test_midnight_in_denmark_is_meant_not_in_greenwich() -> None:
    midnight = datetime(2026, 7, 1, tzinfo=COPENHAGEN).astimezone(UTC)
    assert "30. juni" in times.due(midnight, at=MONDAY).by


def test_english_has_its_own_words() -> None:
    with translation.override("en"):
        assert times.exact(MONDAY).startswith("Monday")
