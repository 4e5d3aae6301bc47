"""Titles that mean one thing here and another there, told apart by their neighbours."""

import pytest

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import rows, starter


def titles(text: str) -> list[str]:
    concepts = [starter().concept(one.concept_id) for one in linker().mentions(text)]
    return [one.label for one in concepts if one.kind is Kind.OCCUPATION]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Souschef i Netto", "souschef i butik"),
        ("Souschef i køkkenet på et plejehjem", "souschef i køkken"),
        ("Souschef til daginstitution", "daginstitutionsleder"),
        ("Driftsleder i svinestald (900 søer)", "driftsleder i landbrug"),
        ("Driftsleder i varmeværk", "driftsleder"),
        ("Montør på elektronikfabrik", "elektronikmontør"),
        ("Montør på maskinfabrik", "montør"),
        ("Servicemontør på vindmøller", "vindmølletekniker"),
        ("Gartner (anlæg)", "anlægsgartner"),
        ("Mekaniker til lastbiler", "lastvognsmekaniker"),
        ("Mekaniker, gerne med interesse for lastbiler", "automekaniker"),
        ("Konduktør i byggeriet", "byggeleder"),
        ("Konduktør på regionaltog", "togfører"),
        ("Lærer på erhvervsskole", "erhvervsskolelærer"),
    ],
)
def test_the_words_beside_a_title_say_which_it_is(text: str, title: str) -> None:
    assert titles(text) == [title]


def test_a_souschef_among_cooks_is_one_of_them() -> None:
    assert titles("Udlært kok, siden souschef i fem år.") == ["kok", "souschef i køkken"]


def test_every_row_of_the_table_names_occupations() -> None:
    works = {work.key for work in starter().of_kind(Kind.OCCUPATION)}
    table = list(rows("told_apart.csv"))
    assert {row["occupation"] for row in table} | {row["means"] for row in table} <= works
