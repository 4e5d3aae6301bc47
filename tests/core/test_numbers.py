"""CPR, CVR and P-numbers. The CPR numbers here belong to nobody: their days are made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.core.cpr import birth_date, cpr_key, cpr_spans, normalised_cpr
from tvaers.core.cvr import cvr_with_check_digit, is_cvr, normalised_cvr, normalised_p_number

SECRET = bytes(range(32))


@pytest.mark.parametrize(
    "text",
    ["cpr 010180-1234.", "(0101801234)", "født 310199 – 4321", "nr. 610180-1234", "010180 1234"],
)
def test_a_cpr_number_in_a_text_is_found(text):
    (span,) = cpr_spans(text)
    assert text[span.start : span.end] == span.words
    assert normalised_cpr(span.words) is not None


@pytest.mark.parametrize(
    "text",
    [
        "320180-1234",
        "011380-1234",
        "300280-1234",
        "CVR 12345678",
        "tlf. 20 12 34 56",
        "konto 12010180123456",
        "1234,0101801234",
        "uge 0101 80-12",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert cpr_spans(text) == ()


@given(
    born=st.dates(date(1900, 1, 1), date(2036, 12, 31)),
    tail=st.integers(0, 999),
    dash=st.sampled_from(["", "-", " - ", " "]),
    before=st.text("abcæøå :(", max_size=20),
)
def test_every_birthday_with_its_seventh_digit_is_found_again(born, tail, dash, before):
    seventh = "0" if born.year < 2000 else "4"
    text = f"{before}{born:%d%m%y}{dash}{seventh}{tail:03d} xyz"
    (span,) = cpr_spans(text)
    digits = normalised_cpr(span.words)
    assert digits == f"{born:%d%m%y}{seventh}{tail:03d}"
    assert birth_date(digits) == born


def test_a_spreadsheet_may_have_eaten_the_leading_zero():
    assert normalised_cpr("101801234") == normalised_cpr("010180-1234") == "0101801234"
    assert normalised_cpr("x101801234") is None


def test_nobody_alive_was_born_in_the_1800s():
    assert birth_date("0101805123") is None


def test_the_key_is_the_same_however_the_number_is_written_and_hides_it():
    key = cpr_key("010180-1234", secret=SECRET)
    assert key == cpr_key("0101801234", secret=SECRET)
    assert key != cpr_key("0101801234", secret=SECRET[::-1])
    assert len(key) == 64
    assert "010180" not in key


def test_a_wrong_number_is_refused_without_being_repeated():
    with pytest.raises(ValueError, match="not a CPR number") as refused:
        cpr_key("320180-1234", secret=SECRET)
    assert "320180" not in str(refused.value)
    with pytest.raises(ValueError, match="32 bytes"):
        cpr_key("010180-1234", secret=b"short")


@pytest.mark.parametrize("written", ["29189854", "DK 29 18 98 54", "dk29189854", "29.18.98.54"])
def test_a_cvr_number_is_understood_as_people_write_it(written):
    assert normalised_cvr(written) == "29189854"


@pytest.mark.parametrize(
    "wrong", ["29189855", "2918985", "291898540", "00000000", "٢٩١٨٩٨٥٤", "", "DK"]
)
def test_a_wrong_cvr_number_is_refused(wrong):
    assert normalised_cvr(wrong) is None


@given(seven=st.integers(1_000_000, 9_999_999).map(str))
def test_exactly_the_numbers_that_can_be_completed_have_one_check_digit(seven):
    valid = [f"{seven}{last}" for last in range(10) if is_cvr(f"{seven}{last}")]
    assert valid == [cvr_with_check_digit(seven)] * len(valid)
    assert len(valid) <= 1
    assert bool(valid) == (cvr_with_check_digit(seven) is not None)


@given(
    cvr=st.integers(1_000_000, 9_999_999).map(str).map(cvr_with_check_digit).filter(bool),
    place=st.integers(1, 7),
    step=st.integers(1, 9),
)
def test_one_wrong_digit_is_always_noticed(cvr, place, step):
    wrong = cvr[:place] + str((int(cvr[place]) + step) % 10) + cvr[place + 1 :]
    assert not is_cvr(wrong)


def test_a_p_number_has_ten_digits():
    assert normalised_p_number("1 003 456 789") == "1003456789"
    assert normalised_p_number("0003456789") is None
    assert normalised_p_number("100345678") is None
