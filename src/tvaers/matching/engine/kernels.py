"""The inner loops, compiled by numba and cached. They hold no lock, so threads may share them.

For each block of people: every requirement's lists are laid into a small buffer of levels, weakest
substitution first, so that the last one written is the best; one vectorised pass then adds weight ×
level and counts the musts missed; another finds for everyone the first reason to be kept out. Only
people who pass and whose points can still beat the worst one kept are placed one by one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from tvaers.matching.engine.columns import CAR, FINDABLE, PRESENT
from tvaers.matching.engine.rule import ENOUGH, FULL, LONGEST_WAIT, PREFERRED_NOTICE

Numbers = Any
"""A numpy array: numba needs no more, and mypy cannot see into compiled functions."""

NOT_COUNTED = 9
"""Kept out without a reason to report: removed, out of scope, or a hit among near misses."""
FIT, TRAVEL, READY, NEWEST_CV, ALPHABETICAL = range(5)


class People(NamedTuple):
    """What the kernels read of a segment (see `segment.Segment`)."""

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
    municipality_starts: Numbers
    concept_starts: Numbers
    concept_locals: Numbers
    occupation_starts: Numbers
    occupation_locals: Numbers
    occupation_codes: Numbers
    occupation_years: Numbers


class Asked(NamedTuple):
    """A query in a segment's own numbers (made by `plan.asked`)."""

    concept_rows: Numbers
    concept_levels: Numbers
    concept_ends: Numbers
    """Per requirement, where its lists end; lists of one requirement stand weakest first."""
    work_rows: Numbers
    work_levels: Numbers
    work_ends: Numbers
    years: Numbers
    weights: Numbers
    enough: Numbers
    steps: Numbers
    occupation_rows: Numbers
    occupation_levels: Numbers
    claims: Numbers
    """Work code → level as an occupation."""
    fresh: Numbers
    """Work code → level of recency, 0 if not held."""
    occupation_years: int
    occupation_weight: int
    experience_weight: int
    occupation_steps: int
    travel_weight: int
    availability_weight: int
    in_scope: Numbers
    car_minutes: Numbers
    public_minutes: Numbers
    own_limit: bool
    today: int
    start: int
    """The last day to be ready, as a kept number; -1 = as soon as possible."""
    hours_low: int
    hours_high: int
    kind: int
    blocked: Numbers
    ordering: int
    salted: Numbers
    near: int
    """1 to look for near misses, 0 for hits."""


class Found(NamedTuple):
    """What one pass fills: a heap of the best, and counts."""

    keys: Numbers
    lots: Numbers
    positions: Numbers
    excluded: Numbers
    by_municipality: Numbers
    lacking: Numbers
    marks: Numbers
    """Per person, 1 = wanted; empty when the complete set is not asked for."""


@njit(cache=True, nogil=True)
def positions_of(ids: Numbers, starts: Numbers, wanted: Numbers) -> Numbers:
    """Where each of `wanted` stands in `ids` (rising inside each municipality), if it does."""
    found = np.empty(len(wanted), np.int64)
    size = 0
    for w in range(len(wanted)):
        for m in range(len(starts) - 1):
            low, high = starts[m], starts[m + 1]
            while low < high:
                middle = (low + high) // 2
                if ids[middle] < wanted[w]:
                    low = middle + 1
                else:
                    high = middle
            if low < starts[m + 1] and ids[low] == wanted[w]:
                found[size] = low
                size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def mixed(number: np.uint64) -> np.uint64:
    """The same mixing as `rule.lot`."""
    number = np.uint64(number + np.uint64(0x9E3779B97F4A7C15))
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@njit(cache=True, nogil=True)
def lay_concept(levels: Numbers, locals_: Numbers, begin: int, end: int, level: int) -> None:
    """Give `level` to everyone in the list; lists come weakest first."""
    for i in range(begin, end):
        levels[locals_[i]] = level


@njit(cache=True, nogil=True)
def add_requirement(
    points: Numbers,
    missed: Numbers,
    levels: Numbers,
    size: int,
    weight: int,
    enough: int,
    step: int,
) -> None:
    """Add weight × level, count a miss below `enough`, and clear the levels."""
    for i in range(size):
        points[i] += np.uint16(weight) * np.uint16(levels[i])
        missed[i] += np.uint8(step) if levels[i] < enough else np.uint8(0)
        levels[i] = 0


@njit(cache=True, nogil=True)
def note_lacking(lacks: Numbers, levels: Numbers, size: int, enough: int, number: int) -> None:
    """Remember the last must requirement missed."""
    for i in range(size):
        if levels[i] < enough:
            lacks[i] = number


