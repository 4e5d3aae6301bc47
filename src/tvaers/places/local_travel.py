"""Travel time between postcodes whose coordinates are known, inside a municipality and across.

Between municipalities the way leads from town to town (see `travel.py`), and whoever lives or
works farther from the other town than one's own town does has that much farther to go. Inside a
municipality it is the straight line with a detour. Islands that are reached by ferry within their
municipality stand in `data/islands.csv` with crossing and wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from tvaers.places.municipalities import all_municipalities
from tvaers.places.tables import rows
from tvaers.places.travel import (
    PUBLIC_ACCESS_MINUTES,
    PUBLIC_FACTOR,
    Minutes,
    car_minutes,
    frozen,
    public_minutes,
    row_of,
)

DETOUR = 1.3
"""Roads are so much longer than the straight line; an assumption near the 1.32 that Ballou,
Rahardja and Sakai found for Germany ("Selected country circuity factors for road travel distance
estimation", Transportation Research Part A 36, 2002)."""
LOCAL_SPEED = 60
"""Kilometres an hour over such distances: country roads and the way through towns."""
MINUTES_A_KILOMETRE = DETOUR * 60 / LOCAL_SPEED
LEAST = 5
"""From door to door, also inside a postcode."""
EARTH_RADIUS = 6371


@dataclass(frozen=True, slots=True)
class Located:
    """Where the part of a postcode that lies in a municipality is."""

    municipality: str
    postcode: str
    latitude: float
    longitude: float


def refined_minutes(located: Sequence[Located]) -> tuple[Minutes, Minutes]:
    """Minutes by car and by public transport between the 98 municipalities and then `located`.

    The 98 × 98 first are those of `travel.py`; raises `KeyError` for an unknown municipality.
    """
    towns, count = _towns(), len(_towns())
    spots = np.concatenate([towns, points([(one.latitude, one.longitude) for one in located])])
    home = np.array([*range(count), *(row_of(one.municipality) for one in located)])
    ferry = np.array([*[0] * count, *(_ferries().get(one.postcode, 0) for one in located)])
    to_town = cdist(spots, towns)
    farther = np.maximum(to_town - to_town[home], 0) * MINUTES_A_KILOMETRE
    between = car_minutes()[np.ix_(home, home)] + farther[:, home] + farther[:, home].T
    inside = np.maximum(cdist(spots, spots) * MINUTES_A_KILOMETRE, LEAST)
    crossing = np.where(np.eye(len(spots), dtype=bool), 0, ferry[:, None] + ferry)
    car = np.where(home[:, None] == home, inside, between) + crossing
    car[:count, :count] = car_minutes()
    public = frozen(car) * PUBLIC_FACTOR + PUBLIC_ACCESS_MINUTES
    public[:count, :count] = public_minutes()
    return frozen(car), frozen(public)


def kilometres_from_town(municipality: str, latitude: float, longitude: float) -> float:
    """The straight line from a municipality's main town; raises `KeyError` for an unknown code."""
    town = _towns()[row_of(municipality)]
    return float(np.linalg.norm(points([(latitude, longitude)])[0] - town))


def points(degrees: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Latitudes and longitudes as points in space, in km: here a chord is as good as the arc."""
    north, east = np.radians(np.array(degrees, float).reshape(-1, 2)).T
    across = np.cos(north)
    return EARTH_RADIUS * np.stack(
        [across * np.cos(east), across * np.sin(east), np.sin(north)], axis=1
    )


@cache
def _towns() -> NDArray[np.float64]:
    return points([(fact.latitude, fact.longitude) for fact in all_municipalities()])


@cache
def _ferries() -> dict[str, int]:
    return {row["postcode"]: int(row["ferry"]) + int(row["wait"]) for row in rows("islands")}
