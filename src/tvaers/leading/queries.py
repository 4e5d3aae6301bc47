"""What pages and the daily mail read of what the lead shares, each in a fixed number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tvaers.circulation.models import Request
from tvaers.leading.deadlines import Delivery, Planned, deliveries
from tvaers.leading.models import PlannedDelivery, StatusNote
from tvaers.orders.models import CoLead, Order, Stage
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral

NOTES_SHOWN = 25


def offices_taking_part(order_id: int) -> frozenset[int]:
    """The offices that take part beside the lead's: co-leads, those that are asked, and those in
    the plan. One query.
    """
    here = (CoLead.objects, Request.objects.filter(withdrawn_at=None), PlannedDelivery.objects)
    first, *others = (rows.filter(order=order_id).values_list("office").order_by() for rows in here)
    return frozenset(office for (office,) in first.union(*others))


def notes_of(order_id: int) -> tuple[StatusNote, ...]:
    """The newest status notes of the order. One query."""
    rows = StatusNote.objects.filter(order=order_id).select_related("user", "office")
    return tuple(rows[:NOTES_SHOWN])


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The delivery plan of an order, the reader's office first, and what came of it.

    `presented` and `hired` are all people of the order; those whom a line counts are in it.
    """

    lines: tuple[Delivery, ...]
    presented: int
    hired: int

    @property
    def number(self) -> int:
        """How many are planned."""
        return sum(line.planned.number for line in self.lines)

    @property
    def late(self) -> int:
        """How many lines are late."""
        return sum(line.late for line in self.lines)

    @property
    def beside(self) -> int:
        """People presented by offices that are not in the plan."""
        return self.presented - sum(line.presented for line in self.lines)


def plan_of(order: Order, *, own: int, at: datetime) -> Plan:
    """The delivery plan at `at`, with the lines of the office `own` first. Two queries.

    A candidate counts for the home office, when presented to the company or hired.
    """
    counts = _delivered(order)
    lines = deliveries(
        (
            Planned(
                id=row.pk,
                office_id=row.office_id,
                office=row.office.name,
                number=row.number,
                due_on=row.due_on,
            )
            for row in order.planned_deliveries.select_related("office")
        ),
        presented={office: presented for office, presented, _hired in counts},
        hired={office: hired for office, _presented, hired in counts},
        at=at,
        awaited=order.stage != Stage.CLOSED and order.paused_at is None,
    )
    return Plan(
        lines=tuple(sorted(lines, key=lambda line: line.planned.office_id != own)),
        presented=sum(presented for _office, presented, _hired in counts),
        hired=sum(hired for _office, _presented, hired in counts),
    )


def _delivered(order: Order) -> list[tuple[int, int, int]]:
    """Home office, how many of its people were presented or hired, and how many hired."""
    hired = Q(state=State.HIRED)
    rows = Referral.objects.filter(Q(presented_at__isnull=False) | hired, order=order)
    counted = (
        rows.order_by()
        .values("home_office")
        .annotate(presented=Count("pk"), hired=Count("pk", filter=hired))
    )
    return list(counted.values_list("home_office", "presented", "hired"))


class Shared(StrEnum):
    """What a lead shares that the daily mail tells of."""

    NOTE = "NOTE"
    PLAN = "PLAN"


@dataclass(frozen=True, kw_only=True)
class SharedNews:
    """An order on which a lead has shared something."""

    what: Shared
    order_id: int
    title: str
    company: str


def shared_with(
    user_id: int, office_ids: Collection[int], *, since: datetime, until: datetime
) -> tuple[SharedNews, ...]:
    """What others shared from `since` until just before `until` with who leads, and with everyone
    at the offices that take part; each kind once an order. A plan is news to those who are in it.

    Two queries.
    """
    notes = StatusNote.objects.filter(written_at__gte=since, written_at__lt=until)
    planned = PlannedDelivery.objects.filter(
        planned_at__gte=since, planned_at__lt=until, office__in=office_ids
    )
    theirs = _with(notes.exclude(user=user_id), user_id, office_ids).order_by("written_at")
    not_mine = planned.exclude(order__lead=user_id).order_by("planned_at")
    found = chain(_news(Shared.NOTE, theirs), _news(Shared.PLAN, not_mine))
    return tuple(dict.fromkeys(found))


def _with(
    rows: QuerySet[StatusNote], user_id: int, office_ids: Collection[int]
) -> QuerySet[StatusNote]:
    """Those of the rows on whose orders the user leads, or an office takes part."""
    there = {"order": OuterRef("order"), "office__in": office_ids}
    asked = Request.objects.filter(**there, withdrawn_at=None)
    planned = PlannedDelivery.objects.filter(**there)
    co_leads = CoLead.objects.filter(order=OuterRef("order"), user=user_id)
    leads = Q(order__lead=user_id) | Q(order__deputy=user_id) | Exists(co_leads)
    return rows.filter(leads | Exists(asked) | Exists(planned))


def _news(
    what: Shared, rows: QuerySet[StatusNote] | QuerySet[PlannedDelivery]
) -> Iterable[SharedNews]:
    for order_id, title, company in rows.values_list(
        "order", "order__title", "order__company__name"
    ):
        yield SharedNews(what=what, order_id=order_id, title=title, company=company)
