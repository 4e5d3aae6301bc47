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
    """The ranker over the labels; with ESCO's Danish files it knows texts and unit groups.

    Without the table of concepts, the concept is read from MELO's label ids (C000012_da_003),
    and ESCO's row is found by the concept's first label.
    """
    known = _esco(esco, by="conceptUri" if concepts else "preferredLabel")
    address = dict(_rows(concepts)) if concepts else {}
    first: dict[str, str] = {}
    about = []
    for label, text in melo.labels.items():
        concept = address.get(label) or label.rsplit("_", 2)[0]
        own = first.setdefault(concept, text)
        row = known.get(concept if concepts else own, {"preferredLabel": own})
        about.append(_about(concept, text, row))
    return TitleRanker(list(melo.labels.values()), about, unit_groups=unit_groups)


def unit_groups(title: str) -> list[tuple[str, float]]:
    """The unit group of the occupation that the starter taxonomy takes the title for."""
    for text in dict.fromkeys((title, re.split(r"[,(]", title)[0])):
        for concept_id, certainty in linker().titles(text, top=1):
            disco = linker().taxonomy.concept(concept_id).disco
            if disco and certainty >= SURE:
                return [(disco, certainty / 1000)]
    return []


def _about(concept: str, label: str, row: dict[str, str]) -> About:
    group = re.search(r"/isco/C(\d+)$", row.get("conceptUri", concept))
    if group:
        code = group[1] if len(group[1]) == 4 else ""
        return About(concept=concept, unit_group=code, is_group=True)
    return About(
        concept=concept,
        preferred=label == row["preferredLabel"],
        text=row.get("description", ""),
        unit_group=row.get("iscoGroup", ""),
    )


def _esco(folder: Path | None, *, by: str) -> dict[str, dict[str, str]]:
    """ESCO's Danish unit groups and occupations, whatever their version."""
    found: dict[str, dict[str, str]] = {}
    for pattern in ("*groups_da*.csv", "*Groups_da*.csv", "occupations_da*.csv"):
        for file in sorted(folder.glob(pattern)) if folder else ():
            with file.open(encoding="utf-8-sig", newline="") as lines:
                found |= {row[by]: row for row in csv.DictReader(lines)}
    return found


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip()]
