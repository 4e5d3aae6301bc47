"""The index at work: folders, threads, forks, changes, and sizes past one block."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.matching.engine_worlds import PLACES, TODAY
from tvaers.matching.engine import kernels, lookups
from tvaers.matching.engine.index import Index, IndexUnreadable, warm_up
from tvaers.matching.engine.oracle import Oracle
from tvaers.matching.engine.rows import Ordering, Person, Query, Requirement, TravelTable

WELDING, FORKLIFT = 10_000, 10_001
MINUTES = np.random.default_rng(5).integers(5, 70, (len(PLACES), len(PLACES))).astype(np.uint16)
TRAVEL = TravelTable(PLACES, MINUTES, MINUTES * 2)
ORDER = Query(
    today=TODAY,
    occupation=((1, 1000), (2, 800)),
    requirements=(
        Requirement(FORKLIFT, True, "certificate", ((FORKLIFT, 1000),), trainable_days=7),
        Requirement(WELDING, False, "skill", ((WELDING, 1000), (10_002, 800), (10_003, 500))),
    ),
    workplaces=(259,),
    start=TODAY + 20,
    hours=(30, 37),
    salt=11,
)


def number(rng: np.random.Generator, low: int, high: int) -> int:
    return int(rng.integers(low, high))


def town(people: int) -> list[Person]:
    rng = np.random.default_rng(3)
    return [
        Person(
            id=int(id_),
            municipality=int(rng.choice(PLACES)),
            concepts=tuple((10_000 + np.flatnonzero(rng.random(6) < 0.4)).tolist()),
            wanted=(number(rng, 1, 4),),
            held=((number(rng, 1, 4), number(rng, 0, 9), number(rng, 2005, 2027)),),
            available_from=int(TODAY + rng.integers(-30, 40)),
            max_travel=number(rng, 10, 120),
            car=bool(rng.random() < 0.5),
            cv_updated=int(TODAY - rng.integers(0, 300)),
            findable=bool(rng.random() < 0.9),
            alphabetical=number(rng, 0, 1000),
        )
        for id_ in rng.permutation(people) + 1
    ]


@pytest.mark.parametrize("ordering", list(Ordering))
def test_thousands_of_people_in_many_blocks(ordering: Ordering) -> None:
    people = town(3000)
    index, oracle = Index.build(people, travel=TRAVEL, block=333), Oracle(people, TRAVEL)
    order = replace(ORDER, ordering=ordering)
    found, expected = index.search(order, k=200), oracle.search(order, k=200)
    assert found.total == expected.total > 200
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.fit.tolist() == expected.fit.tolist()
    near = index.near_misses(order, k=50)
    assert near.ids.tolist() == oracle.near_misses(order, k=50).ids.tolist()
    assert near.lacking == {0: near.total}


@pytest.mark.long
def test_more_people_than_one_block_of_full_size() -> None:
    people = town(40_000)
    index, oracle = Index.build(people, travel=TRAVEL), Oracle(people, TRAVEL)
    assert index.search(ORDER).ids.tolist() == oracle.search(ORDER).ids.tolist()
    assert index.all_ids(ORDER).tolist() == oracle.all_ids(ORDER)


def test_pages_follow_each_other() -> None:
    index = Index.build(town(500), travel=TRAVEL)
    whole = index.search(ORDER, k=60).ids.tolist()
    assert index.search(ORDER, k=20, offset=20).ids.tolist() == whole[20:40]
    assert index.search(ORDER, k=20, offset=10_000).ids.tolist() == []


def test_a_change_is_in_the_next_search_and_the_old_index_stays() -> None:
    before = Index.build(town(500), travel=TRAVEL)
    best = int(before.search(ORDER).ids[0])
    after = before.with_changes([], {best})
    assert best not in after.all_ids(ORDER)
    assert best in before.all_ids(ORDER)
    with pytest.raises(LookupError):
        after.explain(ORDER, best)


def test_an_opened_index_answers_alike_and_keeps_its_stamp(tmp_path: Path) -> None:
    index = Index.build(town(500), travel=TRAVEL, stamp="horizon 71")
    index = index.with_changes(town(3), {9})
    index.save(tmp_path)
    opened = Index.open(tmp_path)
    assert opened.stamp == "horizon 71"
    assert opened.search(ORDER).ids.tolist() == index.search(ORDER).ids.tolist()
    assert opened.travel.places == PLACES


def test_an_index_open_elsewhere_outlives_a_new_save(tmp_path: Path) -> None:
    first = Index.build(town(300), travel=TRAVEL)
    first.save(tmp_path)
    reader = Index.open(tmp_path)
    first.with_changes([], range(1, 100)).save(tmp_path)
    assert len(list(tmp_path.glob("index-*"))) == 1
    assert reader.all_ids(ORDER).tolist() == first.all_ids(ORDER).tolist()
    assert len(Index.open(tmp_path)) == 201


@pytest.mark.parametrize("damage", ["no folder", "torn column", "torn list", "no pointer target"])
def test_a_torn_or_missing_index_is_unreadable_not_wrong(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "index"
    if damage != "no folder":
        Index.build(town(300), travel=TRAVEL).save(folder)
        current = folder / (folder / "current").read_text()
        if damage == "torn column":
            ids = current / "ids.npy"
            ids.write_bytes(ids.read_bytes()[:200])
        elif damage == "torn list":
            (current / "segment.json").write_text('{"columns": [')
        else:
            (folder / "current").write_text("index-gone")
    with pytest.raises(IndexUnreadable):
        Index.open(folder)


def test_many_threads_get_the_same_answer() -> None:
    index = Index.build(town(4000), travel=TRAVEL, block=256)
    orders = [replace(ORDER, salt=salt) for salt in range(40)]
    alone = [index.search(order).ids.tolist() for order in orders]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda order: index.search(order).ids.tolist(), orders))
    assert together == alone
    assert [one.ids.tolist() for one in index.match_all(orders, k=100)] == alone


def _search_and_tell(index: Index, answers: "multiprocessing.SimpleQueue[list[int]]") -> None:
    answers.put(index.search(ORDER).ids.tolist())


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_worker_searches_too() -> None:
    index = Index.build(town(1000), travel=TRAVEL, block=128)
    expected = index.search(ORDER).ids.tolist()
    forking = multiprocessing.get_context("fork")
    answers = forking.SimpleQueue()
    worker = forking.Process(target=_search_and_tell, args=(index, answers))
    worker.start()
    worker.join(30)
    assert worker.exitcode == 0
    assert answers.get() == expected


def test_one_compiled_form_serves_built_opened_changed_and_empty(tmp_path: Path) -> None:
    warm_up()
    built = Index.build(town(300), travel=TRAVEL)
    built.save(tmp_path)
    bare = Query(today=TODAY)
    empty = Index.build([], travel=TravelTable())
    for index in (built, Index.open(tmp_path), built.with_changes(town(2), {5}), empty):
        for query in (ORDER, bare, replace(bare, blocked=frozenset({3}))):
            index.search(query, {259})
            index.near_misses(query)
            index.facts(query, index.all_ids(query).tolist())
            for person in index.all_ids(query)[:1]:
                index.explain(query, int(person))
    for kernel in (kernels.search_blocks, lookups.met_bits, lookups.positions_of, lookups.entries):
        assert len(kernel.signatures) == 1
