"""Who to propose where, so that most openings get somebody and nobody is proposed everywhere.

Orders are looked at together, not one after the other: who is the only one for one order is not
spent on another that has many. Knows no framework; every number is whole, so that a best plan is
exactly best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Numbers = NDArray[np.int64]

MOST_PLACES = 2
"""So many orders a person may be in play for at once, those from before the plan among them."""
FULL_FIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vacancy:
    """An order with openings to fill, and the people who may be proposed for it.

    `free` are openings that nobody is hired for (at least one), `in_play` the people already in
    play for the order, `at_most` how many more may be proposed before the agreed number is
    reached (R10). `people` are ids, each once, and `fits` beside them thousandths.
    """

    order: int
    free: int
    in_play: int
    at_most: int
    people: Sequence[int] | Numbers
    fits: Sequence[int] | Numbers


@dataclass(frozen=True, slots=True)
class Place:
    """A person to propose for an order; `round` 1 fills an opening, later ones are in reserve."""

    order: int
    person: int
    fit: int
    round: int


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Who fits what, in order of vacancy and person, by their numbers; and the fit."""

    vacancy: Numbers
    person: Numbers
    fit: Numbers

    def of(self, chosen: NDArray[np.bool_] | Numbers) -> "_Pairs":
        return _Pairs(self.vacancy[chosen], self.person[chosen], self.fit[chosen])

    def lists(self) -> tuple[list[int], list[int], list[int]]:
        return self.vacancy.tolist(), self.person.tolist(), self.fit.tolist()


def spread(
    vacancies: Sequence[Vacancy], *, in_play: Mapping[int, int], salt: int
) -> tuple[Place, ...]:
    """The plan for all orders together, round by round.

    In each round every opening gets at most one person and every person at most one place. In the
    first only people take part who are in play for no order (`in_play`: person → orders), so that
    everybody in it can be hired where the plan puts them. Later rounds add reserves up to the
    agreed number, first of those who are in play nowhere, never beyond `MOST_PLACES`. `salt`
    draws who comes first among equals.
    """
    ids, pairs = _numbered(vacancies, salt)
    busy = np.array([in_play.get(int(person), 0) for person in ids], np.int64)
    still_free = np.ones(len(pairs.fit), np.bool_)
    given = [0] * len(vacancies)
    places: list[Place] = []
    number, filled, last = 0, 1, _rounds(vacancies)
    while filled or number <= last:
        number += 1
        seats = _seats(vacancies, given, number)
        most = 1 if number == 1 else MOST_PLACES
        asked = still_free & (busy[pairs.person] < most) & (seats[pairs.vacancy] > 0)
        at = np.flatnonzero(asked)[seated(pairs.of(asked), seats, busy)]
        filled = len(at)
        still_free[at] = False
        busy[pairs.person[at]] += 1
        for vacancy, person, fit in zip(*pairs.of(at).lists(), strict=True):
            given[vacancy] += 1
            places.append(Place(vacancies[vacancy].order, int(ids[person]), fit, number))
    return tuple(places)


def seated(pairs: _Pairs, seats: Numbers, busy: Numbers) -> Numbers:
    """One round: which of `pairs` come true, at most `seats` of a vacancy and one of a person.

    Exactly best: the most seats filled; of these plans the one whose people are in play in fewest
    places (`busy`); of these the highest sum of fits. A sparse assignment (scipy's LAPJVsp) in
    which a seat may also stay empty, at a price above all else.
    """
    begins = np.searchsorted(pairs.vacancy, np.arange(len(seats) + 1))
    rows = np.repeat(np.arange(len(seats)), np.where(np.diff(begins) > 0, seats, 0))
    if not len(rows):
        return np.zeros(0, np.int64)
    one_more_place = (FULL_FIT + 1) * len(rows)
    empty = one_more_place * (MOST_PLACES + 1) * (len(rows) + 1)
    price = busy[pairs.person] * one_more_place + FULL_FIT + 1 - pairs.fit
    own = [np.arange(begins[row], begins[row + 1]) for row in rows]
    people = len(busy)
    table = csr_array(
        (
            np.concatenate([np.append(price[at], empty) for at in own]).astype(np.float64),
            np.concatenate([np.append(pairs.person[at], people + n) for n, at in enumerate(own)]),
            np.cumsum([0, *(len(at) + 1 for at in own)]),
        ),
        shape=(len(rows), people + len(rows)),
    )
    seat, person = min_weight_full_bipartite_matching(table)
    filled = person < people
    key = pairs.vacancy * people + pairs.person
    return np.searchsorted(key, rows[seat[filled]] * people + person[filled])


def _seats(vacancies: Sequence[Vacancy], given: Sequence[int], number: int) -> Numbers:
    """How many each vacancy may get in a round: one for each opening, within what is agreed."""
    wanted = [
        min(row.free * number - row.in_play - has, row.at_most - has)
        for row, has in zip(vacancies, given, strict=True)
    ]
    return np.maximum(np.array(wanted, np.int64), 0)


def _rounds(vacancies: Sequence[Vacancy]) -> int:
    """The first round in which every order may get all of the agreed number."""
    return max((-(-(row.in_play + row.at_most) // row.free) for row in vacancies), default=0)


def _numbered(vacancies: Sequence[Vacancy], salt: int) -> tuple[Numbers, _Pairs]:
    """The people's ids in an order drawn by lot, and who fits what by their numbers in it."""
    nobody = np.zeros(0, np.int64)
    people = np.concatenate([nobody, *(np.asarray(row.people, np.int64) for row in vacancies)])
    known, number = np.unique(people, return_inverse=True)
    lot = np.random.default_rng(salt).permutation(len(known))
    ids = np.empty_like(known)
    ids[lot] = known
    vacancy = np.repeat(np.arange(len(vacancies)), [len(row.people) for row in vacancies])
    person = lot[number]
    fit = np.concatenate([nobody, *(np.asarray(row.fits, np.int64) for row in vacancies)])
    in_order = np.lexsort((person, vacancy))
    return ids, _Pairs(vacancy[in_order], person[in_order], fit[in_order])
