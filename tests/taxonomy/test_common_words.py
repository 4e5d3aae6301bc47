"""The most common job titles and the papers most asked for are found, and as the right thing.

`common_titles.csv` and `common_certificates.csv` were written from knowledge of Danish ads before
the starter taxonomy was looked at: `written` is how an ad says it, `means` what a consultant takes
it for. `concept`, the key of ours that is that thing, was added afterwards, row by row.
"""

import csv
from pathlib import Path

import pytest

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import rows, starter

HERE = Path(__file__).parent
PAPERS = (Kind.CERTIFICATE, Kind.LICENCE)
SURE = 850


def listed(name: str) -> list[tuple[str, str]]:
    """What is written, and the key of the concept that it means."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["written"], row["concept"]) for row in csv.DictReader(lines)]


TITLES = listed("common_titles")
CERTIFICATES = listed("common_certificates")


def test_the_lists_are_long_enough_and_name_each_thing_once() -> None:
    assert len({title.lower() for title, _ in TITLES}) == len(TITLES) >= 200
    assert len({paper.lower() for paper, _ in CERTIFICATES}) == len(CERTIFICATES) >= 150


@pytest.mark.parametrize(("title", "concept"), TITLES)
def test_a_common_title_is_the_right_occupation(title: str, concept: str) -> None:
    (best, certainty), *_ = linker().titles(title)
    assert starter().concept(best).key == concept
    assert certainty >= SURE


@pytest.mark.parametrize(("title", "concept"), TITLES)
def test_a_common_title_is_seen_in_an_ad(title: str, concept: str) -> None:
    ad = f"Vi søger en {title} til fast stilling i Køge."
    assert concept in {starter().concept(one.concept_id).key for one in linker().mentions(ad)}


@pytest.mark.parametrize(("paper", "concept"), CERTIFICATES)
def test_a_paper_that_is_often_asked_for_is_the_right_one(paper: str, concept: str) -> None:
    (best, certainty), *_ = linker().find(paper, kinds=PAPERS)
    assert starter().concept(best).key == concept
    assert certainty >= 750


def test_all_unit_groups_are_there() -> None:
    codes = [row["code"] for row in rows("disco08.csv")]
    assert len(set(codes)) == len(codes) == 429
    assert {code[0] for code in codes} == set("0123456789")
    assert all(row["title"] for row in rows("disco08.csv"))
