"""How many more openings the plan over all orders fills than orders planned one at a time.

python benchmarks/plan.py [--seed 1]

Reads the open orders and the people of the demo world (`make demo` makes it). Three ways to
propose, with the same people and the same agreed numbers (R10):

- each for itself: every order takes its best, whoever else takes them;
- in turn: the oldest order first, each takes its best of those whom nobody has taken;
- the plan: all orders at once (`matching.spread`).

An opening counts as filled when a person is proposed for it who is in play for nothing else; who
is proposed twice counts once, where it helps most. The demo world has many more people than
openings, so the same is also done with all orders of its year at once, and with every fourth
person, and so on.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from tvaers.core.working_days import COPENHAGEN
from tvaers.matching.spread import Vacancy, spread

SHARES = (1, 4, 10, 30, 100)
"""Everybody, every fourth person, …"""
Pairs = list[tuple[int, int, int]]
"""The number of the vacancy, person and fit."""
World = tuple[list[Vacancy], Mapping[int, int], float]
"""Vacancies, in how many orders each person is in play, seconds to read them."""
DAY = datetime.now(COPENHAGEN).date()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, default=1, help="draws the share of the people")
    seed = options.parse_args().seed
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tvaers.settings")
    import django

    django.setup()
    from django.db import OperationalError, ProgrammingError

    try:
        worlds = {"The open orders": today(), "All orders of the year at once": the_year()}
    except (OperationalError, ProgrammingError):
        worlds = {}
    if not any(vacancies for vacancies, _, _ in worlds.values()):
        print("No orders here. `make demo` loads the demo world.")
        return
    for name, (vacancies, in_play, seconds) in worlds.items():
        print(f"\n{name}: {len(vacancies)} orders may get people; {sum(map(seats, vacancies))}")
        print(f"openings have nobody in play. Read and matched in {seconds:.2f} s.\n")
        table(vacancies, in_play, np.random.default_rng(seed))


def today() -> World:
    """The plan's own question: what is open now."""
    from tvaers.referrals.proposals import read_open

    read_open(DAY)
    began = time.perf_counter()
    found = read_open(DAY)
    return found.vacancies, found.in_play, time.perf_counter() - began


def the_year() -> World:
    """Every order of the year as it was on its first day, all on one morning; nobody is in play."""
    from tvaers.matching.index_feed import current_index
    from tvaers.matching.open_orders import asking, scopes
    from tvaers.orders.models import Order
    from tvaers.referrals.proposals import LISTED

    began = time.perf_counter()
    rows, index = asking(Order.objects.all(), DAY), current_index(DAY)
    where = scopes([row.order for row in rows], DAY)
    found = []
    for row in rows:
        if row.says_enough:
            listed = index.search(row.query, where[row.order.pk], k=LISTED)
            found.append(
                Vacancy(
                    order=row.order.pk,
                    free=row.order.openings,
                    in_play=0,
                    at_most=row.order.present_at_most,
                    people=listed.ids,
                    fits=listed.fit,
                )
            )
    return found, {}, time.perf_counter() - began


def table(
    vacancies: Sequence[Vacancy], in_play: Mapping[int, int], rng: np.random.Generator
) -> None:
    wanted = sum(map(seats, vacancies))
    print("| people | way | can be filled | companies in turn | proposals | in most | fit | s |")
    print("|---|---|---|---|---|---|---|---|")
    for share in SHARES:
        here = thinned(vacancies, share, rng)
        for name, propose in WAYS.items():
            began = time.perf_counter()
            pairs = propose(here, in_play)
            seconds = time.perf_counter() - began
            most = max(Counter(person for _, person, _ in pairs).values(), default=0)
            fit = sum(fit for _, _, fit in pairs) // max(1, len(pairs))
            people = "all" if share == 1 else f"1 in {share}"
            done = f"{filled(pairs, here, in_play)} of {wanted} | {taken(pairs, here, in_play)}"
            print(f"| {people} | {name} | {done} | {len(pairs)} | {most} | {fit} | {seconds:.3f} |")


def seats(vacancy: Vacancy) -> int:
    """The openings that nobody is in play for, as far as more may be proposed."""
    return max(0, min(vacancy.free - vacancy.in_play, vacancy.at_most))


def thinned(vacancies: Sequence[Vacancy], share: int, rng: np.random.Generator) -> list[Vacancy]:
    """The same orders when only one person in `share` is there."""
    everyone = sorted({int(person) for vacancy in vacancies for person in vacancy.people})
    here = [person for person in everyone if rng.integers(share) == 0]
    kept = [np.isin(vacancy.people, here) for vacancy in vacancies]
    return [
        replace(vacancy, people=np.asarray(vacancy.people)[k], fits=np.asarray(vacancy.fits)[k])
        for vacancy, k in zip(vacancies, kept, strict=True)
    ]


def each_for_itself(vacancies: Sequence[Vacancy], in_play: Mapping[int, int]) -> Pairs:
    return [
        (number, int(person), int(fit))
        for number, vacancy in enumerate(vacancies)
        for person, fit in list(zip(vacancy.people, vacancy.fits, strict=True))[: vacancy.at_most]
    ]


def in_turn(vacancies: Sequence[Vacancy], in_play: Mapping[int, int]) -> Pairs:
    pairs: Pairs = []
    taken = {person for person, places in in_play.items() if places}
    for number, vacancy in enumerate(vacancies):
        free = [
            (number, int(person), int(fit))
            for person, fit in zip(vacancy.people, vacancy.fits, strict=True)
            if int(person) not in taken
        ][: vacancy.at_most]
        pairs += free
        taken |= {person for _, person, _ in free}
    return pairs


def the_plan(vacancies: Sequence[Vacancy], in_play: Mapping[int, int]) -> Pairs:
    number = {vacancy.order: number for number, vacancy in enumerate(vacancies)}
    places = spread(vacancies, in_play=in_play, salt=1)
    return [(number[place.order], place.person, place.fit) for place in places]


WAYS = {"each for itself": each_for_itself, "in turn": in_turn, "**the plan**": the_plan}


def taken(pairs: Pairs, vacancies: Sequence[Vacancy], in_play: Mapping[int, int]) -> int:
    """How many openings are filled when the companies, oldest order first, take their best."""
    hired: set[int] = set()
    for number, vacancy in enumerate(vacancies):
        own = [(-fit, person) for order, person, fit in pairs if order == number]
        free = [who for _, who in sorted(own) if who not in hired and not in_play.get(who)]
        hired |= set(free[: seats(vacancy)])
    return len(hired)


def filled(pairs: Pairs, vacancies: Sequence[Vacancy], in_play: Mapping[int, int]) -> int:
    """How many openings could be filled by different people at once: a largest matching."""
    free = [(number, person) for number, person, _ in pairs if not in_play.get(person)]
    opening = [n for n, vacancy in enumerate(vacancies) for _ in range(seats(vacancy))]
    people = sorted({person for _, person in free})
    table = np.zeros((len(opening), len(people) + 1), np.int8)
    for number, person in free:
        table[[at for at, n in enumerate(opening) if n == number], people.index(person)] = 1
    return int((maximum_bipartite_matching(csr_array(table), perm_type="column") >= 0).sum())


if __name__ == "__main__":
    main()
