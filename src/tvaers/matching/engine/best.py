"""The best so far: a heap with the worst on top, and the lot that decides between equals."""

from __future__ import annotations

import numpy as np
from numba import njit

from tvaers.matching.engine.shapes import Found


@njit(cache=True, nogil=True)
def mixed(number: int) -> int:
    """The same mixing as `rule.lot`."""
    number = np.uint64(number) + np.uint64(0x9E3779B97F4A7C15)
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


@njit(cache=True, nogil=True)
def beats(key: int, lot: int, other_key: int, other_lot: int) -> bool:
    """Whether the first stands before the second: greater key, then smaller lot."""
    return key > other_key or (key == other_key and lot < other_lot)


@njit(cache=True, nogil=True)
def put(found: Found, at: int, key: int, lot: int, position: int, met: int) -> None:
    """Write one into the heap."""
    found.keys[at], found.lots[at] = key, lot
    found.positions[at], found.met[at] = position, met


@njit(cache=True, nogil=True)
def move(found: Found, source: int, at: int) -> None:
    """Copy one of the heap to another place in it."""
    lot, met = found.lots[source], found.met[source]
    put(found, at, found.keys[source], lot, found.positions[source], met)


@njit(cache=True, nogil=True)
def keep(found: Found, held: int, key: int, lot: int, position: int, met: int) -> int:
    """Keep one more among the best, in a heap with the worst on top; says how many are held."""
    keys, lots, at = found.keys, found.lots, 0
    if held < len(keys):
        at = held
        while at > 0 and beats(keys[(at - 1) // 2], lots[(at - 1) // 2], key, lot):
            move(found, (at - 1) // 2, at)
            at = (at - 1) // 2
        held += 1
    else:
        while 2 * at + 1 < held:
            low = 2 * at + 1
            if low + 1 < held and beats(keys[low], lots[low], keys[low + 1], lots[low + 1]):
                low += 1
            if not beats(key, lot, keys[low], lots[low]):
                break
            move(found, low, at)
            at = low
    put(found, at, key, lot, position, met)
    return held
