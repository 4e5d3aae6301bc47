"""The words in use: our own, and those of imported lists when there are any.

The database has the imported lists; a file beside the search index has the same words for all
processes of a machine, so that nobody asks the database for each word. Whoever finds a newer
file than the one it has read reads it: an import is in use at once, without a restart.
"""

import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.imported import ImportedWord, combined, relations
from tvaers.taxonomy.linker import Linker, linker
from tvaers.taxonomy.starter import VERSION, starter

logger = logging.getLogger(__name__)


@dataclass
class _Words:
    """What one file says, and what is made of it."""

    read_from: tuple[str, int, int] | None
    taxonomy: Taxonomy

    @cached_property
    def linker(self) -> Linker:
        return Linker(self.taxonomy)


_place: Callable[[], Path] | None = None
_words: _Words | None = None


def keep_in(place: Callable[[], Path]) -> None:
    """Say where the file of imported words is; without it there are only our own."""
    global _place
    _place = place


def taxonomy_in_use() -> Taxonomy:
    """Our taxonomy with the imported words in it, or our own alone."""
    words = _current()
    return words.taxonomy if words else starter()


def linker_in_use() -> Linker:
    """The linker over `taxonomy_in_use`; made once and kept."""
    words = _current()
    return words.linker if words else linker()


def save(imported: Iterable[ImportedWord], *, lists: str) -> None:
    """Put `imported`, of the lists named in `lists`, into use; none at all leaves our own."""
    if _place is None:
        return
    path, everything = _place(), list(imported)
    if not everything:
        path.unlink(missing_ok=True)
        return
    related = [[*pair, strength] for pair, strength in relations(everything).items()]
    # What the relations were found from is not needed to read the words.
    words = [asdict(replace(word, needs=(), uses=())) for word in everything]
    content = {"lists": lists, "words": words, "related": related}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".words")
    with open(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def lists_in_use() -> str:
    """Which lists the file holds, as `save` was told; "" when only our own words are in use."""
    words = _current()
    return words.taxonomy.version.partition("+")[2] if words else ""


def _current() -> _Words | None:
    global _words
    if _place is None:
        return None
    path = _place()
    try:
        found = path.stat()
    except OSError:
        return None
    read_from = (str(path), found.st_mtime_ns, found.st_size)
    if _words is None or _words.read_from != read_from:
        try:
            _words = _Words(read_from, _read(path))
        except (OSError, ValueError, KeyError, TypeError):
            # A torn file is no error page: our own words serve until it is written anew.
            logger.exception("the imported words in %s cannot be read", path)
            _words = _Words(read_from, starter())
    return _words


def _read(path: Path) -> Taxonomy:
    content = json.loads(path.read_text(encoding="utf-8"))
    words = [_word(row) for row in content["words"]]
    related = {(asked, met_by): strength for asked, met_by, strength in content["related"]}
    return combined(starter(), words, related=related, version=f"{VERSION}+{content['lists']}")


def _word(row: dict[str, object]) -> ImportedWord:
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in row.items()}
    return ImportedWord(**values | {"kind": Kind(row["kind"])})  # type: ignore[arg-type]
