"""The figures for those who run the house."""

from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests.circulation.factories import an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE, SOLROED
from tvaers.circulation import operations as circulation
from tvaers.messages.models import Message
from tvaers.reporting.pulse import pulse

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_quiet_house() -> None:
    now = pulse(at=MONDAY)
    figures = [value for name, value in vars(now).items() if name != "jobs"]
    assert not any(figures)
    assert now.jobs == {"todo": 0, "doing": 0, "failed": 0}


def test_answers_requests_and_the_outbox_are_counted() -> None:
    region = sjaelland()
    order = an_order(region.lead)
    Message.objects.all().delete()
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in (GREVE, SOLROED, ROSKILDE)],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    asked = {request.municipalities[0]: request.pk for request in sent.requests.all()}
    nobody: dict[str, Any] = {"kind": "NOBODY", "reason": "NO_HITS"}
    for code, at in ((GREVE, MONDAY + DAY), (SOLROED, MONDAY + 3 * DAY)):
        by = region.consultant(code).actor
        circulation.answer(request_id=asked[code], by=by, at=at, **nobody)
    before, after = pulse(at=MONDAY + DAY), pulse(at=MONDAY + 3 * DAY)
    assert (before.requests_waiting, before.requests_overdue) == (1, 0)
    assert (after.requests_waiting, after.requests_overdue) == (0, 1)
    assert (after.answers_in_time, after.answers_late) == (1, 1)
    assert after.outbox_waiting == Message.objects.filter(sent_at__isnull=True).count() > 0
    assert after.outbox_age_seconds == pytest.approx((3 * DAY).total_seconds())
    long_after = pulse(at=MONDAY + 40 * DAY)
    assert (long_after.answers_in_time, long_after.answers_late) == (0, 0)


def test_jobs_are_counted_by_their_state_in_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(4):
        pulse(at=MONDAY)
    assert not ProcrastinateJob.objects.exists()
