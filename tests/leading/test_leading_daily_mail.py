"""The daily mail says that there is news from the lead: once, also after a weekend."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from tests.accounts.factories import consultant
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.leading.factories import WORDS, a_note, ask
from tests.network.factories import GREVE
from tvaers.jobs.digests import put_digests
from tvaers.jobs.sending import send_waiting
from tvaers.orders.models import Order

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FRIDAY = MONDAY + 4 * DAY
NEXT_MONDAY = MONDAY + 7 * DAY


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    order = an_order(region.lead)
    ask(order, region.offices[GREVE])
    send_waiting(at=MONDAY)
    return order


def digests(at: datetime) -> str:
    """The daily mails of the morning, as text."""
    mail.outbox.clear()
    put_digests(at=at)
    send_waiting(at=at + HOUR)
    return "\n".join(one.body for one in mail.outbox)


def test_a_note_is_told_once_in_the_next_daily_mail_and_its_words_stay_in_the_house(
    region: Sjaelland, order: Order
) -> None:
    consultant(region.offices[GREVE])
    digests(MONDAY)
    a_note(order, at=MONDAY + 2 * HOUR)
    told = digests(MONDAY + DAY)
    assert (
        "Nyt fra tovholderen:\n- Lagermedarbejdere til Køge hos Køge Lager A/S: ny status" in told
    )
    assert WORDS not in told
    assert "Nyt fra tovholderen" not in digests(MONDAY + 2 * DAY)


def test_what_was_written_on_friday_is_told_on_monday(region: Sjaelland, order: Order) -> None:
    consultant(region.offices[GREVE])
    digests(FRIDAY)
    a_note(order, at=FRIDAY + 3 * HOUR)
    assert "Nyt fra tovholderen:" in digests(NEXT_MONDAY)


def test_what_is_written_while_the_mail_waits_is_told_in_the_next(
    region: Sjaelland, order: Order
) -> None:
    consultant(region.offices[GREVE])
    put_digests(at=MONDAY)
    a_note(order, at=MONDAY + HOUR)
    mail.outbox.clear()
    send_waiting(at=MONDAY + 2 * HOUR)
    assert "Nyt fra tovholderen" not in "".join(one.body for one in mail.outbox)
    assert "Nyt fra tovholderen" in digests(MONDAY + DAY)
