"""An order as a question to the engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tvaers.matching.engine.rows import (
    EmploymentKind,
    Ordering,
    Query,
    Requirement,
    TravelLimit,
    Weights,
    place,
)
from tvaers.orders.models import Order
from tvaers.orders.models import Requirement as OrderRequirement
from tvaers.taxonomy.alternatives import days_to_learn, met_by
from tvaers.taxonomy.in_use import taxonomy_in_use


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a consultant may change for one search; `extra` are concepts that must be met too.

    Only `extra` narrows a search, so that it is no evidence for coverage (R6 b).
    """

    weights: Weights = field(default_factory=Weights)
    ordering: Ordering = Ordering.FIT
    travel_limit: TravelLimit = TravelLimit.OWN
    extra: tuple[int, ...] = ()

    @property
    def narrows(self) -> bool:
        return bool(self.extra)

    def as_json(self) -> dict[str, Any]:
        return {
            "weights": self.weights.as_tuple(),
            "ordering": str(self.ordering),
            "travel_limit": str(self.travel_limit),
            "extra": list(self.extra),
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Settings":
        return Settings(
            weights=Weights(*stored["weights"]),
            ordering=Ordering(stored["ordering"]),
            travel_limit=TravelLimit(stored["travel_limit"]),
            extra=tuple(stored["extra"]),
        )


def requirements_of(order: Order, version: int | None = None) -> list[OrderRequirement]:
    """The order's requirements as they were in `version` (default: now). One query."""
    version = version or order.requirements_version
    rows = order.requirements.filter(from_version__lte=version)
    return [row for row in rows if row.to_version is None or row.to_version > version]


def query_of(
    order: Order,
    requirements: Sequence[OrderRequirement],
    *,
    workplaces: Iterable[tuple[str, str]],
    day: date,
    settings: Settings | None = None,
) -> Query:
    """The engine's question for `order`; requirements without a concept cannot be searched for.

    `workplaces` are (municipality, postcode or "").
    The occupation is a must: who neither wants nor has had it, or one that does as well, or a
    neighbour, is no hit.
    A start that has come is no start any more: the company wants someone as soon as possible.
    """
    settings, taxonomy = settings or Settings(), taxonomy_in_use()
    asked = [
        _asked((row.concept, *row.either), row.must, row.kind, row.years)
        for row in requirements
        if row.concept is not None
    ]
    asked += [_asked((one,), True, taxonomy.concept(one).kind, 0) for one in settings.extra]
    works = (order.occupation, *order.other_occupations) if order.occupation else ()
    occupation = met_by(works, taxonomy)
    return Query(
        today=day.toordinal(),
        occupation=occupation,
        occupation_years=order.occupation_years,
        occupation_must=bool(occupation),
        requirements=tuple(asked),
        workplaces=_places(workplaces),
        start=order.starts_on.toordinal() if order.starts_on and order.starts_on > day else 0,
        hours=(order.hours_min, order.hours_max),
        kind=EmploymentKind(order.kinds),
        travel_limit=settings.travel_limit,
        weights=settings.weights,
        ordering=settings.ordering,
        salt=order.public_id.int & 0x7FFF_FFFF_FFFF_FFFF,
    )


def _places(workplaces: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(sorted({place(int(code), int(postcode or 0)) for code, postcode in workplaces}))


def searchable(requirements: Sequence[OrderRequirement]) -> list[OrderRequirement]:
    """The requirements in the order of the query's bits."""
    return [row for row in requirements if row.concept is not None]


def _asked(concepts: Sequence[int], must: bool, kind: str, years: int) -> Requirement:
    """A requirement that any of `concepts` meets; the first gives it its name."""
    taxonomy = taxonomy_in_use()
    return Requirement(
        concept=concepts[0],
        must=must,
        kind=kind.lower(),
        satisfied_by=met_by(concepts, taxonomy),
        years=years,
        trainable_days=days_to_learn(concepts, taxonomy),
    )
