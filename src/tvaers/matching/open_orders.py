"""The open orders that people may be proposed for, as questions to the engine, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, QuerySet

from tvaers.candidates.models import Profile
from tvaers.matching.asked import Hit, hit_of
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_feed import current_index
from tvaers.matching.order_query import query_of, searchable
from tvaers.network.models import LadderStep
from tvaers.network.queries import responsibilities
from tvaers.orders.models import Order, OrderWorkplace, Requirement
from tvaers.places.municipalities import all_municipalities


@dataclass(frozen=True)
class OpenOrder:
    """An order that wants people, its question, and the requirements behind the query's bits."""

    order: Order
    requirements: tuple[Requirement, ...]
    query: Query

    @property
    def says_enough(self) -> bool:
        """Whether anything but place and time tells who fits; else everybody near would."""
        return self.query.occupation_must or any(row.must for row in self.query.requirements)


def open_orders(day: date) -> tuple[OpenOrder, ...]:
    """Orders with an opening free, not paused, of companies not in conflict (R15). Four queries."""
    return asking(
        Order.objects.open().filter(
            paused_at__isnull=True, company__in_conflict=False, hired__lt=F("openings")
        ),
        day,
    )


def asking(orders: QuerySet[Order], day: date) -> tuple[OpenOrder, ...]:
    """The orders as questions of `day`, the oldest first. Four queries."""
    rows = (
        orders.select_related("scheme", "company")
        .prefetch_related(
            Prefetch("requirements", Requirement.objects.filter(to_version__isnull=True)),
            Prefetch("places", OrderWorkplace.objects.select_related("workplace")),
            "co_leads",
        )
        .order_by("received_at", "id")
    )
    return tuple(_asking(order, day) for order in rows)


def _asking(order: Order, day: date) -> OpenOrder:
    requirements = list(order.requirements.all())
    workplaces = [
        (place.workplace.municipality_id, place.workplace.postcode) for place in order.places.all()
    ]
    return OpenOrder(
        order,
        tuple(searchable(requirements)),
        query_of(order, requirements, workplaces=workplaces, day=day),
    )


@dataclass(frozen=True)
class FittingOrder:
    """An open order that a person fits: the order, and the person beside it."""

    order: Order
    hit: Hit


def fitting_orders(profile: Profile, *, day: date) -> tuple[FittingOrder, ...]:
    """The open orders whose hits the person is among, nearest first. Five queries.

    The same rule as a search over the whole country, read from the person's side. Who can be
    found by nobody fits nothing (R12).
    """
    asking = [row for row in open_orders(day) if row.says_enough]
    index = current_index(day)
    explained = [(row, index.explain(row.query, profile.pk)) for row in asking]
    fitting = [
        FittingOrder(row.order, hit_of(profile, why, row.requirements, name="", day=day))
        for row, why in explained
        if not why.reasons
    ]
    return tuple(sorted(fitting, key=_nearest))


def _nearest(row: FittingOrder) -> tuple[bool, int, int, int]:
    minutes = row.hit.travel_minutes
    return minutes is None, minutes or 0, -row.hit.fit, row.order.pk


def scopes(orders: Sequence[Order], day: date) -> dict[int, frozenset[int] | None]:
    """The municipalities of the step of the ladder on which each order stands (R8); None = all.

    An office that answers for no municipality begins with its orders' whole area. One query.
    """
    served = responsibilities({order.lead_office_id for order in orders}, day)
    return {order.pk: _scope(order, served[order.lead_office_id]) for order in orders}


def _scope(order: Order, own: Sequence[str]) -> frozenset[int] | None:
    if order.ladder_step == LadderStep.NATION:
        return None
    near = {*own, *order.area_municipalities}
    if order.ladder_step == LadderStep.OWN:
        codes = set(own) or near
    elif order.ladder_step == LadderStep.ALLIANCE:
        codes = near
    else:
        parts = {fact.part for fact in all_municipalities() if fact.code in near}
        codes = {fact.code for fact in all_municipalities() if fact.part in parts}
    return frozenset(int(code) for code in codes)
