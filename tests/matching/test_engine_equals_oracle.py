"""The fast engine gives exactly what the slow, obvious one gives, in every world."""

import tempfile
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.engine_worlds import people_with, queries, scopes, travel_tables
from tvaers.matching.engine.answers import Result
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.oracle import Oracle

IDS = st.integers(1, 40)
PEOPLE = st.lists(
    people_with(IDS), min_size=3, max_size=30, unique_by=lambda person: person.id
) | st.just([])


def plain(result: Result) -> list[object]:
    return [v.tolist() if hasattr(v, "tolist") else dict(v) if hasattr(v, "items") else v
            for v in vars(result).values()]  # fmt: skip


def assert_equal(index: Index, oracle: Oracle, query, scope, k, offset) -> None:
    hits = index.search(query, scope, k, offset)
    assert plain(hits) == plain(oracle.search(query, scope, k, offset))
    near = index.near_misses(query, scope, k, offset)
    assert plain(near) == plain(oracle.near_misses(query, scope, k, offset))
    assert index.all_ids(query, scope).tolist() == oracle.all_ids(query, scope)
    assert index.hits_by_municipality(query, scope) == hits.by_municipality
    assert len(index) == len(oracle.people)
    facts = index.facts(query, [*(person.id for person in oracle.people), 999])
    everyone = sorted(oracle.people, key=lambda person: person.id)
    for person, *found in zip(everyone, *map(np.ndarray.tolist, vars(facts).values()), strict=True):
        why = oracle.explain(query, person.id)
        met = sum(1 << score.number for score in why.requirements if score.met)
        assert found == [person.id, met, why.travel, why.ready, person.cv_updated]
    for person in oracle.people:
        assert index.explain(query, person.id) == oracle.explain(query, person.id)


@settings(deadline=None, max_examples=200)
@given(
    PEOPLE, travel_tables(), queries(), scopes, st.integers(0, 8), st.integers(0, 3),
    st.integers(1, 9),
)  # fmt: skip
def test_search_near_misses_counts_and_explanations(
    people, travel, query, scope, k, offset, block
) -> None:
    index = Index.build(people, travel=travel, block=block)
    assert_equal(index, Oracle(people, travel), query, scope, k, offset)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(people_with(IDS), max_size=25, unique_by=lambda person: person.id),
    st.lists(
        st.tuples(st.lists(people_with(IDS), max_size=4), st.frozensets(IDS, max_size=3))
        | st.sampled_from(("save", "fold")),
        max_size=6,
    ),
    travel_tables(), queries(), scopes, st.integers(1, 9),
)  # fmt: skip
def test_any_sequence_of_changes_saves_and_openings(
    people, steps, travel, query, scope, block
) -> None:
    index = Index.build(people, travel=travel, block=block, stamp="before")
    current = {person.id: person for person in people}
    with tempfile.TemporaryDirectory() as folder:
        for step in steps:
            if step == "save":
                index.save(folder)
                index = Index.open(folder)
            elif step == "fold":
                index = index.folded()
            else:
                rows, removed = step
                index = index.with_changes(rows, removed)
                current |= {person.id: person for person in rows}
                current = {i: person for i, person in current.items() if i not in removed}
        assert_equal(index, Oracle(list(current.values()), travel), query, scope, 5, 0)
    assert index.stamp == "before"


@settings(deadline=None, max_examples=60)
@given(PEOPLE, travel_tables(), st.lists(queries(), max_size=5))
def test_all_orders_at_once_is_each_order_alone(people, travel, asked) -> None:
    index = Index.build(people, travel=travel, block=4)
    together = index.match_all(asked, k=3)
    assert [plain(one) for one in together] == [plain(index.search(q, k=3)) for q in asked]


@settings(deadline=None, max_examples=60)
@given(PEOPLE.filter(bool), travel_tables(), queries(), scopes, st.data())
def test_why_not_names_every_reason(people, travel, query, scope, data) -> None:
    index = Index.build(people, travel=travel)
    person = data.draw(st.sampled_from(people))
    reasons = index.why_not(query, person.id, scope)
    assert (reasons == ()) == (person.id in index.all_ids(query, scope))
    assert astuple(index.explain(query, person.id))[0] == person.id
    with pytest.raises(LookupError):
        index.why_not(query, 999)
