"""Nationwide search at full size, beside Tantivy and PostgreSQL, in one run.

python benchmarks/search.py --people 1000000 [--queries 200] [--peers tantivy,postgres]
    [--rounds 1] [--format table|json]

People and orders are random: 18 concepts a person out of 3,000 with a long tail, two occupations
out of 400; an order asks for 8 requirements (one skill and one certificate as musts), each with
five substitutions, and an occupation with five neighbours, chosen as often as people have them,
with every filter on and the top 100 shown. The systems take turns question by question, all warm;
each on one thread, and at its best. The peers are asked less (see `search_peers.py`), and their
first hundred must be ours when our rule is reduced to theirs, or the run stops. The bare scatter
writes the same postings into the same buffers on the same threads and does nothing else.

On a busy machine `--rounds 5` goes through the questions five times and keeps each one's fastest
answer, for everyone alike.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from search_peers import Peer, Postgres, Tantivy, agreement, postgres_server, reduced
from search_world import random_columns, random_query, random_travel

from tvaers.matching.engine.columns import Columns
from tvaers.matching.engine.index import Index, warm_up
from tvaers.matching.engine.plan import asked
from tvaers.matching.engine.rows import Query, TravelTable
from tvaers.matching.engine.search import THREADS, page, run, threads_for

SAME = 0.95
"""The least share of the first hundred that must be the same."""
WARM = 20
"""Questions asked before the clock starts."""
WORKERS = 2
"""Processes that PostgreSQL may use beside its own."""


@njit(nogil=True)
def scatter(p: Any, q: Any, first: int, stride: int) -> int:
    """Write every posting of the query into the block's buffer, and nothing else."""
    levels = np.zeros(p.block, np.uint8)
    blocks = (len(p.ids) + p.block - 1) // p.block
    written = 0
    for block in range(first, blocks, stride):
        for at in range(len(q.concept_rows)):
            cell = q.concept_rows[at] * blocks + block
            for i in range(p.concept_starts[cell], p.concept_starts[cell + 1]):
                levels[p.concept_locals[i]] = q.concept_levels[at]
            written += p.concept_starts[cell + 1] - p.concept_starts[cell]
        for at in range(len(q.occupation_rows)):
            cell = q.occupation_rows[at] * blocks + block
            for i in range(p.occupation_starts[cell], p.occupation_starts[cell + 1]):
                levels[p.occupation_locals[i]] = 1
            written += p.occupation_starts[cell + 1] - p.occupation_starts[cell]
    return written


@dataclass
class System:
    """One that is asked, and how long it took each time (milliseconds)."""

    name: str
    prepare: Callable[[Query], Any]
    ask: Callable[[Any], object]
    every: int = 1
    """Asked each so many questions only: the slow ones."""
    times: dict[int, float] = field(default_factory=dict)
    """By the question's number, the fastest."""

    def percentile(self, share: int) -> float:
        """Milliseconds that `share` % of the answers took at most."""
        return round(float(np.percentile(list(self.times.values()), share)), 3)


def ours(index: Index) -> list[System]:
    """We ourselves in four ways, and the bare scatter."""
    base, pool = index.base, ThreadPoolExecutor(THREADS)
    strides = threads_for(base, THREADS)

    def nice(query: Query) -> Query:
        return changed(
            query, requirements=tuple(changed(one, must=False) for one in query.requirements)
        )

    def alone(query: Query) -> object:
        return page([run(query, base, index.travel, None, 100, near=False, threads=1)], 0)

    def plan(query: Query) -> object:
        return asked(query, base, index.travel, None, near=False)

    def bare(plan: Any) -> int:
        jobs = [pool.submit(scatter, base.people, plan, n, strides) for n in range(1, strides)]
        return scatter(base.people, plan, 0, strides) + sum(job.result() for job in jobs)

    def itself(query: Query) -> Query:
        return query

    return [
        System("tvaers", itself, index.search),
        System("tvaers, one thread", itself, alone),
        System("tvaers, near misses", itself, index.near_misses),
        System("tvaers, no musts", nice, index.search),
        System("tvaers, reduced rule", reduced, index.search),
        System("bare scatter", plan, bare),
        System("bare scatter, one thread", plan, lambda plan: scatter(base.people, plan, 0, 1)),
    ]


