"""The index: everyone, searchable in milliseconds, never changed once made.

An index is a large base and, after `with_changes`, a small second segment that holds the changed
people, who are gone from the base. Every method may be called from any number of threads.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tvaers.matching.engine import rule
from tvaers.matching.engine.answers import Explanation, Facts, Reason, Result
from tvaers.matching.engine.columns import Columns, Numbers
from tvaers.matching.engine.rows import FIRST_CONCEPT, Person, Query, TravelTable
from tvaers.matching.engine.search import Pass, facts_of, hits_of, page, pool, run
from tvaers.matching.engine.segment import BLOCK, Segment

Scope = Collection[int] | None
"""Home municipalities to look in; None = everywhere."""


class IndexUnreadable(Exception):
    """The folder holds no whole index of this version; build it again."""


@dataclass(frozen=True, eq=False)
class Index:
    """Everyone who may be searched, with the travel table and the caller's `stamp`."""

    base: Segment
    changed: Segment
    changes: dict[int, Person] = field(repr=False)
    travel: TravelTable = field(repr=False)
    stamp: str = ""
    """What the caller wants to know again at `open`: up to where the database was read."""

    @staticmethod
    def build(
        people: Iterable[Person], *, travel: TravelTable, stamp: str = "", block: int = BLOCK
    ) -> Index:
        """An index of `people`; of rows with the same id the last one counts."""
        columns = Columns.from_people(people)
        return Index.of_columns(columns, travel=travel, stamp=stamp, block=block)

    @staticmethod
    def of_columns(
        columns: Columns, *, travel: TravelTable, stamp: str = "", block: int = BLOCK
    ) -> Index:
        """An index of people who are columns already."""
        known = columns.known_to(travel)
        return Index(Segment.build(known, block=block), _nobody(), {}, travel, stamp)

    @staticmethod
    def open(folder: Path | str) -> Index:
        """The index last saved in `folder`, memory-mapped; raises `IndexUnreadable`."""
        try:
            current = Path(folder) / (Path(folder) / "current").read_text()
            about = json.loads((current / "index.json").read_text())
            travel = TravelTable(
                tuple(about["places"]),
                np.load(current / "car.npy"),
                np.load(current / "public.npy"),
            )
            return Index(Segment.open(current), _nobody(), {}, travel, about["stamp"])
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexUnreadable(str(folder)) from error

    def save(self, folder: Path | str) -> None:
        """Write the index to `folder`, changes folded in; readers see the old or the new, whole.

        One writer at a time. Processes that have the old one open keep it until they let go.
        """
        folder = Path(folder)
        new = folder / f"index-{secrets.token_hex(8)}"
        new.mkdir(parents=True)
        whole = self.folded()
        whole.base.save(new)
        np.save(new / "car.npy", self.travel.car)
        np.save(new / "public.npy", self.travel.public)
        about = {"places": self.travel.places, "stamp": self.stamp}
        (new / "index.json").write_text(json.dumps(about))
        for path in (*new.iterdir(), new):
            _flush(path)
        pointer = folder / f"{new.name}.pointer"
        pointer.write_text(new.name)
        _flush(pointer)
        pointer.replace(folder / "current")
        _flush(folder)
        for old in folder.glob("index-*"):
            if old.is_file():
                old.unlink(missing_ok=True)  # a pointer whose writer was killed
            elif old != new:
                shutil.rmtree(old, ignore_errors=True)

    def with_changes(
        self, rows: Iterable[Person], removed: Iterable[int] = (), *, stamp: str | None = None
    ) -> Index:
        """The index after `rows` were added or replaced and the ids in `removed` taken out.

        Costs time by the number of changes since the base was built; fold or rebuild at some
        thousands.
        """
        new = {person.id: person for person in rows}
        gone = set(removed)
        touched = np.array(sorted(gone | set(new)), np.int64)
        changes = {id_: person for id_, person in (self.changes | new).items() if id_ not in gone}
        changed = Columns.from_people(changes.values())
        return replace(
            self,
            base=self.base.without(touched),
            changed=Segment.build(changed.known_to(self.travel), block=self.base.block),
            changes=changes,
            stamp=self.stamp if stamp is None else stamp,
        )

    def folded(self) -> Index:
        """The same people as one base without changes."""
        if not self.changes and self.base.present_by_municipality.sum() == len(self.base.ids):
            return self
        columns = self.base.columns().followed_by(self.changed.columns())
        return Index.of_columns(
            columns, travel=self.travel, stamp=self.stamp, block=self.base.block
        )

    def __len__(self) -> int:
        return int(sum(s.present_by_municipality.sum() for s in self._segments()))

    def search(self, query: Query, scope: Scope = None, k: int = 100, offset: int = 0) -> Result:
        """The hits, best first: `k` of them from `offset`, with the figures over all."""
        return page(self._run(query, scope, offset + k, near=False), offset)

    def near_misses(
        self, query: Query, scope: Scope = None, k: int = 100, offset: int = 0
    ) -> Result:
        """People whom exactly one trainable must requirement keeps out, best first."""
        return page(self._run(query, scope, offset + k, near=True), offset)

    def hits_by_municipality(self, query: Query, scope: Scope = None) -> dict[int, int]:
        """How many hits live in each municipality (R6); only those with someone."""
        return dict(page(self._run(query, scope, 0, near=False), 0).by_municipality)

    def all_ids(self, query: Query, scope: Scope = None) -> Numbers:
        """The ids of every hit, in order of id (R6: each must get an outcome)."""
        found = [hits_of(query, segment, self.travel, scope) for segment in self._segments()]
        return np.sort(np.concatenate(found))

    def facts(self, query: Query, ids: Sequence[int]) -> Facts:
        """What can be told apart of these people, hits or not; unknown ids are left out."""
        wanted = np.array(ids, np.int64)
        found = [facts_of(query, segment, self.travel, wanted) for segment in self._segments()]
        order = np.argsort(np.concatenate([facts.ids for facts in found]))
        return Facts(
            **{
                name: np.concatenate([getattr(facts, name) for facts in found])[order]
                for name in vars(found[0])
            }
        )

    def match_all(self, queries: Sequence[Query], k: int = 50) -> list[Result]:
        """`search` nationwide for each query; the threads take a query each."""

        def one(query: Query) -> Result:
            return page(
                [run(query, s, self.travel, None, k, near=False, threads=1) for s in all_], 0
            )

        all_ = self._segments()
        return list(pool(os.getpid()).map(one, queries))

    def explain(self, query: Query, person_id: int) -> Explanation:
        """Everything behind one person's place; raises LookupError for an unknown id."""
        return rule.explain(query, self._person(query, person_id), self.travel)

    def why_not(self, query: Query, person_id: int, scope: Scope = None) -> tuple[Reason, ...]:
        """All that keeps the person out of the hits; raises LookupError for an unknown id."""
        person = self._person(query, person_id)
        in_scope = scope is None or person.municipality in scope
        return rule.explain(query, person, self.travel, in_scope=in_scope).reasons

    def _run(self, query: Query, scope: Scope, k: int, *, near: bool) -> list[Pass]:
        return [run(query, s, self.travel, scope, k, near=near) for s in self._segments()]

    def _segments(self) -> list[Segment]:
        return [self.base, self.changed] if self.changes else [self.base]

    def _person(self, query: Query, person_id: int) -> Person:
        asked = {o for o, _ in query.occupation}
        asked |= {c for needed in query.requirements for c, _ in needed.satisfied_by}
        concepts = [concept for concept in asked if concept >= FIRST_CONCEPT]
        occupations = [concept for concept in asked if concept < FIRST_CONCEPT]
        for segment in self._segments():
            for position in segment.positions(np.array([person_id])):
                return segment.person(int(position), concepts, occupations)
        raise LookupError(person_id)


def warm_up() -> None:
    """Compile the kernels, or load them from numba's cache, so that no search has to wait.

    To be called once where the product is installed and once in every process that starts.
    """
    nowhere = TravelTable()
    index = Index.build([Person(id=1, municipality=101)], travel=nowhere)
    query = Query(today=1_000_000, blocked=frozenset({1}))
    index.search(query, k=1)
    index.facts(query, [1])
    index.explain(query, 1)


def _nobody() -> Segment:
    return Segment.build(Columns.from_people(()))


def _flush(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
