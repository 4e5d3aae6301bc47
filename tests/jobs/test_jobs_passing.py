"""Three days pass in the demo while nobody watches: what is due happens, once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.circulation.factories import an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE
from tvaers.candidates.models import ImportRun
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Request
from tvaers.circulation.queries import ledger
from tvaers.cli.advance import remember_served_at, served_at, span_of
from tvaers.database.clock import now, set_ahead
from tvaers.jobs.passing import live_through
from tvaers.messages.models import Message
from tvaers.synthetic.deliveries import deliver_again

DAY = timedelta(days=1)


@pytest.fixture
def demo(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.TVAERS_DEMO = True
    monkeypatch.setenv("TVAERS_DATA", str(tmp_path))
    set_ahead(MONDAY - timezone.now())


def reminders(request: Request) -> list[str]:
    keys = Message.objects.filter(kind="REQUEST_DUE", key__contains=f":{request.pk}:")
    return sorted(key.split(":")[2] for key in keys.values_list("key", flat=True))


@pytest.mark.django_db
def test_three_days_bring_reminders_digests_and_what_is_late(demo: None) -> None:
    region = sjaelland()
    region.deliver_everywhere()
    order = an_order(region.lead)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk, region.offices[ROSKILDE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    greve, roskilde = sent.requests.order_by("id")
    answerer = region.consultant(ROSKILDE)
    circulation.answer(
        request_id=roskilde.pk, kind="NOBODY", reason="NO_HITS", by=answerer.actor, at=MONDAY
    )
    lists = ImportRun.objects.count()
    passed: list[timedelta] = []

    live_through(3 * DAY, each_day=deliver_again, tell=passed.append)

    assert passed[-1] == 3 * DAY
    assert timedelta(0) <= now() - (MONDAY + 3 * DAY) < timedelta(minutes=5)
    assert reminders(greve) == ["24", "4"]
    assert reminders(roskilde) == []
    (sending,) = ledger(order.pk, at=now())
    assert (sending.late, sending.answered) == (1, 1)
    digests = Message.objects.filter(kind="DIGEST", to_user_id=region.lead.user_id)
    assert sorted(str(key)[-10:] for key in digests.values_list("key", flat=True)) == [
        "2026-03-02",
        "2026-03-03",
        "2026-03-04",
        "2026-03-05",
    ]
    assert ImportRun.objects.count() == lists + 3 * len(region.offices)
    assert not Message.objects.filter(sent_at=None, overtaken_at=None, failed_at=None).exists()
    assert len(mail.outbox) == Message.objects.filter(sent_at__isnull=False).count() > 5


@pytest.mark.parametrize(
    ("text", "span"),
    [("3d", 3 * DAY), ("12h", DAY / 2), (" 90m ", timedelta(minutes=90)), ("60d", 60 * DAY)],
)
def test_a_span_is_said_in_days_hours_or_minutes(text: str, span: timedelta) -> None:
    assert span_of(text) == span


@pytest.mark.parametrize("text", ["", "3", "0d", "-3d", "61d", "3 days", "1e9d", "99999h"])
def test_what_is_no_span_is_refused(text: str) -> None:
    assert span_of(text) is None


def test_outside_the_demo_the_clock_is_the_machine_s(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.TVAERS_DEMO = False
    monkeypatch.setenv("TVAERS_DATA", str(tmp_path))
    set_ahead(3 * DAY)
    before: datetime = timezone.now()
    assert before <= now() < before + DAY


def test_mails_sent_on_the_way_lead_to_where_the_world_is_served(demo: None) -> None:
    assert served_at() == ""
    remember_served_at("http://127.0.0.1:8123")
    assert served_at() == "http://127.0.0.1:8123"
