"""After the faults: everything runs, and the clock goes to where what is due must have happened."""

import http.client
import time as stopwatch
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import connection, connections
from procrastinate.exceptions import AlreadyEnqueued

from tests.faults.processes import Installation, until
from tvaers.circulation.deadlines import reminder
from tvaers.circulation.models import Request
from tvaers.core.working_days import COPENHAGEN, danish_date
from tvaers.jobs import tasks
from tvaers.messages.models import Message
from tvaers.orders.models import Stage
from tvaers.reporting.digest import readers_of_digests

MORNING = time(7, 30)
SEND_WITHIN = 600.0
"""Seconds for all mail that was left: a worker sends at most 500 in ten seconds."""


@dataclass(frozen=True)
class Due:
    """A morning, and the keys of the messages that must have been put in the outbox by then.

    A reminder's key is told without the day at its end.
    """

    at: datetime
    reminders: frozenset[str]
    digests: frozenset[str]
    unsent: int = 0


def settle(house: Installation) -> Due:
    """Let the worker do what is due on a morning when requests are about to be late, twice over,
    and then send all mail. Returns what must have happened."""
    connections.close_all()
    due = _due(after=_now(house))
    _work_at(house, due.at)
    for _again in range(2):
        for job in [_deferred(task) for task in (tasks.reminders, tasks.digests)]:
            until(partial(_is_done, job), "a job is not done")
    _work_at(house, due.at + timedelta(days=3))
    end = stopwatch.monotonic() + SEND_WITHIN
    while (unsent := _unsent()) and stopwatch.monotonic() < end:
        stopwatch.sleep(1)
    return Due(due.at, due.reminders, due.digests, unsent)


def is_ready(house: Installation) -> bool:
    """Are the pages ready, and the database with them?"""
    door = http.client.HTTPConnection("127.0.0.1", house.web_port, timeout=5)
    try:
        door.request("GET", "/klar/")
        return door.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        door.close()


def _now(house: Installation) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=house.clock)


def _due(*, after: datetime) -> Due:
    """The morning to come with most reminders, those reminders, and that morning's digests."""
    waiting = list(
        Request.objects.filter(
            answered_at=None, withdrawn_at=None, order__paused_at=None, due_at__gt=after
        ).exclude(order__stage=Stage.CLOSED)
    )
    days = {danish_date(one.due_at) for one in waiting}
    mornings = [datetime.combine(day, MORNING, COPENHAGEN) for day in days]

    def reminded(at: datetime) -> frozenset[str]:
        found = ((one.pk, reminder(one, at=at)) for one in waiting)
        return frozenset(f"request-due:{pk}:{hours}" for pk, hours in found if hours)

    tomorrow = datetime.combine(danish_date(after) + timedelta(days=1), MORNING, COPENHAGEN)
    coming = [one for one in mornings if one > after]
    at = max(coming, key=lambda one: len(reminded(one)), default=tomorrow)
    readers = readers_of_digests(at)
    return Due(at, reminded(at), frozenset(f"digest:{pk}:{at.date()}" for pk in readers))


def _work_at(house: Installation, at: datetime) -> None:
    house.jump((at - _now(house)).total_seconds(), also_pages=False)


def _deferred(task: Any) -> int:
    """The number of a job of the task, now or when the one that waits has begun."""
    while True:
        try:
            number: int = task.defer(timestamp=0)
        except AlreadyEnqueued:
            stopwatch.sleep(0.2)
        else:
            return number


def _is_done(job: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select from procrastinate_jobs where id = %s and status in ('todo', 'doing')", [job]
        )
        return cursor.fetchone() is None


def _unsent() -> int:
    return Message.objects.filter(next_try_at__isnull=False).count()
