"""Imported lists as the house reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Exists, OuterRef

from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.taxonomy import in_use
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.imported import ImportedWord
from tvaers.taxonomy.models import ImportedConcept, Source, WordList


@dataclass(frozen=True, slots=True)
class ListInUse:
    """One edition of a list: `counts` by what was counted, `files` by name with rows."""

    source: Source
    version: str
    taken_at: datetime
    counts: dict[str, int]
    files: tuple[tuple[str, int], ...]
    newest: bool


def word_lists(page: int) -> Page[ListInUse]:
    """Every edition taken in, newest first; the newest of each source is in use. Two queries."""
    rows = WordList.objects.all()
    total = rows.count()
    number = nearest_page(page, total=total)
    later = rows.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"))
    found = rows.annotate(replaced=Exists(later))[page_slice(number)]
    return Page([_in_use(row, newest=not row.replaced) for row in found], number, total)


def _in_use(row: WordList, *, newest: bool) -> ListInUse:
    files = tuple((one["name"], one["rows"]) for one in row.files)
    return ListInUse(
        Source(row.source), row.version, row.taken_at, row.counts, files, newest=newest
    )


def words_file() -> Path:
    """Where this machine keeps the imported words of the default database for its processes."""
    given: dict[str, Any] = connections["default"].settings_dict
    which = "\n".join(str(given[key]) for key in ("HOST", "PORT", "NAME"))
    return Path(settings.TVAERS_INDEX) / f"words-{sha256(which.encode()).hexdigest()[:12]}.json"


def put_in_use() -> None:
    """Make the file of imported words what the database says. Two queries.

    After an import, and when a process starts: the database may be another than the last time.
    """
    lists = _digests()
    if lists != in_use.lists_in_use():
        in_use.save(_words() if lists else (), lists=lists)


def _digests() -> str:
    """Which lists are in use, in one text."""
    newest = WordList.objects.order_by("source", "-id").distinct("source")
    return " ".join(f"{row.source} {row.version} {row.digest[:12]}" for row in newest)


def _words() -> Iterator[ImportedWord]:
    for row in ImportedConcept.objects.order_by("id").iterator(chunk_size=5000):
        title = (row.title_da,) if row.title_da and row.title_da != row.label else ()
        yield ImportedWord(
            id=row.id,
            kind=Kind(row.kind),
            label=row.label,
            label_en=row.label_en,
            names=(*title, *row.names),
            foreign=tuple(row.foreign),
            disco=row.disco,
            uri_da=row.uri_da or "",
            uri_eu=row.uri_eu or "",
            needs=tuple(row.needs),
            uses=tuple(row.uses),
            broader=tuple(row.broader),
            withdrawn=row.withdrawn,
        )
