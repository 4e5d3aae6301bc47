"""MELO's files, and what ESCO's own tables say of the labels in them."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.titles import About, TitleRanker

SHARED = Path(__file__).parents[2] / "shared"
SURE = 550
"""From this certainty on the starter taxonomy's reading of a title counts."""


@dataclass(frozen=True, slots=True)
class Melo:
    queries: dict[str, str]
    labels: dict[str, str]
    relevant: dict[str, set[str]]


def read(queries: Path, corpus: Path, annotations: Path) -> Melo:
    """Query and label texts by id, and the ids of the labels that are right for each query."""
    relevant: dict[str, set[str]] = {}
    for query, _, label, right in _rows(annotations):
        if right != "0":
            relevant.setdefault(query, set()).add(label)
    asked = {query: text for query, text in _rows(queries) if query in relevant}
    return Melo(asked, dict(_rows(corpus)), relevant)


def ranker(melo: Melo, *, concepts: Path | None, esco: Path | None) -> TitleRanker:
    """The ranker over the labels; with ESCO's occupation file it knows texts and unit groups."""
    labels = list(melo.labels.values())
    if concepts is None:
        return TitleRanker(labels, unit_groups=unit_groups)
    address = dict(_rows(concepts))
    known = _occupations(esco) if esco else {}
    about = [
        _about(address[label], text, known.get(address[label]))
        for label, text in melo.labels.items()
    ]
    return TitleRanker(labels, about, unit_groups=unit_groups)


def unit_groups(title: str) -> list[tuple[str, float]]:
    """The unit group of the occupation that the starter taxonomy takes the title for."""
    for text in (title, re.split(r"[,(]", title)[0]):
        for concept_id, certainty in linker().titles(text, top=1):
            disco = linker().taxonomy.concept(concept_id).disco
            if disco and certainty >= SURE:
                return [(disco, certainty / 1000)]
    return []


def _about(address: str, label: str, row: dict[str, str] | None) -> About:
    if row:
        return About(
            concept=address,
            preferred=label == row["preferredLabel"],
            text=row.get("description", ""),
            unit_group=row.get("iscoGroup", ""),
        )
    group = re.search(r"/isco/C(\d+)$", address)
    code = group[1] if group and len(group[1]) == 4 else ""
    return About(concept=address, unit_group=code, is_group=bool(group))


def _occupations(folder: Path) -> dict[str, dict[str, str]]:
    """ESCO's Danish occupation file, whatever its version, by address."""
    for file in sorted(folder.glob("occupations_da*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return {row["conceptUri"]: row for row in csv.DictReader(lines)}
    return {}


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip()]
