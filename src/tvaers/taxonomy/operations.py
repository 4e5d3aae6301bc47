"""Takes lists of words in: everything of them or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.imported import FIRST_ID, LAST_ID, Joiner
from tvaers.taxonomy.models import ImportedConcept, Source, WordList
from tvaers.taxonomy.queries import put_in_use
from tvaers.taxonomy.starter import starter
from tvaers.taxonomy.words import squeeze

BATCH = 2000


class NoRoom(Exception):
    """A list has more occupations than there are numbers for."""


@dataclass(kw_only=True)
class ReadConcept:
    """One concept as a list says it; `needs`, `uses` and `broader` are addresses."""

    uri: str
    kind: Kind
    label: str
    label_en: str = ""
    names: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    disco: str = ""
    needs: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ReadTitle:
    """A title of STAR's list; `same_as` is ESCO's address where the list gives it."""

    uri: str
    label: str
    disco: str = ""
    same_as: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadList:
    """Where words come from: `files` are name, rows and SHA-256, `counts` what was read."""

    source: Source
    version: str
    digest: str
    files: tuple[dict[str, Any], ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did; `ours` of all concepts are joined to concepts of our own."""

    new: int
    changed: int
    unchanged: int
    withdrawn: int
    ours: int


@change
def take_words(
    *,
    lists: Iterable[ReadList],
    concepts: Sequence[ReadConcept],
    titles: Sequence[ReadTitle],
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Taken:
    """Take `concepts` (ESCO) and `titles` (STAR) in; the same again changes nothing.

    Of a kind that is not among them, everything stays. Raises `NoRoom`.
    """
    words = _Words()
    for concept in concepts:
        words.concept(concept)
    for title in titles:
        words.title(title)
    words.relate(concepts)
    words.withdraw(concepts, has_titles=bool(titles))
    taken = words.write(progress)
    for read in lists:
        _remember(read, at)
    transaction.on_commit(put_in_use)
    return taken


FIELDS = (
    "kind", "uri_eu", "uri_da", "label", "label_en", "title_da", "names", "foreign", "disco",
    "needs", "uses", "broader", "withdrawn",
)  # fmt: skip


class _Words:
    """All imported concepts: as they were, and as they become."""

    def __init__(self) -> None:
        rows = list(ImportedConcept.objects.all())
        self.before = {row.id: _values(row) for row in rows}
        self.rows = {row.id: row for row in rows}
        self.by_uri = {uri: row for row in rows for uri in (row.uri_eu, row.uri_da) if uri}
        self.own = starter()
        self.joiner = Joiner(self.own, given=self.rows)
        self.next_id = {
            kind: 1 + max((n for n in self.rows if first <= n <= LAST_ID[kind]), default=first - 1)
            for kind, first in FIRST_ID.items()
        }
        self.by_label = {
            (squeeze(row.label), row.disco): row for row in rows if row.kind == Kind.OCCUPATION
        }

    def concept(self, read: ReadConcept) -> None:
        row = self.by_uri.get(read.uri)
        if row is None:
            ours = self.joiner.ours(read.uri, read.kind, read.label, disco=read.disco)
            row = self._row(ours, read.kind)
            row.uri_eu = self._known(read.uri, row)
        row.label, row.label_en, row.disco = read.label, read.label_en, read.disco
        row.names, row.foreign, row.withdrawn = list(read.names), list(read.foreign), False
        if read.kind is Kind.OCCUPATION:
            self.by_label.setdefault((squeeze(read.label), read.disco), row)

    def title(self, read: ReadTitle) -> None:
        """A title of STAR's is ESCO's where the list or the label says so."""
        row = self.by_uri.get(read.uri)
        if row is None:
            ours = self.joiner.ours(read.uri, Kind.OCCUPATION, read.label, disco=read.disco)
            same = self.by_uri.get(read.same_as) or self.by_label.get(
                (squeeze(read.label), read.disco)
            )
            if ours is None and same is not None and not same.uri_da:
                row = same
            else:
                row = self._row(ours, Kind.OCCUPATION)
                row.label, row.disco = read.label, read.disco
            row.uri_da = self._known(read.uri, row)
        row.title_da = read.label
        if not row.uri_eu:
            row.label, row.disco, row.withdrawn = read.label, read.disco, False

    def relate(self, concepts: Iterable[ReadConcept]) -> None:
        """Addresses become ids; what the lists do not hold themselves is left out."""
        for read in concepts:
            row = self.by_uri[read.uri]
            for name in ("needs", "uses", "broader"):
                found = {
                    self.by_uri[uri].id for uri in getattr(read, name) if uri in self.by_uri
                } - {row.id}
                setattr(row, name, sorted(found))

    def withdraw(self, concepts: Iterable[ReadConcept], *, has_titles: bool) -> None:
        """What a newer edition no longer has keeps its name and its id."""
        kept = {read.uri for read in concepts}
        kinds = {read.kind for read in concepts}
        for row in self.rows.values():
            if row.uri_eu and row.kind in kinds and row.uri_eu not in kept:
                row.withdrawn = not (row.title_da and has_titles)

    def write(self, progress: Callable[[int, int], None]) -> Taken:
        new = [row for row in self.rows.values() if row.id not in self.before]
        changed = [
            row
            for row in self.rows.values()
            if row.id in self.before and self.before[row.id] != _values(row)
        ]
        for at in range(0, len(new), BATCH):
            ImportedConcept.objects.bulk_create(new[at : at + BATCH])
            progress(min(at + BATCH, len(new)), len(new) + len(changed))
        for at in range(0, len(changed), BATCH):
            ImportedConcept.objects.bulk_update(changed[at : at + BATCH], FIELDS)
            done = len(new) + min(at + BATCH, len(changed))
            progress(done, len(new) + len(changed))
        own = {concept.id for concept in self.own.concepts}
        return Taken(
            new=len(new),
            changed=len(changed),
            unchanged=len(self.rows) - len(new) - len(changed),
            withdrawn=sum(row.withdrawn for row in self.rows.values()),
            ours=len(own & self.rows.keys()),
        )

    def _row(self, ours: int | None, kind: Kind) -> ImportedConcept:
        if ours in self.rows:
            return self.rows[ours]
        number = self._next(kind) if ours is None else ours
        self.rows[number] = row = ImportedConcept(id=number, kind=kind.value)
        return row

    def _next(self, kind: Kind) -> int:
        """The next free number of the kind; numbers are never given twice."""
        number = self.next_id[kind]
        if number > LAST_ID[kind]:
            raise NoRoom
        self.next_id[kind] += 1
        return number

    def _known(self, uri: str, row: ImportedConcept) -> str:
        self.by_uri[uri] = row
        return uri


def _values(row: ImportedConcept) -> tuple[Any, ...]:
    return tuple(
        tuple(value) if isinstance(value := getattr(row, name), list) else value for name in FIELDS
    )


def _remember(read: ReadList, at: datetime) -> None:
    """The edition, unless it is the one that is in use already."""
    newest = WordList.objects.filter(source=read.source).first()
    if newest is None or (newest.digest, newest.version) != (read.digest, read.version):
        WordList.objects.create(
            source=read.source,
            version=read.version,
            files=list(read.files),
            counts=read.counts,
            digest=read.digest,
            taken_at=at,
        )
