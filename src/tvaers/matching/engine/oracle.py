"""The slow, obvious search: each person through the rule, then sorted. The engine must equal it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from tvaers.matching.engine import rule
from tvaers.matching.engine.answers import Explanation, Reason, Result
from tvaers.matching.engine.rows import Person, Query, TravelTable

Scope = Collection[int] | None


@dataclass(frozen=True)
class Oracle:
    """The same questions as `Index`, over a plain list."""

    people: Sequence[Person]
    travel: TravelTable

    def search(self, query: Query, scope: Scope = None, k: int = 100, offset: int = 0) -> Result:
        """The hits, best first."""
        return self._page(query, scope, k, offset, lambda why: not why.reasons)

    def near_misses(
        self, query: Query, scope: Scope = None, k: int = 100, offset: int = 0
    ) -> Result:
        """People whom exactly one trainable must requirement keeps out."""
        return self._page(query, scope, k, offset, lambda why: lacking(query, why) is not None)

    def all_ids(self, query: Query, scope: Scope = None) -> list[int]:
        """Every hit, by id."""
        everyone = (self._explain(query, person, scope) for person in self.people)
        return sorted(why.person for why in everyone if not why.reasons)

    def explain(self, query: Query, person_id: int) -> Explanation:
        """The rule for one person."""
        person = next(person for person in self.people if person.id == person_id)
        return rule.explain(query, person, self.travel)

    def _explain(self, query: Query, person: Person, scope: Scope) -> Explanation:
        in_scope = scope is None or person.municipality in scope
        return rule.explain(query, person, self.travel, in_scope=in_scope)

    def _page(
        self,
        query: Query,
        scope: Scope,
        k: int,
        offset: int,
        wanted: Callable[[Explanation], bool],
    ) -> Result:
        everyone = [(person, self._explain(query, person, scope)) for person in self.people]
        found = [(person, why) for person, why in everyone if wanted(why)]
        found.sort(key=lambda pair: rule.place(query, *pair))
        page = [why for _, why in found[offset : offset + k]]
        out = Counter(why.reasons[0] for _, why in everyone if why.reasons and not wanted(why))
        lacks = Counter(n for _, why in found if (n := lacking(query, why)) is not None)
        return Result(
            ids=np.array([why.person for why in page], np.int64),
            fit=np.array([why.fit for why in page], np.int64),
            met=np.array([_bits(why, met=True) for why in page], np.uint64),
            unmet=np.array([_bits(why, met=False) for why in page], np.uint64),
            travel=np.array([why.travel for why in page], np.int64),
            ready=np.array([why.ready for why in page], np.int64),
            total=len(found),
            excluded={reason: out[reason] for reason in Reason},
            by_municipality=dict(Counter(person.municipality for person, _ in found)),
            lacking=dict(lacks),
        )


def lacking(query: Query, why: Explanation) -> int | None:
    """The number of the one trainable must requirement that alone keeps the person out."""
    if why.reasons != (Reason.MUST,):
        return None
    if query.occupation_must and query.occupation and not why.occupation_met:
        return None
    unmet = [score.number for score in why.requirements if score.must and not score.met]
    if len(unmet) != 1 or query.requirements[unmet[0]].trainable_days is None:
        return None
    return unmet[0]


def _bits(why: Explanation, *, met: bool) -> int:
    return sum(1 << score.number for score in why.requirements if score.met is met)
