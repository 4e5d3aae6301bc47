"""Ways to look at a part of the hits, each with how many it leaves. No Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tvaers.matching.engine.answers import Facts

Mask = NDArray[np.bool_]

MINUTES = (30, 45, 60)
"""Travel times to choose between, in minutes one way."""
WAITS = (0, 14, 30)
"""Days until a person can start, to choose between; 0 = now."""
CV_AGES = (30, 90)
"""Ages of a CV to choose between, in days."""


class Group(StrEnum):
    """What the hits can be told apart by. One value of each may be chosen; all must hold."""

    STATE = "STATE"
    HAS = "HAS"
    TRAVEL = "TRAVEL"
    READY = "READY"
    CV = "CV"
    PLACE = "PLACE"


class State(StrEnum):
    """Where a hit stands: no outcome yet, meets the nice requirements too, new since last seen."""

    OPEN = "open"
    ALL_MET = "all_met"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a group, and how many hits it leaves beside what is chosen in other groups."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, eq=False)
class Facets:
    """The hits in their order, and per group and value which of them it leaves.

    Counts are of all hits, never of a sample. A chosen value that does not exist is ignored.
    """

    present: Mask
    masks: Mapping[Group, Mapping[str, Mask]]
    chosen: Mapping[Group, str]

    def shown(self) -> NDArray[np.int64]:
        """The places (from 0) of the hits that everything chosen leaves."""
        return np.flatnonzero(self._left(self.chosen))

    def choices(self, group: Group) -> tuple[Choice, ...]:
        """The values of a group with their counts, in the order they were given."""
        others = self._left(other for other in self.chosen if other is not group)
        return tuple(
            Choice(value, int((others & mask).sum()), self.chosen.get(group) == value)
            for value, mask in self.masks.get(group, {}).items()
        )

    def _left(self, groups: Iterable[Group]) -> Mask:
        chosen = [self.masks.get(group, {}).get(self.chosen[group]) for group in groups]
        return reduce(np.logical_and, [mask for mask in chosen if mask is not None], self.present)


def facets(
    hits: NDArray[np.int64],
    facts: Facts,
    *,
    today: int,
    asked: int,
    requirements: Mapping[str, int],
    states: Mapping[str, Mask],
    places: Mapping[str, Mask],
    chosen: Mapping[Group, str],
) -> Facets:
    """Facets of `hits` by their `facts`; who is not among the facts has been erased since.

    `asked` is how many requirements the query has, and `requirements` value → bit of those to
    choose by; `states` and `places` are masks over the hits. `State.ALL_MET` is added here.
    """
    at = np.searchsorted(facts.ids, hits).clip(0, max(len(facts.ids) - 1, 0))
    present = facts.ids[at] == hits if len(facts.ids) else np.zeros(len(hits), np.bool_)

    def told(values: NDArray[Any]) -> NDArray[Any]:
        return values[at] if len(values) else np.zeros(len(hits), values.dtype)

    met, travel, wait = told(facts.met), told(facts.travel), told(facts.ready) - today
    age = today - told(facts.cv_updated)
    masks: dict[Group, Mapping[str, Mask]] = {
        Group.STATE: {State.ALL_MET: met == np.uint64((1 << asked) - 1), **states},
        Group.HAS: {
            value: (met >> np.uint64(bit)) & np.uint64(1) == 1
            for value, bit in requirements.items()
        },
        Group.TRAVEL: {str(most): (travel >= 0) & (travel <= most) for most in MINUTES},
        Group.READY: {str(days): wait <= days for days in WAITS},
        Group.CV: {str(days): age <= days for days in CV_AGES},
        Group.PLACE: dict(places),
    }
    return Facets(present, masks, chosen)
