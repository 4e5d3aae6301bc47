"""Everyone chooses the mails they want, and an order says how many it has caused."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE
from tests.web.browser import OpenPage, troubles_at_every_width
from tests.web.conftest import SignIn
from tvaers.accounts.models import User
from tvaers.circulation import operations as circulation
from tvaers.circulation.answering import Named
from tvaers.jobs.sending import send_waiting
from tvaers.messages.models import Message
from tvaers.orders.models import Order
from tvaers.wording.mails import PERSONAL

pytestmark = pytest.mark.django_db
HERE = "/mine-mails/"


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


def lead_of(region: Sjaelland) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=region.lead.user_id))
    return browser


def an_answer_with_candidates(region: Sjaelland) -> Order:
    order = an_order(region.lead)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk, region.offices[ROSKILDE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    circulation.answer(
        request_id=sent.requests.get(office=region.offices[GREVE]).pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=region.person(GREVE).pk)],
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    return order


def test_every_kind_is_wanted_until_it_is_turned_off(signed_in: SignIn) -> None:
    browser = signed_in()
    page = browser.get(HERE).content.decode()
    assert page.count(" checked") == len(PERSONAL)
    browser.post(HERE, {"wanted": ["DIGEST"]})
    assert User.objects.get().mails_off == ["CANDIDATES", "HANDOVER"]
    browser.post(HERE, {"wanted": list(PERSONAL)})
    assert User.objects.get().mails_off == []


def test_a_kind_that_nobody_has_heard_of_is_refused(signed_in: SignIn) -> None:
    assert signed_in().post(HERE, {"wanted": ["OTHER"]}).status_code == 422


def test_what_is_turned_off_is_not_mailed(region: Sjaelland) -> None:
    lead_of(region).post(HERE, {"wanted": ["DIGEST", "HANDOVER"]})
    an_answer_with_candidates(region)
    send_waiting(at=MONDAY)
    assert [one.to for one in mail.outbox] == [["k0265@example.dk"]]
    assert Message.objects.get(kind="CANDIDATES").overtaken_at == MONDAY


def test_the_order_says_how_many_mails_it_has_caused(region: Sjaelland) -> None:
    order = an_answer_with_candidates(region)
    browser, page = lead_of(region), reverse("order", args=[order.pk])
    assert "Ingen mails er sendt om jobordren. 3 er på vej." in browser.get(page).content.decode()
    send_waiting(at=MONDAY)
    # The office that has answered needs no mail any more.
    assert "2 mails er sendt om jobordren." in browser.get(page).content.decode()


def test_the_page_in_a_browser(open_page: OpenPage, signed_in: SignIn) -> None:
    page = open_page(HERE, as_user=signed_in())
    assert not troubles_at_every_width(page, "mine-mails")
