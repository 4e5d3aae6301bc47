"""What the daily mail tells of what the lead shares: each thing once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from tvaers.circulation.models import Request
from tvaers.leading.models import Evaluation, NextStep, PlannedDelivery, StatusNote
from tvaers.orders.models import CoLead

R = TypeVar("R", StatusNote, Evaluation)


class Shared(StrEnum):
    """What a lead shares that the daily mail tells of."""

    NOTE = "NOTE"
    PLAN = "PLAN"
    STEP = "STEP"
    EVALUATION = "EVALUATION"


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
    """What leads shared from `since` until just before `until`, each kind once an order.

    A status and the company's evaluation go to the other leads, and to everyone at the offices that
    take part; a place in the plan and a step to do go to the office they are for. Four queries.
    """
    notes = StatusNote.objects.filter(written_at__gte=since, written_at__lt=until)
    planned = PlannedDelivery.objects.filter(planned_at__gte=since, planned_at__lt=until)
    steps = NextStep.objects.filter(written_at__gte=since, written_at__lt=until, done_at=None)
    said = Evaluation.objects.filter(written_at__gte=since, written_at__lt=until)
    theirs = Q(office__in=office_ids) & ~Q(order__lead=user_id)
    for_me = Q(user=None) | Q(user=user_id)
    found = chain(
        _news(Shared.NOTE, _with(notes, user_id, office_ids).exclude(user=user_id)),
        _news(Shared.PLAN, planned.filter(theirs)),
        _news(Shared.STEP, steps.filter(theirs, for_me)),
        _news(Shared.EVALUATION, _with(said, user_id, office_ids).exclude(user=user_id)),
    )
    return tuple(dict.fromkeys(found))


def _with(rows: QuerySet[R], user_id: int, office_ids: Collection[int]) -> QuerySet[R]:
    """Those of the rows on whose orders the user leads, or an office takes part."""
    there: dict[str, Any] = {"order": OuterRef("order"), "office__in": office_ids}
    takes_part = (
        Exists(Request.objects.filter(**there, withdrawn_at=None))
        | Exists(PlannedDelivery.objects.filter(**there))
        | Exists(NextStep.objects.filter(**there))
    )
    co_leads = CoLead.objects.filter(order=OuterRef("order"), user=user_id)
    leads = Q(order__lead=user_id) | Q(order__deputy=user_id) | Exists(co_leads)
    return rows.filter(leads | takes_part)


def _news(what: Shared, rows: QuerySet[Any, Any]) -> Iterable[SharedNews]:
    told = ("order", "order__title", "order__company__name")
    for order_id, title, company in rows.order_by("pk").values_list(*told):
        yield SharedNews(what=what, order_id=order_id, title=title, company=company)
