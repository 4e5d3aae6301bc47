"""The inner loops, compiled by numba and cached. They hold no lock, so threads may share them.

For each block of people: the lists of every must are laid into a small buffer of levels, weakest
substitution first, so that the last one written is the best; one vectorised pass adds weight ×
level and counts the musts missed, and another finds the first filter that keeps out each of those
left. Who passes is scored part by part, heaviest first, and drops out as soon as nothing to come
can lift them over the worst one kept; the rest is placed one by one.

The numbers of the rule come in by `Asked`, as tables made from `rule.py`. numba's cache looks at
no other file than this when it decides what to compile again: whoever changes `best.py` or
`lookups.py` must save this one anew.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tvaers.matching.engine.best import beats, keep, mixed
from tvaers.matching.engine.columns import CAR, FINDABLE, PRESENT
from tvaers.matching.engine.lookups import find, work_level
from tvaers.matching.engine.rule import FULL
from tvaers.matching.engine.shapes import Asked, Desk, Found, Numbers, People

MUST, NOT_COUNTED = 4, 9
"""9 = kept out with no reason to count here: not open at all, or a hit among near misses."""
YES = np.uint8(255)
FIT, TRAVEL, READY, NEWEST_CV, ALPHABETICAL = range(5)
LOOK_UP = 100
"""One look into a list costs about as much as going through so many of its entries."""


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
def score_musts(p: People, q: Asked, block: int, blocks: int, size: int, desk: Desk) -> None:
    """Points for the musts, and how many are missed, of everyone in a block."""
    desk.points[:size] = 0
    desk.missed[:size] = 0
    for r in range(len(q.weights)):
        if q.steps[r]:
            lay_requirement(p, q, r, block, blocks, desk.levels)
            if q.near:
                note_lacking(desk.lacks, desk.levels, size, q.enough[r], r)
            add(desk, desk.levels, size, q.weights[r], q.enough[r], q.steps[r])
    if q.occupation_steps:
        score_occupation(p, q, block, blocks, size, desk)


@njit(cache=True, nogil=True)
def home(p: People, position: int) -> int:
    """The place of the municipality of the person at `position`."""
    return np.searchsorted(p.municipality_starts, position, side="right") - 1


@njit(cache=True, nogil=True)
def open_block(p: People, q: Asked, base: int, size: int, desk: Desk) -> int:
    """Mark in `hopes` those of a block whom only the filters to come keep out; says how many.

    They are present, findable, in scope and not blocked, and miss no must, or at most one when
    near misses are asked for.
    """
    flags, missed, hopes = p.flags[base : base + size], desk.missed, desk.hopes
    findable, most, found = np.uint8(PRESENT | FINDABLE), np.uint8(q.near), 0
    for i in range(size):
        hopes[i] = np.uint8((missed[i] <= most) & (flags[i] & findable == findable)) * YES
    for m in range(home(p, base), home(p, base + size - 1) + 1):
        if not q.in_scope[m]:
            begin, end = p.municipality_starts[m] - base, p.municipality_starts[m + 1] - base
            hopes[max(begin, 0) : min(end, size)] = 0
    for position in q.blocked:
        if base <= position < base + size:
            hopes[position - base] = 0
    for i in range(size):
        found += hopes[i] & 1
    return found


@njit(cache=True, nogil=True)
def find_reasons(p: People, q: Asked, m: int, base: int, begin: int, end: int, desk: Desk) -> int:
    """The first filter that keeps out each of the open begin … end, all of municipality `m`."""
    here = slice(base + begin, base + end)
    flags, kinds, limits, available = (
        p.flags[here],
        p.kinds[here],
        p.max_travel[here],
        p.available[here],
    )
    hours_min, hours_max = p.hours_min[here], p.hours_max[here]
    missed, reasons, hopes = desk.missed[begin:end], desk.reasons[begin:end], desk.hopes[begin:end]
    public, car = np.uint16(q.limits[0, m]), np.uint16(q.limits[1, m])
    ready_by, kind, near = np.uint16(q.ready_by), np.uint8(q.kind), q.near
    low, high = np.uint8(q.hours_low), np.uint8(q.hours_high)
    for i in range(end - begin):
        minutes = car if flags[i] & CAR else public
        reason = np.uint8(8) if minutes > limits[i] else np.uint8(0)
        reason = np.uint8(7) if available[i] > ready_by else reason
        reason = np.uint8(6) if (hours_min[i] > high) | (hours_max[i] < low) else reason
        reason = np.uint8(5) if (kinds[i] & kind) == 0 else reason
        passed, misses = reason == 0, missed[i] > 0
        reason = np.uint8(4) if misses & (not passed) else reason
        reason = np.uint8(9) if near & passed & (not misses) else reason
        reasons[i] = reason if hopes[i] else np.uint8(9)


@njit(cache=True, nogil=True)
def filter_block(p: People, q: Asked, base: int, size: int, desk: Desk, found: Found) -> Numbers:
    """The locals of the wanted, rising; counts the open who are kept out by their reason."""
    reasons, hopes, few, wanted = desk.reasons, desk.hopes, desk.few, 0
    for m in range(home(p, base), home(p, base + size - 1) + 1):
        begin = max(p.municipality_starts[m] - base, 0)
        end = min(p.municipality_starts[m + 1] - base, size)
        find_reasons(p, q, m, base, begin, end, desk)
    for reason in range(MUST, NOT_COUNTED):
        number, counted = np.uint8(reason), np.uint16(0)
        for i in range(size):
            counted = np.uint16(counted + np.uint16(reasons[i] == number))
        found.excluded[reason] += counted
    for i in range(size):
        hopes[i] = np.uint8(reasons[i] == 0) * YES
    hopes[size:] = 0
    eights = hopes.view(np.uint64)
    for eight in range(len(eights)):
        if eights[eight]:
            for i in range(8 * eight, 8 * eight + 8):
                few[wanted] = i
                wanted += hopes[i] & 1
    return few[:wanted]


@njit(cache=True, nogil=True)
def note(p: People, q: Asked, base: int, desk: Desk, few: Numbers, found: Found) -> None:
    """Count the wanted by municipality and by what they lack, and mark them."""
    m = home(p, base)
    for local in few:
        position = base + np.int64(local)
        while p.municipality_starts[m + 1] <= position:
            m += 1
        found.by_municipality[m] += 1
        if q.near:
            found.lacking[desk.lacks[local]] += 1
        if len(found.marks):
            found.marks[position] = 1


@njit(cache=True, nogil=True)
def lay_for_few(
    p: People, q: Asked, r: int, block: int, blocks: int, desk: Desk, few: Numbers
) -> None:
    """As `lay_requirement`, for a few: long lists are looked up in, short ones gone through."""
    levels, hopes = desk.levels, desk.hopes
    for at in range(q.concept_ends[r], q.concept_ends[r + 1]):
        cell, level = q.concept_rows[at] * blocks + block, q.concept_levels[at]
        begin, end = p.concept_starts[cell], p.concept_starts[cell + 1]
        if len(few) * LOOK_UP < end - begin:
            for local in few:
                if find(p.concept_locals, begin, end, local) >= 0:
                    levels[local] = level
        else:
            locals_ = p.concept_locals[begin:end]
            for i in range(len(locals_)):
                if hopes[locals_[i]]:
                    levels[locals_[i]] = level
    for at in range(q.work_ends[r], q.work_ends[r + 1]):
        cell = q.work_rows[at] * blocks + block
        for i in range(p.occupation_starts[cell], p.occupation_starts[cell + 1]):
            local = p.occupation_locals[i]
            if hopes[local]:
                levels[local] = max(levels[local], np.uint8(work_level(p, q, r, at, i)))


@njit(cache=True, nogil=True)
def occupation_of_few(
    p: People, q: Asked, block: int, blocks: int, desk: Desk, few: Numbers
) -> None:
    """Add occupation and experience for a few."""
    levels, experience, shares = desk.levels, desk.experience, q.occupation_shares
    hopes, points = desk.hopes, desk.points
    for at in range(len(q.occupation_rows)):
        cell = q.occupation_rows[at] * blocks + block
        claims, fresh = q.occupation_claims[at], q.occupation_fresh[at]
        for i in range(p.occupation_starts[cell], p.occupation_starts[cell + 1]):
            local = p.occupation_locals[i]
            if hopes[local]:
                code = p.occupation_codes[i]
                levels[local] = max(levels[local], claims[code])
                gained = np.uint32(fresh[code]) * np.uint32(shares[p.occupation_years[i]])
                gained //= np.uint32(FULL * FULL)
                experience[local] = max(experience[local], np.uint8(gained))
    for local in few:
        points[local] += np.uint16(q.occupation_weight) * np.uint16(levels[local])
        points[local] += np.uint16(q.experience_weight) * np.uint16(experience[local])
        levels[local] = experience[local] = 0


@njit(cache=True, nogil=True)
def travel_level(minutes: int, limit: int) -> int:
    """As `rule.travel_level`."""
    if minutes >= limit:
        return FULL if minutes == 0 else 0
    return FULL * (limit - minutes) // limit


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
def travel_and_availability(
    p: People, q: Asked, base: int, desk: Desk, few: Numbers, found: Found, held: int
) -> Numbers:
    """Add travel and availability; leaves out those whom the ordering alone puts too far behind."""
    m, kept = home(p, base), 0
    for local in few:
        position = base + np.int64(local)
        while p.municipality_starts[m + 1] <= position:
            m += 1
        minutes, ready = way_and_day(p, q, position, m)
        points = q.travel_weight * travel_level(minutes, np.int64(p.max_travel[position]))
        days = min(abs(q.anchor - ready), len(q.readiness) - 1)
        points += q.availability_weight * np.int64(q.readiness[days])
        desk.points[local] += np.uint16(points)
        desk.met[local] = q.musts[0]
        if q.near:
            desk.met[local] ^= np.uint64(1) << np.uint64(desk.lacks[local])
        few[kept] = local
        if held == len(found.keys) and q.ordering != FIT:
            hope = first_key(p, q, position, minutes, ready) * 1024 + 1000 >= found.keys[0]
            kept += hope
            desk.hopes[local] = np.uint8(hope) * YES
        else:
            kept += 1
    return few[:kept]


@njit(cache=True, nogil=True)
def way_and_day(p: People, q: Asked, position: int, m: int) -> tuple[int, int]:
    """Minutes to work, and the day number the person is ready."""
    car = np.int64(p.flags[position] & CAR > 0)
    return np.int64(q.minutes[car, m]), max(np.int64(p.available[position]), q.today)


@njit(cache=True, nogil=True)
def hopeful(q: Asked, desk: Desk, few: Numbers, found: Found, held: int, to_come: int) -> Numbers:
    """Those of the few who may stand among the best if they get all the weight `to_come`."""
    if held < len(found.keys) or q.ordering != FIT:
        return few
    need, kept = FULL * (found.keys[0] - to_come), 0
    for local in few:
        hope = np.int64(desk.points[local]) >= need
        few[kept] = local
        kept += hope
        desk.hopes[local] = np.uint8(hope) * YES
    return few[:kept]


@njit(cache=True, nogil=True)
def place(p: People, q: Asked, base: int, desk: Desk, few: Numbers, found: Found, held: int) -> int:
    """Place the few among the best so far; says how many are held."""
    m = home(p, base)
    for local in few:
        position = base + np.int64(local)
        while p.municipality_starts[m + 1] <= position:
            m += 1
        minutes, ready = way_and_day(p, q, position, m)
        key = first_key(p, q, position, minutes, ready) * 1024
        key += np.int64(desk.points[local]) // FULL
        full = held == len(found.keys)
        if full and key < found.keys[0]:
            continue
        lot = mixed(q.salted[0] + np.uint64(p.ids[position]))
        if not full or beats(key, lot, found.keys[0], found.lots[0]):
            held = keep(found, held, key, lot, position, desk.met[local])
    return held


@njit(cache=True, nogil=True)
def score_few(
    p: People, q: Asked, block: int, blocks: int, desk: Desk, few: Numbers, found: Found, held: int
) -> int:
    """Score the wanted of a block and place them, leaving out whoever falls too far behind.

    What weighs most comes first, so that few are left when the many small things are looked up.
    """
    base, points, levels, met = block * p.block, desk.points, desk.levels, desk.met
    to_come = q.weights[q.rest].sum()
    few = travel_and_availability(p, q, base, desk, few, found, held)
    if len(q.occupation_rows) and not q.occupation_steps:
        few = hopeful(
            q, desk, few, found, held, to_come + q.occupation_weight + q.experience_weight
        )
        occupation_of_few(p, q, block, blocks, desk, few)
    for r in q.rest:
        few = hopeful(q, desk, few, found, held, to_come)
        lay_for_few(p, q, r, block, blocks, desk, few)
        weight, enough, bit = np.uint16(q.weights[r]), q.enough[r], np.uint64(r)
        for local in few:
            points[local] += weight * np.uint16(levels[local])
            met[local] |= np.uint64(levels[local] >= enough) << bit
            levels[local] = 0
        to_come -= q.weights[r]
    return place(p, q, base, desk, few, found, held)


@njit(cache=True, nogil=True)
def search_blocks(p: People, q: Asked, found: Found, first: int, stride: int) -> int:
    """Search every `stride`-th block from `first`; fills `found`, says how many its heap holds."""
    everyone, room = len(p.ids), (p.block + 7) // 8 * 8
    blocks = (everyone + p.block - 1) // p.block
    bytes_, pairs = np.zeros((7, room), np.uint8), np.zeros((2, room), np.uint16)
    missed, lacks, reasons, hopes = bytes_[0], bytes_[1], bytes_[2], bytes_[3]
    levels, experience, fits = bytes_[4], bytes_[5], bytes_[6]
    met = np.zeros(room, np.uint64)
    desk = Desk(pairs[0], missed, lacks, reasons, hopes, levels, experience, fits, pairs[1], met)
    held = 0
    for block in range(first, blocks, stride):
        base = block * p.block
        size = min(p.block, everyone - base)
        if not q.in_scope[home(p, base) : home(p, base + size - 1) + 1].any():
            continue
        score_musts(p, q, block, blocks, size, desk)
        opened = open_block(p, q, base, size, desk)
        if opened:
            found.excluded[MUST] -= opened
            wanted = filter_block(p, q, base, size, desk, found)
            note(p, q, base, desk, wanted, found)
            if len(found.keys):
                held = score_few(p, q, block, blocks, desk, wanted, found, held)
    return held
