"""Files as case systems and people make them: letters, separators, headers, broken rows."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tvaers.connectors.problems import SENTENCES, Fault, UnreadableFile
from tvaers.connectors.spreadsheets import Column, header_key, read, read_bytes

COLUMNS = (
    Column("id"),
    Column("municipality", ("kommune",)),
    Column("protected", ("navne- og adressebeskyttelse",)),
    Column("text", ("cv",)),
)
LINES = "id;kommune;cv\n1;Køge;Kørte æbler\n2;Ærø;Å\n"


def rows(content: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_bytes(content, COLUMNS, required="id").rows]


KØGE_AND_ÆRØ = [
    {"id": "1", "municipality": "Køge", "text": "Kørte æbler"},
    {"id": "2", "municipality": "Ærø", "text": "Å"},
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_common_make_of_csv_is_read(encoding: str, delimiter: str, newline: str) -> None:
    content = LINES.replace(";", delimiter).replace("\n", newline).encode(encoding)
    assert rows(content) == KØGE_AND_ÆRØ


def test_a_broken_row_in_windows_1252_is_named_and_the_others_go_in() -> None:
    content = "id;kommune;cv\n1;Køge;x\n2;Stevns\n3;Ærø;y;for;meget\n4;Ærø;z\n".encode("cp1252")
    sheet = read_bytes(content, COLUMNS, required="id")
    assert [row.cells["id"] for row in sheet.rows] == ["1", "4"]
    assert [(p.line, p.fault) for p in sheet.problems] == [
        (3, Fault.BROKEN_ROW),
        (4, Fault.BROKEN_ROW),
    ]
    assert sheet.problems[0].what == "Linjen kan ikke deles i de 3 felter, som overskriften har."


def test_one_foreign_letter_does_not_spoil_a_utf8_file() -> None:
    content = "id;kommune\n1;Køge\n2;Ærø\n".encode() + b"3;K\xf8ge\n" + "4;Læsø\n".encode()
    sheet = read_bytes(content, COLUMNS, required="id")
    assert [row.cells["municipality"] for row in sheet.rows] == ["Køge", "Ærø", "Læsø"]
    assert [(p.line, p.fault) for p in sheet.problems] == [(4, Fault.BROKEN_LETTERS)]


def test_a_cell_may_span_lines_and_the_next_row_keeps_its_line_number() -> None:
    content = b'id;cv;kommune\n1;"Lager\r\n""Truck""; kran";259\n\n2;x;265\n'
    sheet = read_bytes(content, COLUMNS, required="id")
    assert [row.line for row in sheet.rows] == [2, 5]
    assert sheet.rows[0].cells["text"] == 'Lager\n"Truck"; kran'


def test_an_open_quotation_mark_does_not_swallow_the_rest_of_the_file() -> None:
    content = 'id;cv;kommune\n1;"åben;259\n2;"rigtig";265\n3;19" skærm;253\n'.encode()
    sheet = read_bytes(content, COLUMNS, required="id")
    assert [row.cells["id"] for row in sheet.rows] == ["2", "3"]
    assert [problem.line for problem in sheet.problems] == [2]


def test_headers_are_known_in_any_case_order_and_spelling() -> None:
    content = b"CV;Navne- og Adressebeskyttelse;Sagsbehandler;KOMMUNE;Id\nx;ja;Bo;259;1\n"
    sheet = read_bytes(content, COLUMNS, required="id")
    assert sheet.rows[0].cells == {"text": "x", "protected": "ja", "municipality": "259", "id": "1"}
    assert sheet.unknown == ("Sagsbehandler",)
    assert header_key("Kørekort") == header_key("koerekort") == header_key(" KØREKORT ")


def test_a_column_that_is_there_twice_is_named_and_the_first_counts() -> None:
    sheet = read_bytes(b"id;cv;text\n1;a;b\n", COLUMNS, required="id")
    assert sheet.rows[0].cells["text"] == "a"
    assert [(p.column, p.fault) for p in sheet.problems] == [("text", Fault.COLUMN_TWICE)]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.NOTHING_IN_FILE),
        (b"\xef\xbb\xbf", Fault.NOTHING_IN_FILE),
        (b"\r\n \r\n", Fault.NOTHING_IN_FILE),
        (b"navn;alder\nBo;4\n", Fault.NO_KNOWN_HEADER),
        (b'{"title": "Kok", "openings": 1}', Fault.NO_KNOWN_HEADER),
        (b"\x89PNG\r\n\x1a\n\0\0", Fault.NOT_A_SPREADSHEET),
        (b"PK\x03\x04 not a workbook", Fault.NOT_A_SPREADSHEET),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_reason(content: bytes, fault: Fault) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(content, COLUMNS, required="id")
    assert refused.value.problem.fault is fault


def test_a_workbook_gives_the_same_rows_as_text(tmp_path: Path) -> None:
    file = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Id", "Kommune", "CV", "Navne- og adressebeskyttelse"])
        sheet.write_row(1, 0, [17, 259, "😀 glad\ntruckfører", True])
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(3, 0, ["a", 37.5])
        sheet.write_datetime(3, 2, date(2027, 3, 1), day)
    got = read(file, COLUMNS, required="id").rows
    assert [row.line for row in got] == [2, 4]
    assert got[0].cells == {
        "id": "17",
        "municipality": "259",
        "text": "😀 glad\ntruckfører",
        "protected": "ja",
    }
    assert got[1].cells == {"id": "a", "municipality": "37.5", "text": "2027-03-01"}


CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffd"), max_size=30
)


@given(
    table=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    delimiter=st.sampled_from(";,\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_program_wrote_is_read_back(
    table: list[tuple[str, str, str]], delimiter: str, quoting: int, encoding: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerow(["id", "kommune", "cv"])
    writer.writerows(table)
    sheet = read_bytes(out.getvalue().encode(encoding), COLUMNS, required="id")
    assert sheet.problems == ()
    names = ("id", "municipality", "text")
    tidy = [
        [cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row] for row in table
    ]
    wanted = [{n: cell for n, cell in zip(names, row, strict=True) if cell} for row in tidy]
    assert [dict(row.cells) for row in sheet.rows] == [cells for cells in wanted if cells]


@given(st.binary(max_size=400))
def test_no_content_makes_the_reader_fall_over(content: bytes) -> None:
    try:
        sheet = read_bytes(b"id;kommune\n" + content, COLUMNS, required="id")
    except UnreadableFile as refused:
        reason = refused.problem.fault
    else:
        reason = None
    assert (reason is not None) == (b"\0" in content)
    assert reason in (None, Fault.NOT_A_SPREADSHEET)
    if reason:
        return
    lines = [row.line for row in sheet.rows]
    assert lines == sorted(set(lines))
    assert all(problem.line >= 2 for problem in sheet.problems)


def test_every_fault_has_its_sentences_in_both_languages() -> None:
    assert set(SENTENCES) == set(Fault)
    for danish, english in SENTENCES.values():
        assert all(danish)
        assert all(english)
        assert danish != english
