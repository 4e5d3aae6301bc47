"""The journeys of an order in browsers that run no scripts: each step is a form that is sent."""

import re
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.circulation.factories import an_order, sjaelland
from tests.companies.factories import company
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE, ROSKILDE, SOLROED
from tests.web import test_web_scenario as scenario
from tests.web.browser import OpenPage
from tests.web.every_page import reached_by_mail
from tests.web.test_web_scenario import Browser
from tvaers.circulation.models import Request
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import token_of
from tvaers.orders import operations as orders
from tvaers.orders.models import Order
from tvaers.places.queries import municipality_names
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral

CHOSEN = (GREVE, ROSKILDE, SOLROED)


@pytest.fixture
def open_plainly(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """`open_page` in a browser whose scripts are off."""
    # Axe is a script, and the pages are those of the scenario that it has been round.
    monkeypatch.setattr(scenario, "keep", lambda page, name: None)
    return partial(open_page, java_script_enabled=False)


def test_an_order_from_the_call_to_a_refused_closing(
    open_plainly: OpenPage, monday: datetime
) -> None:
    region = sjaelland()
    region.deliver_everywhere()
    company("Køge Lager A/S")
    for code in (KOEGE, KOEGE, GREVE, GREVE):
        region.person(code)
    browser = Browser(open_plainly, region)

    order = scenario.take_the_order(browser)
    scenario.search_own_office_and_propose(browser, order)
    asked = send_to_the_chosen(browser, order)
    scenario.answer_with_candidates(browser, asked[GREVE])
    scenario.answer_nobody(browser, ROSKILDE, asked[ROSKILDE])
    scenario.by_telephone(browser, asked[SOLROED])
    scenario.present_and_hire_two(browser, order)
    the_closing_is_refused(browser, order)


def send_to_the_chosen(browser: Browser, order: Order) -> dict[str, int]:
    """Every office of the alliance is proposed; three of them are kept."""
    page = browser.go(browser.lead, reverse("order_send", args=[order.pk]))
    boxes = page.locator("input[name=office]")
    for box in boxes.all():
        box.set_checked(False)
    for code in CHOSEN:
        page.get_by_label(browser.region.offices[code].name, exact=True).check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile(rf"/jobordrer/{order.pk}/$"))
    asked = Request.objects.filter(order=order)
    assert {row.office.name for row in asked.select_related("office")} == {
        browser.region.offices[code].name for code in CHOSEN
    }
    return {row.municipalities[0]: row.pk for row in asked}


def the_closing_is_refused(browser: Browser, order: Order) -> None:
    """Each municipality that was neither searched nor heard is named, and what was typed stands."""
    page = browser.go(browser.lead, reverse("order_close", args=[order.pk]))
    page.get_by_label("Ikke besat").fill("0")
    withdrawn = page.locator("details", has_text="Trukket tilbage").first
    withdrawn.locator("summary").click()
    withdrawn.get_by_label("Antal stillinger").fill("1")
    page.get_by_role("button", name="Luk jobordren").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    expect(withdrawn.get_by_label("Antal stillinger")).to_have_value("1")
    names = municipality_names()
    silent = {names[code] for code in browser.region.offices.keys() - {KOEGE, *CHOSEN}}
    said = summary.inner_text()
    assert {name for name in names.values() if re.search(rf"\b{name}\b", said)} == silent


def test_a_candidate_says_yes_and_the_company_wants_to_hire_by_their_links(
    open_plainly: OpenPage, monday: datetime
) -> None:
    region = sjaelland()
    order = an_order(region.lead)
    anna = region.person(name="Anna Bech", email="anna@example.dk", text="Jeg har kørt truck.")
    reached_by_mail(order)
    told: dict[str, Any] = {"by": region.lead.actor, "at": MONDAY}
    orders.start_recruiting(order_id=order.pk, **told)
    made = referrals.propose(order_id=order.pk, person_id=anna.pk, **told)
    lead = open_plainly("/", as_user=Browser.client(region.lead.user_id))

    the_lead_asks(lead, made)
    the_candidate_says_yes(open_plainly(by_link(Purpose.CANDIDATE, "candidate_link")))
    the_lead_presents(lead, order)
    the_company_says_yes(open_plainly(by_link(Purpose.COMPANY, "company_link")))
    lead.reload()
    expect(lead.get_by_text("Virksomheden vil ansætte", exact=True)).to_be_visible()


def by_link(purpose: Purpose, page: str) -> str:
    return reverse(page, args=[token_of(Link.objects.filter(purpose=purpose).latest("pk"))])


def the_lead_asks(page: Page, made: Referral) -> None:
    page.goto(page.url.rstrip("/") + reverse("referral", args=[made.pk]))
    page.locator("summary", has_text="Spørg kandidaten").click()
    page.get_by_role("button", name="Spørg", exact=True).click()
    expect(page.get_by_text("Kandidaten er spurgt.")).to_be_visible()


def the_candidate_says_yes(page: Page) -> None:
    page.get_by_role("button", name="Se, hvad du deler").click()
    expect(page.get_by_text("Jeg har kørt truck.")).to_be_visible()
    page.get_by_role("button", name="Ja, del mit cv").click()
    expect(page.get_by_text("Tak. Dit cv er delt til jobbet.")).to_be_visible()


def the_lead_presents(page: Page, order: Order) -> None:
    page.reload()
    page.get_by_label("Anna Bech").check()
    page.get_by_role("button", name="Præsentér de valgte").click()
    expect(page.get_by_text("1 kandidat er præsenteret for virksomheden.")).to_be_visible()


def the_company_says_yes(page: Page) -> None:
    page.get_by_role("button", name="Se cv").click()
    expect(page.get_by_text("Anna Bech")).to_be_visible()
    page.locator("summary", has_text="Hvad synes I?").click()
    page.get_by_role("button", name="Send svaret").first.click()
    expect(page.locator(".error-summary").first).to_be_visible()
    page.get_by_label("Vil ansætte").first.check()
    page.get_by_role("button", name="Send svaret").first.click()
    expect(page.get_by_text("Tak. Kontoret har fået jeres svar.")).to_be_visible()
