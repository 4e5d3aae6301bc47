"""Nationwide search at full size: milliseconds, build seconds, bytes a person.

python benchmarks/search.py --people 1000000 [--queries 300] [--format table|json]

People and orders are random: 18 concepts a person out of 3,000 with a long tail, two occupations
out of 400; an order asks for 8 requirements (one skill and one certificate as musts), each with
five substitutions, and an occupation with five neighbours, chosen as often as people have them,
with every filter on and the top 100 shown. The bare scatter writes the same postings into the
same buffers on the same threads and does nothing else: no answer can come faster from these
lists.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from tvaers.matching.engine.columns import (
    CAR,
    FINDABLE,
    PRESENT,
    WANTED,
    Columns,
    day_number,
    work_code,
)
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.plan import asked
from tvaers.matching.engine.rows import (
    FIRST_CONCEPT,
    EmploymentKind,
    Query,
    Requirement,
    TravelTable,
)
from tvaers.matching.engine.search import THREADS

TODAY = date(2027, 3, 1).toordinal()
CONCEPTS, OCCUPATIONS, MUNICIPALITIES = 3_000, 400, 98
HAS, SUBSTITUTIONS, REQUIREMENTS = 18, 5, 8


def popularity(size: int) -> Any:
    """How often each is had: a long tail."""
    weights = 1 / (np.arange(size) + 20.0)
    return weights / weights.sum()


def random_travel(rng: np.random.Generator) -> TravelTable:
    """Municipalities on a plane 300 minutes across."""
    at = rng.uniform(0, 300, (MUNICIPALITIES, 2))
    car = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2)) + 10
    return TravelTable(
        tuple(range(101, 101 + MUNICIPALITIES)),
        car.astype(np.uint16),
        (car * 1.7).astype(np.uint16),
    )


def random_columns(people: int, rng: np.random.Generator) -> Columns:
    """`people` random people."""
    homes = rng.dirichlet(np.ones(MUNICIPALITIES) * 2)
    jobs = rng.choice(OCCUPATIONS, (people, 2), p=popularity(OCCUPATIONS)) + 1
    jobs[:, 1] = jobs[:, 1] + (jobs[:, 1] == jobs[:, 0]) * OCCUPATIONS
    codes = np.array([work_code(year) for year in range(2000, 2028)], np.uint8)
    first = rng.choice(codes, people) | (rng.random(people) < 0.5) * WANTED
    second = np.where(rng.random(people) < 0.5, WANTED, rng.choice(codes, people))
    ready = np.where(rng.random(people) < 0.6, 0, TODAY + rng.integers(-60, 90, people))
    has = rng.choice(CONCEPTS, people * HAS, p=popularity(CONCEPTS)) + FIRST_CONCEPT
    return Columns(
        id=rng.permutation(people).astype(np.int64) + 1,
        municipality=(101 + rng.choice(MUNICIPALITIES, people, p=homes)).astype(np.int32),
        flags=(
            PRESENT | FINDABLE * (rng.random(people) < 0.95) | CAR * (rng.random(people) < 0.6)
        ).astype(np.uint8),
        kinds=(rng.integers(0, 64, people) | 1).astype(np.uint8),
        hours_min=rng.choice([0, 15, 30], people).astype(np.uint8),
        hours_max=rng.choice([25, 37, 40], people).astype(np.uint8),
        max_travel=rng.choice([30, 45, 60, 90], people).astype(np.uint16),
        available_from=np.array([day_number(int(day)) for day in ready], np.uint16),
        cv_updated=(day_number(TODAY) - rng.integers(0, 400, people)).astype(np.uint16),
        alphabetical=rng.permutation(people).astype(np.int64),
        has_person=np.repeat(np.arange(people, dtype=np.int32), HAS),
        has_concept=has.astype(np.int32),
        work_person=np.repeat(np.arange(people, dtype=np.int32), 2),
        work_occupation=jobs.ravel().astype(np.int32),
        work_code=np.stack([first, second], axis=1).ravel().astype(np.uint8),
        work_years=rng.integers(0, 15, people * 2).astype(np.uint8),
    )


def random_query(number: int, rng: np.random.Generator) -> Query:
    """One order."""

    def satisfied_by(size: int, first: int) -> tuple[tuple[int, int], ...]:
        one, *others = (
            rng.choice(size, 1 + SUBSTITUTIONS, replace=False, p=popularity(size)) + first
        )
        strengths = rng.choice([400, 500, 600, 700, 800, 900], SUBSTITUTIONS)
        pairs = zip(others, strengths, strict=True)
        return (int(one), 1000), *((int(o), int(s)) for o, s in pairs)

    requirements = []
    for at in range(REQUIREMENTS):
        kind = "skill" if at % 2 == 0 else "certificate"
        substitutes = satisfied_by(CONCEPTS, FIRST_CONCEPT)
        if kind == "certificate":
            substitutes = tuple((concept, 1000) for concept, _ in substitutes)
        requirements.append(
            Requirement(substitutes[0][0], at < 2, kind, substitutes, trainable_days=7)
        )
    return Query(
        today=TODAY,
        occupation=satisfied_by(OCCUPATIONS, 1),
        occupation_years=2,
        requirements=tuple(requirements),
        workplaces=(int(rng.integers(101, 101 + MUNICIPALITIES)),),
        start=TODAY + 30,
        hours=(30, 37),
        kind=EmploymentKind.ORDINARY,
        salt=number,
    )


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


@njit(nogil=True)
def plain_scatter(p: Any, q: Any, scores: Any) -> None:
    """One thread, list by list, into one array over everyone, as a simple engine would."""
    blocks = (len(p.ids) + p.block - 1) // p.block
    for at in range(len(q.concept_rows)):
        for block in range(blocks):
            cell = q.concept_rows[at] * blocks + block
            for i in range(p.concept_starts[cell], p.concept_starts[cell + 1]):
                scores[block * p.block + p.concept_locals[i]] += q.concept_levels[at]


def milliseconds(work: Callable[[Any], object], questions: list[Any]) -> Any:
    """How long `work` takes on each question, after a round to warm up."""
    for question in questions[:20]:
        work(question)
    times = []
    for question in questions:
        before = time.perf_counter()
        work(question)
        times.append((time.perf_counter() - before) * 1000)
    return np.array(times)


def scatters(index: Index, travel: TravelTable, questions: list[Query]) -> tuple[Any, Any, int]:
    """Milliseconds of the bare and the plain scatter, and how many postings a question has."""
    plans = [asked(question, index.base, travel, None, near=False) for question in questions]
    scores = np.zeros(len(index), np.uint16)
    p = index.base.people
    with ThreadPoolExecutor(THREADS) as pool:

        def bare(plan: Any) -> int:
            jobs = [pool.submit(scatter, p, plan, n, THREADS) for n in range(THREADS)]
            return sum(job.result() for job in jobs)

        limit = milliseconds(bare, plans)
        postings = int(np.mean([bare(plan) for plan in plans[:50]]))
    return limit, milliseconds(lambda plan: plain_scatter(p, plan, scores), plans), postings


def measure(people: int, queries: int) -> dict[str, float]:
    """Build, save, open, and ask."""
    rng = np.random.default_rng(1)
    travel, columns = random_travel(rng), random_columns(people, rng)
    before = time.perf_counter()
    index = Index.of_columns(columns, travel=travel)
    build_s = time.perf_counter() - before
    questions = [random_query(number, rng) for number in range(queries)]
    with tempfile.TemporaryDirectory() as folder:
        index.save(folder)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        before = time.perf_counter()
        index = Index.open(folder)
        index.search(questions[0])
        first_ms = (time.perf_counter() - before) * 1000
        times = milliseconds(index.search, questions)
        near = milliseconds(index.near_misses, questions)
        totals = [index.search(question).total for question in questions[:50]]
        limit, plain, postings = scatters(index, travel, questions)
    return {
        "people": people,
        "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p99_ms": round(float(np.percentile(times, 99)), 3),
        "near_p50_ms": round(float(np.percentile(near, 50)), 3),
        "first_ms": round(first_ms, 1),
        "build_s": round(build_s, 2),
        "bytes_per_person": round(size / people, 1),
        "postings_per_query": postings,
        "hits_per_query": int(np.mean(totals)),
        "bare_scatter_p50_ms": round(float(np.percentile(limit, 50)), 3),
        "plain_scatter_p50_ms": round(float(np.percentile(plain, 50)), 3),
    }


def main() -> None:
    """Print the table, and with `--format json` one last line for programs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=100_000)
    options.add_argument("--queries", type=int, default=300)
    options.add_argument("--format", choices=("table", "json"), default="table")
    chosen = options.parse_args()
    figures = measure(chosen.people, chosen.queries)
    for name, value in figures.items():
        print(f"{name:24}{value:>14,}")
    if chosen.format == "json":
        print(json.dumps({"tvaers": figures}))


if __name__ == "__main__":
    main()