def peers(names: list[str], columns: Columns, index: Index, held: ExitStack) -> list[System]:
    """The peers that are installed, filled and checked against us; says which are skipped."""
    found: list[System] = []
    if "tantivy" in names:
        try:
            found.append(_peer("tantivy", Tantivy(columns, index.travel), index))
        except ImportError:
            print("Tantivy is not installed (`make bench` installs it): skipped.")
    if "postgres" in names:
        server = held.enter_context(postgres_server())
        for name, workers in (("postgres", WORKERS), ("postgres, one process", 0)):
            peer = Postgres(server, columns, index.travel, workers=workers)
            found.append(_peer(name, peer, index, every=4))
    return found


def _peer(name: str, peer: Peer, index: Index, *, every: int = 1) -> System:
    rng, shares = np.random.default_rng(2), []
    for number in range(WARM):
        query = reduced(random_query(number, rng))
        result = index.search(query)
        own = list(zip(result.ids.tolist(), result.fit.tolist(), strict=True))
        shares.append(agreement(own, peer.ask(peer.prepare(query))))
    share = float(np.mean(shares))
    print(f"{name}: {share:.1%} the same first hundred over {WARM} questions")
    if share < SAME:
        sys.exit(f"{name} answers another question than we do: nothing is compared.")
    return System(name, peer.prepare, peer.ask, every)


def take_turns(systems: list[System], questions: list[Query], rounds: int) -> None:
    """Ask everyone every question, in an order drawn anew each time: who asks after another finds
    the question's lists in the cache.
    """
    rng = np.random.default_rng(3)
    for system in systems:
        for question in questions[: WARM // system.every]:
            system.ask(system.prepare(question))
    for asked_at in range(rounds * len(questions)):
        number = asked_at % len(questions)
        question = questions[number]
        for turn in rng.permutation(len(systems)):
            system = systems[turn]
            if number % system.every == 0:
                prepared = system.prepare(question)
                before = time.perf_counter()
                system.ask(prepared)
                took = (time.perf_counter() - before) * 1000
                system.times[number] = min(took, system.times.get(number, took))


def measure(
    people: int, queries: int, names: list[str], rounds: int
) -> tuple[dict[str, Any], list[System]]:
    """Build, save, open, and ask; figures about the index, and everyone asked."""
    rng = np.random.default_rng(1)
    travel: TravelTable = random_travel(rng)
    columns = random_columns(people, rng)
    before = time.perf_counter()
    index = Index.of_columns(columns, travel=travel)
    figures: dict[str, Any] = {"people": people}
    figures["build_s"] = round(time.perf_counter() - before, 2)
    questions = [random_query(number, rng) for number in range(queries)]
    warm_up()
    with ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory())
        index.save(folder)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        figures["bytes_per_person"] = round(size / people, 1)
        before = time.perf_counter()
        index = Index.open(folder)
        index.search(questions[0])
        figures["first_ms"] = round((time.perf_counter() - before) * 1000, 1)
        systems = ours(index) + peers(names, columns, index, held)
        del columns
        take_turns(systems, questions, rounds)
    figures["load"] = round(os.getloadavg()[0], 1)
    return figures, systems


def main() -> None:
    """Print the table, and with `--format json` one last line for programs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=100_000)
    options.add_argument("--queries", type=int, default=200)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--peers", default="tantivy,postgres")
    options.add_argument("--format", choices=("table", "json"), default="table")
    chosen = options.parse_args()
    names = [name for name in chosen.peers.split(",") if name]
    if unknown := set(names) - {"tantivy", "postgres"}:
        options.error(f"no such peer: {', '.join(sorted(unknown))}")
    figures, systems = measure(chosen.people, chosen.queries, names, chosen.rounds)
    for name, value in figures.items():
        print(f"{name:26}{value:>12,}")
    print(f"\n{'milliseconds':26}{'p50':>12}{'p99':>12}{'× ours':>10}")
    first = systems[0].percentile(50)
    for system in systems:
        p50, p99 = system.percentile(50), system.percentile(99)
        print(f"{system.name:26}{p50:>12.3f}{p99:>12.3f}{p50 / first:>10.2f}")
    if chosen.format == "json":
        found = {s.name: {"p50_ms": s.percentile(50), "p99_ms": s.percentile(99)} for s in systems}
        found["tvaers"] |= figures
        print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
