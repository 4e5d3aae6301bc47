"""Spreadsheets from case systems: CSV of any common make, and XLSX, as rows with line numbers.

Known columns are found by their Danish or English header, in any case and order; the others are
named and left alone. A row that cannot be read is a problem with its line number, and the rows
after it are read all the same.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import python_calamine

from tvaers.connectors.delimited import Record, records
from tvaers.connectors.problems import Fault, Problem, UnreadableFile

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


@dataclass(frozen=True)
class Column:
    """A column that a file may have: our name for it, and the other headers it is known by."""

    name: str
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row under the header: its line in the file, and the cells that are not empty."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file that was read: which columns it has, which are not known, its rows and problems."""

    columns: frozenset[str]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read(path: Path, columns: Sequence[Column], *, required: str) -> Sheet:
    """The rows of the file at `path`.

    `required` is the column without which the file is not what it should be. Raises
    `UnreadableFile` when the file is empty, is no spreadsheet, or lacks that column.
    """
    return read_bytes(path.read_bytes(), columns, required=required)


def read_bytes(content: bytes, columns: Sequence[Column], *, required: str) -> Sheet:
    """As `read`, for a file that was uploaded."""
    lines = iter(_workbook(content) if content.startswith(b"PK\x03\x04") else records(content))
    header = next((line for line in lines if _texts(line.cells)), None)
    if header is None:
        raise UnreadableFile(Problem(0, "", Fault.NOTHING_IN_FILE))
    places, unknown, problems = _header(header.cells, columns)
    if required not in places:
        seen = ", ".join(_texts(header.cells))[:200]
        raise UnreadableFile(Problem(header.line, required, Fault.NO_KNOWN_HEADER, seen))
    rows: list[Row] = []
    for line in lines:
        read_row = _row(line, places, width=len(header.cells))
        if isinstance(read_row, Problem):
            problems.append(read_row)
        elif read_row.cells:
            rows.append(read_row)
    return Sheet(frozenset(places), tuple(unknown), tuple(rows), tuple(problems))


def header_key(header: str) -> str:
    """What makes two headers the same: letters and digits only, small, æøå spelt out."""
    return re.sub(r"[^a-z0-9]", "", header.casefold().translate(_LETTERS))


def _header(
    cells: Sequence[str], columns: Sequence[Column]
) -> tuple[dict[str, int], list[str], list[Problem]]:
    """Where each known column stands, the headers not known, and columns that are there twice."""
    names = {
        header_key(header): column.name
        for column in columns
        for header in (column.name, *column.headers)
    }
    places: dict[str, int] = {}
    unknown: list[str] = []
    problems: list[Problem] = []
    for place, cell in enumerate(cells):
        name = names.get(header_key(cell))
        if name is None:
            unknown += [cell] if cell else []
        elif name in places:
            problems.append(Problem(1, name, Fault.COLUMN_TWICE, cell))
        else:
            places[name] = place
    return places, unknown, problems


def _row(line: Record, places: Mapping[str, int], *, width: int) -> Row | Problem:
    """The known cells of a line, or what is wrong with it."""
    too_short = bool(_texts(line.cells)) and len(line.cells) < width
    if line.broken or too_short or any(line.cells[width:]):
        return Problem(line.line, "", Fault.BROKEN_ROW, str(width))
    if any("\N{REPLACEMENT CHARACTER}" in cell for cell in line.cells):
        return Problem(line.line, "", Fault.BROKEN_LETTERS)
    if not _texts(line.cells):
        return Row(line.line, {})
    return Row(line.line, {name: line.cells[at] for name, at in places.items() if line.cells[at]})


def _texts(cells: Iterable[str]) -> list[str]:
    return [cell for cell in cells if cell]


def _workbook(content: bytes) -> Iterator[Record]:
    """The lines of the first sheet of a workbook that has any."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        tables = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
    except python_calamine.CalamineError as error:
        raise UnreadableFile(Problem(0, "", Fault.NOT_A_SPREADSHEET)) from error
    for number, cells in enumerate(next((table for table in tables if table), []), start=1):
        yield Record(number, tuple(_cell(cell) for cell in cells))


def _cell(value: object) -> str:
    """A workbook's cell as the text a person would have written in it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()
