"""An office answers on a phone, from the mail.

`pytest tests/web/test_web_phone.py --log-cli-level=INFO` tells how long it takes a person.
"""

import logging

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.accounts.factories import PASSWORD
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE
from tests.web.browser import OpenPage
from tests.web.phone import TOUCH, Phone
from tvaers.accounts.models import User
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Answer, NobodyReason
from tvaers.jobs.sending import send_waiting
from tvaers.referrals.models import Referral

HITS = 12
REASON = 3
"""The one in the middle: a person reads the reasons down to the one that fits."""
LINES = ("Har kørt truck i fire år, kan starte mandag.", "Vil gerne have aftenhold, er i Greve.")

log = logging.getLogger(__name__)


@pytest.fixture
def hits() -> int:
    return HITS


@pytest.fixture
def region(transactional_db: None, hits: int) -> Sjaelland:
    region = sjaelland()
    for number in range(hits):
        region.person(GREVE, name=f"Prøveperson {number + 1}", wanted_titles="Lagermedarbejder")
    return region


@pytest.fixture
def phone(
    open_page: OpenPage, live_server: LiveServer, settings: Settings, region: Sjaelland
) -> Phone:
    """A phone on which the mail to Greve has just been opened."""
    settings.TVAERS_DEMO, settings.TVAERS_ADDRESS = True, live_server.url
    settings.EMAIL_BACKEND = "tvaers.messages.caught.Backend"
    circulation.send(
        order_id=an_order(region.lead).pk,
        office_ids=[region.offices[GREVE].pk],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    assert send_waiting(at=MONDAY) == 1
    page = open_page(reverse("mailbox"), **TOUCH)
    page.locator(".mails summary").first.tap()
    settings.TVAERS_DEMO = False  # from here on it is a page like any office's
    return Phone(page)


def open_link(phone: Phone) -> None:
    page = phone.page
    with phone.loads(page.get_by_role("heading", name="Har I egnede kandidater?"), "phone-link"):
        phone.tap(page.locator(".mail-text a").first)


def read_the_order(phone: Phone) -> None:
    """What is asked, by when, the order, and how many of the office's own fit it."""
    phone.read(*map(phone.page.locator, ("h1", ".lead-line", "main dl", "main dl + p")))


@pytest.mark.parametrize(("hits", "taps"), [(0, 2), (HITS, 3)])
def test_nobody_takes_three_taps_and_two_when_the_search_found_none(
    phone: Phone, hits: int, taps: int
) -> None:
    page = phone.page
    open_link(phone)
    read_the_order(phone)
    reasons = page.locator("main form fieldset label")
    if hits:
        phone.read(page.locator("legend"), *reasons.all()[: REASON + 1])
        phone.tap(reasons.nth(REASON))
    with phone.loads(page.get_by_text("I behøver ikke gøre mere"), f"phone-nobody-of-{hits}"):
        phone.tap(page.get_by_role("button", name="Ingen egnede"))
    log.info("Ingen egnede of %s: %s", hits, phone)
    assert Answer.objects.get().reason == NobodyReason.values[REASON if hits else 0]
    assert phone.taps == taps
    assert phone.keys == 0


def test_two_of_twelve_with_a_line_and_one_from_outside(phone: Phone, region: Sjaelland) -> None:
    page = phone.page
    someone = User.objects.get(pk=region.consultant(GREVE).user_id)
    open_link(phone)
    read_the_order(phone)
    with phone.loads(page.get_by_label("E-mail"), "phone-sign-in"):
        phone.tap(page.get_by_role("link", name="Log ind for at se navne"))
    phone.type(page.get_by_label("E-mail"), someone.email)
    phone.type(page.get_by_label("Adgangskode"), PASSWORD)
    with phone.loads(page.get_by_text(f"{HITS} mulige kandidater"), "phone-answer"):
        phone.tap(page.locator("form").get_by_role("button", name="Log ind"))
    people = page.locator(".people > li")
    expect(people).to_have_count(HITS)
    phone.read(page.locator(".people"))
    for row, line in zip((people.nth(2), people.nth(7)), LINES, strict=True):
        phone.tap(row.locator(".form-group-checkbox label").first)
        phone.type(row.get_by_label("En linje om kandidaten"), line)
    phone.tap(page.get_by_text("Tilføj en anden"))
    phone.type(page.get_by_label("Navn", exact=False).last, "Prøveperson 13")
    phone.type(page.get_by_label("Telefon"), "20304050")
    phone.tap(page.get_by_text("Personen er ledig og har sagt ja"))
    with phone.loads(page.get_by_role("heading", name="Mine opgaver"), "phone-answered"):
        phone.tap(page.get_by_role("button", name="Send de valgte"))
    log.info("Two of twelve with a line and one from outside: %s", phone)
    assert Answer.objects.get().kind == "CANDIDATES"
    assert Referral.objects.count() == 3
    assert phone.taps == 14
