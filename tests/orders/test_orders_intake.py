"""Ads as companies write them become draft orders."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tvaers.orders.ad_terms import Kind
from tvaers.orders.draft import Doubt, Draft
from tvaers.orders.intake import EmptyAd, from_ad, shortened
from tvaers.orders.intake_json import NotAnOrder, from_json
from tvaers.taxonomy.starter import starter

TODAY = date(2027, 1, 20)
ADS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "ads.toml").read_text(encoding="utf-8")
)["ad"]


def read(text: str) -> Draft:
    return from_ad(text, today=TODAY)


def label(concept_id: int | None) -> str:
    return "" if concept_id is None else starter().concept(concept_id).label


def asked(draft: Draft, *, must: bool) -> list[str]:
    return [label(r.concept_id) or r.text for r in draft.requirements if r.must is must]


@pytest.mark.parametrize("ad", ADS, ids=[ad["text"].strip()[:40] for ad in ADS])
def test_an_ad_is_read_as_a_person_reads_it(ad: dict[str, Any]) -> None:
    draft = read(ad["text"])
    work = label(draft.occupation.concept_id) if draft.occupation else ""
    assert re.search(ad["occupation"] or "^$", work, re.IGNORECASE)
    assert (Doubt.NO_OCCUPATION in draft.doubts) == (not work)
    assert {
        "openings": draft.openings,
        "municipalities": list(draft.municipalities),
        "postcode": draft.postcode,
        "starts": draft.starts_on,
        "last": draft.last_date,
        "hours": draft.hours,
        "kind": draft.kind,
        "shifts": sorted(draft.shifts),
        "years": draft.experience_years,
    } == {
        "openings": ad.get("openings", 1),
        "municipalities": ad.get("municipalities", []),
        "postcode": ad.get("postcode", ""),
        "starts": ad.get("starts"),
        "last": ad.get("last"),
        "hours": tuple(ad["hours"]) if "hours" in ad else None,
        "kind": ad.get("kind", "ordinary"),
        "shifts": sorted(ad.get("shifts", [])),
        "years": ad.get("years", 0),
    }


@pytest.mark.parametrize("ad", ADS, ids=[ad["text"].strip()[:40] for ad in ADS])
def test_what_an_ad_requires_is_found_as_must_or_nice(ad: dict[str, Any]) -> None:
    draft = read(ad["text"])
    for must, words in ((True, ad.get("must", [])), (False, ad.get("nice", []))):
        labels = asked(draft, must=must)
        for word in words:
            assert any(word.casefold() in text.casefold() for text in labels), (word, labels)


def test_there_are_many_ads() -> None:
    assert len(ADS) >= 70


def test_what_is_not_needed_is_not_required() -> None:
    draft = read("Rengøringsassistent, Ringsted. Kørekort er ikke nødvendigt. Truck ikke et krav.")
    assert draft.requirements == ()


def test_a_must_wins_over_a_nice_word_about_the_same() -> None:
    draft = read(
        "Lagermedarbejder i Køge. Truckcertifikat er en fordel.\n"
        "Krav: du skal have gaffeltruckcertifikat B."
    )
    assert [(label(r.concept_id), r.must) for r in draft.requirements] == [
        ("gaffeltruckcertifikat B", True)
    ]


def test_years_in_another_trade_are_a_requirement_of_their_own() -> None:
    draft = read("Værkfører til Vejle. Du har mindst 5 års erfaring som svejser.")
    experience = [r for r in draft.requirements if r.kind == "experience"]
    assert [(label(r.concept_id), r.years, r.must) for r in experience] == [("svejser", 5, True)]


def test_what_is_doubtful_is_said() -> None:
    draft = read("Fleksible kolleger søges til Køge, flere stillinger, evt. løntilskud, deltid")
    assert {Doubt.OPENINGS, Doubt.KIND, Doubt.HOURS, Doubt.NO_START} <= draft.doubts
    assert Doubt.NO_PLACE not in draft.doubts
    assert Doubt.NO_PLACE in read("Kok søges").doubts


def test_a_date_that_has_passed_is_said_and_kept() -> None:
    draft = read("Kok til Køge, start 4. januar 2027, ansøgningsfrist 1. december 2026")
    assert (draft.starts_on, draft.last_date) == (date(2027, 1, 4), date(2026, 12, 1))
    assert {Doubt.START_PASSED, Doubt.LAST_DATE_PASSED} <= draft.doubts


def test_a_title_is_at_most_a_hundred_letters_and_a_description_five_thousand() -> None:
    draft = read("Kok søges " + "til et meget travlt køkken " * 20 + "\n" + "å" * 5001)
    assert len(draft.title) <= 100
    assert draft.title.startswith("Kok søges")
    assert draft.title.endswith("…")
    assert len(draft.description) == 5000
    assert {Doubt.TITLE_CUT, Doubt.DESCRIPTION_CUT} <= draft.doubts
    assert not {Doubt.TITLE_CUT, Doubt.DESCRIPTION_CUT} & read("Kok, Køge").doubts


def test_the_title_of_one_typed_line_is_the_job_alone() -> None:
    assert read("3 lagermedarbejdere, Køge, gaffeltruckcertifikat B").title == "Lagermedarbejdere"
    assert read("2 stk. kokke til Greve").title == "Kokke til Greve"
    assert read("Kok, Køge").title == "Kok, Køge"


def test_the_title_is_the_line_that_names_the_work() -> None:
    assert (
        read("Bliv en del af holdet!\nTjener søges til Køge\n...").title == "Tjener søges til Køge"
    )
    assert read("Stilling: Maler\nKøge").title == "Maler"


def test_an_emoji_does_no_harm() -> None:
    draft = read("😀 Kok søges til Køge 🍳\n\n37 timer")
    assert draft.title == "😀 Kok søges til Køge 🍳"
    assert draft.hours == (37, 37)


@pytest.mark.parametrize("text", ["", "  \n\t ", "\0\x07"])
def test_an_ad_without_words_is_refused(text: str) -> None:
    with pytest.raises(EmptyAd):
        read(text)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_any_text_becomes_a_draft_that_can_be_saved(text: str) -> None:
    try:
        draft = read("Kok " + text)
    except EmptyAd:  # pragma: no cover
        pytest.fail("there are words")
    assert 1 <= len(draft.title) <= 100
    assert 1 <= len(draft.description) <= 5000
    assert "\0" not in draft.title + draft.description
    assert draft.openings >= 1
    assert draft.hours is None or draft.hours[0] <= draft.hours[1]


@given(st.text(min_size=1, max_size=400))
def test_a_shortened_title_is_what_it_was_or_fits(title: str) -> None:
    short = shortened(title)
    assert short == title if len(title) <= 100 else len(short) <= 100


ORDER = {
    "title": "Lagermedarbejdere",
    "description": "4 lagermedarbejdere til Roskilde, 30-37 timer, truckcertifikat en fordel.",
    "openings": 3,
    "municipality": "259",
    "start": "2027-03-01",
    "requirements": [
        {"text": "gaffeltruckcertifikat B", "must": True},
        {"text": "engelsk", "must": False},
        {"text": "kendskab til glødelampemuseet"},
    ],
}


def from_order(**changes: Any) -> Draft:
    return from_json(json.dumps({**ORDER, **changes}), today=TODAY)


def test_an_order_in_json_is_taken_at_its_word_and_the_rest_is_found() -> None:
    draft = from_order()
    assert (draft.title, draft.openings) == ("Lagermedarbejdere", 3)
    assert (draft.municipalities, draft.starts_on) == (("0259",), date(2027, 3, 1))
    assert draft.hours == (30, 37)
    assert draft.occupation is not None
    assert label(draft.occupation.concept_id) == "lagermedarbejder"
    assert asked(draft, must=True) == ["gaffeltruckcertifikat B", "kendskab til glødelampemuseet"]
    assert [text[:7] for text in asked(draft, must=False)] == ["engelsk"]
    assert Doubt.UNKNOWN_REQUIREMENT in draft.doubts


def test_json_says_place_hours_and_kind_in_several_ways() -> None:
    assert from_order(municipality="Køge Kommune").municipalities == ("0259",)
    assert from_order(municipality=None, postcode=4600).municipalities == ("0259",)
    assert from_order(municipality=["Køge", 265]).municipalities == ("0259", "0265")
    assert from_order(municipality=None).municipalities == ("0265",)
    assert from_order(hours=37).hours == from_order(hours="37").hours == (37, 37)
    assert from_order(hours="20-37").hours == from_order(hours=[20, 37]).hours == (20, 37)
    assert from_order(kind="flex_job").kind is from_order(kind="fleksjob").kind is Kind.FLEX_JOB
    assert from_order(kind="ordinær").kind is Kind.ORDINARY
    assert from_order(start="snarest").starts_on == TODAY
    assert [r.must for r in from_order(requirements=["engelsk"]).requirements] == [True]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("openings", 0),
        ("openings", "mange"),
        ("openings", True),
        ("municipality", "Atlantis"),
        ("postcode", "0000"),
        ("start", "engang"),
        ("hours", "altid"),
        ("kind", "sort arbejde"),
        ("requirements", "truck"),
        ("requirements", [{"must": True}]),
        ("requirements", [{"text": "truck", "must": "ja"}]),
        ("title", 7),
    ],
)
def test_what_json_says_wrongly_is_refused_by_its_name(key: str, value: object) -> None:
    with pytest.raises(NotAnOrder) as refused:
        from_order(**{key: value})
    assert refused.value.key == key


@pytest.mark.parametrize("text", ["{", "[]", '"kok"', ""])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(NotAnOrder):
        from_json(text, today=TODAY)


def test_an_order_without_words_is_refused() -> None:
    with pytest.raises(EmptyAd):
        from_json('{"openings": 3}', today=TODAY)


@pytest.mark.parametrize(
    ("text", "occupation", "sure"),
    [
        ("Vores butik i Køge søger en ny kollega", "butiksassistent", True),
        ("Ufaglært medarbejder til køkken på sygehus", "køkkenmedhjælper", True),
        ("Hotelrengøring i Vejle", "rengøringsassistent", True),
        ("Sommerjob i gartneri", "gartnerimedhjælper", True),
        ("Kom til Køge\nVi er sælgere og konsulenter. Bogholder søges.", "bogholder", True),
        ("Godt arbejde\nDu bliver en af os, og vi lærer dig det hele.", None, False),
    ],
)
def test_the_work_is_found_without_a_title(text: str, occupation: str | None, sure: bool) -> None:
    draft = read(text)
    found = draft.occupation
    assert (label(found.concept_id) if found else None) == occupation
    assert (Doubt.OCCUPATION not in draft.doubts and found is not None) == sure


def test_either_of_two_occupations_will_do() -> None:
    draft = read(
        "Kok eller ernæringsassistent til kantine i Køge. Du arbejder sammen med tjeneren."
    )
    assert draft.occupation is not None
    assert label(draft.occupation.concept_id) == "kok"
    assert [label(one.concept_id) for one in draft.either] == ["ernæringsassistent"]


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("Der er 4 ledige job som pakker", 4),
        ("Maler, Køge. 1 fast og 2 vikarer", 3),
        ("Tre vikariater som pædagog", 3),
        ("Vi søger 6 arabisk talende tolke", 6),
    ],
)
def test_people_are_counted_in_several_ways(text: str, openings: int) -> None:
    assert read(text).openings == openings


def test_hours_of_a_course_are_not_hours_a_week() -> None:
    assert read("Maler, Køge. Du har kursus (40 timer) i epoxy.").hours is None
    assert read("Maler, Køge. Epoxykursus (30-timers) er et krav.").hours is None
    assert read("Maler på deltid (24 timer), Køge").hours == (24, 24)
    assert read("Maler, Køge. 20-28 timer i dagvagt.").hours == (20, 28)
    assert read("Maler, Køge. 8 timer om dagen.").hours is None


def test_what_the_employer_obtains_is_not_demanded() -> None:
    assert asked(read("Pædagog, Køge. Vi indhenter straffeattest."), must=True) == []
    assert asked(read("Pædagog, Køge. Straffeattest indhentes."), must=True) == []


def test_a_trait_is_never_a_must_by_itself() -> None:
    draft = read("Kok i Køge. Du skal være fleksibel og kunne arbejde i weekender.")
    assert [r.must for r in draft.requirements] == [False] * len(draft.requirements)
    assert asked(draft, must=False)


def test_what_a_wider_licence_covers_is_asked_for_once() -> None:
    draft = read("Chauffør til Slagelse. Kørekort C og C/E er et krav.")
    assert asked(draft, must=True) == ["kørekort C/E"]


@pytest.mark.parametrize(
    "text",
    [
        "Kok, Køge. Vi er 25 medarbejdere.",
        "Kok, Køge. Min. 10 års erfaring.",
        "Kok, Køge. Hotellet har 280 elever og 38 medarbejdere.",
        "Kok, Køge. Åbent 24/7, løn 185 kr., 37 timer.",
    ],
)
def test_other_numbers_are_not_openings(text: str) -> None:
    assert read(text).openings == 1
