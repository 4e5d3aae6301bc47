"""What one person is told once a day: everything that is not worth a mail of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from tvaers.accounts.access import Verb, may
from tvaers.accounts.models import Appointment
from tvaers.accounts.readers import offices_of, reader_for
from tvaers.circulation.models import Answer, Request
from tvaers.core.working_days import danish_date
from tvaers.leading.news import SharedNews, shared_with
from tvaers.network.models import Office
from tvaers.orders.models import Order, Stage
from tvaers.reporting.tasks import Task, my_tasks


@dataclass(frozen=True, kw_only=True)
class OrderNews:
    """An order the person leads, to which answers came: how many have answered of those asked."""

    order_id: int
    title: str
    company: str
    answered: int
    asked: int


@dataclass(frozen=True, kw_only=True)
class PauseNews:
    """An order that has been paused, so that the person's office is to stop."""

    title: str
    company: str


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What waits, the most urgent first, where answers came since the last one, which orders
    have been paused while the offices' answers were awaited, and what the leads have shared."""

    tasks: tuple[Task, ...]
    answered: tuple[OrderNews, ...]
    paused: tuple[PauseNews, ...] = ()
    shared: tuple[SharedNews, ...] = ()


def digest_of(
    user_id: int, *, since: datetime, at: datetime, until: datetime | None = None
) -> Digest | None:
    """The person's digest over all offices they work at; None when there is nothing to tell.

    What the leads shared is told from `since` until `until`, or `at`: spans that meet tell each
    thing once. Seven queries, and those of `my_tasks` and one for each office.
    """
    day = danish_date(at)
    readers = [
        reader
        for office in offices_of(user_id, day)
        if (reader := reader_for(user_id, office.office_id, day))
    ]
    found = {
        (task.kind, task.place, task.id, task.facts.get("step_id")): task
        for reader in readers
        for task in my_tasks(reader, at=at)
    }
    tasks = sorted(found.values(), key=lambda task: (task.due_at is None, task.due_at or at))
    answered = _answered(user_id, since=since)
    paused = _paused([r.office_id for r in readers if may(r, Verb.ANSWER)], since=since)
    offices = [reader.office_id for reader in readers if may(reader, Verb.SEE_ORDERS)]
    shared = shared_with(user_id, offices, since=since, until=until or at)
    if not tasks and not answered and not paused and not shared:
        return None
    return Digest(tasks=tuple(tasks), answered=answered, paused=paused, shared=shared)


def _paused(office_ids: Collection[int], *, since: datetime) -> tuple[PauseNews, ...]:
    waiting = Request.objects.filter(
        office__in=office_ids,
        answered_at__isnull=True,
        withdrawn_at__isnull=True,
        order__paused_at__gte=since,
    )
    orders = Order.objects.open().filter(pk__in=waiting.values("order"))
    rows = orders.order_by("paused_at", "id").values_list("title", "company__name")
    return tuple(PauseNews(title=title, company=company) for title, company in rows)


def _answered(user_id: int, *, since: datetime) -> tuple[OrderNews, ...]:
    news = Answer.objects.filter(answered_at__gte=since, replaced_at__isnull=True)
    orders = (
        Order.objects.filter(
            Q(lead=user_id) | Q(deputy=user_id) | Q(co_leads__user=user_id),
            pk__in=news.values("request__order"),
        )
        .exclude(stage=Stage.CLOSED)
        .annotate(
            asked=Count("requests__office", Q(requests__withdrawn_at__isnull=True), distinct=True),
            answered=Count(
                "requests__office", Q(requests__answered_at__isnull=False), distinct=True
            ),
        )
        .select_related("company")
        .order_by("received_at", "id")
    )
    return tuple(
        OrderNews(
            order_id=order.pk,
            title=order.title,
            company=order.company.name,
            answered=order.answered,
            asked=order.asked,
        )
        for order in orders
    )


def readers_of_digests(day_at: datetime) -> Collection[int]:
    """The users who work somewhere on the day, whom a digest may concern. One query."""
    day = danish_date(day_at)
    held = Appointment.objects.on(day).filter(
        user__is_active=True, office__in=Office.objects.on(day)
    )
    return list(held.order_by("user_id").values_list("user_id", flat=True).distinct())
