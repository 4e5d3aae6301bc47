"""Everyday and half-joking names for people at work, as they stand in CVs and mails.

`everyday_titles.csv`: how it is written, and the key of the occupation that is meant.
"""

import csv
from pathlib import Path

import pytest

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import starter

with (Path(__file__).parent / "everyday_titles.csv").open(encoding="utf-8", newline="") as lines:
    TITLES = [(row["written"], row["concept"]) for row in csv.DictReader(lines)]


def works(text: str) -> list[str]:
    concepts = [starter().concept(one.concept_id) for one in linker().mentions(text)]
    return [one.key for one in concepts if one.kind is Kind.OCCUPATION]


@pytest.mark.parametrize(("title", "concept"), TITLES)
def test_an_everyday_title_is_the_right_occupation(title: str, concept: str) -> None:
    (best, certainty), *_ = linker().titles(title)
    assert starter().concept(best).key == concept
    assert certainty >= 500


@pytest.mark.parametrize(("title", "concept"), TITLES)
def test_an_everyday_title_is_seen_in_a_cv(title: str, concept: str) -> None:
    assert works(f"Jeg har været {title} i 5 år.") == [concept]


@pytest.mark.parametrize("word", ["formand", "talsmand", "nabokone", "kammerater", "ungdomsjob"])
def test_other_people_are_no_title(word: str) -> None:
    assert works(f"Jeg har været {word} i 5 år.") == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Har arbejdet som fisker i 5 år.", "fisker"),
        ("Bager i Aarhus.", "bager"),
        ("Debitorbogholder i et stort firma.", "bogholder"),
    ],
)
def test_a_title_before_i_is_not_the_trade(text: str, concept: str) -> None:
    assert works(text) == [concept]
