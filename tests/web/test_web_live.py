"""The order's page and Mine opgaver follow what happens elsewhere, without disturbing a writer."""

import re
from threading import Event

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.factories import consultant
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE
from tests.web.browser import OpenPage, violations
from tvaers.accounts.models import User
from tvaers.accounts.readers import Reader
from tvaers.circulation import operations as circulation
from tvaers.database.live import Hub, connect, tell
from tvaers.orders import operations as orders

LONG = 60


@pytest.fixture
def region(transactional_db: None) -> Sjaelland:
    return sjaelland()


@pytest.fixture
def hub() -> Hub:
    return Hub(most=2, connect=connect)


def as_user(reader: Reader) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=reader.user_id))
    return client


def heard(event: Event | None) -> bool:
    assert event is not None
    there = event.wait(LONG)
    event.clear()
    return there


def test_word_comes_when_a_change_is_kept_and_only_to_those_it_concerns(
    region: Sjaelland, hub: Hub
) -> None:
    order = an_order(region.lead)
    with hub.listening([f"order:{order.pk}"]) as ours, hub.listening(["order:0"]) as others:
        assert heard(ours), "whoever begins to listen may have missed something"
        assert heard(others)
        with transaction.atomic():
            orders.start_recruiting(order_id=order.pk, by=region.lead.actor, at=MONDAY)
        assert heard(ours)
        assert others is not None
        assert not others.is_set()


def test_the_offices_that_are_asked_and_the_lead_hear_of_it(region: Sjaelland, hub: Hub) -> None:
    order = an_order(region.lead)
    greve = region.offices[GREVE]
    with (
        hub.listening([f"office:{greve.pk}"]) as asked,
        hub.listening([f"office:{region.lead.office_id}"]) as lead,
    ):
        assert heard(asked)
        assert heard(lead)
        circulation.send(
            order_id=order.pk,
            office_ids=[greve.pk],
            step="ALLIANCE",
            by=region.lead.actor,
            at=MONDAY,
        )
        assert heard(asked)
        assert heard(lead)


def test_a_change_that_is_undone_is_not_told(region: Sjaelland, hub: Hub) -> None:
    def undone() -> None:
        with transaction.atomic():
            tell(["order:1"])
            raise LookupError

    with hub.listening(["order:1"]) as ours, hub.listening(["order:2"]) as others:
        assert heard(ours)
        assert heard(others)
        with pytest.raises(LookupError):
            undone()
        tell(["order:2"])
        assert heard(others)
        assert ours is not None
        assert not ours.is_set()


def test_more_than_so_many_are_told_to_ask_now_and_then(region: Sjaelland, hub: Hub) -> None:
    with hub.listening(["order:1"]), hub.listening(["order:1"]), hub.listening(["order:1"]) as late:
        assert late is None
    with hub.listening(["order:1"]) as ours:
        assert heard(ours)


def test_an_answer_shows_on_the_order_s_page_and_what_is_typed_stays(
    region: Sjaelland, open_page: OpenPage
) -> None:
    order = an_order(region.lead)
    sent = circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    page = open_page(reverse("order", args=[order.pk]), as_user=as_user(region.lead))
    answers = page.locator("#live-answers")
    expect(answers).to_contain_text("Venter")
    page.get_by_text("Sæt på pause").first.click()
    page.get_by_label("Hvorfor?").fill("De er midt i en flytning")

    circulation.answer(
        request_id=sent.requests.get().pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=consultant(region.offices[GREVE]).actor,
        at=MONDAY,
    )

    expect(answers).to_contain_text(re.compile("[Ii]ngen egnede"))
    expect(page.get_by_label("Hvorfor?")).to_have_value("De er midt i en flytning")
    assert not violations(page)


def test_a_request_appears_in_mine_opgaver(region: Sjaelland, open_page: OpenPage) -> None:
    order = an_order(region.lead)
    greve = consultant(region.offices[GREVE])
    page = open_page(reverse("tasks"), as_user=as_user(greve))
    expect(page.get_by_text("Intet venter på dig.")).to_be_visible()
    circulation.send(
        order_id=order.pk,
        office_ids=[greve.office_id],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    expect(page.get_by_role("link", name="Svar på jobordre")).to_be_visible()
