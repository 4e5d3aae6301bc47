"""Single people looked up in the lists, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit

from tvaers.matching.engine.rule import FULL
from tvaers.matching.engine.shapes import Asked, Numbers, People

HELD = 127
"""The bits of a work code that say the work was held."""


@njit(cache=True, nogil=True)
def find(values: Numbers, begin: int, end: int, wanted: int) -> int:
    """Where `wanted` stands in the rising values begin … end, or -1."""
    low, left = np.int64(begin), np.int64(end) - np.int64(begin)
    while left > 1:  # without a branch that depends on what is found: several run at once
        half = left >> 1
        low += half * (values[low + half - 1] < wanted)
        left -= half
    return low if left and values[low] == wanted else -1


@njit(cache=True, nogil=True)
def entries(starts: Numbers, locals_: Numbers, cells: Numbers, local: int) -> Numbers:
    """Where `local` stands in the list of each cell, or -1."""
    found = np.full(len(cells), -1, np.int64)
    for n in range(len(cells)):
        if cells[n] >= 0:
            found[n] = find(locals_, starts[cells[n]], starts[cells[n] + 1], local)
    return found


@njit(cache=True, nogil=True)
def positions_of(ids: Numbers, starts: Numbers, wanted: Numbers) -> Numbers:
    """Where each of `wanted` stands in `ids` (rising inside each municipality), if it does."""
    found = np.empty(len(wanted), np.int64)
    size = 0
    for id_ in wanted:
        for m in range(len(starts) - 1):
            at = find(ids, starts[m], starts[m + 1], id_)
            if at >= 0:
                found[size] = at
                size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def work_level(p: People, q: Asked, r: int, at: int, i: int) -> int:
    """What posting `i` of work list `at` gives requirement `r`."""
    if not p.occupation_codes[i] & HELD:
        return 0
    level = np.int64(q.work_levels[at]) * q.work_shares[r, p.occupation_years[i]] // FULL
    return level if q.graded[r] or level == FULL else 0


@njit(cache=True, nogil=True)
def met_bits(p: People, q: Asked, positions: Numbers) -> Numbers:
    """Per person at `positions`, bit r = requirement r is met."""
    blocks = (len(p.ids) + p.block - 1) // p.block
    met = np.zeros(len(positions), np.uint64)
    for n in range(len(positions)):
        block, local = positions[n] // p.block, positions[n] % p.block
        for r in range(len(q.weights)):
            best = np.int64(0)
            for at in range(q.concept_ends[r], q.concept_ends[r + 1]):
                cell = q.concept_rows[at] * blocks + block
                begin, end = p.concept_starts[cell], p.concept_starts[cell + 1]
                if find(p.concept_locals, begin, end, local) >= 0:
                    best = max(best, np.int64(q.concept_levels[at]))
            for at in range(q.work_ends[r], q.work_ends[r + 1]):
                cell = q.work_rows[at] * blocks + block
                begin, end = p.occupation_starts[cell], p.occupation_starts[cell + 1]
                i = find(p.occupation_locals, begin, end, local)
                if i >= 0:
                    best = max(best, work_level(p, q, r, at, i))
            if best >= q.enough[r]:
                met[n] |= np.uint64(1) << np.uint64(r)
    return met
