"""One immutable piece of the index: columns in the order of homes, and postings.

People stand by (home, id), in blocks of `BLOCK`. A posting list is kept for each concept
and each block: the 16-bit numbers, inside the block, of the people who have the concept.
Occupations also carry the work code and the years. `*_starts[row * blocks + block]` is where a list
begins, and the next number where it ends.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from tvaers.matching.engine import lookups
from tvaers.matching.engine.columns import (
    CAR,
    FINDABLE,
    PRESENT,
    WANTED,
    Columns,
    Numbers,
    last_year_of,
    ordinal_day,
)
from tvaers.matching.engine.rows import Person, municipality_of_place, postcode_of_place
from tvaers.matching.engine.shapes import People

BLOCK = 32_768
"""People in a block: its buffers stay in the nearest caches, and numbers in it fit 16 bits."""


@dataclass(frozen=True, eq=False)
class Segment:
    """Columns and postings; every array is shared and never written after it was made."""

    block: int
    ids: Numbers
    flags: Numbers
    kinds: Numbers
    hours_min: Numbers
    hours_max: Numbers
    max_travel: Numbers
    available: Numbers
    cv_updated: Numbers
    alphabetical: Numbers
    homes: Numbers
    """The places where somebody lives: a municipality, or one with its postcode."""
    municipality_starts: Numbers
    """Where the people of each home begin."""
    concepts: Numbers
    concept_starts: Numbers
    concept_locals: Numbers
    occupations: Numbers
    occupation_starts: Numbers
    occupation_locals: Numbers
    occupation_codes: Numbers
    occupation_years: Numbers

    @staticmethod
    def build(columns: Columns, *, block: int = BLOCK) -> Segment:
        """The segment of `columns`, in blocks of `block` people (at most 65,535)."""
        home = columns.home
        order = np.lexsort((columns.id, home))
        position = np.empty(len(order), np.int64)
        position[order] = np.arange(len(order))
        homes, counts = np.unique(home, return_counts=True)
        has = (columns.has_concept.astype(np.int64) << 32) | position[columns.has_person]
        has.sort()
        has = has[_first_of_each(has)]
        work = columns.work_occupation.astype(np.int64) << 48
        work |= position[columns.work_person] << 16
        work |= (columns.work_code.astype(np.int64) << 8) | columns.work_years
        work.sort()
        concepts, concept_starts = _lists(has >> 32, has & 0xFFFFFFFF, len(order), block)
        occupations, occupation_starts = _lists(
            work >> 48, work >> 16 & 0xFFFFFFFF, len(order), block
        )
        return Segment(
            block=block,
            ids=columns.id[order],
            flags=columns.flags[order],
            kinds=columns.kinds[order],
            hours_min=columns.hours_min[order],
            hours_max=columns.hours_max[order],
            max_travel=columns.max_travel[order],
            available=columns.available_from[order],
            cv_updated=columns.cv_updated[order],
            alphabetical=columns.alphabetical[order],
            homes=homes.astype(np.int32),
            municipality_starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            concepts=concepts,
            concept_starts=concept_starts,
            concept_locals=((has & 0xFFFFFFFF) % block).astype(np.uint16),
            occupations=occupations,
            occupation_starts=occupation_starts,
            occupation_locals=((work >> 16 & 0xFFFFFFFF) % block).astype(np.uint16),
            occupation_codes=(work >> 8 & 0xFF).astype(np.uint8),
            occupation_years=(work & 0xFF).astype(np.uint8),
        )

    @staticmethod
    def open(folder: Path) -> Segment:
        """The segment saved in `folder`, through shared memory maps (writes stay private)."""
        about = json.loads((folder / "segment.json").read_text())
        if about["columns"] != _columns():
            raise ValueError("the index was saved by another version")
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="c") for name in _columns()}
        views = {name: values.view(np.ndarray) for name, values in arrays.items()}
        return Segment(block=about["block"], **views)

    def save(self, folder: Path) -> None:
        """Write every array to `folder`."""
        for name in _columns():
            np.save(folder / f"{name}.npy", getattr(self, name))
        about = {"columns": _columns(), "block": self.block}
        (folder / "segment.json").write_text(json.dumps(about))

    @cached_property
    def people(self) -> People:
        """What the kernels read."""
        return People(*(getattr(self, name) for name in People._fields))

    def without(self, removed: Numbers) -> Segment:
        """The same segment with the people of the ids in `removed` gone."""
        gone = self.positions(removed)
        if not len(gone):
            return self
        flags = self.flags.copy()
        flags[gone] = 0
        lived, places = self.home_of(gone), len(self.homes)
        findable = lived[self.flags[gone] & FINDABLE > 0]
        left = replace(self, flags=flags)
        vars(left)["present_by_municipality"] = self.present_by_municipality - np.bincount(
            lived, minlength=places
        )
        vars(left)["findable_by_municipality"] = self.findable_by_municipality - np.bincount(
            findable, minlength=places
        )
        return left

    def positions(self, ids: Numbers) -> Numbers:
        """Where the people of `ids` stand, in rising order; unknown ids are left out."""
        wanted = np.asarray(ids, np.int64)
        found = lookups.positions_of(self.ids, self.municipality_starts, wanted)
        return np.sort(found[self.flags[found] & PRESENT > 0])

    @cached_property
    def findable_by_municipality(self) -> Numbers:
        """Findable people, by place in `homes`."""
        return self._by_municipality(self.flags & FINDABLE > 0)

    @cached_property
    def present_by_municipality(self) -> Numbers:
        """People present, by place in `homes`."""
        return self._by_municipality(self.flags & PRESENT > 0)

    def _by_municipality(self, marks: Numbers) -> Numbers:
        sums = np.concatenate(([0], np.cumsum(marks)))
        return np.diff(sums[self.municipality_starts])

    @cached_property
    def municipalities(self) -> Numbers:
        """The municipality of each of the `homes`."""
        return municipality_of_place(self.homes)

    def home_of(self, position: Numbers | int) -> Numbers:
        """The place in `homes` of the people at `position`."""
        return np.searchsorted(self.municipality_starts, position, side="right") - 1

    def person(self, position: int, concepts: list[int], occupations: list[int]) -> Person:
        """The person at `position`, knowing only of the given concepts and occupations."""
        flags, home = int(self.flags[position]), int(self.homes[self.home_of(position)])
        has = self._entries(
            self.concepts, self.concept_starts, self.concept_locals, concepts, position
        )
        worked = self._entries(
            self.occupations, self.occupation_starts, self.occupation_locals, occupations, position
        )
        work = [
            (occupation, int(self.occupation_codes[at]), int(self.occupation_years[at]))
            for occupation, at in zip(occupations, worked, strict=True)
            if at >= 0
        ]
        return Person(
            id=int(self.ids[position]),
            municipality=municipality_of_place(home),
            postcode=postcode_of_place(home),
            concepts=tuple(concept for concept, at in zip(concepts, has, strict=True) if at >= 0),
            wanted=tuple(occupation for occupation, code, _ in work if code & WANTED),
            held=tuple(
                (occupation, years, last_year)
                for occupation, code, years in work
                if (last_year := last_year_of(code)) is not None
            ),
            available_from=ordinal_day(int(self.available[position])),
            hours_min=int(self.hours_min[position]),
            hours_max=int(self.hours_max[position]),
            kinds=int(self.kinds[position]),
            max_travel=int(self.max_travel[position]),
            car=bool(flags & CAR),
            cv_updated=ordinal_day(int(self.cv_updated[position])),
            findable=bool(flags & FINDABLE),
            alphabetical=int(self.alphabetical[position]),
        )

    def _entries(
        self, known: Numbers, starts: Numbers, locals_: Numbers, wanted: list[int], position: int
    ) -> list[int]:
        """Where the person at `position` stands in the lists of the `wanted` concepts, or -1."""
        block, local = divmod(position, self.block)
        rows = self.rows(known, np.array(wanted, np.int64))
        cells = np.where(rows >= 0, rows * self.blocks + block, -1)
        return [int(at) for at in lookups.entries(starts, locals_, cells, local)]

    @staticmethod
    def rows(known: Numbers, wanted: Numbers) -> Numbers:
        """The row of each wanted concept among those `known`, or -1."""
        rows = np.searchsorted(known, wanted).astype(np.int64)
        rows[rows == len(known)] = -1
        here = rows >= 0
        here[here] = known[rows[here]] == wanted[here]
        return np.where(here, rows, -1)

    @property
    def blocks(self) -> int:
        """How many blocks the people stand in."""
        return -(-len(self.ids) // self.block)

    def columns(self) -> Columns:
        """Everyone present, as columns again."""
        kept = np.flatnonzero(self.flags & PRESENT)
        home = self.homes[self.home_of(kept)]
        entry = np.full(len(self.ids), -1, np.int64)
        entry[kept] = np.arange(len(kept))
        people, concept = self._pairs(self.concepts, self.concept_starts, self.concept_locals)
        has = entry[people] >= 0
        workers, occupation = self._pairs(
            self.occupations, self.occupation_starts, self.occupation_locals
        )
        works = entry[workers] >= 0
        return Columns(
            id=self.ids[kept],
            municipality=municipality_of_place(home),
            postcode=postcode_of_place(home),
            flags=self.flags[kept],
            kinds=self.kinds[kept],
            hours_min=self.hours_min[kept],
            hours_max=self.hours_max[kept],
            max_travel=self.max_travel[kept],
            available_from=self.available[kept],
            cv_updated=self.cv_updated[kept],
            alphabetical=self.alphabetical[kept],
            has_person=entry[people[has]].astype(np.int32),
            has_concept=concept[has],
            work_person=entry[workers[works]].astype(np.int32),
            work_occupation=occupation[works],
            work_code=self.occupation_codes[works],
            work_years=self.occupation_years[works],
        )

    def _pairs(self, known: Numbers, starts: Numbers, locals_: Numbers) -> tuple[Numbers, Numbers]:
        lengths: Numbers = np.diff(starts.astype(np.int64))
        cells = np.repeat(np.arange(len(lengths)), lengths)
        blocks = max(1, self.blocks)
        return cells % blocks * self.block + locals_, known[cells // blocks]


def _columns() -> list[str]:
    return [field.name for field in fields(Segment) if field.name != "block"]


def _lists(concept: Numbers, position: Numbers, people: int, block: int) -> tuple[Numbers, Numbers]:
    """The concepts that occur, in order, and where each one's list of each block begins."""
    blocks = -(-people // block)
    first = _first_of_each(concept)
    known, row = concept[first], np.cumsum(first) - 1
    lengths = np.bincount(row * blocks + position // block, minlength=len(known) * blocks)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return known.astype(np.int32), starts.astype(np.uint32)


def _first_of_each(ordered: Numbers) -> Numbers:
    marks = np.ones(len(ordered), bool)
    marks[1:] = ordered[1:] != ordered[:-1]
    return marks
