"""A folder with ESCO's own CSV download and STAR's titles, as they are.

Files are known by ESCO's names (`occupations_da.csv`, also with a version in the name); STAR's
titles by their columns. Danish files give the names, English ones the English labels. What a file
must have and has not is a `WordFolderUnreadable`, and nothing is taken.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.models import Source
from tvaers.taxonomy.operations import ReadConcept, ReadList, ReadTitle

csv.field_size_limit(10_000_000)

MUST_HAVE = {
    "occupations": ("conceptUri", "iscoGroup", "preferredLabel", "altLabels"),
    "skills": ("conceptUri", "skillType", "preferredLabel", "altLabels"),
    "occupationSkillRelations": ("occupationUri", "relationType", "skillUri"),
    "skillSkillRelations": ("originalSkillUri", "relationType", "relatedSkillUri"),
    "broaderRelationsSkillPillar": ("conceptUri", "broaderUri"),
    "broaderRelationsOccPillar": ("conceptUri", "broaderUri"),
    "titles": ("uri", "title"),
    "mapping": ("star_uri", "relation", "esco_uri"),
}
"""Which columns each kind of file must have."""

_NAMED = re.compile(
    r"(?i)(?P<kind>occupations|skills|occupationSkillRelations|skillSkillRelations"
    r"|broaderRelationsSkillPillar|broaderRelationsOccPillar)"
    r"(?:[_-](?P<language>[a-z]{2}))?(?:[_-].*)?\.csv"
)
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")
_KINDS = {name.lower(): name for name in MUST_HAVE}
_TITLE_COLUMNS = {
    "star_uri": "uri", "conceptUriDa": "uri", "title_da": "title", "titel": "title",
    "preferredLabel": "title", "isco4": "disco", "disco": "disco", "level": "level",
}  # fmt: skip


class WordFolderUnreadable(Exception):
    """Why a folder cannot be taken: `file` and what is missing, in Danish and English."""

    def __init__(self, danish: str, english: str) -> None:
        super().__init__(english)
        self.danish, self.english = danish, english


@dataclass
class WordFolder:
    """What a folder holds; `unused` are the files that were left alone."""

    concepts: list[ReadConcept] = field(default_factory=list)
    titles: list[ReadTitle] = field(default_factory=list)
    lists: list[ReadList] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _File:
    name: str
    kind: str
    language: str
    rows: list[dict[str, str]]
    digest: str


def read_folder(
    folder: Path, *, version: str = "", progress: Callable[[int, int], None] = lambda _d, _of: None
) -> WordFolder:
    """Everything in `folder` that is a list we know; raises `WordFolderUnreadable`."""
    paths = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not paths:
        raise WordFolderUnreadable(
            f"{folder}: der er ingen .csv-filer i mappen.",
            f"{folder}: there are no .csv files in the folder.",
        )
    files, read = [], WordFolder()
    for number, path in enumerate(paths, start=1):
        file = _read(path)
        if file is None:
            read.unused.append(path.name)
        else:
            files.append(file)
        progress(number, len(paths))
    if not any(file.kind in ("occupations", "skills", "titles") for file in files):
        raise WordFolderUnreadable(
            "Mappen har hverken occupations_da.csv, skills_da.csv eller STAR's titler.",
            "The folder has neither occupations_da.csv, skills_da.csv nor STAR's titles.",
        )
    read.concepts = _concepts(files)
    read.titles = _titles(files)
    read.lists = list(_lists(files, read, version))
    return read


def _read(path: Path) -> _File | None:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WordFolderUnreadable(
            f"{path.name}: filen er ikke i UTF-8. Hent den igen.",
            f"{path.name}: the file is not UTF-8. Download it again.",
        ) from None
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(lines, [])
        kind, language = _kind(path.name, header)
        if not kind:
            return None
        if kind == "titles":
            header = [_TITLE_COLUMNS.get(name, name) for name in header]
        if missing := [name for name in MUST_HAVE[kind] if name not in header]:
            raise WordFolderUnreadable(
                f"{path.name}: kolonnen “{missing[0]}” mangler.",
                f"{path.name}: the column “{missing[0]}” is missing.",
            )
        rows = [dict(zip(header, row, strict=True)) for row in lines if row]
    except (csv.Error, ValueError):
        raise WordFolderUnreadable(
            f"{path.name}: linje {lines.line_num} er i stykker. Hent filen igen.",
            f"{path.name}: line {lines.line_num} is broken. Download the file again.",
        ) from None
    if not rows:
        raise WordFolderUnreadable(
            f"{path.name}: der er ingen rækker i filen.",
            f"{path.name}: there are no rows in the file.",
        )
    return _File(path.name, kind, language, rows, sha256(content).hexdigest())


def _kind(name: str, header: list[str]) -> tuple[str, str]:
    """What a file is, and its language (Danish unless it says otherwise)."""
    if found := _NAMED.fullmatch(name):
        return _KINDS[found["kind"].lower()], (found["language"] or "da").lower()
    if {"star_uri", "esco_uri"} <= set(header):
        return "mapping", ""
    is_titles = "title" in {_TITLE_COLUMNS.get(one) for one in header}
    if is_titles and {"star_uri", "conceptUriDa"} & set(header):
        return "titles", ""
    return "", ""


def _concepts(files: list[_File]) -> list[ReadConcept]:
    """Occupations and skills by address; a Danish file goes before one in another language."""
    found: dict[str, ReadConcept] = {}
    for name, kind in (("occupations", Kind.OCCUPATION), ("skills", Kind.SKILL)):
        of_kind = [file for file in files if file.kind == name]
        for file in sorted(of_kind, key=lambda file: file.language != "da"):
            for row in file.rows:
                _tell(found, row, kind, file)
    _relate(found, files)
    return list(found.values())


def _tell(found: dict[str, ReadConcept], row: dict[str, str], kind: Kind, file: _File) -> None:
    uri, label = row["conceptUri"].strip(), row["preferredLabel"].strip()
    if not uri.startswith("http") or not label:
        raise WordFolderUnreadable(
            f"{file.name}: en række har ingen adresse eller intet navn (“{uri or label}”).",
            f"{file.name}: a row has no address or no name (“{uri or label}”).",
        )
    names = _names(row["altLabels"], row.get("hiddenLabels", ""), besides=label)
    if known := found.get(uri):
        english = label if file.language == "en" else known.label_en
        found[uri] = replace(known, label_en=english, foreign=(*known.foreign, label, *names))
        return
    danish = file.language == "da"
    english = row.get("preferredLabel_en", "").strip()
    other = _names(row.get("altLabels_en", ""), english)
    found[uri] = ReadConcept(
        uri=uri,
        kind=kind,
        label=label,
        label_en=english or ("" if danish else label),
        names=names if danish else (),
        foreign=other if danish else (*other, *names),
        disco=row.get("iscoGroup", "").strip()[:4],
    )


def _names(*cells: str, besides: str = "") -> tuple[str, ...]:
    """The names in a cell: ESCO puts them on lines of their own, others between bars."""
    parts = (part.strip() for cell in cells for part in re.split(r"[|\n]", cell))
    return tuple(dict.fromkeys(part for part in parts if part and part != besides))


def _relate(found: dict[str, ReadConcept], files: list[_File]) -> None:
    columns = {
        "occupationSkillRelations": ("occupationUri", "skillUri"),
        "skillSkillRelations": ("originalSkillUri", "relatedSkillUri"),
        "broaderRelationsSkillPillar": ("conceptUri", "broaderUri"),
        "broaderRelationsOccPillar": ("conceptUri", "broaderUri"),
    }
    for file in files:
        if file.kind in columns:
            one, other = columns[file.kind]
            for row in file.rows:
                if (concept := found.get(row[one])) and row[other] in found:
                    how = row.get("relationType", "broader")
                    lists = {"essential": concept.needs, "optional": concept.uses}
                    lists.get(how, concept.broader).append(row[other])


def _titles(files: list[_File]) -> list[ReadTitle]:
    same = {
        row["star_uri"]: row["esco_uri"]
        for file in files
        if file.kind == "mapping"
        for row in file.rows
        if row["relation"] == "exactMatch"
    }
    return [
        ReadTitle(
            uri=row["uri"].strip(),
            label=row["title"].strip(),
            disco=row.get("disco", "").strip()[:4],
            same_as=same.get(row["uri"].strip(), ""),
        )
        for file in files
        if file.kind == "titles"
        for row in file.rows
        if row["title"].strip() and not row.get("level", "").startswith("isco")
    ]


def _lists(files: list[_File], read: WordFolder, version: str) -> Iterator[ReadList]:
    esco = [file for file in files if file.kind not in ("titles", "mapping")]
    star = [file for file in files if file.kind in ("titles", "mapping")]
    if read.concepts:
        relations = sum(len(c.needs) + len(c.uses) + len(c.broader) for c in read.concepts)
        counts = {
            "occupations": sum(c.kind is Kind.OCCUPATION for c in read.concepts),
            "skills": sum(c.kind is Kind.SKILL for c in read.concepts),
            "relations": relations,
        }
        yield _list(Source.ESCO, esco, counts, version)
    if read.titles:
        yield _list(Source.STAR, star, {"occupations": len(read.titles)}, "")


def _list(source: Source, files: Iterable[_File], counts: dict[str, int], version: str) -> ReadList:
    files = list(files)
    versions = {found[1] for file in files if (found := _VERSION.search(file.name))}
    return ReadList(
        source=source,
        version=version or ", ".join(sorted(versions)),
        digest=sha256("".join(file.digest for file in files).encode()).hexdigest(),
        files=tuple(
            {"name": file.name, "rows": len(file.rows), "sha256": file.digest} for file in files
        ),
        counts=counts,
    )
