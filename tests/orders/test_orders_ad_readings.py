"""What the words around a title, a number or a thing make of it in an ad."""

from datetime import date

import pytest

from tvaers.orders.ad_terms import Shift
from tvaers.orders.draft import Draft
from tvaers.orders.intake import from_ad
from tvaers.taxonomy.starter import starter

TODAY = date(2027, 1, 20)


def read(text: str) -> Draft:
    return from_ad(text, today=TODAY)


def label(concept_id: int | None) -> str:
    return "" if concept_id is None else starter().concept(concept_id).label


def asked(draft: Draft, *, must: bool) -> list[str]:
    return [label(r.concept_id) or r.text for r in draft.requirements if r.must is must]


@pytest.mark.parametrize(
    "who",
    [
        "Kontakt afdelingsleder NN på telefon 12 34 56 78.",
        "Yderligere oplysninger fås ved henvendelse til skoleleder NN.",
        "Du får et tæt samarbejde med sagsbehandlere og socialrådgivere.",
    ],
)
def test_who_to_call_or_work_with_is_not_the_job(who: str) -> None:
    assert read(who).occupation is None


@pytest.mark.parametrize(
    ("text", "occupation"),
    [
        ("Sekretær til læge i Køge", "sekretær"),
        ("Vi søger malere og en tømrer til Køge", "maler"),
    ],
)
def test_the_first_clear_title_is_the_job(text: str, occupation: str) -> None:
    found = read(text).occupation
    assert found is not None
    assert label(found.concept_id) == occupation


def test_a_shift_of_seven_is_no_date_and_a_course_is_no_town() -> None:
    draft = read("Maler, 7/7-vagt. Liftkort, Vejen som arbejdsplads. Skive.")
    assert draft.starts_on is None
    assert draft.municipalities == ("0779",)


def test_nobody_is_asked_to_be_unskilled() -> None:
    assert read("Ufaglært maler, Køge. Ingen uddannelse er nødvendig.").requirements == ()


def test_where_the_work_is_is_no_requirement() -> None:
    assert read("Vi søger en operatør til fødevareproduktion i Køge.").requirements == ()
    told = read("Vi søger en operatør med erfaring i fødevareproduktion.")
    assert asked(told, must=False) == ["fødevareproduktion"]


def test_the_training_of_the_trade_is_a_must() -> None:
    assert asked(read("Faglært maler, Køge"), must=True) == ["maleruddannelse"]
    assert asked(read("Maler, Køge. Faglært eller med erfaring."), must=True) == []


def test_years_instead_of_training_are_a_must() -> None:
    draft = read("Maler, Køge. Svendebrev er ikke et krav, hvis du har 4 års erfaring.")
    assert [r.years for r in draft.requirements if r.must] == [4]
    draft = read("Maler, Køge. Min. 2 års erfaring, og gerne kørekort.")
    assert [r.years for r in draft.requirements if r.must] == [2]


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("Malere til Køge. Vi skal bruge syv.", 7),
        ("To vikariater som maler i Køge er ledige", 2),
        ("Malerfirma i Køge. Vi skal bruge 4 raske piger eller drenge.", 4),
        ("Køge. Vi mangler 1 maler + 3 tømrere.", 4),
        ("Maling af huse i Køge: 12 pers. i juli", 12),
        ("Havnen i Hirtshals skal bruge et par truckførere til færgelejet.", 2),
        ("Vi skal bruge en håndfuld pakkere i Greve.", 5),
        ("Ti nye stemmer til vores callcenter i Aalborg!", 10),
    ],
)
def test_a_bare_number_of_vacancies(text: str, openings: int) -> None:
    assert read(text).openings == openings


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Maler, Køge. Hurtig opstart.", TODAY),
        ("Maler, Køge. Du starter så snart du kan.", TODAY),
        ("Maler, Køge. Opstart efter nytår.", date(2028, 1, 1)),
        ("Maler, Køge. 1 stilling ledig nu.", TODAY),
        ("Maler, Køge. Snarlig tiltrædelse.", TODAY),
        ("Fra midten af marts - helst den 18.", date(2027, 3, 18)),
        ("Sæson, april til oktober.", date(2027, 4, 1)),
        ("Påmønstring 15. januar 2027.", date(2027, 1, 15)),
        ("Fuld tid. 1. december eller snarest derefter.", date(2027, 12, 1)),
        ("Skal bruge en kok, helst i går.", TODAY),
        ("Fri fra nu af.", TODAY),
        ("Kok i Ribe, gerne fra 1.2.", date(2027, 2, 1)),
        ("Kok i Ribe. Start på mandag.", date(2027, 1, 25)),
        ("Kok i Ribe. Arbejde fra mandag til fredag.", None),
        ("Ring til os - snarest!", TODAY),
    ],
)
def test_starts_without_a_date(text: str, start: date | None) -> None:
    assert read(text).starts_on == start


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Arbejdstid 7-15", {Shift.DAY}),
        ("Arbejdstiden er kl. 6.30 til 14.30", {Shift.DAY}),
        ("Vagter i dag, aften og nat", {Shift.DAY, Shift.EVENING, Shift.NIGHT}),
        ("Fast natture", {Shift.NIGHT}),
        ("Ma-to 7.30-16, fre 7.30-14", {Shift.DAY}),
        ("Vi starter 7.00 og slutter 15.00", {Shift.DAY}),
        ("Alle skoledage 8-14", {Shift.DAY}),
        ("Kl. 15-23", {Shift.EVENING}),
        ("Kl. 22-06, syv på og syv fri", {Shift.NIGHT}),
        ("Søndag til torsdag nat", {Shift.NIGHT}),
        ("Vi har åbent 8-21. 20-37 timer. Ferie 10.12-14.12", set()),
    ],
)
def test_when_the_work_is(text: str, shifts: set[Shift]) -> None:
    assert read(f"Maler, Køge. {text}.").shifts == shifts


def test_who_called_is_not_who_is_sought() -> None:
    draft = read("Elinstallatør ringede, 8600. Vil ha 2 elektrikere, svende.")
    assert draft.occupation
    assert label(draft.occupation.concept_id) == "elektriker"
    assert draft.openings == 2


def test_a_svendebrev_is_asked_for_and_a_faglaert_is_a_word_of_praise() -> None:
    must = {
        one.text for one in read("Skorstensfejersvend. Svendebrev. Køge").requirements if one.must
    }
    assert must == {"Svendebrev"}
    assert not any(one.must for one in read("Vi søger en faglært kok til Køge").requirements)
    either = read("Skorstensfejer. Svendebrev eller mange års erfaring. Køge").requirements
    assert not any(one.must for one in either)


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("Vi er kolleger fra hele verden, og vores kunder taler tysk.", []),
        ("Hvad tilbyder vi?\n- Kursus i Excel\n- Frokost", []),
        ("Vi skal bruge to til opvask.", []),
        ("Bogholder, der kan køre kreditorer og moms.", ["kreditorstyring", "moms og afgifter"]),
        ("Du har arbejdet i Navision.", ["Navision"]),
        ("Du har en sund økonomisk sans og ledelseserfaring.", ["ledelse"]),
        ("Du har ansvar for fakturering.", []),
        ("Spartling, tapetsering og sprøjtemaling.", ["spartling", "sprøjtemaling", "tapetsering"]),
        ("Du er uddannet frisør eller kosmetolog.", ["frisøruddannelse"]),
        ("Ikke-dansktalende er velkomne.", []),
        ("Du er fleksibel, stabil og smilende.", []),
    ],
)
def test_what_one_can_is_a_must_and_what_others_do_is_none(text: str, must: list[str]) -> None:
    assert sorted(asked(read(f"Køge. {text}"), must=True)) == must
