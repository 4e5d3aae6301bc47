"""Work that a CV tells of without a title, and what is no work at all."""

import csv
from importlib.resources import files

import pytest

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import rows, starter
from tvaers.taxonomy.work_told import TRADES, work_told


def told(text: str) -> list[str]:
    """The titles told of, a wish in brackets."""
    works = {work.id for work in starter().of_kind(Kind.OCCUPATION)}
    titles = [
        (one.start, one.end, one.concept_id)
        for one in linker().mentions(text)
        if one.concept_id in works
    ]
    found = work_told(text, starter(), titles=titles)
    names = [(starter().concept(one.occupation).label, one.wish) for one in found]
    return [f"({name})" if wish else name for name, wish in names]


@pytest.mark.parametrize(
    ("text", "works"),
    [
        (
            "Har været på lager, i køkken og kørt taxa.",
            ["lagermedarbejder", "køkkenmedhjælper", "taxachauffør"],
        ),
        ("Jeg gør rent på skoler.", ["rengøringsassistent"]),
        ("Gjorde rent på et hospital i 6 år.", ["rengøringsassistent"]),
        ("I 5 år har jeg passet børn og gamle.", ["pædagogmedhjælper", "plejemedhjælper"]),
        (
            "Har stået i butik, kørt truck og lagt asfalt.",
            ["butiksassistent", "truckfører", "anlægsarbejder"],
        ),
        ("Kører bybus i Aarhus, før det kørte jeg taxa.", ["buschauffør", "taxachauffør"]),
        ("Malede for en malermester i 12 år.", ["maler"]),
        ("Har muret i 20 år.", ["murer"]),
        ("Jeg har arbejdet med demente på et plejehjem.", ["plejemedhjælper"]),
        (
            "Lidt af hvert har jeg prøvet: slagteri 2 år, opvask i kantine 1 år, avisomdeling.",
            ["industrislagter", "køkkenmedhjælper", "avisbud"],
        ),
        (
            "2015-2018 lager, 2018-2020 rengøring, 2020-2024 hjemmepleje.",
            ["lagermedarbejder", "rengøringsassistent", "social- og sundhedshjælper"],
        ),
        ("Mest job på fabrik og i gartneri.", ["produktionsmedarbejder", "gartnerimedhjælper"]),
        ("Kundeservice er mit fag.", ["kundeservicemedarbejder"]),
        ("Rengøring på hotel og skoler, 10 år.", ["rengøringsassistent"]),
        ("Kørt ud med mad, samlet cykler i et værksted.", ["bud", "cykelmekaniker"]),
        ("Har svejst på værft.", ["svejser"]),
        ("Tidligere job: rengøring (hotel), opvask.", ["rengøringsassistent", "køkkenmedhjælper"]),
        ("Har haft vagter i en kantine.", ["kantinemedarbejder"]),
        ("Har fisket fra Thyborøn på en trawler.", ["fisker"]),
        (
            "Gennem vikarbureau: pakkeri, gartneri, lager.",
            ["pakkerimedarbejder", "gartnerimedhjælper", "lagermedarbejder"],
        ),
        ("Ufaglært i industrien: montage, pakning og truck.", ["produktionsmedarbejder"]),
    ],
)
def test_work_is_told_by_what_one_does_and_where(text: str, works: list[str]) -> None:
    assert told(text) == works


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("Vil gerne køre taxa eller arbejde på lager.", ["(taxachauffør)", "(lagermedarbejder)"]),
        ("Søger butik eller kontor, fuld tid.", ["(butiksassistent)", "(kontorassistent)"]),
        (
            "Søger andet end dyr, f.eks. entreprenørmaskiner eller lager.",
            ["(maskinfører)", "(lagermedarbejder)"],
        ),
        (
            "Vil meget gerne arbejde med børn eller ældre.",
            ["(pædagogmedhjælper)", "(plejemedhjælper)"],
        ),
        ("Vil gerne i gang igen med rengøring.", ["(rengøringsassistent)"]),
        ("Ønsker ikke rengøring længere, hellere kontor.", ["(kontorassistent)"]),
        (
            "Har gjort rent i 6 år, vil gerne passe børn.",
            ["rengøringsassistent", "(pædagogmedhjælper)"],
        ),
    ],
)
def test_what_is_wished_for_is_told_apart(text: str, works: list[str]) -> None:
    assert told(text) == works


@pytest.mark.parametrize(
    "text",
    [
        "Jeg gjorde rent hjemme.",
        "Har passet mine egne børn.",
        "Jeg er mor til to børn og bor i Greve.",
        "Jeg kan køre truck.",
        "I min fritid har jeg bygget stillads.",
        "Har malet mit hus.",
        "Har haft kørekort i 20 år.",
        "Det passer mig fint med børn i nærheden.",
        "Lageret ligger i Køge.",
        "Du skal køre truck og pakke varer.",
        "Min mand kører lastbil.",
        "Jeg arbejder fuld tid og har to børn.",
        "Arbejder som frivillig i en genbrugsbutik.",
        "Praktik på lager og i butik.",
        "Bor ved havnen og tager bussen.",
    ],
)
def test_what_is_no_job_is_not_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kok, 5 år i kantine, derefter køkkenet på et plejehjem.",
        "Sygeplejerske med 12 år på plejehjem.",
        "Lagermand med 11 år hos en byggemarkedskæde.",
        "Tømrer. Har lagt tag og gulve.",
        "Bogholder gennem 20 år, har arbejdet med regnskab og løn.",
    ],
)
def test_a_title_says_it_all_in_its_own_trade(text: str) -> None:
    assert told(text) == []


def test_a_title_does_not_hide_other_trades() -> None:
    assert told("Sygeplejerske. Har også arbejdet på lager.") == ["lagermedarbejder"]


def test_every_row_of_the_table_names_a_trade_its_verbs_and_an_occupation() -> None:
    verbs = {row["verb"] for row in rows("verbs.csv")}
    works = {work.key for work in starter().of_kind(Kind.OCCUPATION)}
    for row in rows("work.csv"):
        assert row["trade"] in TRADES
        assert row["how"] in ("verb", "place", "task")
        assert row["occupation"] in works, row
        assert row["how"] != "verb" or set(row["doing"].split("|")) <= verbs, row


def test_every_verb_is_used_and_stands_once() -> None:
    verbs = [row["verb"] for row in rows("verbs.csv")]
    used = {
        verb for row in rows("work.csv") if row["how"] == "verb" for verb in row["doing"].split("|")
    }
    assert sorted(verbs) == sorted(used)


def test_the_tables_are_plain_csv() -> None:
    for table in ("verbs.csv", "work.csv"):
        text = files("tvaers.taxonomy").joinpath("data", table).read_text(encoding="utf-8")
        widths = {len(row) for row in csv.reader(text.splitlines())}
        assert len(widths) == 1
