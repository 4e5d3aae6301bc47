"""Ads, order lines and titles as people write them, with their traps."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import Mention, linker


def keys(text: str) -> list[str]:
    return [key_of(mention) for mention in linker().mentions(text)]


def key_of(mention: Mention) -> str:
    return linker().taxonomy.concept(mention.concept_id).key


def said(text: str) -> dict[str, str]:
    """Key → must, nice, not or nothing."""
    return {
        key_of(one): "not" if one.negated else {True: "must", False: "nice", None: ""}[one.must]
        for one in linker().mentions(text)
    }


def best(phrase: str, *, kinds: tuple[Kind, ...] | None = None) -> str:
    found = linker().find(phrase, kinds=kinds, top=1)
    return linker().taxonomy.concept(found[0][0]).key if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 lagermedarbejdere, Køge, truckcertifikat B", ["lagermedarbejder", "gaffeltruck-b"]),
        ("truckfører m. certifikat B, Køge, 5 stk", ["truckforer", "gaffeltruck-b"]),
        ("gaffeltruck m. B", ["gaffeltruck-b"]),
        ("truckcertifikat B eller A", ["gaffeltruck-a", "gaffeltruck-b"]),
        ("truck (B)", ["gaffeltruck-b"]),
        ("kran D/G", ["kran-d", "kran-g"]),
        ("Certifikater: truck B, kran E, ADR", ["gaffeltruck-b", "kran-e", "adr-grundkursus"]),
        ("kørekort B, C og CE", ["koerekort-b", "koerekort-c", "koerekort-ce"]),
        ("CE-chauffør til Aarhus", ["koerekort-ce", "lastbilchauffoer"]),
        ("Chauffør C/E søges", ["lastbilchauffoer", "koerekort-ce"]),
        ("stort kørekort (C/E) og ADR inkl. tank", ["koerekort-ce", "adr-tank"]),
        ("stort kørekort til bus", ["koerekort-d"]),
        ("SSA'er og SSH'er", ["social-og-sundhedsassistent", "social-og-sundhedshjaelper"]),
        ("Pæd. medhj. 30 t", ["paedagogmedhjaelper"]),
        ("2 kokke og en opvasker", ["kok", "koekkenmedhjaelper"]),
        ("vejen som arbejdsplads, varmt arbejde og epoxy", ["vejen", "varmt-arbejde", "epoxy"]),
        ("§17 kursus, certifikat EN ISO 9606-1", ["svejs-17", "iso-9606-1"]),
        ("autoriseret sygeplejerske", ["aut-sygeplejerske", "sygeplejerske"]),
        ("faglært kok", ["kok-udd", "kok"]),
        ("natchauffør", ["chauffoer"]),
        ("ADR-kursus samt tank", ["adr-tank"]),
        ("Ingen certifikat, men kan TIG", ["tig-svejsning"]),
        ("Lærer på en friskole", ["folkeskolelaerer"]),
        ("vi lærer dig faget", []),
        ("køkkenhjælp", ["koekkenmedhjaelper"]),
        ("gartnerimedarbejder", ["gartnerimedhjaelper"]),
        ("førerkort til hyrevogn", ["taxa"]),
        ("kørekort C, gerne CE", ["koerekort-c", "koerekort-ce"]),
        ("betonbilchauffør", ["lastbilchauffoer"]),
        ("chauffør til varevogn", ["varebilschauffoer"]),
        ("lastbil m. kran: kørekort C", ["koerekort-c"]),
        ("EU-bevis person- og godskørsel", ["eu-bevis-gods", "eu-bevis-personer"]),
        ("svejsecertifikat 135/138", ["svejs-mag"]),
        ("svejsere med cert. i 111 og 141", ["svejser", "svejs-141", "svejs-111"]),
        ("elektriker med svendebrev", ["elektriker", "elektriker-udd"]),
        ("C#-udvikler", ["csharp", "softwareudvikler"]),
        ("Sosu assistent", ["social-og-sundhedsassistent"]),
        ("lagemedarbejder og elektrikker", ["lagermedarbejder", "elektriker"]),
        ("Truckerfaring er godt", ["truckkoersel"]),
    ],
)  # fmt: skip
def test_short_lines(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lager i Køge søger medarbejdere",
        "Vi er en dansk virksomhed med danske kunder og engelske ejere",
        "Du plejer at komme til tiden, og vi sælger biler",
        "CE-mærket udstyr fra afdeling B og D i bygning C",
        "Du maler en fremtid og bager på ideer",
        "Vores forretningsmodel og lønpakker",
        "Kandidaterne får svar i uge 12",
    ],
)
def test_words_that_only_look_like_requirements(text: str) -> None:
    assert keys(text) == []


def test_the_cook_is_found_in_the_definite_form_and_koege_is_a_place() -> None:
    assert keys("Kokken bor i Køge") == ["kok"]


def test_a_painter_who_paints_is_one_painter() -> None:
    assert keys("Vi søger en dygtig maler der maler hele dagen") == ["maler"]


def test_a_drivers_qualification_follows_what_is_driven() -> None:
    assert "eu-bevis-personer" in keys("Buschauffør med EU-kvalifikationsbevis")
    assert "eu-bevis-gods" in keys("Lastbilchauffør med EU-kvalifikationsbevis")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flydende dansk", "dansk-c1"),
        ("dansk på forhandlingsniveau", "dansk-c1"),
        ("engelsk i skrift og tale", "engelsk-b2"),
        ("polsk som modersmål", "polsk-native"),
        ("dansk (B2)", "dansk-b2"),
        ("minimum B1 i dansk", "dansk-b1"),
        ("Du forstår lidt tysk", "tysk-a2"),
        ("du taler polsk", "polsk-b1"),
        ("arabisktalende", "arabisk-b1"),
        ("gode engelskkundskaber", "engelsk-b2"),
    ],
)
def test_languages_have_levels(text: str, expected: str) -> None:
    assert keys(text) == [expected]


def test_a_bare_authorisation_belongs_to_the_title_of_the_ad() -> None:
    assert said("Sygeplejerske til natten. Dansk autorisation kræves.") == {
        "sygeplejerske": "",
        "aut-sygeplejerske": "must",
    }


def test_languages_in_a_list_share_their_level() -> None:
    assert keys("flydende dansk og engelsk") == ["dansk-c1", "engelsk-c1"]
    assert keys("flydende tysk og gode engelskkundskaber") == ["tysk-c1", "engelsk-b2"]
    assert keys("dansk: C1, polsk: modersmål") == ["dansk-c1", "polsk-native"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du skal have kørekort B", {"koerekort-b": "must"}),
        ("Børneattest kræves", {"borneattest": "must"}),
        ("Truckcertifikat er en forudsætning", {"gaffeltruck-b": "must"}),
        ("Du må gerne have truckcertifikat", {"gaffeltruck-b": "nice"}),
        ("Det er en fordel, hvis du taler polsk", {"polsk-b1": "nice"}),
        ("Kørekort er et plus", {"koerekort-b": "nice"}),
        ("Kørekort ikke nødvendigt", {"koerekort-b": "not"}),
        ("Det er ikke et krav, at du har truckcertifikat", {"gaffeltruck-b": "not"}),
        ("Ingen krav om kørekort", {"koerekort-b": "not"}),
        ("Du behøver ikke hygiejnebevis", {"hygiejne": "not"}),
        ("Kørekort er ikke et krav, men en fordel", {"koerekort-b": "nice"}),
        ("Kørekort B er en fordel, men ikke et krav", {"koerekort-b": "nice"}),
        ("Varmt arbejde skal være i orden", {"varmt-arbejde": "must"}),
        ("Tømrer til Køge - rullestillads ønskes", {"toemrer": "", "rullestillads": "nice"}),
        ("Svensk eller norsk er en fordel", {"svensk-b1": "nice", "norsk-b1": "nice"}),
        ("Kørekort B", {"koerekort-b": ""}),
        (
            "Du skal have kørekort B, truckcertifikat er ikke et krav",
            {"koerekort-b": "must", "gaffeltruck-b": "not"},
        ),
        (
            "Erfaring er ikke nødvendig, men du skal have hygiejnebevis",
            {"hygiejne": "must"},
        ),
        (
            "Truckcertifikat (ikke et krav) og kørekort (krav)",
            {"gaffeltruck-b": "not", "koerekort-b": "must"},
        ),
        (
            "Uden truckcertifikat, men med kørekort",
            {"gaffeltruck-b": "not", "koerekort-b": ""},
        ),
        ("Tømrer, kørekort en fordel", {"toemrer": "", "koerekort-b": "nice"}),
        (
            "Kørekort B, truckcertifikat og hygiejnebevis er et krav",
            {"koerekort-b": "must", "gaffeltruck-b": "must", "hygiejne": "must"},
        ),
        (
            "Krav: hygiejnebevis. Gerne: ADR",
            {"hygiejne": "must", "adr-grundkursus": "nice"},
        ),
        ("Epoxybevis helst, ellers ordner vi det", {"epoxy": "nice"}),
        ("Epoxybevis (kan evt. tages her)", {"epoxy": "nice"}),
        ("Du har styr på Excel", {"excel": "must"}),
        (
            "Kran D kræves (gerne også B), truckcertifikat og epoxybevis",
            {"kran-d": "must", "kran-b": "nice", "gaffeltruck-b": "", "epoxy": ""},
        ),
        ("Skovhugst er ikke et krav, men en fordel. Kørekort B", {"koerekort-b": ""}),
    ],
)
def test_must_nice_and_not_asked(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


def test_a_line_that_was_broken_at_a_width_goes_on_in_the_next() -> None:
    mail = (
        "Vi bygger veje i hele landet og har brug for folk, der har haft kurset Vejen\n"
        "som arbejdsplads inden for de seneste fem år, og som kan møde kl. 6 om\n"
        "morgenen. Det kan være med egen bil. Et bevis i førstehjælp er derimod ikke\n"
        "et krav.\n"
    )
    assert said(mail) == {"vejen": "", "egen-bil": "", "forstehjaelp": "not"}


def test_lines_of_a_list_do_not_run_together() -> None:
    told = said("Krav til dig som søger:\n- kørekort B\n- hygiejnebevis\nVi giver frokost")
    assert told == {"koerekort-b": "must", "hygiejne": "must"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi arbejder i skiftende vagter", []),
        ("Centret søger vagter", ["vagt"]),
        ("Stål, som vi bukker og svejser", []),
        ("Vi søger smed og svejser", ["smed", "svejser"]),
        ("En smed og svejser", ["smed", "svejser"]),
        ("Lærer til folkeskole", ["folkeskolelaerer"]),
        ("Chauffør, fast rute. Kørekort C", ["lastbilchauffoer", "koerekort-c"]),
    ],
)
def test_a_word_is_read_by_its_neighbours(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_two_languages_joined_by_og_share_what_follows() -> None:
    assert keys("Lettisk og estisk modersmål") == ["lettisk-native", "estisk-native"]


def test_a_beginner_is_a_beginner_beside_a_better_language() -> None:
    assert keys("Lettisk på begynderniveau, estisk B2") == ["lettisk-a1", "estisk-b2"]
    assert keys("Engelsk (B1), estisk begynder") == ["engelsk-b1", "estisk-a1"]


def test_the_level_of_one_list_does_not_reach_the_next() -> None:
    told = keys("Lettisk og estisk på forhandlingsniveau, finsk modersmål")
    assert told == ["lettisk-c1", "estisk-c1", "finsk-native"]


def test_a_program_among_programs_is_no_artist() -> None:
    assert keys("Photoshop, Illustrator") == ["photoshop", "illustrator"]
    assert keys("Vi søger en illustrator") == ["billedkunstner"]


def test_two_records_in_one_breath() -> None:
    assert set(keys("Børne- og straffeattest indhentes")) == {"borneattest", "straffeattest"}


def test_no_car_is_not_no_licence() -> None:
    assert said("Har kørekort, men ingen bil") == {"koerekort-b": ""}


def test_a_trailer_is_pulled_with_be() -> None:
    assert keys("BE til traileren") == ["koerekort-be"]


def test_headings_speak_for_the_lines_under_them() -> None:
    ad = """Vi forventer:
