"""How sentences speak about what they name: must, nice, or not asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import starter

THINGS = {
    "truckcertifikat": "gaffeltruck-b",
    "Excel": "excel",
    "hygiejnebevis": "hygiejne",
    "tysk": "tysk-b1",
    "ADR-bevis": "adr-grundkursus",
    "kørekort C": "koerekort-c",
}
SENTENCES = {
    "must": (
        "{} er et krav.",
        "Du skal have {}.",
        "Vi forventer, at du har {}.",
        "Det er vigtigt, at du har {}.",
        "{} (skal).",
        "{} er nødvendigt.",
        "Uden {} går det ikke.",
        "Og {} skal du have.",
        "{} er din hverdag.",
        "Krav: {}.",
    ),
    "nice": (
        "{} er en fordel.",
        "Gerne {}.",
        "Har du {}, er det et plus.",
        "Har du {}, er du foran.",
        "Har du {}, hører vi gerne fra dig.",
        "Kan du {}, er det helt fint.",
        "{}? Fedt, men vi lærer dig det.",
        "Har du {}? Så er du ekstra velkommen.",
        "{} (gerne).",
        "{} vil være rigtig dejligt.",
        "Ønsker: {}.",
        "{} er godt at have med.",
        "{} tager du hos os.",
        "{} giver vi dig.",
    ),
    "not": (
        "{} er ikke et krav.",
        "{} er ikke nødvendigt.",
        "Du behøver ikke {}.",
        "Vi kræver ikke {}.",
        "{} er ingen forudsætning.",
        "{} er ikke så vigtigt.",
        "{} er ikke relevant for os.",
    ),
}


def said(text: str) -> dict[str, str]:
    """Concept → must, nice, not or nothing."""
    marks = {None: "", True: "must", False: "nice"}
    return {
        starter().concept(one.concept_id).key: "not" if one.negated else marks[one.must]
        for one in linker().mentions(text)
    }


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


@settings(max_examples=150)
@given(
    st.permutations(sorted(THINGS)),
    st.lists(
        st.sampled_from([(tone, one) for tone, all_ in SENTENCES.items() for one in all_]),
        min_size=1,
        max_size=len(THINGS),
    ),
)
def test_each_sentence_speaks_for_its_own_thing(
    things: list[str], sentences: list[tuple[str, str]]
) -> None:
    """Whatever stands before and after, and in whatever order."""
    told = list(zip(things, sentences, strict=False))
    text = " ".join(_capital(one.format(thing)) for thing, (_, one) in told)
    assert said(text) == {THINGS[thing]: tone for thing, (tone, _) in told}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kørekort B (skal), hygiejnebevis (gerne)", {"koerekort-b": "must", "hygiejne": "nice"}),
        (
            "epoxykursus skal man ha. truckkort ikke et krav. vi er glade. 37t",
            {"epoxy": "must", "gaffeltruck-b": "not"},
        ),
        (
            "Man behøver ikke kunne dansk, bare engelsk.",
            {"dansk-b1": "not", "engelsk-b1": "must"},
        ),
        (
            "Din profil:\n- Excel\n- gerne tysk\n\nDine opgaver:\n- fakturering",
            {"excel": "must", "tysk-b1": "nice", "fakturering": ""},
        ),
        (
            "Du skal have kørekort, gerne trailerkort, truckcertifikat og ADR-bevis.",
            {
                "koerekort-b": "must",
                "koerekort-be": "nice",
                "gaffeltruck-b": "must",
                "adr-grundkursus": "must",
            },
        ),
        (
            "Kørekort C, helst også E, og gyldigt ADR-bevis er et krav.",
            {"koerekort-c": "must", "koerekort-ce": "nice", "adr-grundkursus": "must"},
        ),
        (
            "Kørekort B (skal), BE (gerne)",
            {"koerekort-b": "must", "koerekort-be": "nice"},
        ),
        ("Om dig:\n* Excel\n* tysk", {"excel": "must", "tysk-b1": "must"}),
        ("Vi ønsker os en kollega med Excel.", {"excel": ""}),
        ("Krav:\n- Excel\nVi bruger SAP på kontoret.", {"excel": "must", "sap": ""}),
    ],
)
def test_marks_lists_and_careless_writers(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected
