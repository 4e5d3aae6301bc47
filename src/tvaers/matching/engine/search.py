"""One pass of a query over a segment, on two threads, and the page made of the passes."""

from __future__ import annotations

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tvaers.matching.engine import kernels, lookups
from tvaers.matching.engine.answers import Facts, Reason, Result
from tvaers.matching.engine.columns import CAR, FINDABLE, Numbers, ordinal_day
from tvaers.matching.engine.plan import asked
from tvaers.matching.engine.rows import UNREACHABLE, Query, TravelTable
from tvaers.matching.engine.segment import Segment
from tvaers.matching.engine.shapes import Asked, Found

THREADS = min(2, os.cpu_count() or 1)
BLOCKS_A_THREAD = 4
"""With fewer, waking a second thread costs more than it saves."""


@dataclass(frozen=True, eq=False)
class Pass:
    """What a query found in one segment: the best `k`, unordered, and the counts."""

    segment: Segment
    plan: Asked
    keys: Numbers
    lots: Numbers
    positions: Numbers
    met: Numbers
    excluded: Numbers
    by_municipality: Numbers
    lacking: Numbers
    k: int


def run(
    query: Query,
    segment: Segment,
    travel: TravelTable,
    scope: Collection[int] | None,
    k: int,
    *,
    near: bool,
    threads: int = THREADS,
) -> Pass:
    """Search `segment`; the blocks are shared out over the threads, this one among them."""
    plan = asked(query, segment, travel, scope, near=near)
    strides = threads_for(segment, threads)
    founds = [_empty(segment, plan, k) for _ in range(strides)]
    people = segment.people
    work = [(people, plan, found, first, strides) for first, found in enumerate(founds)]
    if strides == 1:
        held = [kernels.search_blocks(*work[0])]
    else:
        later = [pool(os.getpid()).submit(kernels.search_blocks, *job) for job in work[1:]]
        held = [kernels.search_blocks(*work[0]), *(future.result() for future in later)]
    pairs = list(zip(founds, held, strict=True))
    excluded = np.sum([found.excluded for found in founds], axis=0)
    excluded[: len(Reason) + 1] += _known(segment, plan)
    return Pass(
        segment,
        plan,
        np.concatenate([found.keys[:size] for found, size in pairs]),
        np.concatenate([found.lots[:size] for found, size in pairs]),
        np.concatenate([found.positions[:size] for found, size in pairs]),
        np.concatenate([found.met[:size] for found, size in pairs]),
        excluded,
        np.sum([found.by_municipality for found in founds], axis=0),
        np.sum([found.lacking for found in founds], axis=0),
        k,
    )


def threads_for(segment: Segment, threads: int) -> int:
    """How many of the `threads` pay for themselves on this segment."""
    return min(threads, max(1, segment.blocks // BLOCKS_A_THREAD))


def hits_of(
    query: Query, segment: Segment, travel: TravelTable, scope: Collection[int] | None
) -> Numbers:
    """The ids of every hit in `segment`."""
    plan = asked(query, segment, travel, scope, near=False)
    found = _empty(segment, plan, 0)._replace(marks=np.zeros(len(segment.ids), np.uint8))
    kernels.search_blocks(segment.people, plan, found, 0, 1)
    return segment.ids[np.flatnonzero(found.marks)]


def facts_of(query: Query, segment: Segment, travel: TravelTable, ids: Numbers) -> Facts:
    """What can be told apart of the people of `ids` who are in `segment`, hits or not."""
    plan = asked(query, segment, travel, None, near=False)
    at = segment.positions(ids)
    travelled, ready = _travel_and_ready(segment, plan, at)
    updated = segment.cv_updated[at].astype(np.int64)
    return Facts(
        ids=segment.ids[at],
        met=lookups.met_bits(segment.people, plan, at),
        travel=travelled,
        ready=ready,
        cv_updated=np.where(updated > 0, updated + ordinal_day(1) - 1, 0),
    )


def page(passes: list[Pass], offset: int) -> Result:
    """The people from `offset` up to the passes' `k`, and the figures, over all passes."""
    keys = np.concatenate([found.keys for found in passes])
    lots = np.concatenate([found.lots for found in passes])
    owner = np.repeat(np.arange(len(passes)), [len(found.keys) for found in passes])
    positions = np.concatenate([found.positions for found in passes])
    shown = np.lexsort((lots, -keys))[offset : passes[0].k]
    table = np.zeros((5, len(shown)), np.int64)
    met = np.concatenate([found.met for found in passes])[shown]
    for number, found in enumerate(passes):
        here = np.flatnonzero(owner[shown] == number)
        at = positions[shown[here]]
        table[0, here] = found.segment.ids[at]
        table[1:3, here] = _travel_and_ready(found.segment, found.plan, at)
    whole = np.uint64((1 << len(passes[0].plan.weights)) - 1)
    excluded = np.sum([found.excluded for found in passes], axis=0).tolist()
    by_municipality: dict[int, int] = {}
    for found in passes:
        places = np.flatnonzero(found.by_municipality)
        codes = found.segment.municipalities[places].tolist()
        for code, number in zip(codes, found.by_municipality[places].tolist(), strict=True):
            by_municipality[code] = by_municipality.get(code, 0) + number
    lacks = np.sum([found.lacking for found in passes], axis=0)
    return Result(
        ids=table[0],
        fit=keys[shown] & 1023,
        met=met,
        unmet=met ^ whole,
        travel=table[1],
        ready=table[2],
        total=sum(by_municipality.values()),
        excluded={reason: excluded[reason] for reason in Reason},
        by_municipality=by_municipality,
        lacking={int(number): int(lacks[number]) for number in np.flatnonzero(lacks)},
    )


def _travel_and_ready(segment: Segment, plan: Asked, at: Numbers) -> Numbers:
    home = segment.home_of(at)
    car = segment.flags[at] & CAR > 0
    minutes = plan.minutes[car.astype(np.int64), home].astype(np.int64)
    ready = np.maximum(segment.available[at], plan.today).astype(np.int64)
    return np.stack([np.where(minutes == UNREACHABLE, -1, minutes), ready + ordinal_day(1) - 1])


def _empty(segment: Segment, plan: Asked, k: int) -> Found:
    k = min(k, len(segment.ids))
    return Found(
        keys=np.zeros(k, np.int64),
        lots=np.zeros(k, np.uint64),
        positions=np.zeros(k, np.int64),
        met=np.zeros(k, np.uint64),
        excluded=np.zeros(10, np.int64),
        by_municipality=np.zeros(len(segment.municipalities), np.int64),
        lacking=np.zeros(max(1, len(plan.weights)), np.int64),
        marks=np.zeros(0, np.uint8),
    )


def _known(segment: Segment, plan: Asked) -> Numbers:
    """The people whom no kernel has to look at, by reason.

    Everyone findable in the scope is counted as lacking a must; the kernel takes those out who
    lack none, and counts them where they belong.
    """
    outside = ~plan.in_scope
    findable = segment.findable_by_municipality
    blocked = plan.blocked[segment.flags[plan.blocked] & FINDABLE > 0]
    blocked_outside = int(outside[segment.home_of(blocked)].sum())
    counts = np.zeros(len(Reason) + 1, np.int64)
    counts[Reason.NOT_FINDABLE] = (segment.present_by_municipality - findable).sum()
    counts[Reason.BLOCKED] = len(blocked)
    counts[Reason.SCOPE] = findable[outside].sum() - blocked_outside
    counts[Reason.MUST] = findable.sum() - len(blocked) - counts[Reason.SCOPE]
    return counts


@lru_cache(maxsize=1)
def pool(process: int) -> ThreadPoolExecutor:
    """The threads of this process (a forked child makes its own)."""
    return ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="search")
