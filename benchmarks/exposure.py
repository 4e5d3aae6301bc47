"""Who is shown: exposure of groups by sex, age band and municipality in the synthetic world.

python benchmarks/exposure.py [--people 30000] [--orders 400] [--seed 1]

An audit and nothing else. Neither sex nor age is known to the rule: they are drawn here, beside
the people, after they were made. Sex follows the trade by shares that are plausible assumptions,
no statistic; age is drawn from 18 to 65, and nobody is younger than the years they have worked.
Every order is searched over the whole country, and the exposure of a place in the list is
1 / log2(1 + place) among the 25 that a page shows.

ratio = a group's share of the exposure / its share of the hits (everyone who meets the musts).
1.00 is a page as mixed as the hits are. The interval is 95 %, by resampling the orders. "hits"
shows the step before: a group's share of the hits / its share of those who can be found.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tvaers.settings")
django.setup()

from tvaers.matching.engine.index import Index  # noqa: E402
from tvaers.matching.engine.rows import Person, Query, TravelTable, Weights  # noqa: E402
from tvaers.matching.order_query import Settings, query_of  # noqa: E402
from tvaers.places.municipalities import all_municipalities  # noqa: E402
from tvaers.places.travel import car_minutes, public_minutes  # noqa: E402
from tvaers.synthetic.ads import need_of  # noqa: E402
from tvaers.synthetic.companies import Employer  # noqa: E402
from tvaers.synthetic.drawing import Home, Made, draw_person  # noqa: E402
from tvaers.synthetic.tables import population, trades  # noqa: E402

TODAY = date(2027, 3, 1)
SHOWN = 25
BANDS = (18, 30, 40, 50, 60)
WOMEN = {
    **dict.fromkeys(("social-og-sundhedshjaelper", "social-og-sundhedsassistent"), 0.88),
    **dict.fromkeys(("sygeplejerske", "laegesekretaer", "plejemedhjaelper", "frisoer"), 0.9),
    **dict.fromkeys(("paedagog", "paedagogmedhjaelper", "rengoeringsassistent"), 0.72),
    **dict.fromkeys(("smed", "svejser", "murer", "toemrer", "elektriker", "vvs-montoer"), 0.05),
    **dict.fromkeys(("lastbilchauffoer", "maskinforer", "struktoer", "anlaegsarbejder"), 0.06),
    **dict.fromkeys(("lagermedarbejder", "truckforer", "terminalarbejder"), 0.25),
    **dict.fromkeys(("kontorassistent", "bogholder", "receptionist", "loenmedarbejder"), 0.75),
}
"""Share of women in a trade; one half where nothing is said. Assumptions for the audit."""
WITHOUT_EXPERIENCE = Weights(occupation=280, skills=280, experience=0, travel=170,
                             availability=110, credentials=160)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A group of the audit, and who is in it."""

    kind: str
    name: str
    members: Any


def person(made: Made, number: int) -> Person:
    """What the engine knows of someone: the synthetic record without the identity."""
    record = made.record
    return Person(
        id=number,
        municipality=int(record.municipality),
        concepts=record.concepts,
        wanted=record.wanted,
        held=tuple(zip(record.held, record.held_years, record.held_until, strict=True)),
        available_from=record.available_from.toordinal() if record.available_from else 0,
        hours_min=record.hours_min,
        hours_max=record.hours_max,
        kinds=record.kinds,
        max_travel=record.max_travel_minutes,
        car=record.car,
        cv_updated=record.cv_updated_on.toordinal() if record.cv_updated_on else 0,
        findable=record.status == "ACTIVE" and bool(record.legal_basis),
    )


def groups(people: Sequence[Made], chance: Random) -> list[Group]:
    """Sex and age as drawn for the audit, and the home municipality."""
    share = {trade.occupation.id: WOMEN.get(trade.occupation.key, 0.5) for trade in trades()}
    women = np.array([chance.random() < share.get(one.record.wanted[0], 0.5) for one in people])
    ages = np.array([max(chance.randrange(18, 66), 18 + sum(one.record.held_years))
                     for one in people]).clip(18, 66)  # fmt: skip
    homes = np.array([one.record.municipality for one in people])
    ends = (*BANDS[1:], 67)
    bands = [
        Group("age", f"{first}–{end - 1}", (ages >= first) & (ages < end))
        for first, end in zip(BANDS, ends, strict=True)
    ]
    names = {fact.code: fact.name for fact in all_municipalities()}
    places = [
        Group("municipality", names[code], homes == code) for code in sorted(set(homes.tolist()))
    ]
    return [Group("sex", "women", women), Group("sex", "men", ~women), *bands, *places]


def orders(chance: Random, count: int) -> list[Query]:
    """Orders as companies of the synthetic world write them, drawn by trade and population."""
    shares = [trade.share for trade in trades()]
    codes, weights = list(population()), list(population().values())
    made = []
    for number in range(count):
        trade = chance.choices(trades(), shares)[0]
        (code,) = chance.choices(codes, weights)
        employer = Employer(number, "Eksempel A/S", None, (code,), (1,), (1,), ("-",))  # type: ignore[arg-type]
        need = need_of(chance, employer, trade.occupation.key, openings=2, day=TODAY, usual=True)
        order: Any = SimpleNamespace(
            **vars(need) | {"scheme": SimpleNamespace(kind_bit=1), "public_id": UUID(int=number)}
        )
        rows: Any = need.requirements
        made.append(query_of(order, rows, workplaces=[(code, "")], day=TODAY, settings=Settings()))
    return made


