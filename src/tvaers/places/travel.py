"""Travel time between the municipalities, in minutes: Denmark is islands, so no straight lines.

`data/roads.csv` is a small road map of our own: the municipalities' main towns and the junctions
of the motorways, joined by roads, bridges and ferries. Minutes are for an ordinary day without
queues, from centre to centre; at a ferry they hold the crossing and the drives to and from the
harbour, and `wait` is what one waits on average for a departure that one has booked.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tvaers.places.municipalities import all_municipalities
from tvaers.places.tables import rows

SHORTEST_WITHIN = 10
LONGEST_WITHIN = 25
PUBLIC_FACTOR = 1.6
PUBLIC_ACCESS_MINUTES = 15
"""Public transport is an assumption, not a measurement: 1.6 times the drive, and a quarter of an
hour to walk and wait. For drives of 20 to 120 minutes that is 1.7 to 2.4 times as long, inside the
1.4 to 2.6 times that Liao, Gil, Pereira, Yeh and Verendel measured in four cities, Stockholm among
them ("Disparities in travel times between car and transit", Scientific Reports 10, 2020, 4010)."""

Minutes = NDArray[np.int16]


@cache
def car_minutes() -> Minutes:
    """Minutes by car from each municipality (row) to each (column), in `all_municipalities` order.

    From town to town by the fastest way, ferries included. Within a municipality it is half the
    way to the nearest neighbour, at least 10 and at most 25 minutes: as far as people live from
    their own main town, roughly. The table is shared: it cannot be written to.
    """
    places = _places()
    graph = np.zeros((len(places), len(places)))
    for row in rows("roads"):
        a, b = places[row["from"]], places[row["to"]]
        graph[a, b] = graph[b, a] = int(row["minutes"]) + int(row["wait"])
    count = len(all_municipalities())
    far = dijkstra(csr_array(graph), directed=False, indices=range(count))[:, :count]
    np.fill_diagonal(far, np.inf)
    np.fill_diagonal(far, np.clip(far.min(axis=1) / 2, SHORTEST_WITHIN, LONGEST_WITHIN))
    return frozen(far)


@cache
def public_minutes() -> Minutes:
    """Minutes without a car, laid out as `car_minutes`: an assumption, see `PUBLIC_FACTOR`."""
    return frozen(car_minutes() * PUBLIC_FACTOR + PUBLIC_ACCESS_MINUTES)


def travel_minutes(home: str, workplace: str, *, car: bool = True) -> int:
    """Minutes one way between two municipalities by code; raises `KeyError` for an unknown code."""
    table = car_minutes() if car else public_minutes()
    return int(table[row_of(home), row_of(workplace)])


def row_of(code: str) -> int:
    """The row and column of a municipality in the tables; raises `KeyError` for an unknown code."""
    return _row_by_code()[code]


@cache
def _row_by_code() -> dict[str, int]:
    return {fact.code: row for row, fact in enumerate(all_municipalities())}


def _places() -> dict[str, int]:
    """The municipalities by name, in their order, then the junctions."""
    names = [fact.name for fact in all_municipalities()]
    ends = [row[end] for row in rows("roads") for end in ("from", "to")]
    return {name: at for at, name in enumerate(dict.fromkeys([*names, *ends]))}


def frozen(minutes: NDArray[np.floating[Any]]) -> Minutes:
    """Whole minutes that no caller can change for the others."""
    table = np.rint(minutes).astype(np.int16)
    table.flags.writeable = False
    return table
