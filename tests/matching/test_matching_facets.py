"""Facets: counts are of all hits, and what a count says is what choosing it shows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tvaers.matching.engine.answers import Facts
from tvaers.matching.facets import Facets, Group, State, facets

TODAY = 739_000
REQUIREMENTS = {"7": 0, "8": 1}


@st.composite
def searches(draw: st.DrawFn) -> Facets:
    """A search with up to thirty hits, some of them erased since, and something chosen."""
    hits = draw(st.lists(st.integers(1, 60), unique=True, max_size=30))
    known = sorted(set(hits) - set(draw(st.lists(st.integers(1, 60), max_size=3))))
    numbers = [draw(st.lists(values, min_size=len(known), max_size=len(known))) for values in (
        st.integers(0, 3), st.integers(-1, 70), st.integers(0, 40), st.integers(0, 120),
    )]  # fmt: skip
    homes = np.array(draw(st.lists(st.sampled_from(("0253", "0259")), min_size=len(hits),
                                   max_size=len(hits))), "U4")  # fmt: skip
    values = {
        Group.STATE: (State.OPEN, State.ALL_MET, "nonsense"),
        Group.HAS: tuple(REQUIREMENTS),
        Group.TRAVEL: ("30", "45", "60"),
        Group.READY: ("0", "14", "30"),
        Group.CV: ("30", "90"),
        Group.PLACE: ("0253", "0259", "9999"),
    }
    some = draw(st.sets(st.sampled_from(list(Group))))
    return facets(
        np.array(hits, np.int64),
        Facts(
            ids=np.array(known, np.int64),
            met=np.array(numbers[0], np.uint64),
            travel=np.array(numbers[1], np.int64),
            ready=TODAY + np.array(numbers[2], np.int64),
            cv_updated=TODAY - np.array(numbers[3], np.int64),
        ),
        today=TODAY,
        asked=2,
        requirements=REQUIREMENTS,
        states={State.OPEN: np.array([hit % 2 == 0 for hit in hits], np.bool_)},
        places={code: homes == code for code in ("0253", "0259")},
        chosen={group: draw(st.sampled_from(values[group])) for group in some},
    )


@given(searches())
def test_a_count_is_what_choosing_it_shows(found: Facets) -> None:
    for group in Group:
        for choice in found.choices(group):
            other = Facets(found.present, found.masks, {**found.chosen, group: choice.value})
            assert choice.count == len(other.shown())
            assert choice.chosen == (found.chosen.get(group) == choice.value)


@given(searches())
def test_everything_chosen_holds_and_who_was_erased_is_gone(found: Facets) -> None:
    shown = found.shown().tolist()
    holding = set(np.flatnonzero(found.present).tolist())
    for group, value in found.chosen.items():
        if value in found.masks[group]:
            holding &= set(np.flatnonzero(found.masks[group][value]).tolist())
    assert shown == sorted(holding)


def test_a_way_or_a_cv_that_nobody_knows_is_not_short_or_new() -> None:
    found = facets(
        np.array([1], np.int64),
        Facts(
            ids=np.array([1], np.int64),
            met=np.array([0], np.uint64),
            travel=np.array([-1], np.int64),
            ready=np.array([TODAY], np.int64),
            cv_updated=np.array([0], np.int64),
        ),
        today=TODAY,
        asked=0,
        requirements={},
        states={},
        places={},
        chosen={},
    )
    assert [one.count for one in found.choices(Group.TRAVEL)] == [0, 0, 0]
    assert [one.count for one in found.choices(Group.CV)] == [0, 0]
    assert [one.count for one in found.choices(Group.READY)] == [1, 1, 1]
    assert [one.count for one in found.choices(Group.STATE)] == [1]
