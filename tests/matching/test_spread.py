"""The plan over all orders, against every plan there could be in small worlds (R10)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tvaers.matching.spread import MOST_PLACES, Place, Vacancy, spread

PEOPLE = st.integers(1, 5)
Merit = tuple[int, int, int]


@st.composite
def vacancies(draw: st.DrawFn, number: int) -> Vacancy:
    fits = draw(st.dictionaries(PEOPLE, st.integers(0, 1000) | st.just(700)))
    return Vacancy(
        order=100 + number,
        free=draw(st.integers(1, 3)),
        in_play=draw(st.sampled_from((0, 0, 1, 4))),
        at_most=draw(st.integers(1, 6)),
        people=tuple(fits),
        fits=tuple(fits.values()),
    )


@st.composite
def worlds(draw: st.DrawFn) -> list[Vacancy]:
    return [draw(vacancies(number)) for number in range(draw(st.integers(0, 4)))]


everywhere = st.dictionaries(PEOPLE, st.integers(0, MOST_PLACES + 1))


def fits_of(world: Sequence[Vacancy]) -> dict[tuple[int, int], int]:
    return {
        (vacancy.order, person): fit
        for vacancy in world
        for person, fit in zip(vacancy.people, vacancy.fits, strict=True)
    }


def merit(pairs: Sequence[tuple[int, int]], fits: Mapping[Any, int], busy: Counter[int]) -> Merit:
    """What a round is judged by: seats filled, people who are not busy, how well they fit."""
    return len(pairs), -sum(busy[person] for _, person in pairs), sum(map(fits.__getitem__, pairs))


def best(
    seats: Mapping[int, int], fits: Mapping[tuple[int, int], int], busy: Counter[int], most: int
) -> Merit:
    """The merit of the best round there is, found by trying them all."""
    people = sorted({person for _, person in fits if busy[person] < most})
    found = (0, 0, 0)
    for choice in product((None, *seats), repeat=len(people)):
        pairs = [(order, who) for order, who in zip(choice, people, strict=True) if order]
        full = Counter(order for order, _ in pairs)
        if all(pair in fits for pair in pairs) and all(full[o] <= seats[o] for o in full):
            found = max(found, merit(pairs, fits, busy))
    return found


@given(world=worlds(), in_play=everywhere, salt=st.integers(0, 9))
def test_each_round_is_the_best_of_all_that_could_be(
    world: list[Vacancy], in_play: dict[int, int], salt: int
) -> None:
    plan = spread(world, in_play=in_play, salt=salt)
    fits, busy, given_to = fits_of(world), Counter(in_play), Counter[int]()
    for number in range(1, 20):
        seats = {
            vacancy.order: min(
                vacancy.free * number - vacancy.in_play - given_to[vacancy.order],
                vacancy.at_most - given_to[vacancy.order],
            )
            for vacancy in world
        }
        pairs = [(place.order, place.person) for place in plan if place.round == number]
        most = 1 if number == 1 else MOST_PLACES
        assert merit(pairs, fits, busy) == best(seats, fits, busy, most)
        for order, person in pairs:
            del fits[order, person]
            busy[person] += 1
            given_to[order] += 1


@given(world=worlds(), in_play=everywhere, salt=st.integers(0, 9))
def test_nobody_is_proposed_everywhere_and_no_order_gets_more_than_agreed(
    world: list[Vacancy], in_play: dict[int, int], salt: int
) -> None:
    plan = spread(world, in_play=in_play, salt=salt)
    fits = fits_of(world)
    assert all(fits[place.order, place.person] == place.fit for place in plan)
    assert len({(place.order, place.person) for place in plan}) == len(plan)
    for person, places in Counter(place.person for place in plan).items():
        assert places + in_play.get(person, 0) <= MOST_PLACES
    got = Counter(place.order for place in plan)
    assert all(got[vacancy.order] <= vacancy.at_most for vacancy in world)
    firsts = [place.person for place in plan if place.round == 1]
    assert len(set(firsts)) == len(firsts)
    assert not any(in_play.get(person) for person in firsts)
    assert plan == spread(world, in_play=in_play, salt=salt)


def vacancy(order: int, fits: dict[int, int], *, free: int = 1, at_most: int = 3) -> Vacancy:
    return Vacancy(
        order=order,
        free=free,
        in_play=0,
        at_most=at_most,
        people=tuple(fits),
        fits=tuple(fits.values()),
    )


def test_who_is_the_only_one_for_an_order_is_not_spent_on_another() -> None:
    many, one = vacancy(1, {10: 900, 11: 600}), vacancy(2, {10: 500})
    plan = spread([many, one], in_play={}, salt=1)
    assert [place for place in plan if place.round == 1] == [
        Place(1, 11, 600, 1),
        Place(2, 10, 500, 1),
    ]
    assert Place(1, 10, 900, 2) in plan


def test_who_is_in_play_elsewhere_fills_nothing_and_stands_in_reserve() -> None:
    plan = spread([vacancy(1, {10: 900, 11: 600})], in_play={10: 1}, salt=1)
    assert plan == (Place(1, 11, 600, 1), Place(1, 10, 900, 2))


def test_every_opening_gets_somebody_before_any_gets_a_reserve() -> None:
    fits = {person: 500 + person for person in range(4)}
    plan = spread([vacancy(1, fits), vacancy(2, fits, free=2)], in_play={}, salt=1)
    assert Counter(place.order for place in plan if place.round == 1) == {1: 1, 2: 2}


def test_equals_take_turns_from_day_to_day() -> None:
    fits = dict.fromkeys(range(20), 800)
    first = {spread([vacancy(1, fits)], in_play={}, salt=day)[0].person for day in range(30)}
    assert len(first) > 5
