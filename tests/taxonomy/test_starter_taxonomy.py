"""The packaged tables: sound, stable and large enough."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.taxonomy.concepts import Concept, Kind, Taxonomy
from tvaers.taxonomy.starter import LEVELS, rows, starter

DISCO = Path(__file__).parents[3] / "shared" / "reference" / "codes" / "disco08_da.csv"
RANGES = {
    Kind.OCCUPATION: (1, 9_999),
    Kind.SKILL: (10_000, 19_999),
    Kind.CERTIFICATE: (20_000, 24_999),
    Kind.LICENCE: (25_000, 29_999),
    Kind.LANGUAGE: (30_000, 39_999),
    Kind.EDUCATION: (40_000, 49_999),
}


def strength(asked: str, held: str) -> int:
    taxonomy = starter()
    return dict(taxonomy.satisfying(taxonomy.by_key(asked).id)).get(taxonomy.by_key(held).id, 0)


@pytest.mark.parametrize(
    ("paper", "work"),
    [
        ("aut-fysioterapeut", "fysioterapeut"),
        ("sygeplejerske-udd", "sundhedsplejerske"),
        ("frisor-udd", "frisoer"),
        ("mekaniker-udd", "lastvognsmekaniker"),
        ("bager-udd", "konditor"),
    ],
)
def test_whoever_has_the_occupation_has_its_paper(paper: str, work: str) -> None:
    assert strength(paper, work) == 1000


def test_an_unskilled_title_is_no_education() -> None:
    assert strength("paedagog-udd", "paedagogmedhjaelper") == 0
    assert strength("kok-udd", "kok") == 0


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("slagter", "industrislagter"),
        ("vvs-montoer", "kloakmester"),
        ("procesoperatoer", "produktionsmedarbejder"),
        ("farmakonom", "farmaceut"),
    ],
)
def test_a_trade_is_not_met_by_its_neighbour(asked: str, held: str) -> None:
    assert strength(asked, held) < 700


def test_any_mag_process_is_a_mag_certificate_and_not_the_other_way() -> None:
    assert strength("svejs-mag", "svejs-136") == strength("iso-9606-1", "svejs-141") == 1000
    assert strength("svejs-135", "svejs-mag") == strength("svejs-135", "iso-9606-1") == 0


def test_it_is_large_enough() -> None:
    taxonomy = starter()
    assert len(taxonomy.of_kind(Kind.OCCUPATION)) >= 350
    assert len(taxonomy.of_kind(Kind.SKILL)) >= 250
    papers = len(taxonomy.of_kind(Kind.CERTIFICATE)) + len(taxonomy.of_kind(Kind.LICENCE))
    assert papers >= 150
    assert len(taxonomy.of_kind(Kind.LANGUAGE)) >= 60 * len(LEVELS)


def test_ids_stay_in_the_range_of_their_kind() -> None:
    for kind, (first, last) in RANGES.items():
        assert all(first <= concept.id <= last for concept in starter().of_kind(kind))


def test_ids_that_the_database_may_hold_are_never_reused() -> None:
    ids = {"lagermedarbejder": 202, "gaffeltruck-b": 20001, "koerekort-c": 25006}
    for key, number in ids.items():
        assert starter().by_key(key).id == number
    assert starter().by_key("dansk-b2").id == 30014
    assert starter().by_key("engelsk-native").id == 30027


def test_every_occupation_stands_in_a_known_unit_group() -> None:
    codes = {row["code"] for row in rows("disco08.csv")}
    for concept in starter().of_kind(Kind.OCCUPATION):
        assert concept.disco in codes, concept


@pytest.mark.skipif(not DISCO.exists(), reason="the reference table of DISCO-08 is not here")
def test_unit_groups_agree_with_the_official_table() -> None:
    with DISCO.open(encoding="utf-8-sig", newline="") as lines:
        official = {
            row["kode"].zfill(4): row["titel"]
            for row in csv.DictReader(lines)
            if row["niveau"] == "4"
        }
    assert {row["code"]: row["title"] for row in rows("disco08.csv")} == official


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("gaffeltruck-a", "gaffeltruck-b"),
        ("koerekort-c", "koerekort-ce"),
        ("koerekort-b", "koerekort-c"),
        ("koerekort-b", "koerekort-de"),
        ("koerekort-be", "koerekort-ce"),
        ("koerekort-tm", "koerekort-b"),
        ("dansk-b2", "dansk-c1"),
        ("dansk-a1", "dansk-native"),
        ("adr-grundkursus", "adr-tank"),
        ("kran-d", "kran-e"),
        ("gwo-wah", "gwo-bst"),
        ("duelighed", "yachtskipper-1"),
        ("forflytning", "forflytningsvejleder"),
        ("svejsecertifikat", "svejs-141"),
        ("eud", "kok-udd"),
        ("bachelor", "phd"),
        ("svejsning", "tig-svejsning"),
    ],
)
def test_the_wider_paper_covers_the_narrower(asked: str, held: str) -> None:
    assert strength(asked, held) == 1000
    assert strength(held, asked) < 1000


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("koerekort-c", "koerekort-d"),
        ("koerekort-d", "koerekort-ce"),
        ("eu-bevis-personer", "eu-bevis-gods"),
        ("eu-bevis-gods", "eu-bevis-personer"),
        ("gaffeltruck-b", "kran-b"),
        ("vaabentilladelse", "jagttegn"),
        ("eu-bevis-gods", "efteruddannelse-chauffor"),
        ("koerekort-b", "gaffeltruck-b"),
        ("dansk-b1", "svensk-native"),
        ("sygeplejerske", "social-og-sundhedsassistent"),
        ("laege", "sygeplejerske"),
        ("social-og-sundhedsassistent", "social-og-sundhedshjaelper"),
    ],
)
def test_what_looks_alike_does_not_count(asked: str, held: str) -> None:
    assert strength(asked, held) == 0


@pytest.mark.parametrize(
    ("asked", "held", "at_least"),
    [
        ("terminalarbejder", "lagermedarbejder", 700),
        ("paedagogmedhjaelper", "paedagogisk-assistent", 700),
        ("social-og-sundhedshjaelper", "social-og-sundhedsassistent", 800),
        ("smed", "klejnsmed", 700),
        ("butiksassistent", "saelger", 700),
        ("automekaniker", "lastvognsmekaniker", 800),
        ("terminalarbejder", "havnearbejder", 800),
        ("anlaegsgartner", "gartner", 800),
    ],
)
def test_neighbours_count_but_never_fully(asked: str, held: str, at_least: int) -> None:
    assert at_least <= strength(asked, held) <= 800


def test_no_neighbouring_occupation_counts_more_than_four_fifths() -> None:
    taxonomy = starter()
    for occupation in taxonomy.of_kind(Kind.OCCUPATION):
        itself, *others = taxonomy.satisfying(occupation.id)
        assert itself == (occupation.id, 1000)
        assert all(strength <= 800 for _, strength in others)


@pytest.mark.parametrize(
    "key", ["borneattest", "straffeattest", "aut-sygeplejerske", "aut-ssa", "el-autorisation"]
)
def test_what_no_course_gives_is_not_trainable(key: str) -> None:
    assert starter().by_key(key).trainable_days is None


def test_a_forklift_certificate_takes_about_a_week() -> None:
    assert starter().by_key("gaffeltruck-b").trainable_days == 7


@given(st.dictionaries(st.integers(1, 8), st.sets(st.integers(1, 8), max_size=3)))
def test_whatever_includes_whatever_the_concept_itself_comes_first(
    includes: dict[int, set[int]],
) -> None:
    concepts = [Concept(n, f"c{n}", Kind.CERTIFICATE, f"c{n}", f"c{n}") for n in range(1, 9)]
    taxonomy = Taxonomy(
        concepts,
        version="test",
        includes={f"c{n}": [f"c{part}" for part in parts] for n, parts in includes.items()},
    )
    for concept in concepts:
        found = taxonomy.satisfying(concept.id)
        assert found[0] == (concept.id, 1000)
        assert len({one for one, _ in found}) == len(found)
        for one, _ in found:
            inner = {other for other, _ in taxonomy.satisfying(one)}
            assert inner - {one} <= {other for other, _ in found} | {concept.id}
