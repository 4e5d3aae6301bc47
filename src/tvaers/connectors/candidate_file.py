"""A case system's list of unemployed people, read into rows (the candidate columns of the guide).

A CPR number becomes a keyed hash before it leaves the row it stands on, and is never repeated in
a problem. Names and contact details stay out of `repr`, so that no log gets them.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from tvaers.connectors import spreadsheets, values
from tvaers.connectors.cells import Cells
from tvaers.connectors.problems import Fault, Problem
from tvaers.connectors.spreadsheets import Column, Sheet
from tvaers.connectors.values import BadValue
from tvaers.connectors.whereabouts import home
from tvaers.core.cpr import cpr_key, normalised_cpr

COLUMNS = (
    Column("id", ("kandidat-id", "kandidatnr", "løbenr")),
    Column("person", ("cpr", "cpr-nr", "cpr-nummer", "personnummer")),
    Column("name", ("navn",)),
    Column("email", ("e-mail", "mail", "e-mailadresse")),
    Column("phone", ("telefon", "tlf", "mobil", "telefonnummer")),
    Column("address", ("adresse",)),
    Column("birth_date", ("fødselsdato", "fødselsdag", "født")),
    Column("protected", ("navne- og adressebeskyttelse", "adressebeskyttelse", "beskyttet")),
    Column("status"),
    Column("legal_basis", ("hjemmel",)),
    Column("municipality", ("kommune", "kommunekode", "bopælskommune", "kommunenr")),
    Column("postcode", ("postnr", "postnummer")),
    Column("wanted", ("ønskede stillinger", "jobønsker", "ønsket stilling")),
    Column("held", ("tidligere stillinger", "tidligere stilling", "erhvervserfaring")),
    Column("skills", ("kompetencer", "kompetence")),
    Column("certificates", ("certifikater", "certifikat", "kurser og certifikater")),
    Column("licences", ("kørekort", "licenses")),
    Column("languages", ("sprog",)),
    Column("education", ("uddannelse", "uddannelser")),
    Column("available_from", ("ledig fra", "kan starte", "til rådighed fra")),
    Column("hours", ("timer", "timer om ugen", "ugentlige timer")),
    Column("kinds", ("ansættelsesformer", "ansættelsesform")),
    Column("max_travel_minutes", ("transporttid", "transporttid i minutter")),
    Column("car", ("bil", "har bil")),
    Column("cv_updated", ("cv opdateret", "cv-dato")),
    Column("text", ("cv", "cv-tekst", "fritekst")),
)
LONGEST = {"id": 100, "name": 120, "email": 254, "phone": 20, "address": 200, "legal_basis": 200}
TRAVEL_UNLESS_SAID = 90
MOST_YEARS = 60
NATIVE = "modersmål"
LEVELS = {level.casefold(): level for level in ("A1", "A2", "B1", "B2", "C1", "C2", NATIVE)}
LEVELS |= {"native": NATIVE, "mother tongue": NATIVE}
KINDS = {
    "ordinary": "ordinary",
    "ordinær": "ordinary",
    "wage_subsidy": "wage_subsidy",
    "løntilskud": "wage_subsidy",
    "traineeship": "traineeship",
    "virksomhedspraktik": "traineeship",
    "praktik": "traineeship",
    "job_rotation": "job_rotation",
    "jobrotation": "job_rotation",
    "flex_job": "flex_job",
    "fleksjob": "flex_job",
    "adult_apprenticeship": "adult_apprenticeship",
    "voksenlærling": "adult_apprenticeship",
}


class Status(StrEnum):
    """Whether the office follows the person now."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


STATUSES = {
    "active": Status.ACTIVE,
    "ledig": Status.ACTIVE,
    "aktiv": Status.ACTIVE,
    "paused": Status.PAUSED,
    "pause": Status.PAUSED,
    "på pause": Status.PAUSED,
    "ended": Status.ENDED,
    "afsluttet": Status.ENDED,
}


@dataclass(frozen=True)
class Held:
    """A job the person has had: how many years, and the year it ended, where told."""

    title: str
    years: float | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Language:
    """A language the person speaks, and how well: A1–C2, "modersmål", or "" when not told."""

    name: str
    level: str = ""


@dataclass(frozen=True)
class CandidateRow:
    """One person as the file tells. Codes are four digits; minutes are one way; hours a week."""

    line: int
    id: str
    person: str | None = field(repr=False)
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    protected: bool
    status: Status
    legal_basis: str
    municipality: str
    postcode: str
    wanted: tuple[str, ...]
    held: tuple[Held, ...]
    skills: tuple[str, ...]
    certificates: tuple[str, ...]
    licences: tuple[str, ...]
    languages: tuple[Language, ...]
    education: tuple[str, ...]
    available_from: date | None
    hours: tuple[int, int] | None
    kinds: frozenset[str]
    max_travel_minutes: int
    car: bool | None
    cv_updated: date | None
    text: str = field(repr=False)


