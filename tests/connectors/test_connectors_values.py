"""Cells as people write them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.connectors import values
from tvaers.connectors.values import BadValue


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2.0), ("2,5", 2.5), ("2.5", 2.5), ("1.250,75", 1250.75), ("-3,0", -3.0)],
)
def test_numbers_have_decimal_comma_or_point(text: str, number: float) -> None:
    assert values.decimal(text) == number


@pytest.mark.parametrize(
    "text", ["01-03-2027", "1-3-2027", "1/3-2027", "1.3.2027", "1/3/2027", "2027-03-01",
             "2027-03-01 00:00:00", "01-03-2027 08:30", "46447", "46447.0"],
)  # fmt: skip
def test_dates_in_the_ways_of_case_systems_and_excel(text: str) -> None:
    assert values.day(text) == date(2027, 3, 1)


@given(st.dates(date(1930, 1, 1), date(2150, 1, 1)))
def test_every_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    excel = (day - date(1899, 12, 30)) // timedelta(days=1)
    for text in (f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day.day}/{day.month}-{day.year}", excel):
        assert values.day(str(text)) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [("37", (37, 37)), ("20-37", (20, 37)), ("20 – 37", (20, 37)), ("29,5", (29, 30)),
     ("18,5-37", (18, 37)), ("20 til 30", (20, 30))],
)  # fmt: skip
def test_hours_are_a_number_or_a_range(text: str, hours: tuple[int, int]) -> None:
    assert values.hours(text) == hours


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("4600", "4600"), ("800", "0800"), ("4600.0", "4600"), ("DK-4600", "4600"),
     ("4600 Køge", "4600"), ("SE-21120", ""), ("21120", ""), ("Køge", ""), ("²600", "")],
)  # fmt: skip
def test_a_postcode_has_four_digits_and_its_lost_zero(text: str, postcode: str) -> None:
    assert values.postcode(text) == postcode


def test_yes_and_no() -> None:
    assert values.yes("Ja")
    assert values.yes("JA")
    assert values.yes("true")
    assert not values.yes("nej")
    assert not values.yes("0")


def test_lists_are_separated_by_a_bar_and_repeat_nothing() -> None:
    assert values.items(" truck | |kran|truck") == ("truck", "kran")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (values.day, "31-02-2027"),
        (values.day, "snart"),
        (values.day, "01-03-27"),
        (values.yes, "måske"),
        (values.decimal, "to"),
        (values.whole_number, "2,5"),
        (values.whole_number, "-1"),
        (values.hours, "37-20"),
        (values.hours, "0"),
        (values.hours, "100"),
        (values.hours, "fuldtid"),
        (values.email, "bo snabela firma.dk"),
    ],
)
def test_what_cannot_be_understood_is_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(BadValue):
        read(text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    readers = (values.day, values.yes, values.decimal, values.whole_number, values.hours)
    for read in (*readers, values.email):
        try:
            value = read(text)
        except BadValue as bad:
            value = bad.value
        assert value is not None
