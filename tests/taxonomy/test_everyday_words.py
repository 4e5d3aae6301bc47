"""The everyday things that ads ask for, as they are written; and words that ask for nothing."""

import csv
from pathlib import Path

import pytest

from tvaers.taxonomy.concepts import FULL
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import starter

TABLE = Path(__file__).parent / "everyday_words.csv"
WORDS = [
    (row["words"], row["key"])
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
]


def keys(text: str) -> set[str]:
    return {starter().concept(one.concept_id).key for one in linker().mentions(text)}


@pytest.mark.parametrize(("words", "key"), WORDS, ids=[words for words, _ in WORDS])
def test_everyday_words_are_found_in_a_sentence(words: str, key: str) -> None:
    assert key in keys(f"Vi søger en ny kollega, og det er en fordel med {words}.")


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("knx", "bygningsautomatik"),
        ("minilaesser", "maskinkoersel"),
        ("roertraadssvejsning", "svejsning"),
        ("asiatisk-mad", "madlavning"),
        ("hplc", "laboratoriearbejde"),
        ("malkerobot", "malkning"),
        ("beskaering", "gartnerarbejde"),
    ],
)
def test_who_has_the_narrow_skill_has_the_wide_one(narrow: str, wide: str) -> None:
    taxonomy = starter()
    asked, had = taxonomy.by_key(wide).id, taxonomy.by_key(narrow).id
    assert (had, FULL) in taxonomy.satisfying(asked)
    assert (asked, FULL) not in taxonomy.satisfying(had)


@pytest.mark.parametrize(
    "text",
    [
        "Vi regner med at holde samtaler i uge 4.",
        "Løn efter overenskomst, pension og god frokostordning.",
        "Ring på telefon 12 34 56 78 eller skriv til vores kontor.",
        "Du får gode kolleger, et stærkt samvær og en arbejdsplads med højt til loftet.",
        "Resten lærer du hos os, og bagefter er der kaffe.",
        "Firmaet har mange år på bagen og navigerer sikkert i travle tider.",
        "Vi går efter trivsel og sætter vores aftryk.",
    ],
)
def test_everyday_talk_asks_for_nothing(text: str) -> None:
    assert not keys(text)
