"""Reminding the offices whose answers are about to be late."""

from datetime import datetime, timedelta

from tvaers.circulation import notices
from tvaers.circulation.deadlines import REMINDERS, reminder
from tvaers.circulation.models import Request
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders.models import Stage


@change
def remind(*, by: Actor, at: datetime) -> int:
    """Put the reminders that it is time for in the outbox; returns for how many requests.

    Each office is reminded once at each time, however often this runs. An order that the company
    paused reminds nobody. One query and one statement a kind of row.
    """
    soon = Request.objects.filter(
        due_at__gt=at,
        due_at__lte=at + timedelta(hours=max(REMINDERS)),
        answered_at__isnull=True,
        withdrawn_at__isnull=True,
        order__paused_at__isnull=True,
    ).exclude(order__stage=Stage.CLOSED)
    due = [(request, hours) for request in soon if (hours := reminder(request, at=at))]
    if due:
        notices.about_to_be_late(due, by=by, at=at)
    return len(due)