def exposures(index: Index, queries: Sequence[Query], parts: Sequence[Group]) -> tuple[Any, Any]:
    """[order, group] = share of the exposure and share of the hits; orders without hits are out."""
    shown, hit = [], []
    members = np.stack([group.members for group in parts])
    for query in queries:
        best = index.search(query, k=SHOWN).ids
        if not len(best):
            continue
        worth = 1 / np.log2(2 + np.arange(len(best)))
        shown.append(members[:, best] @ worth / worth.sum())
        hit.append(members[:, index.all_ids(query)].mean(axis=1))
    return np.array(shown), np.array(hit)


def ratio(shown: Any, hit: Any) -> Any:
    """Per group: share of the exposure against share of the hits, over all orders."""
    return shown.mean(axis=0) / np.maximum(hit.mean(axis=0), 1e-9)


def interval(shown: Any, hit: Any, rng: np.random.Generator) -> Any:
    """[low, high] of the ratio, 95 %, by drawing as many orders anew 500 times."""
    drawn = [ratio(shown[at], hit[at]) for at in rng.integers(0, len(shown), (500, len(shown)))]
    return np.percentile(drawn, (2.5, 97.5), axis=0)


def table(
    parts: Sequence[Group],
    findable: Any,
    shown: Any,
    hit: Any,
    without: Any,
    say: Callable[..., None],
) -> None:
    """Sex and age group by group; of the municipalities the ends and the middle."""
    low, high = interval(shown, hit, np.random.default_rng(1))
    ratios = ratio(shown, hit)
    of_all = np.array([group.members[findable].mean() for group in parts])
    say("| group | share | hits | ratio | 95 % | ratio, experience weighs 0 |")
    say("|---|---|---|---|---|---|")
    for n, group in enumerate(parts):
        if group.kind != "municipality":
            say(f"| {group.name} | {of_all[n]:.3f} | {hit.mean(axis=0)[n] / of_all[n]:.2f} "
                f"| {ratios[n]:.2f} | {low[n]:.2f}–{high[n]:.2f} | {without[n]:.2f} |")  # fmt: skip
    places = [n for n, group in enumerate(parts)
              if group.kind == "municipality" and hit.mean(axis=0)[n] * len(hit) >= 1]  # fmt: skip
    ordered = sorted(places, key=lambda n: ratios[n])
    quartiles = " / ".join(f"{one:.2f}" for one in np.percentile(ratios[places], (25, 50, 75)))
    say(f"\nMunicipalities, {len(places)} with enough hits to judge: quartiles {quartiles}")
    for word, some in (("least", ordered[:5]), ("most", ordered[-5:][::-1])):
        say(f"{word}: " + ", ".join(f"{parts[n].name} {ratios[n]:.2f} "
            f"({low[n]:.2f}–{high[n]:.2f})" for n in some))  # fmt: skip


def lots(index: Index, queries: Sequence[Query], draws: int) -> str:
    """How often the same one of those who fit equally well comes first, over as many orders."""

    def equals(query: Query) -> int:
        best = index.search(query, k=1000).fit
        return int((best == best[0]).sum()) if len(best) else 0

    query = max(queries, key=equals)
    firsts = [int(index.search(replace(query, salt=salt), k=1).ids[0]) for salt in range(draws)]
    most = max(np.unique(firsts, return_counts=True)[1]) / draws
    return (
        f"{equals(query)} people fit one order equally well: over {draws} orders each comes first "
        f"in {1 / equals(query):.1%} if the lot is fair; the one who came first most often did in "
        f"{most:.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--orders", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = Random(f"{given.seed}:exposure")
    codes = chance.choices(list(population()), list(population().values()), k=given.people)
    made = [draw_person(chance, number=n, home=Home(code, 0), today=TODAY)
            for n, code in enumerate(codes)]  # fmt: skip
    known = tuple(int(fact.code) for fact in all_municipalities())
    travel = TravelTable(known, car_minutes().astype(np.uint16), public_minutes().astype(np.uint16))
    people = [person(one, n) for n, one in enumerate(made)]
    index = Index.build(people, travel=travel)
    parts = groups(made, Random(f"{given.seed}:audit"))
    queries = orders(chance, given.orders)
    shown, hit = exposures(index, queries, parts)
    plain = [replace(query, weights=WITHOUT_EXPERIENCE) for query in queries]
    findable = np.array([one.findable for one in people])
    print(f"{given.people} people, {len(shown)} of {given.orders} orders with hits\n")
    table(parts, findable, shown, hit, ratio(*exposures(index, plain, parts)), print)
    print("\n" + lots(index, queries, 1000))


if __name__ == "__main__":
    main()
