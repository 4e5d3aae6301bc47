"""What pages and the daily mail read of what the lead shares, each in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from tvaers.circulation.models import Request
from tvaers.leading.deadlines import Delivery, Planned, deliveries
from tvaers.leading.models import Evaluation, NextStep, PlannedDelivery, StatusNote
from tvaers.orders.models import CoLead, Order, Stage
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral

NOTES_SHOWN = 25


def offices_taking_part(order_id: int) -> frozenset[int]:
    """The offices that take part beside the lead's: co-leads, those that are asked, and those with
    a part in the plan or a step to do. One query.
    """
    here = (
        CoLead.objects,
        Request.objects.filter(withdrawn_at=None),
        PlannedDelivery.objects,
        NextStep.objects,
    )
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


def evaluation_of(order_id: int) -> Evaluation | None:
    """What the company said when the order was over, if it is written down. One query."""
    return Evaluation.objects.filter(order=order_id).select_related("user", "office").first()


def steps_of(order_id: int) -> tuple[NextStep, ...]:
    """The steps of an order, what is to be done first by its day, then what is done. One query."""
    rows = NextStep.objects.filter(order=order_id)
    return tuple(rows.select_related("office", "user", "done_by"))


def steps_waiting(*, office_id: int, user_id: int, until: date) -> QuerySet[NextStep]:
    """What the office, or the user there, has to do by the end of `until`."""
    rows = NextStep.objects.filter(
        Q(user=None) | Q(user=user_id), office=office_id, done_at=None, due_on__lte=until
    )
    return rows.select_related("order__company")
