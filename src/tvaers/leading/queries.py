"""What pages and the daily mail read of what the lead shares, each in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from tvaers.circulation.models import Request
from tvaers.leading.models import StatusNote
from tvaers.orders.models import CoLead

NOTES_SHOWN = 25


def offices_taking_part(order_id: int) -> frozenset[int]:
    """The offices that take part beside the lead's: co-leads, and those that are asked.

    One query.
    """
    co_leads = CoLead.objects.filter(order=order_id).values_list("office")
    asked = Request.objects.filter(order=order_id, withdrawn_at=None).values_list("office")
    return frozenset(office for (office,) in co_leads.union(asked))


def notes_of(order_id: int) -> tuple[StatusNote, ...]:
    """The newest status notes of the order. One query."""
    rows = StatusNote.objects.filter(order=order_id).select_related("user", "office")
    return tuple(rows[:NOTES_SHOWN])


@dataclass(frozen=True, kw_only=True)
class SharedNews:
    """An order on which someone has shared something, and for which office."""

    title: str
    company: str
    office: str


def shared_with(
    user_id: int, office_ids: Collection[int], *, since: datetime, until: datetime
) -> tuple[SharedNews, ...]:
    """What others shared from `since` until just before `until` with who leads, and with everyone
    at the offices that are asked; each order once. One query.
    """
    asked = Request.objects.filter(
        order=OuterRef("order"), office__in=office_ids, withdrawn_at=None
    )
    co_leads = CoLead.objects.filter(order=OuterRef("order"), user=user_id)
    rows = (
        StatusNote.objects.filter(written_at__gte=since, written_at__lt=until)
        .exclude(user=user_id)
        .filter(
            Q(order__lead=user_id) | Q(order__deputy=user_id) | Exists(asked) | Exists(co_leads)
        )
        .order_by("written_at", "id")
        .values_list("order", "order__title", "order__company__name", "office__name")
    )
    newest = {order: (title, company, office) for order, title, company, office in rows}
    return tuple(
        SharedNews(title=title, company=company, office=office)
        for title, company, office in newest.values()
    )