- kørekort C/E
- EU-kvalifikationsbevis

Det er et plus:
- ADR-bevis
- tysk på forhandlingsniveau

Vi tilbyder
- truckcertifikat på vores regning
"""
    assert said(ad) == {
        "koerekort-ce": "must",
        "eu-bevis-gods": "must",
        "adr-grundkursus": "nice",
        "tysk-c1": "nice",
        "gaffeltruck-b": "",
    }


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lagermedarbejder", "lagermedarbejder"),
        ("lager medarb.", "lagermedarbejder"),
        ("SOSU-hjælper", "social-og-sundhedshjaelper"),
        ("SSA", "social-og-sundhedsassistent"),
        ("pæd.", "paedagog"),
        ("mek.", "automekaniker"),
        ("adm. medarbejder", "kontorassistent"),
        ("Senior softwareudvikler", "softwareudvikler"),
        ("Vvs'er", "vvs-montoer"),
        ("tømrerlærling", "toemrer"),
        ("butiksmedarbejder 15 timer", "butiksassistent"),
        ("Sygeplejerske, aften", "sygeplejerske"),
        ("lagermedarbejer", "lagermedarbejder"),
        ("Kok", "kok"),
        ("warehouse worker", "lagermedarbejder"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    (first, certainty), *_ = linker().titles(title)
    assert linker().taxonomy.concept(first).key == expected
    assert certainty >= 400


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("gaffeltruck B", "gaffeltruck-b"),
        ("certifikat B", "gaffeltruck-b"),
        ("hygiejnebevis", "hygiejne"),
        ("engelsk:C1", "engelsk-c1"),
        ("dansk:modersmål", "dansk-native"),
        ("Excel", "excel"),
        ("TIG svejsning", "tig-svejsning"),
        ("C#", "csharp"),
    ],
)
def test_any_phrase(phrase: str, expected: str) -> None:
    assert best(phrase) == expected


def test_the_same_letter_is_another_paper_in_another_column() -> None:
    assert best("B", kinds=(Kind.LICENCE,)) == "koerekort-b"
    assert best("CE", kinds=(Kind.LICENCE,)) == "koerekort-ce"
    assert best("D", kinds=(Kind.LICENCE,)) == "koerekort-d"
    assert best("truck B", kinds=(Kind.CERTIFICATE,)) == "gaffeltruck-b"


def test_suggestions_begin_as_typed() -> None:
    labels = [linker().taxonomy.concept(one).label for one in linker().suggest("lager")]
    assert "lagermedarbejder" in labels
    certificates = linker().suggest("gaf", kinds=(Kind.CERTIFICATE,), top=2)
    assert [linker().taxonomy.concept(one).kind for one in certificates] == [Kind.CERTIFICATE] * 2


def test_every_label_finds_its_own_concept() -> None:
    taxonomy = linker().taxonomy
    lost = [
        concept.label
        for concept in taxonomy.concepts
        if concept.id not in dict(linker().find(concept.label, kinds=(concept.kind,), top=8))
    ]
    assert lost == []


@given(st.text(max_size=300))
def test_mentions_stand_inside_any_text_in_order(text: str) -> None:
    found = linker().mentions(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 < one.certainty <= 1000 for one in found)


def test_a_long_ad_is_read_quickly() -> None:
    ad = 20 * (
        "Vi søger en dygtig lagermedarbejder med truckcertifikat B til terminalen i Køge, "
        "som taler dansk på forhandlingsniveau og har lyst til en travl hverdag. "
    )
    linker().mentions(ad)
    start = time.process_time()
    linker().mentions(ad[:3000])
    assert time.process_time() - start < 0.1
