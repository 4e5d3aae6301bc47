"""What the mails say: short, one purpose, no personal data, the link and the deadline."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from tests.accounts.factories import consultant
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, ROSKILDE
from tvaers.accounts import operations as accounts
from tvaers.circulation import operations as circulation
from tvaers.circulation.answering import Named
from tvaers.circulation.models import Request
from tvaers.jobs.digests import put_digests
from tvaers.jobs.sending import send_waiting
from tvaers.messages.models import Message
from tvaers.orders import operations as orders
from tvaers.orders.models import Order

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


@pytest.fixture
def request_to_greve(region: Sjaelland, order: Order) -> Request:
    made = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return made.requests.get()


def sent(at: datetime = MONDAY) -> list[EmailMessage]:
    mail.outbox.clear()
    send_waiting(at=at)
    return list(mail.outbox)


def addresses(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.startswith("http"))


def test_a_new_request(region: Sjaelland, request_to_greve: Request) -> None:
    (one,) = sent()
    assert one.to == ["k0253@example.dk"]
    assert one.subject.startswith("Har I egnede kandidater? Lagermedarbejdere til Køge hos ")
    assert "Svar senest onsdag den 4. marts 2026 kl. 9.00" in one.body
    (address,) = addresses(one.body)
    assert address.startswith("http://127.0.0.1:8000/svar/link/")


def test_a_request_about_to_be_late(region: Sjaelland, request_to_greve: Request) -> None:
    sent()
    soon = request_to_greve.due_at - 4 * HOUR
    circulation.remind(by=SETUP, at=soon)
    (one,) = sent(soon)
    assert one.subject.startswith("Husk at svare senest onsdag kl. 9.00: ")
    assert len(list(addresses(one.body))) == 1


def test_a_reminder_is_not_sent_after_the_due_time(
    region: Sjaelland, request_to_greve: Request
) -> None:
    sent()
    circulation.remind(by=SETUP, at=request_to_greve.due_at - HOUR)
    assert sent(request_to_greve.due_at) == []
    assert Message.objects.filter(kind="REQUEST_DUE", overtaken_at__isnull=False).exists()


def test_an_answer_with_candidates_names_nobody(
    region: Sjaelland, order: Order, request_to_greve: Request
) -> None:
    sent()
    someone = region.person(GREVE, name="Ida Prøvesen")
    circulation.answer(
        request_id=request_to_greve.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=someone.pk, line="Taler tysk")],
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    (one,) = sent()
    assert "har foreslået 1 kandidat til Lagermedarbejdere til Køge" in one.body
    assert "Ida" not in one.body
    assert "Taler tysk" not in one.body
    assert list(addresses(one.body)) == [f"http://127.0.0.1:8000/jobordrer/{order.pk}/"]


def test_an_order_handed_over_in_the_receivers_language(region: Sjaelland, order: Order) -> None:
    receiver = consultant(region.offices[ROSKILDE])
    accounts.change_language(user_id=receiver.user_id, language="en", by=SETUP)
    orders.offer_handover(
        order_id=order.pk,
        to_office_id=receiver.office_id,
        to_user_id=receiver.user_id,
        by=region.lead.actor,
        at=MONDAY,
    )
    (one,) = sent()
    assert one.subject.startswith("Will you take over an order?")


def test_an_offer_that_was_decided_is_not_told_any_more(region: Sjaelland, order: Order) -> None:
    receiver = consultant(region.offices[ROSKILDE])
    orders.offer_handover(
        order_id=order.pk,
        to_office_id=receiver.office_id,
        to_user_id=receiver.user_id,
        by=region.lead.actor,
        at=MONDAY,
    )
    orders.withdraw_handover(order_id=order.pk, by=region.lead.actor, at=MONDAY)
    assert sent() == []
    assert Message.objects.get().overtaken_at == MONDAY


def test_one_digest_a_day_and_none_without_news(
    region: Sjaelland, request_to_greve: Request
) -> None:
    busy, idle = region.consultant(GREVE), region.consultant(ROSKILDE)
    sent()
    tuesday = datetime.combine(MONDAY.date() + timedelta(1), time(7, 30), MONDAY.tzinfo)
    assert put_digests(at=tuesday) == put_digests(at=tuesday + HOUR) > 0
    mails = {one.to[0]: one for one in sent(tuesday)}
    assert sent(tuesday + HOUR) == []
    told = Message.objects.get(key=f"digest:{busy.user_id}:2026-03-03")
    assert told.to_user is not None
    one = mails[told.to_user.email]
    assert one.subject == "1 opgave venter"
    assert "- Svar på jobordre: Lagermedarbejdere til Køge" in one.body
    assert "(senest onsdag den 4. marts kl. 9.00)" in one.body
    assert list(addresses(one.body)) == ["http://127.0.0.1:8000/"]
    assert Message.objects.get(to_user_id=idle.user_id).overtaken_at == tuesday


@pytest.mark.parametrize(
    "at",
    [
        MONDAY.replace(hour=6, minute=59),
        MONDAY.replace(hour=10),
        (MONDAY + timedelta(days=5)).replace(hour=8),
        datetime(2026, 4, 3, 8, tzinfo=MONDAY.tzinfo),
    ],
    ids=["early", "late", "Saturday", "Good Friday"],
)
def test_digests_come_in_the_morning_of_working_days(region: Sjaelland, at: datetime) -> None:
    assert put_digests(at=at) == 0
    assert not Message.objects.exists()
