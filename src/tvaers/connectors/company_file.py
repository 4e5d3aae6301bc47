"""A list of companies, one row for each workplace, read into rows.

A company with several workplaces stands on several rows with the same CVR number.
"""

from dataclasses import dataclass, field
from pathlib import Path

from tvaers.connectors import spreadsheets, values
from tvaers.connectors.cells import Cells
from tvaers.connectors.problems import Fault, Problem
from tvaers.connectors.spreadsheets import Column, Sheet
from tvaers.connectors.values import BadValue
from tvaers.connectors.whereabouts import home
from tvaers.core.cvr import normalised_cvr, normalised_p_number

COLUMNS = (
    Column("cvr", ("cvr-nr", "cvr-nummer", "cvrnr")),
    Column("name", ("navn", "virksomhed", "virksomhedsnavn")),
    Column("p_number", ("p-nummer", "p-nr", "p-enhed")),
    Column("workplace", ("arbejdssted", "arbejdsplads", "produktionsenhed")),
    Column("address", ("adresse",)),
    Column("postcode", ("postnr", "postnummer")),
    Column("municipality", ("kommune", "kommunekode", "kommunenr")),
    Column("contact", ("kontakt", "kontaktperson")),
    Column("phone", ("telefon", "tlf", "telefonnummer")),
    Column("email", ("e-mail", "mail")),
    Column("industry", ("branche", "branchekode", "db07")),
)
LONGEST = {
    "name": 150,
    "workplace": 150,
    "address": 150,
    "contact": 120,
    "phone": 20,
    "email": 254,
    "industry": 8,
}


@dataclass(frozen=True)
class CompanyRow:
    """A company and one of its workplaces; `workplace` is the company's name when not told."""

    line: int
    cvr: str
    name: str
    p_number: str
    workplace: str
    address: str
    postcode: str
    municipality: str
    contact: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)
    industry: str


@dataclass(frozen=True)
class CompanyFile:
    """The good rows, what was wrong with the others, and the columns that are not known."""

    rows: tuple[CompanyRow, ...]
    problems: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]


def read(path: Path) -> CompanyFile:
    """The companies of a file. Raises `UnreadableFile` when it is no list of companies at all."""
    return from_sheet(spreadsheets.read(path, COLUMNS, required="cvr"))


def from_sheet(sheet: Sheet) -> CompanyFile:
    """The companies of a sheet that was read; a row with any fault stays out."""
    rows: list[CompanyRow] = []
    problems = list(sheet.problems)
    seen: set[str] = set()
    for row in sheet.rows:
        cells = Cells(row, longest=LONGEST)
        company = _company(cells)
        if company.p_number and company.p_number in seen:
            cells.fault("p_number", Fault.SEEN_BEFORE, company.p_number)
        seen.add(company.p_number)
        problems += cells.problems
        rows += [] if cells.problems else [company]
    problems.sort(key=lambda problem: problem.line)
    return CompanyFile(tuple(rows), tuple(problems), sheet.unknown)


def _company(cells: Cells) -> CompanyRow:
    """The company of one row; faults are left with `cells`."""
    municipality, postcode = home(cells)
    cells.required("cvr")
    name = cells.required("name")
    return CompanyRow(
        line=cells.line,
        cvr=cells.value("cvr", _cvr, ""),
        name=name,
        p_number=cells.value("p_number", _p_number, ""),
        workplace=cells.text("workplace") or name,
        address=cells.text("address"),
        postcode=postcode,
        municipality=municipality,
        contact=cells.text("contact"),
        phone=cells.text("phone"),
        email=cells.value("email", values.email, ""),
        industry=cells.text("industry").replace(".", ""),
    )


def _cvr(text: str) -> str:
    cvr = normalised_cvr(text)
    if cvr is None:
        raise BadValue(Fault.NOT_CVR, text)
    return cvr


def _p_number(text: str) -> str:
    number = normalised_p_number(text)
    if number is None:
        raise BadValue(Fault.NOT_P_NUMBER, text)
    return number
