"""How the house is doing right now, for those who run it: counts and ages, nothing about people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from tvaers.circulation.models import Answer, Request
from tvaers.messages.models import Message

ANSWERS_OF = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Answers are the valid ones of the last 28 days. The outbox's age, in seconds, is that of the
    oldest message whose next try is due; 0 when none is.
    """

    answers_in_time: int
    answers_late: int
    requests_waiting: int
    requests_overdue: int
    outbox_waiting: int
    outbox_age_seconds: float
    outbox_given_up: int
    jobs: dict[str, int]


def pulse(*, at: datetime) -> Pulse:
    """The figures at a moment. Four queries."""
    answers = Answer.objects.filter(
        replaced_at__isnull=True, answered_at__gt=at - ANSWERS_OF
    ).aggregate(
        too_late=Count("pk", filter=Q(late=True)), in_time=Count("pk", filter=Q(late=False))
    )
    requests = (
        Request.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
        .exclude(order__stage="CLOSED")
        .aggregate(all=Count("pk"), overdue=Count("pk", filter=Q(due_at__lte=at)))
    )
    outbox = Message.objects.aggregate(
        waiting=Count("pk", filter=Q(next_try_at__isnull=False)),
        given_up=Count("pk", filter=Q(failed_at__isnull=False)),
        oldest=Min("created_at", filter=Q(next_try_at__lte=at)),
    )
    jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing", "failed"])
    counts = dict(jobs.order_by().values_list("status").annotate(Count("pk")))
    return Pulse(
        answers_in_time=answers["in_time"],
        answers_late=answers["too_late"],
        requests_waiting=requests["all"] - requests["overdue"],
        requests_overdue=requests["overdue"],
        outbox_waiting=outbox["waiting"],
        outbox_age_seconds=(at - outbox["oldest"]).total_seconds() if outbox["oldest"] else 0.0,
        outbox_given_up=outbox["given_up"],
        jobs={status: counts.get(status, 0) for status in ("todo", "doing", "failed")},
    )
