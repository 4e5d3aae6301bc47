"""Words about health in free text (R17)."""

import pytest

from tvaers.core.health_words import NOT_HEALTH, SECOND_PARTS, STEMS, health_word_spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Har været sygemeldt siden maj", ["sygemeldt"]),
        ("Dårlig ryg efter en diskusprolaps", ["Dårlig ryg", "diskusprolaps"]),
        ("ADHD, men er i god behandling", ["ADHD"]),
        ("har KOL og en kronisk lungesygdom", ["KOL", "kronisk", "lungesygdom"]),
        ("Gravid i 5. måned", ["Gravid"]),
        ("har tidligere haft et alkoholmisbrug", ["alkoholmisbrug"]),
        ("Skal opereres; ondt i skulderen", ["ondt i skulderen"]),
    ],
)
def test_a_word_about_health_is_pointed_out(text, words):
    assert [span.words for span in health_word_spans(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "Sygeplejerske søges til hjerteafdelingen på sygehuset",
        "Handicaphjælper med kørekort B og medicinkursus",
        "Operationel leder med sund fornuft",
        "MS Office på kontoret i Kolding, rask tempo",
        "Demenskoordinator, medicinsk sekretær og fysioterapeut",
        "Gaffeltruckcertifikat B, 3 lagermedarbejdere i Køge",
    ],
)
def test_a_trade_is_no_health_word(text):
    assert health_word_spans(text) == ()


def test_the_spans_point_into_the_text():
    text = "Ønsker skånehensyn pga. migræne."
    assert [text[span.start : span.end] for span in health_word_spans(text)] == [
        "skånehensyn",
        "migræne",
    ]


@pytest.mark.parametrize("stem", STEMS)
def test_every_stem_finds_itself_and_stands_once(stem):
    assert health_word_spans(f"bemærk: {stem}.")
    assert STEMS.count(stem) == 1


def test_the_lists_are_in_small_letters():
    assert all(word == word.lower() for word in (*STEMS, *NOT_HEALTH, *SECOND_PARTS))
