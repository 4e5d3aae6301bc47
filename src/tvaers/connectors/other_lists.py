"""Lists of companies and of contacts, from a file's bytes into the tables, noted for an office."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tvaers.candidates.models import ImportRun
from tvaers.candidates.operations import note_list
from tvaers.companies.importing import CompanyLine, import_companies
from tvaers.connectors import company_file, contact_file, spreadsheets
from tvaers.connectors.candidate_import import problem_facts
from tvaers.connectors.problems import Fault, Problem
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.network.importing import ContactLine, import_contacts


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a list did, or with `dry_run` would do, and the rows that stayed out."""

    created: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]


@change
def take_companies(
    *,
    content: bytes,
    file_name: str,
    office_id: int,
    by: Actor,
    at: datetime,
    data_at: datetime | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:
    """Take a list of companies; raises `UnreadableFile`."""
    sheet = spreadsheets.read_bytes(content, company_file.COLUMNS, required="cvr")
    file = company_file.from_sheet(sheet)
    lines = [CompanyLine(**vars(row)) for row in file.rows]
    report = import_companies(rows=lines, dry_run=dry_run, progress=progress, by=by, at=at)
    faults = {"cvr": Fault.NOT_CVR, "p_number": Fault.P_NUMBER_TAKEN}
    refused = [
        Problem(row.line, row.column, faults[row.column], row.text) for row in report.refused
    ]
    taken = Taken(
        created=report.created,
        changed=report.changed,
        unchanged=report.unchanged,
        problems=_by_line(file.problems, refused),
        unknown_columns=file.unknown_columns,
    )
    if not dry_run:
        _note(ImportRun.Kind.COMPANIES, taken, content, file_name, office_id, data_at, by=by, at=at)
    return taken


@change
def take_contacts(
    *,
    content: bytes,
    file_name: str,
    office_id: int,
    by: Actor,
    at: datetime,
    data_at: datetime | None = None,
    dry_run: bool = False,
) -> Taken:
    """Take a contact list, of one office or of several; raises `UnreadableFile`."""
    sheet = spreadsheets.read_bytes(content, contact_file.COLUMNS, required="name")
    file = contact_file.from_sheet(sheet)
    lines = [ContactLine(**vars(row)) for row in file.rows]
    report = import_contacts(office_id=office_id, rows=lines, dry_run=dry_run, by=by, at=at)
    refused = [
        Problem(row.line, "office", Fault.UNKNOWN_OFFICE, row.text) for row in report.refused
    ]
    taken = Taken(
        created=report.created,
        changed=report.changed,
        unchanged=report.unchanged,
        problems=_by_line(file.problems, refused),
        unknown_columns=file.unknown_columns,
    )
    if not dry_run:
        _note(ImportRun.Kind.CONTACTS, taken, content, file_name, office_id, data_at, by=by, at=at)
    return taken


def _by_line(one: tuple[Problem, ...], other: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted([*one, *other], key=lambda problem: problem.line))


def _note(
    kind: ImportRun.Kind,
    taken: Taken,
    content: bytes,
    file_name: str,
    office_id: int,
    data_at: datetime | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    note_list(
        office_id=office_id,
        kind=kind,
        file_name=file_name[-200:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        created=taken.created,
        changed=taken.changed,
        unchanged=taken.unchanged,
        data_at=data_at,
        problems=[problem_facts(problem) for problem in taken.problems],
        by=by,
        at=at,
    )
