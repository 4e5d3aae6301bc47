"""A case system's list of people, as the guide describes it."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from tvaers.connectors import candidate_file
from tvaers.connectors.candidate_file import COLUMNS, CandidateFile, Held, Language, Status
from tvaers.connectors.problems import Fault, UnreadableFile
from tvaers.connectors.spreadsheets import read_bytes
from tvaers.core.cpr import cpr_key

SECRET = b"a secret of thirty-two bytes....."
DANISH = (
    "id;cpr;navn;e-mail;telefon;adresse;fødselsdato;navne- og adressebeskyttelse;status;hjemmel;"
    "kommune;postnr;ønskede stillinger;tidligere stillinger;kompetencer;certifikater;kørekort;"
    "sprog;uddannelse;ledig fra;timer;ansættelsesformer;transporttid;bil;cv opdateret;cv\n"
)
BO = (
    "c1;010180-1234;Bo Ærø;BO@example.dk;12 34 56 78;Havnevej 1;01-01-1980;nej;ledig;LAB § 6;"
    "259;4600;Lagermedarbejder|Truckfører;Lagermedarbejder:4:2025|Chauffør:2,5|Kok;"
    "plukning|SAP;gaffeltruckcertifikat B;B|CE;dansk:modersmål|engelsk:b2|tysk;HG;01-03-2027;"
    '20-37;ordinær|løntilskud;45;ja;2026-12-01;"Mødestabil.\nKan køre truck 😀"\n'
)


def read(text: str, *, encoding: str = "utf-8", secret: bytes | None = SECRET) -> CandidateFile:
    sheet = read_bytes(text.encode(encoding), COLUMNS, required="id")
    return candidate_file.from_sheet(sheet, secret=secret)


def test_every_column_of_the_guide_is_read() -> None:
    (bo,) = read(DANISH + BO).rows
    assert (bo.id, bo.line, bo.municipality, bo.postcode) == ("c1", 2, "0259", "4600")
    assert bo.person == cpr_key("0101801234", secret=SECRET)
    assert (bo.name, bo.email, bo.birth_date) == ("Bo Ærø", "bo@example.dk", date(1980, 1, 1))
    assert (bo.protected, bo.status, bo.legal_basis) == (False, Status.ACTIVE, "LAB § 6")
    assert bo.wanted == ("Lagermedarbejder", "Truckfører")
    assert bo.held == (Held("Lagermedarbejder", 4.0, 2025), Held("Chauffør", 2.5), Held("Kok"))
    assert (bo.skills, bo.certificates) == (("plukning", "SAP"), ("gaffeltruckcertifikat B",))
    assert (bo.licences, bo.education) == (("B", "CE"), ("HG",))
    assert bo.languages == (
        Language("dansk", "modersmål"),
        Language("engelsk", "B2"),
        Language("tysk"),
    )
    assert (bo.available_from, bo.hours) == (date(2027, 3, 1), (20, 37))
    assert bo.kinds == {"ordinary", "wage_subsidy"}
    assert (bo.max_travel_minutes, bo.car, bo.cv_updated) == (45, True, date(2026, 12, 1))
    assert bo.text == "Mødestabil.\nKan køre truck 😀"


def test_what_is_empty_means_what_the_guide_says() -> None:
    (row,) = read("id;kommune\n7;Køge\n").rows
    assert (row.status, row.kinds, row.max_travel_minutes) == (Status.ACTIVE, {"ordinary"}, 90)
    assert (row.available_from, row.hours, row.car, row.person) == (None, None, None, None)
    assert not row.protected


def test_english_headers_and_windows_1252_give_the_same_person() -> None:
    english = "id;" + ";".join(column.name for column in COLUMNS[1:]) + "\n"
    without_emoji = BO.replace(" 😀", "")
    assert read(english + without_emoji, encoding="cp1252") == read(DANISH + without_emoji)


def test_the_postcode_gives_the_municipality_and_lost_zeros_come_back() -> None:
    file = read("id,municipality,postcode\n1,,4600\n2,259,800\n3,101,\n4,Køge Kommune,9999\n")
    assert [(row.municipality, row.postcode) for row in file.rows] == [
        ("0259", "4600"),
        ("0259", "0800"),
        ("0101", ""),
        ("0259", "9999"),
    ]


def test_a_bad_row_is_named_with_all_its_faults_and_the_others_go_in() -> None:
    file = read(
        "id;kommune;postnr;bil;ledig fra;timer;ansættelsesformer;tidligere stillinger;sprog\n"
        "1;Køge;;ja;;;;;\n"
        "2;Atlantis;;måske;31-02-2027;100;vikar;Kok:mange;tysk:flydende\n"
        ";Køge;;;;;;;\n"
        "1;Køge;;;;;;;\n"
        "5;;;;;;;;\n"
        "6;;9999;;;;;;\n"
        "7;Ærø;;;;;;;\n"
    )
    assert [row.id for row in file.rows] == ["1", "7"]
    kinds = next(problem for problem in file.problems if problem.column == "kinds")
    assert "fleksjob, " in kinds.todo
    assert {(p.line, p.column, p.fault) for p in file.problems} == {
        (3, "municipality", Fault.UNKNOWN_MUNICIPALITY),
        (3, "car", Fault.NOT_YES_OR_NO),
        (3, "available_from", Fault.NOT_A_DATE),
        (3, "hours", Fault.NOT_HOURS),
        (3, "kinds", Fault.NOT_IN_LIST),
        (3, "held", Fault.NOT_A_JOB),
        (3, "languages", Fault.NOT_IN_LIST),
        (4, "id", Fault.EMPTY),
        (5, "id", Fault.SEEN_BEFORE),
        (6, "municipality", Fault.NO_PLACE),
        (7, "postcode", Fault.UNKNOWN_POSTCODE),
    }


def test_a_cpr_number_is_nowhere_in_what_was_read() -> None:
    bad = "c2;320180-1234;Ea;;;;;;;;259;" + ";" * 14 + "\n"
    file = read(DANISH + BO + bad)
    assert [(p.line, p.column, p.fault) for p in file.problems] == [(4, "person", Fault.NOT_CPR)]
    everything = repr(file) + repr([vars(row) for row in file.rows])
    assert "1234;" not in everything
    assert "0101801234" not in everything
    assert "010180-1234" not in everything
    assert "320180" not in everything


def test_without_a_secret_no_person_key_is_made() -> None:
    (bo,) = read(DANISH + BO, secret=None).rows
    assert bo.person is None


def test_names_and_contacts_stay_out_of_logs() -> None:
    (bo,) = read(DANISH + BO).rows
    for hidden in ("Ærø", "example.dk", "12 34 56 78", "Havnevej", "1980", "Mødestabil"):
        assert hidden not in repr(bo)


def test_long_cv_texts_are_kept_whole_and_unknown_columns_named() -> None:
    file = read("id;kommune;cv;sagsbehandler\n1;Køge;" + "å" * 5001 + ";Bo\n")
    assert len(file.rows[0].text) == 5001
    assert file.unknown_columns == ("sagsbehandler",)


def test_a_list_without_keys_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("navn;kommune\nBo;Køge\n")
    with pytest.raises(UnreadableFile, match="Kolonnen “id” mangler"):
        candidate_file.read(path)


def test_every_column_has_its_place_in_the_row() -> None:
    assert {column.name for column in COLUMNS} | {"line"} == {
        field.name for field in fields(candidate_file.CandidateRow)
    }
