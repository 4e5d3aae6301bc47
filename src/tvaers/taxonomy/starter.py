"""The taxonomy that ships with the product, read from the tables in `data/`."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tvaers.taxonomy.concepts import Concept, Kind, Taxonomy

VERSION = "starter-4"

TABLES = {
    Kind.OCCUPATION: "occupations.csv",
    Kind.SKILL: "skills.csv",
    Kind.CERTIFICATE: "certificates.csv",
    Kind.LICENCE: "licences.csv",
    Kind.EDUCATION: "education.csv",
}

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "native")
"""Language levels in rising order; level n of language m has the id 30000 + 10 m + n, n from 1."""


@cache
def starter() -> Taxonomy:
    """The packaged taxonomy; read once and kept."""
    uris = {row["key"]: row for row in rows("uris.csv")}
    concepts: list[Concept] = []
    includes: dict[str, list[str]] = {}
    regulated: list[str] = []
    for kind, table in TABLES.items():
        for row in rows(table):
            concepts.append(_concept(kind, row, uris.get(row["key"], {})))
            if parts := _listed(row.get("meets")):
                includes[row["key"]] = list(parts)
            if row.get("regulated"):
                regulated.append(row["key"])
    for concept, lower in _languages():
        concepts.append(concept)
        if lower:
            includes[concept.key] = [lower]
    related = {
        (row["requirement"], row["met_by"]): int(row["strength"]) for row in rows("related.csv")
    }
    return Taxonomy(
        concepts, version=VERSION, includes=includes, related=related, regulated=regulated
    )


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one packaged table."""
    text = files("tvaers.taxonomy").joinpath("data", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def language_key(language: str, level: str) -> str:
    """ "dansk", "B2" → "dansk-b2"."""
    return f"{language}-{level.lower()}"


def _concept(kind: Kind, row: dict[str, str], uri: dict[str, str]) -> Concept:
    days = row.get("trainable_days")
    return Concept(
        id=int(row["id"]),
        key=row["key"],
        kind=kind,
        label=row["label"],
        label_en=row["label_en"],
        synonyms=_listed(row["synonyms"]),
        disco=row.get("disco") or None,
        uri_da=uri.get("uri_da") or None,
        uri_eu=uri.get("uri_eu") or None,
        trainable_days=int(days) if days else None,
    )


def _languages() -> Iterator[tuple[Concept, str | None]]:
    """Every language at every level, with the key of the level it includes."""
    for row in rows("languages.csv"):
        lower = None
        for number, level in enumerate(LEVELS, start=1):
            key = language_key(row["key"], level)
            native = level == "native"
            yield (
                Concept(
                    id=30000 + 10 * int(row["number"]) + number,
                    key=key,
                    kind=Kind.LANGUAGE,
                    label=f"{row['label']} (modersmål)" if native else f"{row['label']} {level}",
                    label_en=f"{row['label_en']} {'(native)' if native else level}",
                    synonyms=tuple(f"{name} {level}" for name in _listed(row["synonyms"])),
                ),
                lower,
            )
            lower = key


def _listed(cell: str | None) -> tuple[str, ...]:
    return tuple(part for part in (cell or "").split("|") if part)
