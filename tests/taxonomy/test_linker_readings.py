"""How ads and CVs say in short what is asked for, what is not, and what somebody is trained as."""

import pytest

from tvaers.taxonomy.linker import linker


def keys(text: str) -> list[str]:
    taxonomy = linker().taxonomy
    return [taxonomy.concept(one.concept_id).key for one in linker().mentions(text)]


def said(text: str) -> dict[str, str]:
    """Key → must, nice, not or nothing."""
    told = {True: "must", False: "nice", None: ""}
    tones = ("not" if one.negated else told[one.must] for one in linker().mentions(text))
    return dict(zip(keys(text), tones, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Svensk er et krav, dansk er det ikke.", {"svensk-b1": "must", "dansk-b1": "not"}),
        ("Kørekort er der ikke brug for.", {"koerekort-b": "not"}),
        ("Truckcertifikat er ikke noget, vi kræver.", {"gaffeltruck-b": "not"}),
        ("Liftcertifikat ja, truckcertifikat nej.", {"lift": "", "gaffeltruck-b": "not"}),
        (
            "Det er ok ikke at kunne dansk, bare du kan engelsk.",
            {"dansk-b1": "not", "engelsk-b1": "must"},
        ),
        ("Dansk kan vi ikke gå på kompromis med.", {"dansk-b1": "must"}),
        ("Truckcertifikat har du ikke brug for.", {"gaffeltruck-b": "not"}),
        ("Uden truckcertifikat går det ikke.", {"gaffeltruck-b": "must"}),
        ("Du kommer ikke langt uden kørekort.", {"koerekort-b": "must"}),
        ("Børneattest skal foreligge.", {"borneattest": "must"}),
        ("Vi betaler truckcertifikat.", {"gaffeltruck-b": "nice"}),
        ("Truckkort er ingen ulempe.", {"gaffeltruck-b": "nice"}),
        ("Førstehjælpsbevis trækker op.", {"forstehjaelp": "nice"}),
        ("ITIL tæller positivt, engelsk er godt at have.", {"itil": "nice", "engelsk-b1": "nice"}),
        ("Kørekort C ser vi gerne.", {"koerekort-c": "nice"}),
        ("Du er en haj til Excel.", {"excel": "must"}),
        ("Du får kolleger. Vi lægger vægt på\n- hygiejnebevis", {"hygiejne": "must"}),
    ],
)
def test_what_stands_after_the_thing_speaks_about_it(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tandklinikassistent (udd. 2012)", ["tandklinikassistent", "tandklinik-udd"]),
        ("Elektriker, svend 2016.", ["elektriker", "elektriker-udd"]),
        ("2 elektrikere, svende m. erfaring", ["elektriker", "elektriker-udd"]),
        ("Uddannet greenkeeper 2018", ["eud", "greenkeeper"]),
        ("uddannede SSA'ere", ["ssa-udd", "social-og-sundhedsassistent"]),
        ("Tømreruddannet", ["tomrer-udd"]),
        ("Vægteruddannet, godkendt af politiet", ["aut-vagt", "aut-vagt"]),
        ("Student 2020", ["gymnasial"]),
        ("1 optikerass. til Næstved", ["optikerassistent"]),
        ("Kørek. B", ["koerekort-b"]),
        ("Har B-kort", ["koerekort-b"]),
        ("Kørekort B med trailer", ["koerekort-be"]),
        ("Kørekort B+T", ["koerekort-tm", "koerekort-b"]),
        ("ADR grund+tank", ["adr-tank"]),
        (
            "TIG og MIG/MAG, svejsecertifikat",
            ["tig-svejsning", "mig-mag-svejsning", "svejsecertifikat"],
        ),
        ("Certifikat i TIG", ["svejs-141"]),
        ("TIG-svejsning i rustfrit stål", ["tig-svejsning", "rustfri-svejsning"]),
        ("Du læser tegninger", ["tegningslaesning"]),
        ("Hotel: Opera", ["opera-pms"]),
        ("Operaen søger kor til Opera", []),
    ],
)
def test_short_ways_to_say_a_training_or_a_paper(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("driven", "driver"),
    [
        ("taxa", "taxachauffoer"),
        ("bybus", "buschauffoer"),
        ("lastbil", "lastbilchauffoer"),
        ("varebil", "varebilschauffoer"),
    ],
)
def test_a_driver_is_named_by_what_is_driven(driven: str, driver: str) -> None:
    assert driver in keys(f"10 chauffører til {driven}")
