"""The inner loops, compiled by numba and cached. They hold no lock, so threads may share them.

For each block of people: every requirement's lists are laid into a small buffer of levels, weakest
substitution first, so that the last one written is the best; one vectorised pass then adds weight ×
level and counts the musts missed; another finds for everyone the first reason to be kept out. Only
those who pass and whose points can still beat the worst one kept are placed one by one.

The numbers of the rule come in by `Asked`, as tables made from `rule.py`. All kernels stand
in this one file because numba's cache looks at no other when it decides what to compile again.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tvaers.matching.engine.columns import CAR, FINDABLE, PRESENT
from tvaers.matching.engine.rule import FULL
from tvaers.matching.engine.shapes import Asked, Desk, Found, Numbers, People

NOT_COUNTED = 9
"""Kept out without a reason to report: removed, out of scope, or a hit among near misses."""
FIT, TRAVEL, READY, NEWEST_CV, ALPHABETICAL = range(5)
HELD = 127
"""The bits of a work code that say the work was held."""


@njit(cache=True, nogil=True)
def add(desk: Desk, levels: Numbers, size: int, weight: int, enough: int, step: int) -> None:
    """Add weight × level, count a miss below `enough`, and clear the levels."""
    points, missed = desk.points, desk.missed
    if step:
        for i in range(size):
            missed[i] += np.uint8(step) if levels[i] < enough else np.uint8(0)
    for i in range(size):
        points[i] += np.uint16(weight) * np.uint16(levels[i])
        levels[i] = 0


@njit(cache=True, nogil=True)
def note_lacking(lacks: Numbers, levels: Numbers, size: int, enough: int, r: int) -> None:
    """Remember the last must requirement missed."""
    number = np.uint8(r)
    for i in range(size):
        lacks[i] = number if levels[i] < enough else lacks[i]


@njit(cache=True, nogil=True)
def count_lacking(desk: Desk, size: int, r: int) -> int:
    """How many of the wanted lack requirement `r`."""
    reasons, lacks, number, found = desk.reasons, desk.lacks, np.uint8(r), np.uint16(0)
    for i in range(size):
        found = np.uint16(found + np.uint16((reasons[i] == 0) & (lacks[i] == number)))
    return np.int64(found)


@njit(cache=True, nogil=True)
def work_level(p: People, q: Asked, r: int, at: int, i: int) -> int:
    """What posting `i` of work list `at` gives requirement `r`."""
    if not p.occupation_codes[i] & HELD:
        return 0
    level = np.int64(q.work_levels[at]) * q.work_shares[r, p.occupation_years[i]] // FULL
    return level if q.graded[r] or level == FULL else 0


@njit(cache=True, nogil=True)
def lay_requirement(p: People, q: Asked, r: int, block: int, blocks: int, levels: Numbers) -> None:
    """Give everyone of a block the best level they reach in requirement `r`."""
    for at in range(q.concept_ends[r], q.concept_ends[r + 1]):
        cell, level = q.concept_rows[at] * blocks + block, q.concept_levels[at]
        locals_ = p.concept_locals[p.concept_starts[cell] : p.concept_starts[cell + 1]]
        for i in range(len(locals_)):
            levels[locals_[i]] = level
    for at in range(q.work_ends[r], q.work_ends[r + 1]):
        cell = q.work_rows[at] * blocks + block
        for i in range(p.occupation_starts[cell], p.occupation_starts[cell + 1]):
            local, level = p.occupation_locals[i], work_level(p, q, r, at, i)
            if level > levels[local]:
                levels[local] = level


@njit(cache=True, nogil=True)
def score_occupation(p: People, q: Asked, block: int, blocks: int, size: int, desk: Desk) -> None:
    """Add occupation and experience, and count a miss when the occupation is a must."""
    levels, experience, shares = desk.levels, desk.experience, q.occupation_shares
    for at in range(len(q.occupation_rows)):
        cell = q.occupation_rows[at] * blocks + block
        claims, fresh = q.occupation_claims[at], q.occupation_fresh[at]
        here = slice(p.occupation_starts[cell], p.occupation_starts[cell + 1])
        locals_, codes = p.occupation_locals[here], p.occupation_codes[here]
        years = p.occupation_years[here]
        for i in range(len(locals_)):
            local, code = locals_[i], codes[i]
            levels[local] = max(levels[local], claims[code])
            gained = np.uint32(fresh[code]) * np.uint32(shares[years[i]])
            experience[local] = max(experience[local], np.uint8(gained // np.uint32(FULL * FULL)))
        if q.occupation_steps and q.occupation_fits[at]:
            for i in range(len(locals_)):
                desk.fits[locals_[i]] = 1
    add(desk, levels, size, q.occupation_weight, 0, 0)
    add(desk, experience, size, q.experience_weight, 0, 0)
    if q.occupation_steps:
        add(desk, desk.fits, size, 0, 1, q.occupation_steps)


@njit(cache=True, nogil=True)
def score_block(p: People, q: Asked, block: int, blocks: int, size: int, desk: Desk) -> None:
    """Points without travel and availability, and musts missed, of everyone in a block."""
    desk.points[:size] = 0
    desk.missed[:size] = 0
    for r in range(len(q.weights)):
        lay_requirement(p, q, r, block, blocks, desk.levels)
        if q.near and q.steps[r]:
            note_lacking(desk.lacks, desk.levels, size, q.enough[r], r)
        add(desk, desk.levels, size, q.weights[r], q.enough[r], q.steps[r])
    if len(q.occupation_rows) or q.occupation_steps:
        score_occupation(p, q, block, blocks, size, desk)


@njit(cache=True, nogil=True)
def find_reasons(p: People, q: Asked, m: int, base: int, begin: int, end: int, desk: Desk) -> int:
    """The first reason against each of begin … end, all of municipality `m`; counts the wanted."""
    here = slice(base + begin, base + end)
    flags, kinds, limits, available = (
        p.flags[here],
        p.kinds[here],
        p.max_travel[here],
        p.available[here],
    )
    hours_min, hours_max = p.hours_min[here], p.hours_max[here]
    missed, reasons = desk.missed[begin:end], desk.reasons[begin:end]
    public, car = np.uint16(q.limits[0, m]), np.uint16(q.limits[1, m])
    ready_by, kind, near = np.uint16(q.ready_by), np.uint8(q.kind), q.near
    low, high = np.uint8(q.hours_low), np.uint8(q.hours_high)
    for i in range(end - begin):
        minutes = car if flags[i] & CAR else public
        reason = np.uint8(8) if minutes > limits[i] else np.uint8(0)
        reason = np.uint8(7) if available[i] > ready_by else reason
        reason = np.uint8(6) if (hours_min[i] > high) | (hours_max[i] < low) else reason
        reason = np.uint8(5) if (kinds[i] & kind) == 0 else reason
        passed = reason == 0
        reason = np.uint8(4) if missed[i] > 0 else reason
        reason = np.uint8(0) if passed & (missed[i] == 1) & near else reason
        reason = np.uint8(9) if passed & (missed[i] == 0) & near else reason
        reason = np.uint8(1) if (flags[i] & FINDABLE) == 0 else reason
        reasons[i] = np.uint8(9) if (flags[i] & PRESENT) == 0 else reason


@njit(cache=True, nogil=True)
def count(reasons: Numbers, wanted: int) -> int:
    """How many have the reason `wanted` (in 16 bits: never more than a block)."""
    found, wanted = np.uint16(0), np.uint8(wanted)
    for i in range(len(reasons)):
        found = np.uint16(found + np.uint16(reasons[i] == wanted))
    return np.int64(found)


@njit(cache=True, nogil=True)
def home(p: People, position: int) -> int:
    """The place of the municipality of the person at `position`."""
    return np.searchsorted(p.municipality_starts, position, side="right") - 1


@njit(cache=True, nogil=True)
def filter_block(p: People, q: Asked, base: int, size: int, desk: Desk, found: Found) -> None:
    """Find and count the reasons of a block, municipality by municipality."""
    reasons = desk.reasons
    for m in range(home(p, base), home(p, base + size - 1) + 1):
        begin = max(p.municipality_starts[m] - base, 0)
        end = min(p.municipality_starts[m + 1] - base, size)
        if q.in_scope[m]:
            find_reasons(p, q, m, base, begin, end, desk)
            first, last = np.searchsorted(q.blocked, np.array([base + begin, base + end]))
            for position in q.blocked[first:last]:
                if reasons[position - base] != 1:
                    reasons[position - base] = 2
            found.by_municipality[m] += count(reasons[begin:end], 0)
        else:
            reasons[begin:end] = NOT_COUNTED
    for reason in range(1, NOT_COUNTED):
        found.excluded[reason] += count(reasons[:size], reason)


@njit(cache=True, nogil=True)
def mixed(number: int) -> int:
    """The same mixing as `rule.lot`."""
    number = np.uint64(number) + np.uint64(0x9E3779B97F4A7C15)
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@njit(cache=True, nogil=True)
def travel_level(minutes: int, limit: int) -> int:
    """As `rule.travel_level`."""
    if minutes >= limit:
        return FULL if minutes == 0 else 0
    return FULL * (limit - minutes) // limit


@njit(cache=True, nogil=True)
def beats(key: int, lot: int, other_key: int, other_lot: int) -> bool:
    """Whether the first stands before the second: greater key, then smaller lot."""
    return key > other_key or (key == other_key and lot < other_lot)


@njit(cache=True, nogil=True)
def keep(found: Found, held: int, key: int, lot: int, position: int) -> int:
    """Keep one more among the best, in a heap with the worst on top; says how many are held."""
    keys, lots, positions = found.keys, found.lots, found.positions
    at = 0
    if held < len(keys):
        at = held
        while at > 0 and beats(keys[(at - 1) // 2], lots[(at - 1) // 2], key, lot):
            above = (at - 1) // 2
            keys[at], lots[at], positions[at] = keys[above], lots[above], positions[above]
            at = above
        held += 1
    else:
        while 2 * at + 1 < held:
            low = 2 * at + 1
            if low + 1 < held and beats(keys[low], lots[low], keys[low + 1], lots[low + 1]):
                low += 1
            if not beats(key, lot, keys[low], lots[low]):
                break
            keys[at], lots[at], positions[at] = keys[low], lots[low], positions[low]
            at = low
    keys[at], lots[at], positions[at] = key, lot, position
    return held


@njit(cache=True, nogil=True)
def first_key(p: People, q: Asked, position: int, minutes: int, ready: int) -> int:
    """What the ordering puts first, greater first; 0 for fit."""
    if q.ordering == TRAVEL:
        return -minutes
    if q.ordering == READY:
        return -ready
    if q.ordering == NEWEST_CV:
        return np.int64(p.cv_updated[position])
    return -p.alphabetical[position] if q.ordering == ALPHABETICAL else 0


@njit(cache=True, nogil=True)
def place(p: People, q: Asked, position: int, points: int, found: Found, held: int) -> int:
    """Place one person if among the best so far; says how many are held."""
    m, car = home(p, position), np.int64(p.flags[position] & CAR > 0)
    minutes = np.int64(q.minutes[car, m])
    ready = max(np.int64(p.available[position]), q.today)
    total = points + q.travel_weight * travel_level(minutes, np.int64(p.max_travel[position]))
    days = min(abs(q.anchor - ready), len(q.readiness) - 1)
    total += q.availability_weight * np.int64(q.readiness[days])
    key = first_key(p, q, position, minutes, ready) * 1024 + total // FULL
    if held == len(found.keys) and key < found.keys[0]:
        return held
    lot = mixed(q.salted[0] + np.uint64(p.ids[position]))
    if held < len(found.keys) or beats(key, lot, found.keys[0], found.lots[0]):
        return keep(found, held, key, lot, position)
    return held


@njit(cache=True, nogil=True)
def place_block(
    p: People, q: Asked, base: int, size: int, desk: Desk, found: Found, held: int
) -> int:
    """Place those of a block who may stand among the best; says how many are held."""
    points, reasons, hopes = desk.points, desk.reasons, desk.hopes
    need = np.int64(0)
    if held == len(found.keys) and q.ordering == FIT:
        need = FULL * (found.keys[0] - q.travel_weight - q.availability_weight)
    need = np.uint16(max(need, 0))
    for i in range(size):
        hopes[i] = (reasons[i] == 0) & (points[i] >= need)
    hopes[size:] = 0
    eights = hopes.view(np.uint64)
    for eight in range((size + 7) // 8):
        if eights[eight]:
            for i in range(8 * eight, 8 * eight + 8):
                if hopes[i]:
                    held = place(p, q, base + i, np.int64(points[i]), found, held)
    return held


@njit(cache=True, nogil=True)
def search_blocks(p: People, q: Asked, found: Found, first: int, stride: int) -> int:
    """Search every `stride`-th block from `first`; fills `found`, says how many its heap holds."""
    everyone, room = len(p.ids), (p.block + 7) // 8 * 8
    blocks = (everyone + p.block - 1) // p.block
    small = np.zeros((7, room), np.uint8)
    points = np.zeros(room, np.uint16)
    desk = Desk(points, small[0], small[1], small[2], small[3], small[4], small[5], small[6])
    held = 0
    for block in range(first, blocks, stride):
        base = block * p.block
        size = min(p.block, everyone - base)
        if not q.in_scope[home(p, base) : home(p, base + size - 1) + 1].any():
            continue
        score_block(p, q, block, blocks, size, desk)
        filter_block(p, q, base, size, desk, found)
        for r in range(len(q.weights)):
            if q.near and q.steps[r] == 1:
                found.lacking[r] += count_lacking(desk, size, r)
        if len(found.marks):
            found.marks[base : base + size] = desk.reasons[:size] == 0
        if len(found.keys):
            held = place_block(p, q, base, size, desk, found, held)
    return held


@njit(cache=True, nogil=True)
def find(values: Numbers, begin: int, end: int, wanted: int) -> int:
    """Where `wanted` stands in the rising values begin … end, or -1."""
    low, high = np.int64(begin), np.int64(end)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < np.int64(end) and values[low] == wanted else -1


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
