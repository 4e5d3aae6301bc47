"""The contact list of offices: whom the others call, read into rows."""

from dataclasses import dataclass
from pathlib import Path

from tvaers.connectors import spreadsheets, values
from tvaers.connectors.cells import Cells
from tvaers.connectors.problems import Problem
from tvaers.connectors.spreadsheets import Column, Sheet

COLUMNS = (
    Column("office", ("kontor", "enhed", "jobcenter", "virksomhedsindgang", "a-kasse")),
    Column("name", ("navn", "kontaktperson")),
    Column("title", ("titel", "stilling", "rolle")),
    Column("email", ("e-mail", "mail")),
    Column("phone", ("telefon", "tlf", "telefonnummer", "direkte")),
    Column("primary", ("primær", "primær kontakt", "hovedkontakt")),
)
LONGEST = {"office": 120, "name": 120, "title": 120, "email": 254, "phone": 20}


@dataclass(frozen=True)
class ContactRow:
    """A person at an office; `office` is "" where the list is one office's own."""

    line: int
    office: str
    name: str
    title: str
    email: str
    phone: str
    primary: bool


@dataclass(frozen=True)
class ContactFile:
    """The good rows, what was wrong with the others, and the columns that are not known."""

    rows: tuple[ContactRow, ...]
    problems: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]


def read(path: Path) -> ContactFile:
    """The contacts of a file. Raises `UnreadableFile` when it is no contact list at all."""
    return from_sheet(spreadsheets.read(path, COLUMNS, required="name"))


def from_sheet(sheet: Sheet) -> ContactFile:
    """The contacts of a sheet that was read; a row with any fault stays out."""
    rows: list[ContactRow] = []
    problems = list(sheet.problems)
    for row in sheet.rows:
        cells = Cells(row, longest=LONGEST)
        contact = ContactRow(
            line=cells.line,
            office=cells.text("office"),
            name=cells.required("name"),
            title=cells.text("title"),
            email=cells.value("email", values.email, ""),
            phone=cells.text("phone"),
            primary=cells.value("primary", values.yes, False),
        )
        problems += cells.problems
        rows += [] if cells.problems else [contact]
    problems.sort(key=lambda problem: problem.line)
    return ContactFile(tuple(rows), tuple(problems), sheet.unknown)
