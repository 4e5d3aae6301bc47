"""A file of candidates, from its bytes to the people of an office: for the page and the command."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tvaers.candidates.operations import ImportReport, import_candidates
from tvaers.candidates.records import Record
from tvaers.connectors import spreadsheets
from tvaers.connectors.candidate_concepts import ConceptFinder
from tvaers.connectors.candidate_file import COLUMNS, from_sheet
from tvaers.connectors.candidate_records import record
from tvaers.connectors.problems import Problem
from tvaers.core.actor import Actor


@dataclass(frozen=True, kw_only=True)
class CandidateList:
    """A file that was read: its good rows as records, and what was wrong with the others."""

    file_name: str
    sha256: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]


def read_list(
    content: bytes,
    *,
    file_name: str,
    cpr_secret: bytes,
    progress: Callable[[int, int], None] | None = None,
) -> CandidateList:
    """The people of a file; `progress` is told the rows read and how many there are.

    Raises `UnreadableFile` when it is no candidate list at all.
    """
    file = from_sheet(spreadsheets.read_bytes(content, COLUMNS, required="id"), secret=cpr_secret)
    finder = ConceptFinder()
    found = []
    for done, row in enumerate(file.rows, start=1):
        found.append(record(row, finder=finder))
        if progress:
            progress(done, len(file.rows))
    return CandidateList(
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        records=tuple(found),
        problems=file.problems,
        unknown_columns=file.unknown_columns,
    )


def take_list(
    people: CandidateList,
    *,
    office_id: int,
    by: Actor,
    at: datetime,
    data_at: datetime | None = None,
    full: bool = False,
    dry_run: bool = False,
    retire_many: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import the people of a file that was read; raises `TooManyMissing`.

    A row that could not be read is kept as a place and a fault, never with what stood in it.
    """
    return import_candidates(
        office_id=office_id,
        records=people.records,
        file_name=people.file_name,
        file_sha256=people.sha256,
        data_at=data_at,
        full=full,
        dry_run=dry_run,
        retire_many=retire_many,
        problems=[problem_facts(problem) for problem in people.problems],
        progress=progress,
        by=by,
        at=at,
    )


def problem_facts(problem: Problem) -> dict[str, object]:
    """What may be kept of a problem: where and what, without the value."""
    return {"line": problem.line, "column": problem.column, "fault": str(problem.fault)}