@dataclass(frozen=True)
class CandidateFile:
    """The good rows, what was wrong with the others, and the columns that are not known."""

    rows: tuple[CandidateRow, ...]
    problems: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]


def read(path: Path, *, secret: bytes | None = None) -> CandidateFile:
    """The people of a file. `secret` is the key of the person hashes; without it, none are made.

    Raises `UnreadableFile` when it is no candidate list at all.
    """
    return from_sheet(spreadsheets.read(path, COLUMNS, required="id"), secret=secret)


def from_sheet(sheet: Sheet, *, secret: bytes | None = None) -> CandidateFile:
    """The people of a sheet that was read; a row with any fault stays out."""
    rows: list[CandidateRow] = []
    problems = list(sheet.problems)
    seen: set[str] = set()
    for row in sheet.rows:
        cells = Cells(row, longest=LONGEST)
        candidate = _candidate(cells, secret=secret)
        if candidate.id in seen:
            cells.fault("id", Fault.SEEN_BEFORE, candidate.id)
        seen.add(candidate.id)
        problems += cells.problems
        rows += [] if cells.problems else [candidate]
    problems.sort(key=lambda problem: problem.line)
    return CandidateFile(tuple(rows), tuple(problems), sheet.unknown)


def _candidate(cells: Cells, *, secret: bytes | None) -> CandidateRow:
    """The person of one row; faults are left with `cells`."""
    municipality, postcode = home(cells)
    return CandidateRow(
        line=cells.line,
        id=cells.required("id"),
        person=cells.value("person", partial(_person, secret=secret), None),
        name=cells.text("name"),
        email=cells.value("email", values.email, ""),
        phone=cells.text("phone"),
        address=cells.text("address"),
        birth_date=cells.value("birth_date", values.day, None),
        protected=cells.value("protected", values.yes, False),
        status=cells.value("status", partial(values.choice, words=STATUSES), Status.ACTIVE),
        legal_basis=cells.text("legal_basis"),
        municipality=municipality,
        postcode=postcode,
        wanted=values.items(cells.text("wanted")),
        held=cells.value("held", _held, ()),
        skills=values.items(cells.text("skills")),
        certificates=values.items(cells.text("certificates")),
        licences=values.items(cells.text("licences")),
        languages=cells.value("languages", _languages, ()),
        education=values.items(cells.text("education")),
        available_from=cells.value("available_from", values.day, None),
        hours=cells.value("hours", values.hours, None),
        kinds=cells.value("kinds", _kinds, frozenset({"ordinary"})),
        max_travel_minutes=cells.value("max_travel_minutes", _minutes, TRAVEL_UNLESS_SAID),
        car=cells.value("car", values.yes, None),
        cv_updated=cells.value("cv_updated", values.day, None),
        text=cells.text("text"),
    )


def _person(text: str, *, secret: bytes | None) -> str | None:
    """The keyed hash of a CPR number; None without a key. The number goes no further."""
    if normalised_cpr(text) is None:
        raise BadValue(Fault.NOT_CPR, "")
    return None if secret is None else cpr_key(text, secret=secret)


def _held(text: str) -> tuple[Held, ...]:
    """Jobs as "title", "title:years" or "title:years:last year", separated by `|`."""
    return tuple(map(_job, values.items(text)))


def _job(text: str) -> Held:
    found = re.fullmatch(r"(.+?)\s*:\s*([\d.,]*)\s*(?:år)?\s*(?::\s*(\d{4})?\s*)?", text)
    if found is None:
        if ":" in text:
            raise BadValue(Fault.NOT_A_JOB, text)
        return Held(text)
    title, years, last = found.groups()
    told = values.decimal(years) if years else None
    if (told is not None and told > MOST_YEARS) or (last and not "1900" < last < "2100"):
        raise BadValue(Fault.NOT_A_JOB, text)
    return Held(title, told, int(last) if last else None)


def _languages(text: str) -> tuple[Language, ...]:
    """Languages as "language" or "language:level", separated by `|`."""
    split = [item.partition(":") for item in values.items(text)]
    return tuple(
        Language(name.strip(), values.choice(level.strip(), LEVELS) if level.strip() else "")
        for name, _, level in split
    )


def _kinds(text: str) -> frozenset[str]:
    """The kinds of employment a person may take."""
    return frozenset(values.choice(item, KINDS) for item in values.items(text))


def _minutes(text: str) -> int:
    return values.whole_number(re.sub(r"\s*min(?:\.|utter)?$", "", text), least=1, most=600)