@njit(cache=True, nogil=True)
def lay_work(p: People, q: Asked, r: int, block: int, blocks: int, levels: Numbers) -> None:
    """Give the levels of requirement `r` that come from work held; the better one stays."""
    for at in range(q.work_ends[r], q.work_ends[r + 1]):
        cell = q.work_rows[at] * blocks + block
        for i in range(p.occupation_starts[cell], p.occupation_starts[cell + 1]):
            if p.occupation_codes[i] & 127:
                level = np.int64(q.work_levels[at])
                if q.years[r]:
                    level = level * share_of_years(p.occupation_years[i], q.years[r]) // FULL
                if q.enough[r] == FULL and level < FULL:
                    level = 0
                local = p.occupation_locals[i]
                if level > levels[local]:
                    levels[local] = level


@njit(cache=True, nogil=True)
def share_of_years(years: int, asked: int) -> int:
    """As `rule.share_of_years`."""
    return min(FULL, FULL * max(1, 2 * np.int64(years)) // (2 * max(1, asked)))


@njit(cache=True, nogil=True)
def add_occupation(
    p: People,
    q: Asked,
    block: int,
    blocks: int,
    size: int,
    points: Numbers,
    missed: Numbers,
    occupation: Numbers,
    experience: Numbers,
    fits: Numbers,
) -> None:
    """Add occupation and experience, and count a miss when the occupation is a must."""
    fits[:size] = 0
    for at in range(len(q.occupation_rows)):
        cell = q.occupation_rows[at] * blocks + block
        base = np.int64(q.occupation_levels[at])
        for i in range(p.occupation_starts[cell], p.occupation_starts[cell + 1]):
            local, code = p.occupation_locals[i], p.occupation_codes[i]
            reached = base * q.claims[code] // FULL
            if reached > occupation[local]:
                occupation[local] = reached
            share = share_of_years(p.occupation_years[i], q.occupation_years)
            reached = base * q.fresh[code] * share // (FULL * FULL)
            if reached > experience[local]:
                experience[local] = reached
            if base >= ENOUGH:
                fits[local] = 1
    add_requirement(points, missed, occupation, size, q.occupation_weight, 0, 0)
    add_requirement(points, missed, experience, size, q.experience_weight, 0, 0)
    if q.occupation_steps:
        add_requirement(points, missed, fits, size, 0, 1, q.occupation_steps)


@njit(cache=True, nogil=True)
def score_block(
    p: People,
    q: Asked,
    block: int,
    blocks: int,
    size: int,
    points: Numbers,
    missed: Numbers,
    lacks: Numbers,
    buffers: Numbers,
) -> None:
    """Points without travel and availability, and musts missed, of everyone in a block."""
    points[:size] = 0
    missed[:size] = 0
    levels = buffers[0]
    for r in range(len(q.weights)):
        for at in range(q.concept_ends[r], q.concept_ends[r + 1]):
            cell = q.concept_rows[at] * blocks + block
            begin, end = p.concept_starts[cell], p.concept_starts[cell + 1]
            lay_concept(levels, p.concept_locals, begin, end, q.concept_levels[at])
        lay_work(p, q, r, block, blocks, levels)
        if q.near and q.steps[r]:
            note_lacking(lacks, levels, size, q.enough[r], r)
        add_requirement(points, missed, levels, size, q.weights[r], q.enough[r], q.steps[r])
    if len(q.occupation_rows) or q.occupation_steps:
        add_occupation(
            p, q, block, blocks, size, points, missed, buffers[1], buffers[2], buffers[3]
        )


@njit(cache=True, nogil=True)
def find_reasons(
    p: People, q: Asked, m: int, base: int, begin: int, end: int, missed: Numbers, reasons: Numbers
) -> None:
    """The first reason to keep out each of the people begin … end, all of municipality `m`."""
    car = np.uint16(q.car_minutes[m] if q.own_limit else 0)
    public = np.uint16(q.public_minutes[m] if q.own_limit else 0)
    ready_by = np.uint16(q.start if q.start >= 0 else 65_535)
    high, low, kind = np.uint8(q.hours_high), np.uint8(q.hours_low), np.uint8(q.kind)
    near = np.uint8(q.near)
    for i in range(begin, end):
        g = base + i
        flags = p.flags[g]
        minutes = car if flags & CAR else public
        reason = np.uint8(8) if minutes > p.max_travel[g] else np.uint8(0)
        reason = np.uint8(7) if p.available[g] > ready_by else reason
        reason = np.uint8(6) if (p.hours_min[g] > high) | (p.hours_max[g] < low) else reason
        reason = np.uint8(5) if (p.kinds[g] & kind) == 0 else reason
        passed = reason == 0
        reason = np.uint8(4) if missed[i] > 0 else reason
        reason = np.uint8(0) if passed & (missed[i] == 1) & (near == 1) else reason
        reason = np.uint8(9) if passed & (missed[i] == 0) & (near == 1) else reason
        reason = np.uint8(1) if (flags & FINDABLE) == 0 else reason
        reasons[i] = np.uint8(9) if (flags & PRESENT) == 0 else reason


@njit(cache=True, nogil=True)
def count_wanted(reasons: Numbers, begin: int, end: int) -> int:
    """How many of begin … end are kept (at most a block, so 16 bits hold it)."""
    count = np.uint16(0)
    for i in range(begin, end):
        count = np.uint16(count + np.uint16(reasons[i] == 0))
    return np.int64(count)


@njit(cache=True, nogil=True)
def count_reasons(reasons: Numbers, size: int, excluded: Numbers) -> None:
    """Add the people of a block to the counts by reason."""
    for reason in range(1, 9):
        count = np.uint16(0)
        wanted = np.uint8(reason)
        for i in range(size):
            count = np.uint16(count + np.uint16(reasons[i] == wanted))
        excluded[reason] += np.int64(count)


@njit(cache=True, nogil=True)
def availability_level(q: Asked, ready: int) -> int:
    """As `rule.availability_level`, on kept day numbers."""
    if q.start >= 0:
        return 48 + 12 * min(max(q.start - ready, 0), PREFERRED_NOTICE) // PREFERRED_NOTICE
    return FULL * max(0, LONGEST_WAIT - (ready - q.today)) // LONGEST_WAIT


@njit(cache=True, nogil=True)
def travel_level(minutes: int, limit: int) -> int:
    """As `rule.travel_level`."""
    if minutes >= limit:
        return FULL if minutes == 0 else 0
    return FULL * (limit - minutes) // limit


@njit(cache=True, nogil=True)
def beats(key: int, lot: np.uint64, other_key: int, other_lot: np.uint64) -> bool:
    """Whether the first stands before the second: greater key, then smaller lot."""
    return key > other_key or (key == other_key and lot < other_lot)


@njit(cache=True, nogil=True)
def keep(found: Found, held: int, key: int, lot: np.uint64, position: int) -> int:
    """Keep one more among the best, in a heap with the worst on top; says how many are held."""
    keys, lots, positions = found.keys, found.lots, found.positions
    at = held
    if held < len(keys):
        while at > 0 and beats(keys[(at - 1) // 2], lots[(at - 1) // 2], key, lot):
            above = (at - 1) // 2
            keys[at], lots[at], positions[at] = keys[above], lots[above], positions[above]
            at = above
        held += 1
    else:
        at = 0
        while 2 * at + 1 < held:
            below = 2 * at + 1
            if below + 1 < held and beats(
                keys[below], lots[below], keys[below + 1], lots[below + 1]
            ):
                below += 1
            if not beats(key, lot, keys[below], lots[below]):
                break
            keys[at], lots[at], positions[at] = keys[below], lots[below], positions[below]
            at = below
    keys[at], lots[at], positions[at] = key, lot, position
    return held


@njit(cache=True, nogil=True)
def first_key(p: People, q: Asked, g: int, minutes: int, ready: int) -> int:
    """What the ordering puts first, greater first; 0 for fit."""
    if q.ordering == TRAVEL:
        return -minutes
    if q.ordering == READY:
        return -ready
    if q.ordering == NEWEST_CV:
        return np.int64(p.cv_updated[g])
    if q.ordering == ALPHABETICAL:
        return -p.alphabetical[g]
    return 0


@njit(cache=True, nogil=True)
def place_block(
    p: People,
    q: Asked,
    base: int,
    size: int,
    points: Numbers,
    reasons: Numbers,
    found: Found,
    held: int,
) -> int:
    """Place those of a block who may stand among the best; says how many are held."""
    most = FULL * (q.travel_weight + q.availability_weight)
    m = np.searchsorted(q_starts(p), base, side="right") - 1
    for i in range(size):
        if reasons[i] != 0:
            continue
        full = held == len(found.keys)
        if full and q.ordering == FIT and points[i] + most < found.keys[0] * FULL:
            continue
        g = base + i
        while g >= p.municipality_starts[m + 1]:
            m += 1
        minutes = np.int64(q.car_minutes[m] if p.flags[g] & CAR else q.public_minutes[m])
        ready = max(np.int64(p.available[g]), q.today)
        first = first_key(p, q, g, minutes, ready) * 1024
        if full and first + 1023 < found.keys[0]:
            continue
        travel = travel_level(minutes, np.int64(p.max_travel[g]))
        total = points[i] + q.travel_weight * travel
        total += q.availability_weight * availability_level(q, ready)
        key = first + total // FULL
        if full and key < found.keys[0]:
            continue
        lot = mixed(q.salted[0] + np.uint64(p.ids[g]))
        if not full or beats(key, lot, found.keys[0], found.lots[0]):
            held = keep(found, held, key, lot, g)
    return held


@njit(cache=True, nogil=True)
def q_starts(p: People) -> Numbers:
    """Where municipalities begin, without the last bound."""
    return p.municipality_starts[:-1]


@njit(cache=True, nogil=True)
def search_blocks(p: People, q: Asked, found: Found, first: int, stride: int) -> int:
    """Search every `stride`-th block from `first`; fills `found`, says how many are in its heap."""
    everyone = len(p.ids)
    blocks = (everyone + p.block - 1) // p.block
    points = np.zeros(p.block, np.uint16)
    missed = np.zeros(p.block, np.uint8)
    lacks = np.zeros(p.block, np.uint8)
    reasons = np.zeros(p.block, np.uint8)
    buffers = np.zeros((4, p.block), np.uint8)
    held = 0
    for block in range(first, blocks, stride):
        base = block * p.block
        size = min(p.block, everyone - base)
        if not reaches_scope(p, q, base, base + size):
            continue
        score_block(p, q, block, blocks, size, points, missed, lacks, buffers)
        filter_block(p, q, base, size, missed, reasons, found)
        if q.near:
            for i in range(size):
                if reasons[i] == 0:
                    found.lacking[lacks[i]] += 1
        if len(found.marks):
            for i in range(size):
                found.marks[base + i] = reasons[i] == 0
        if len(found.keys):
            held = place_block(p, q, base, size, points, reasons, found, held)
    return held


@njit(cache=True, nogil=True)
def reaches_scope(p: People, q: Asked, begin: int, end: int) -> bool:
    """Whether any of the people begin … end lives in the scope."""
    m = np.searchsorted(q_starts(p), begin, side="right") - 1
    while m < len(q.in_scope) and p.municipality_starts[m] < end:
        if q.in_scope[m]:
            return True
        m += 1
    return False


@njit(cache=True, nogil=True)
def filter_block(
    p: People, q: Asked, base: int, size: int, missed: Numbers, reasons: Numbers, found: Found
) -> None:
    """Find and count the reasons of a block, municipality by municipality."""
    m = np.searchsorted(q_starts(p), base, side="right") - 1
    blocked = np.searchsorted(q.blocked, base)
    while m < len(q.in_scope) and p.municipality_starts[m] < base + size:
        begin = max(p.municipality_starts[m] - base, 0)
        end = min(p.municipality_starts[m + 1] - base, size)
        if not q.in_scope[m]:
            reasons[begin:end] = NOT_COUNTED
        else:
            find_reasons(p, q, m, base, begin, end, missed, reasons)
            while blocked < len(q.blocked) and q.blocked[blocked] < base + end:
                local = q.blocked[blocked] - base
                if local >= begin and reasons[local] != 1 and p.flags[q.blocked[blocked]] & PRESENT:
                    reasons[local] = 2
                blocked += 1
            found.by_municipality[m] += count_wanted(reasons, begin, end)
        m += 1
    count_reasons(reasons, size, found.excluded)


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
                if i >= 0 and p.occupation_codes[i] & 127:
                    level = np.int64(q.work_levels[at])
                    if q.years[r]:
                        level = level * share_of_years(p.occupation_years[i], q.years[r]) // FULL
                    best = max(best, level)
            if best >= q.enough[r]:
                met[n] |= np.uint64(1) << np.uint64(r)
    return met


@njit(cache=True, nogil=True)
def find(locals_: Numbers, begin: int, end: int, local: int) -> int:
    """Where `local` stands in the rising list begin … end, or -1."""
    low, high = np.int64(begin), np.int64(end)
    while low < high:
        middle = (low + high) // 2
        if locals_[middle] < local:
            low = middle + 1
        else:
            high = middle
    return low if low < np.int64(end) and locals_[low] == local else -1
