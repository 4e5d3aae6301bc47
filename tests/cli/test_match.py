"""`tvaers match`: an ad and a list of people, without a database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from tvaers.cli.main import compose

AD = "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B\n37 timer, start 1. marts 2099"
PEOPLE = [
    "id;kommune;ønskede stillinger;tidligere stillinger;certifikater;kørekort;bil;ledig fra;"
    "transporttid;status;timer;cv",
    "c1;259;Lagermedarbejder;Lagermedarbejder:4:2025;gaffeltruckcertifikat B;B;ja;;;;;",
    "c2;265;;Terminalarbejder:6:2024;truckkort;B;ja;;;;;",
    "c3;259;Lagermedarbejder;Lagermedarbejder:2:2026;;B;ja;;;;;",
    "c4;851;Lagermedarbejder;;gaffeltruckcertifikat B;B;ja;;45;;;",
    "c5;259;Lagermedarbejder;;gaffeltruckcertifikat B;B;ja;01-06-2099;;;;",
    "c6;259;Lagermedarbejder;;gaffeltruckcertifikat B;B;ja;;;afsluttet;;",
    "c7;329;Lagermedarbejder;;gaffeltruckcertifikat B;B;ja;;;;10-15;",
    "c8;336;;;;B;ja;;;;;Har været lagermedarbejder og har gaffeltruckcertifikat",
]

Match = Callable[..., Result]


@pytest.fixture
def order(tmp_path: Path) -> Path:
    path = tmp_path / "ordre.txt"
    path.write_text(AD, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "ledige.csv"
    path.write_text("\n".join(PEOPLE), encoding="utf-8")
    return path


@pytest.fixture
def match(order: Path, people: Path) -> Match:
    def run(*options: str, order: Path = order, people: Path = people) -> Result:
        files = ["--order", str(order), "--candidates", str(people)]
        return CliRunner().invoke(compose(["match", "stop"]), ["match", *files, *options])

    return run


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def ids(people: list[dict[str, Any]]) -> list[str]:
    return [person["id"] for person in people]


def test_the_answer_has_the_shape_that_others_rely_on(match: Match) -> None:
    found = answer(match("--format", "json"))
    assert list(found) == ["order", "hits", "near_misses", "excluded"]
    assert found["order"]["title"] == "Lagermedarbejdere"
    assert found["order"]["occupation"]["label"] == "lagermedarbejder"
    assert set(found["order"]["occupation"]) == {"uri", "label"}
    assert found["order"]["requirements"] == [
        {"label": "gaffeltruckcertifikat B", "must": True, "kind": "certificate"}
    ]
    best = found["hits"][0]
    keys = ["id", "fit", "met", "unmet", "travel_minutes", "ready", "why"]
    assert list(best) == keys
    assert (best["id"], best["met"], best["unmet"]) == ("c1", ["gaffeltruckcertifikat B"], [])
    assert 0.8 < best["fit"] <= 1
    assert 0 < best["travel_minutes"] < 30
    assert all(list(part) == ["part", "value", "text"] for part in best["why"])
    assert set(found["near_misses"][0]) == {*keys, "lacks", "trainable"}
    assert {"travel", "availability", "scope", "must"} <= set(found["excluded"])


def test_who_fits_who_is_close_and_who_is_kept_out(match: Match) -> None:
    found = answer(match("--format", "json"))
    assert ids(found["hits"])[0] == "c1"
    assert set(ids(found["hits"])) == {"c1", "c2", "c8"}
    assert ids(found["near_misses"]) == ["c3"]
    assert found["near_misses"][0]["lacks"] == ["gaffeltruckcertifikat B"]
    out = {name: number for name, number in found["excluded"].items() if number}
    assert out == {"must": 1, "travel": 1, "availability": 1, "hours": 1, "not_findable": 1}


def test_fits_fall_and_everyone_stands_in_one_place(match: Match) -> None:
    found = answer(match("--format", "json"))
    fits = [person["fit"] for person in found["hits"]]
    assert fits == sorted(fits, reverse=True)
    assert len(found["hits"]) + sum(found["excluded"].values()) == len(PEOPLE) - 1


def test_scope_limit_and_top_narrow_or_widen(match: Match) -> None:
    assert set(ids(answer(match("--format", "json", "--scope", "0259"))["hits"])) == {"c1"}
    named = answer(match("--format", "json", "--scope", "Køge, 265"))
    assert set(ids(named["hits"])) == {"c1", "c2"}
    wide = answer(match("--format", "json", "--travel-limit", "none"))
    assert "c4" in ids(wide["hits"])
    assert len(answer(match("--format", "json", "--top", "1"))["hits"]) == 1


def test_place_and_start_may_be_given_beside_the_ad(match: Match) -> None:
    moved = answer(match("--format", "json", "--municipality", "Aalborg"))
    assert ids(moved["hits"]) == ["c4"]
    later = answer(match("--format", "json", "--start", "01-07-2099"))
    assert "c5" in ids(later["hits"])


def test_the_reasons_are_danish_sentences_or_english(match: Match) -> None:
    danish = answer(match("--format", "json"))["hits"][0]
    texts = {part["part"]: part["text"] for part in danish["why"]}
    assert texts["occupation"] == "lagermedarbejder"
    assert texts["experience"] == "4 års erfaring"
    assert texts["travel"].endswith("min. til arbejde")
    assert texts["availability"] == "kan starte 01-03-2099"
    assert texts["credentials"] == "opfylder 1 af 1 krav"
    english = answer(match("--format", "json", "--language", "en"))["hits"][0]
    assert "4 years of experience" in [part["text"] for part in english["why"]]


def test_an_order_in_json_and_people_in_a_workbook(match: Match, tmp_path: Path) -> None:
    order, people = tmp_path / "ordre.json", tmp_path / "ledige.xlsx"
    order.write_text(
        json.dumps({"title": "Lagermedarbejder", "municipality": 259, "requirements": []})
    )
    with xlsxwriter.Workbook(str(people)) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(PEOPLE):
            sheet.write_row(number, 0, line.split(";"))
    found = answer(match("--format", "json", order=order, people=people))
    assert found["order"]["requirements"] == []
    assert "c3" in ids(found["hits"])


def test_years_that_are_asked_for_stand_with_the_requirement(match: Match, tmp_path: Path) -> None:
    order = tmp_path / "erfaren.txt"
    order.write_text("Lagermedarbejder til Køge, min. 3 års erfaring som lagermedarbejder")
    found = answer(match("--format", "json", order=order))
    assert [asked["label"] for asked in found["order"]["requirements"]] == [
        "lagermedarbejder: 3 år"
    ]
    best = found["hits"][0]
    assert (best["id"], best["met"]) == ("c1", ["lagermedarbejder: 3 år"])


def test_a_windows_file_with_a_broken_row_is_read_and_the_row_named(
    match: Match, tmp_path: Path
) -> None:
    people = tmp_path / "gammel.csv"
    lines = [*PEOPLE[:2], "c9;ødelagt række", "c10;Atlantis" + ";" * 10, *PEOPLE[2:]]
    people.write_bytes("\r\n".join(lines).encode("cp1252"))
    result = match("--format", "json", people=people)
    assert set(ids(answer(result)["hits"])) == {"c1", "c2", "c8"}
    assert "Linje 3: Linjen kan ikke deles" in result.stderr
    assert "Linje 4, municipality: Kommunen “Atlantis” findes ikke." in result.stderr


def test_the_table_says_the_same_in_words(match: Match) -> None:
    result = match()
    assert result.exit_code == 0
    assert "3 passer" in result.stdout
    assert "Skal: gaffeltruckcertifikat B" in result.stdout
    assert "Tæt på" in result.stdout
    assert "1 mangler et skal-krav" in result.stdout
    assert "3 fit" in match("--language", "en").stdout


def test_an_ad_without_a_place_is_searched_without_travel(match: Match, tmp_path: Path) -> None:
    order = tmp_path / "uden sted.txt"
    order.write_text("Lagermedarbejder med gaffeltruckcertifikat B")
    result = match("--format", "json", order=order)
    assert "c4" in ids(answer(result)["hits"])
    assert answer(result)["hits"][0]["travel_minutes"] is None
    assert "Intet sted er nævnt" in result.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--municipality", "Atlantis"], "Kommunen “Atlantis” findes ikke."),
        (["--scope", "Atlantis"], "Kommunen “Atlantis” findes ikke."),
        (["--start", "engang"], "“engang” er ikke en dato."),
        (["--start", "engang", "--language", "en"], "“engang” is not a date."),
    ],
)
def test_a_wrong_option_is_answered_with_a_sentence(
    match: Match, options: list[str], sentence: str
) -> None:
    result = match(*options)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tom.csv", b"", "Filen er tom."),
        ("forkert.csv", b"navn;alder\nBo;4\n", "Kolonnen “id” mangler"),
        ("billede.csv", b"\x89PNG\0\0", "kan ikke læses som regneark"),
        ("kun fejl.csv", b"id;kommune\n1;Atlantis\n", "ingen brugbare rækker"),
    ],
)
def test_a_list_that_cannot_be_used_is_answered_with_a_sentence(
    match: Match, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    people = tmp_path / name
    people.write_bytes(content)
    result = match(people=people)
    assert result.exit_code == 2
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Der står ingenting i"),
        (b"\0\1\2", "er ikke en tekstfil"),
        (b"{", "er ikke gyldig JSON"),
        (b'{"title": "Kok", "openings": 0}', "“openings” kan ikke være “0”"),
    ],
)
def test_an_order_that_cannot_be_used_is_answered_with_a_sentence(
    match: Match, tmp_path: Path, content: bytes, sentence: str
) -> None:
    order = tmp_path / "ordre"
    order.write_bytes(content)
    result = match(order=order)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_missing_file_is_answered_with_a_sentence(match: Match, tmp_path: Path) -> None:
    result = match(order=tmp_path / "væk.txt")
    assert result.exit_code == 2
    assert "findes ikke." in result.stderr


def test_a_long_ad_with_emoji_is_read_as_far_as_an_order_goes(match: Match, tmp_path: Path) -> None:
    order = tmp_path / "lang.txt"
    order.write_text(f"{AD} 😀\n{'å' * 5001}", encoding="utf-8")
    result = match("--format", "json", order=order)
    assert ids(answer(result)["hits"])[0] == "c1"
    assert "Kun de første 5.000 er læst." in result.stderr
