"""Words from other lists beside our own: which of them are ours, and one taxonomy of both.

A concept of ours keeps its id and its place; an imported one that is the same gives it its address
and more names. It is the same if `uris.csv` says so, if both have the same label and stand in the
same DISCO minor group, or if its label is another name of ours and they stand in the same unit
group. The rest are added, with ids from `FIRST_ID` on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from tvaers.taxonomy.concepts import SAME_UNIT_GROUP, Concept, Kind, Taxonomy
from tvaers.taxonomy.words import squeeze

FIRST_ID = {Kind.OCCUPATION: 2_000, Kind.SKILL: 50_000}
LAST_ID = {Kind.OCCUPATION: 9_999, Kind.SKILL: 999_999}
"""Occupations stay below 10,000: the engine tells work from skills by it."""

ALIKE = 0.4
"""Share of essential skills that two occupations must have in common to count for each other."""
NEIGHBOURS = 10
DAILY_WORK, NEEDED, USEFUL = 700, 700, 400
"""What work with an essential skill, and a skill that needs or uses another, count for it."""
COMMON_SKILL = 25
"""A skill that is essential in more occupations than this says little of who has held one."""


@dataclass(frozen=True, kw_only=True)
class ImportedWord:
    """One concept of another list, under the id that it has here.

    `needs`, `uses` and `broader` are ids: essential and optional skills, and what it belongs to.
    """

    id: int
    kind: Kind
    label: str
    label_en: str = ""
    names: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    disco: str = ""
    uri_da: str = ""
    uri_eu: str = ""
    needs: tuple[int, ...] = ()
    uses: tuple[int, ...] = ()
    broader: tuple[int, ...] = ()
    withdrawn: bool = False


class Joiner:
    """Finds which concept of ours an imported one is; each of ours is given away once."""

    def __init__(self, own: Taxonomy, *, given: Iterable[int] = ()) -> None:
        self._given = set(given)
        self._by_uri: dict[str, int] = {}
        self._by_label: dict[tuple[Kind, str], Concept] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        for concept in own.concepts:
            for uri in (concept.uri_da, concept.uri_eu):
                if uri:
                    self._by_uri[uri] = concept.id
            for label in (concept.label_en, concept.label):
                self._by_label[concept.kind, squeeze(label)] = concept
            for name in concept.synonyms:
                if concept.disco:
                    self._by_name.setdefault((squeeze(name), concept.disco), concept.id)

    def ours(self, uri: str, kind: Kind, label: str, *, disco: str = "") -> int | None:
        """The id of the concept of ours that this is, or None."""
        found = self._by_uri.get(uri)
        if found is None:
            alike = self._by_label.get((kind, squeeze(label)))
            if alike and (not disco or (alike.disco or "")[:3] == disco[:3]):
                found = alike.id
            elif kind is Kind.OCCUPATION:
                found = self._by_name.get((squeeze(label), disco))
        if found is None or found in self._given:
            return None
        self._given.add(found)
        return found


def combined(
    own: Taxonomy,
    words: Iterable[ImportedWord],
    *,
    related: Mapping[tuple[int, int], int],
    version: str,
) -> Taxonomy:
    """Our taxonomy with the imported words in it, `related` as `relations` found; ours stand.

    What was withdrawn from its list still has its name, because people and orders may have it,
    but nobody is offered it.
    """
    by_id = {word.id: word for word in words}
    ours = {concept.id for concept in own.concepts}
    concepts = [
        _with_words(concept, by_id[concept.id]) if concept.id in by_id else concept
        for concept in own.concepts
    ]
    concepts += [_added(word) for word in by_id.values() if word.id not in ours]
    keys = {concept.id: concept.key for concept in concepts}
    reserved = {own.by_key(key).disco for key in own.regulated}
    regulated = {*own.regulated, *(c.key for c in concepts if c.added and c.disco in reserved)}
    # Between two of ours, and for a reserved title, only our own tables count.
    named = {
        (keys[asked], keys[met_by]): strength
        for (asked, met_by), strength in related.items()
        if not (asked in ours and met_by in ours) and keys[asked] not in regulated
    }
    includes = {
        keys[word.id]: [keys[one] for one in word.broader]
        for word in by_id.values()
        if word.kind is Kind.SKILL and word.broader and word.id not in ours
    }
    return Taxonomy(
        concepts,
        version=version,
        includes=includes | own.includes,
        related=named | own.related,
        regulated=regulated,
    )


def _with_words(concept: Concept, word: ImportedWord) -> Concept:
    return replace(
        concept,
        uri_da=concept.uri_da or word.uri_da or None,
        uri_eu=concept.uri_eu or word.uri_eu or None,
        more=() if word.withdrawn else (word.label, *word.names),
        foreign=() if word.withdrawn else word.foreign,
    )


def _added(word: ImportedWord) -> Concept:
    return Concept(
        id=word.id,
        key=word.uri_eu or word.uri_da,
        kind=word.kind,
        label=word.label,
        label_en=word.label_en or word.label,
        disco=word.disco or None,
        uri_da=word.uri_da or None,
        uri_eu=word.uri_eu or None,
        more=() if word.withdrawn else (word.label, *word.names),
        foreign=() if word.withdrawn else word.foreign,
        added=True,
    )


def relations(words: Iterable[ImportedWord]) -> dict[tuple[int, int], int]:
    """(asked for, met by) → strength, from what the list says of occupations and skills."""
    words = list(words)
    related: dict[tuple[int, int], int] = {}
    essential_in: dict[int, list[int]] = {}
    for word in words:
        if word.kind is Kind.OCCUPATION:
            for skill in word.needs:
                essential_in.setdefault(skill, []).append(word.id)
        else:
            related |= {(skill, word.id): USEFUL for skill in word.uses}
            related |= {(skill, word.id): NEEDED for skill in word.needs}
    for skill, occupations in essential_in.items():
        if len(occupations) <= COMMON_SKILL:
            related |= {(skill, one): DAILY_WORK for one in occupations}
    return related | _alike([word for word in words if word.kind is Kind.OCCUPATION])


def _alike(occupations: list[ImportedWord]) -> dict[tuple[int, int], int]:
    """Occupations of different unit groups that share essential skills, as strong as the share.

    At most four fifths; within a unit group they count so already.
    """
    skills = sorted({skill for word in occupations for skill in word.needs})
    if not skills:
        return {}
    columns = np.concatenate([np.searchsorted(skills, word.needs) for word in occupations])
    counts = np.array([len(word.needs) for word in occupations])
    rows = np.repeat(np.arange(len(occupations)), counts)
    has: Any = csr_array((np.ones(len(rows), np.int32), (rows, columns)))  # type: ignore[no-untyped-call]
    shared = (has @ has.T).tocoo()
    either = counts[shared.row] + counts[shared.col] - shared.data
    share = shared.data / np.maximum(either, 1)
    groups = np.array([word.disco for word in occupations])
    close = np.flatnonzero((share >= ALIKE) & (groups[shared.row] != groups[shared.col]))
    close = close[np.argsort(-share[close], kind="stable")]
    found: dict[tuple[int, int], int] = {}
    taken = np.zeros(len(occupations), int)
    for at in close.tolist():
        asked, met_by = int(shared.row[at]), int(shared.col[at])
        if taken[asked] < NEIGHBOURS:
            taken[asked] += 1
            strength = min(SAME_UNIT_GROUP, int(share[at] * 1000))
            found[occupations[asked].id, occupations[met_by].id] = strength
    return found
