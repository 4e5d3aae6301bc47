"""The free text of a CV: titles held and wanted, work told of, trainings, and what was lost."""

import pytest

from tvaers.connectors.candidate_text import CandidateText
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import starter

READER = CandidateText(linker(), starter())


def works(text: str) -> list[str]:
    """The occupations in a text, a wish in brackets."""
    said = [(starter().concept(one), wish) for one, wish in READER.concepts(text)]
    return [
        f"({one.label})" if wish else one.label for one, wish in said if one.kind is Kind.OCCUPATION
    ]


def has(text: str) -> set[str]:
    said = ((starter().concept(one), wish) for one, wish in READER.concepts(text))
    return {one.key for one, wish in said if not wish and one.kind is not Kind.OCCUPATION}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "Murer. Kan ikke mere stå på knæ, søger derfor byggeleder eller salg i byggemarked.",
            ["murer", "(byggeleder)", "(butiksassistent)"],
        ),
        ("Svejser på værft i Faaborg, før det smed.", ["svejser", "smed"]),
        ("12 år hos advokat, før det hos en bager.", []),
        ("Sygeplejerske på orlov? Nej, på vej tilbage.", ["sygeplejerske"]),
        ("Har aldrig kørt taxa, men gjort rent i 4 år.", ["rengøringsassistent"]),
        ("Vil gerne prøve noget andet, f.eks. lager.", ["(lagermedarbejder)"]),
        ("Et år som støttepædagog (ikke uddannet pædagog).", ["pædagog"]),
    ],
)
def test_titles_held_and_wanted(text: str, titles: list[str]) -> None:
    assert works(text) == titles


@pytest.mark.parametrize(
    ("text", "driver"),
    [
        ("Chauffør gennem 20 år. C/E og kvalifikationsbevis gods.", "lastbilchauffør"),
        ("Chauffør med kørekort D i 10 år.", "buschauffør"),
        ("Chauffør med kørekort B.", "chauffør"),
        ("Chauffør. Har ikke kørekort C.", "chauffør"),
    ],
)
def test_a_driver_drives_what_the_papers_allow(text: str, driver: str) -> None:
    assert works(text) == [driver]


def test_a_training_that_is_also_a_title() -> None:
    assert works("Kontoruddannet og disponent for 12 lastbiler.") == ["disponent"]
    assert "kontor-udd" in has("Kontoruddannet og disponent for 12 lastbiler.")
    assert works("Webudvikler, datamatiker fra 2023.") == ["webudvikler"]
    assert works("Datamatiker fra 2023.") == ["softwareudvikler"]
    assert "datamatiker-udd" in has("Datamatiker fra 2023.")


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Blev færdig som industrioperatør i juni.", "industrioperator-udd"),
        ("Nyuddannet tømrer.", "tomrer-udd"),
        ("Har svendebrev som murer.", "murer-udd"),
        ("Social- og sundhedsassistent (autoriseret 2014).", "aut-ssa"),
        ("Søger arbejde, hvor jeg kan bruge mit truckcertifikat B.", "gaffeltruck-b"),
        ("Kørekort B blev inddraget i 2020, men er generhvervet.", "koerekort-b"),
        ("Jeg har kørekort B, men ikke C.", "koerekort-b"),
    ],
)
def test_papers_had(text: str, paper: str) -> None:
    assert paper in has(text)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Kørekort B, men inddraget indtil maj.", "koerekort-b"),
        ("Har fået frakendt kørekort B.", "koerekort-b"),
        ("Kørekort B frakendt til 2028.", "koerekort-b"),
        ("Er under uddannelse som murer.", "murer-udd"),
        ("Jeg har kørekort B, men ikke C.", "koerekort-c"),
        ("Søger job med truckcertifikat B betalt.", "gaffeltruck-b"),
        ("Ufaglært, men lærenem.", "ufaglaert"),
    ],
)
def test_papers_lost_or_not_yet_had(text: str, paper: str) -> None:
    assert paper not in has(text)


def test_a_name_for_work_is_a_title_and_no_skill_besides() -> None:
    text = "Har prøvet lidt af hvert: slagteri 2 år, opvask 1 år."
    assert works(text) == ["industrislagter", "køkkenmedhjælper"]
    assert "opvask" not in has(text)
    assert "opvask" in has("Køkkenmedhjælper. Opgaver: anretning, opvask.")
