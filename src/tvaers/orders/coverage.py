"""Which municipalities are covered for an order, and by what (R6)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from tvaers.orders.lifecycle import Said, Subject
from tvaers.orders.models import CompanyWord, Evidence, EvidenceKind, Order


@dataclass(frozen=True)
class CoveredBy:
    """The newest evidence that covers a municipality. `data_at` is set for a search."""

    kind: EvidenceKind
    evidence_id: int
    made_at: datetime
    data_at: datetime | None


@dataclass(frozen=True)
class Coverage:
    """What is covered today, in the area and beyond it, and what of the area is missing."""

    area: tuple[str, ...]
    covered: dict[str, CoveredBy]

    @property
    def missing(self) -> tuple[str, ...]:
        """The municipalities of the order's area that nothing covers."""
        return self.missing_of(self.area)

    def missing_of(self, municipalities: Iterable[str]) -> tuple[str, ...]:
        """Those of `municipalities` that nothing covers, in order of their codes."""
        return tuple(sorted(set(municipalities) - set(self.covered)))


def coverage(order_id: int) -> Coverage:
    """The coverage of an order by its number. Two queries."""
    return coverage_of(Order.objects.select_related("service_level").get(pk=order_id))


def coverage_of(order: Order) -> Coverage:
    """What covers the order today; the database's `tvaers_uncovered` agrees.

    One query, and one for the service level where it is not loaded.
    """
    valid = Evidence.objects.filter(
        order=order,
        revoked_at__isnull=True,
        requirements_version__gte=order.covered_from_version,
    )
    if order.service_level.answers_everywhere:
        valid = valid.filter(kind=EvidenceKind.ANSWER)
    covered: dict[str, CoveredBy] = {}
    for row in valid.order_by("made_at", "id"):
        by = CoveredBy(EvidenceKind(row.kind), row.pk, row.made_at, row.data_at)
        covered |= dict.fromkeys(row.municipalities, by)
    return Coverage(area=tuple(sorted(order.area_municipalities)), covered=covered)


def covered_counts(order_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Per order how many municipalities of its area are covered today, and of how many.

    Two queries.
    """
    orders = Order.objects.select_related("service_level").filter(pk__in=order_ids)
    covered = covered_municipalities(orders)
    return {
        order.pk: (
            len(covered[order.pk].intersection(order.area_municipalities)),
            len(order.area_municipalities),
        )
        for order in orders
    }


def covered_municipalities(orders: Iterable[Order]) -> dict[int, set[str]]:
    """Per order, which have their service levels loaded, what is covered today. One query."""
    by_id = {order.pk: order for order in orders}
    covered: dict[int, set[str]] = {order_id: set() for order_id in by_id}
    for row in Evidence.objects.filter(order__in=by_id, revoked_at__isnull=True):
        order = by_id[row.order_id]
        counts = row.kind == EvidenceKind.ANSWER or not order.service_level.answers_everywhere
        if counts and row.requirements_version >= order.covered_from_version:
            covered[row.order_id].update(row.municipalities)
    return covered


def said_of(order: Order) -> Said:
    """The company's words that count at a closing (R7). One query."""
    return said_in(order, CompanyWord.objects.filter(order=order))


def said_in(order: Order, words: Iterable[CompanyWord]) -> Said:
    """What the words on an order say together; those spent on an earlier closing say nothing of
    openings any more."""
    sums: Counter[str] = Counter()
    for word in words:
        sums[word.subject] += word.openings if word.pk > order.settled_words_to else 0
    return Said(
        filled_by_company=sums[Subject.FILLED_BY_COMPANY],
        withdrawn=sums[Subject.WITHDRAWN],
        other_solution=sums[Subject.OTHER_SOLUTION],
        not_wider=Subject.NOT_WIDER in sums,
    )
