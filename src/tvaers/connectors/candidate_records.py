"""From the rows of a candidate file to the records that an import takes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace

from tvaers.candidates.records import Record
from tvaers.connectors.candidate_concepts import ConceptFinder
from tvaers.connectors.candidate_file import CandidateRow
from tvaers.matching.engine.rows import EmploymentKind
from tvaers.taxonomy.in_use import taxonomy_in_use

SEPARATOR = ", "


def records(rows: Iterable[CandidateRow], *, finder: ConceptFinder) -> Iterator[Record]:
    """The records of `rows`, their words turned into concepts."""
    return (record(row, finder=finder) for row in rows)


def record(row: CandidateRow, *, finder: ConceptFinder) -> Record:
    """One person as an import takes it; words that are too many for the profile are cut off."""
    known = finder.concepts_of(row)
    words = (*row.skills, *row.certificates, *row.licences)
    fewest, most = row.hours or (0, 37)
    return Record(
        source_id=row.id,
        digest=digest(row),
        municipality=row.municipality,
        postcode=row.postcode,
        cpr_key=row.person,
        name=row.name,
        email=row.email,
        phone=row.phone,
        address=row.address,
        birth_date=row.birth_date,
        protected=row.protected,
        status=row.status.upper(),
        legal_basis=row.legal_basis,
        wanted_titles=_joined(row.wanted, 500),
        held_titles=_joined([job.title for job in row.held], 1000),
        skill_words=_joined(words, 2000),
        education=_joined(row.education, 500),
        wanted=known.wanted,
        held=tuple(work for work, _, _ in known.held),
        held_years=tuple(years for _, years, _ in known.held),
        held_until=tuple(last for _, _, last in known.held),
        concepts=known.concepts,
        available_from=row.available_from,
        hours_min=fewest,
        hours_max=most,
        kinds=int(sum(EmploymentKind[kind.upper()] for kind in row.kinds)),
        max_travel_minutes=row.max_travel_minutes,
        car=bool(row.car),
        cv_updated_on=row.cv_updated,
        text=row.text,
    )


def digest(row: CandidateRow) -> str:
    """The SHA-256 of what the row says, wherever it stands, and of the taxonomy it is read by.

    A new taxonomy finds other concepts in the same words, so it makes the row a changed one.
    """
    version, told = taxonomy_in_use().version, astuple(replace(row, line=0, kinds=frozenset()))
    said = repr((version, told, sorted(row.kinds)))
    return hashlib.sha256(said.encode()).hexdigest()


def _joined(words: Iterable[str], longest: int) -> str:
    """As many of the words as there is room for."""
    joined = ""
    for word in words:
        longer = f"{joined}{SEPARATOR}{word}" if joined else word
        if len(longer) > longest:
            break
        joined = longer
    return joined
