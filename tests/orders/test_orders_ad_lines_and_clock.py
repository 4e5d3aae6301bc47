"""Broken lines, mornings and afternoons, and numbers that are told in passing."""

import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.orders.ad_terms import Shift
from tvaers.orders.draft import Draft
from tvaers.orders.intake import from_ad

TODAY = date(2027, 1, 20)
AD = (
    "Bogholder søges til engrosfirma i Køge. Du har solid erfaring med debitorer, kreditorer, moms "
    "og afstemninger samt lønkørsel. Det er vigtigt, at du kender e-conomic, og at du er stærk i "
    "Excel. Kendskab til Power BI er en fordel, og det samme gælder engelsk. Kørekort B er et "
    "krav, da du også kommer på vores lager i Ringsted hver anden uge, men truckcertifikat er "
    "ikke et krav."
)


def read(text: str) -> Draft:
    return from_ad(text, today=TODAY)


@given(st.integers(60, 190))
def test_where_a_mail_breaks_its_lines_changes_nothing(width: int) -> None:
    def asked(text: str) -> set[tuple[int | None, bool]]:
        return {(one.concept_id, one.must) for one in read(text).requirements}

    assert asked("\n".join(textwrap.wrap(AD, width, break_on_hyphens=False))) == asked(AD)


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Morgenvagter og aftenvagter", {Shift.MORNING, Shift.EVENING}),
        ("Malkning morgen og eftermiddag", {Shift.MORNING, Shift.AFTERNOON}),
        ("Rengøring kl. 5-9", {Shift.MORNING}),
        ("Tidl. morgen 5-9", {Shift.MORNING}),
        ("Vi mødes i morgen. God weekend", set()),
        ("Fire dage, heraf én sen eftermiddag", set()),
        ("Vagterne er 7-15 og 15-23", {Shift.DAY, Shift.EVENING}),
        ("Vagter ligger mellem 8 og 20", {Shift.DAY, Shift.EVENING}),
        ("Kører til Tyskland og er hjemme i weekenden", set()),
        ("Treholdsskift (dag, aften, nat)", {Shift.SHIFTS}),
        ("30-37 timer på dag- eller aftenhold", {Shift.DAY, Shift.EVENING}),
        ("Rengøring lørdage 10-16", {Shift.WEEKEND, Shift.DAY}),
        ("Hold på skift, 34 timer på nathold ellers 37", set()),
    ],
)
def test_times_of_the_day(text: str, shifts: set[Shift]) -> None:
    assert read(f"Maler, Køge. {text}.").shifts == shifts


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("Chauffører til Køge\nOtte stillinger i bybus", 8),
        ("Hotel i Køge søger stuepiger\n5 stillinger, 25 timer om ugen", 5),
        ("Svejsere til Køge. Vi starter seks mand op i uge 3.", 6),
        ("Bogholder, Køge. Lønkørsel for 12 mand og mad til 80 børn.", 1),
        ("Nattevagt, Køge. 7 vagter på 14 dage.", 1),
        ("Klinikassistent, Køge. Vi er tre tandlæger og nu fire klinikassistenter.", 1),
    ],
)
def test_numbers_of_posts_and_of_colleagues(text: str, openings: int) -> None:
    assert read(text).openings == openings


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Vi åbner i Køge til marts og mangler en kok.", date(2027, 3, 1)),
        ("Vi vil gerne have dig i gang den 1/3-2027.", date(2027, 3, 1)),
        ("Stuepiger til sæsonen 1. april - 31. oktober 2027.", date(2027, 4, 1)),
        ("Du kan begynde mandag!", date(2027, 1, 25)),
    ],
)
def test_starts_said_in_other_words(text: str, start: date) -> None:
    long_enough = (
        " Vi er et hus med mange glade gæster og gode kolleger, og vi hjælper hinanden." * 4
    )
    assert read(f"Stuepige, Køge. {text}{long_enough}").starts_on == start


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Job på 37+ timer", (37, 37)), ("34 timer om ugen på nattehold, ellers 37", (34, 37))],
)
def test_hours_with_more_to_them(text: str, hours: tuple[int, int]) -> None:
    assert read(f"Maler, Køge. {text}.").hours == hours
