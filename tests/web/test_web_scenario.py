"""One order in a browser, from the company's call to a closing that is provably fair.

The lead in Køge, the offices of Sjælland and the pages they meet; only time is moved by hand.
"""

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from playwright.sync_api import Page, expect

from tests.accounts.factories import appoint, user
from tests.circulation.factories import Sjaelland, sjaelland
from tests.companies.factories import company
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE
from tests.web.browser import DESK, PHONE, OpenPage, troubles_at_every_width
from tvaers.accounts.models import Role, User
from tvaers.circulation.models import Request
from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import changing
from tvaers.orders.models import Order
from tvaers.orders.queries import coverage
from tvaers.places.queries import municipality_names
from tvaers.web import clock

AD = "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment on every page; `now[0] += …` moves it."""
    moment = [MONDAY]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


class Browser:
    """Windows of the people who take part."""

    def __init__(self, open_page: OpenPage, region: Sjaelland) -> None:
        self.open_page, self.region = open_page, region
        self.lead = open_page("/", as_user=self.client(region.lead.user_id))
        self.base = self.lead.url.rstrip("/")

    @staticmethod
    def client(user_id: int) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=user_id))
        return client

    def consultant_at(self, code: str, *, width: int = DESK) -> Page:
        someone = user()
        appoint(someone, self.region.offices[code], Role.CONSULTANT)
        return self.open_page("/", as_user=self.client(someone.pk), width=width)

    def go(self, page: Page, address: str) -> Page:
        page.goto(self.base + address)
        return page


def keep(page: Page, name: str) -> None:
    """Nothing for axe to find at a desk or on a phone; pictures, when someone wants to look."""
    assert troubles_at_every_width(page, f"scenario-{name}") == []
    page.set_viewport_size({"width": DESK, "height": 900})


def test_an_order_from_the_call_to_a_fair_closing(
    open_page: OpenPage, now: list[datetime], transactional_db: None
) -> None:
    region = sjaelland()
    region.deliver_everywhere()
    company("Køge Lager A/S")
    for code in (KOEGE, KOEGE, GREVE, GREVE):
        region.person(code)
    browser = Browser(open_page, region)

    order = take_the_order(browser)
    search_own_office_and_propose(browser, order)
    send_to_the_sixteen_others(browser, order)
    silent = the_offices_answer(browser, order, now)
    present_and_hire_two(browser, order)
    closing_is_refused(browser, order, silent)
    raw_sql_is_refused(order)
    region.deliver_everywhere(at=now[0])
    search_the_alliance_and_settle(browser, order)
    close_with_the_companys_word(browser, order)


def take_the_order(browser: Browser) -> Order:
    """From a pasted line: everything is proposed, the consultant confirms."""
    page = browser.go(browser.lead, "/jobordrer/ny/")
    page.get_by_label("CVR-nummer eller navn").fill("Køge Lager")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("radio", name=re.compile("Køge Lager"))).to_be_checked()
    page.get_by_label("Annoncen, eller én linje").fill(AD)
    keep(page, "new")
    page.get_by_role("button", name="Læs og gå videre").click()
    expect(page.get_by_label("Antal stillinger").first).to_have_value("3")
    expect(
        page.get_by_role("group", name=re.compile("gaffeltruckcertifikat B", re.I))
    ).to_be_visible()
    page.locator("#id_said_by").fill("Hanne Vestergaard")
    keep(page, "draft")
    page.get_by_role("button", name="Opret jobordren").click()
    page.wait_for_url(re.compile(r"/jobordrer/\d+/"))
    keep(page, "order-new")
    order = Order.objects.get()
    assert (order.openings, order.stage) == (3, "IN_DIALOGUE")
    assert [row.text for row in order.requirements.filter(must=True)]
    return order


def search_own_office_and_propose(browser: Browser, order: Order) -> None:
    page = browser.go(browser.lead, f"/jobordrer/{order.pk}/soeg/")
    page.get_by_label(re.compile("Eget kontor")).check()
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_url(re.compile(r"/soegninger/\d+/"))
    keep(page, "hits")
    boxes = page.locator("ol.hits input[type=checkbox]")
    expect(boxes).to_have_count(2)
    for number in range(2):
        boxes.nth(number).check()
    page.get_by_label("Hvad blev det til?").select_option("PROPOSE")
    page.get_by_role("button", name="Gem udfald").click()
    expect(page.get_by_text("2 er foreslået.")).to_be_visible()
    assert tuple(coverage(order.pk).covered) == (KOEGE,)


def send_to_the_sixteen_others(browser: Browser, order: Order) -> None:
    page = browser.go(browser.lead, f"/jobordrer/{order.pk}/send/")
    keep(page, "send")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile(rf"/jobordrer/{order.pk}/$"))
    assert Request.objects.filter(order=order).count() == 16


def the_offices_answer(browser: Browser, order: Order, now: list[datetime]) -> list[str]:
    """Eleven in time (one with candidates, one by telephone), three late, two never."""
    requests = {row.municipalities[0]: row.pk for row in Request.objects.filter(order=order)}
    now[0] += timedelta(hours=3)
    answer_with_candidates(browser, requests.pop(GREVE))
    codes = sorted(requests)
    for code in codes[:9]:
        answer_nobody(browser, code, requests[code])
    by_telephone(browser, requests[codes[9]])
    now[0] += timedelta(days=4)
    for code in codes[10:13]:
        answer_nobody(browser, code, requests[code])
    page = browser.go(browser.lead, f"/jobordrer/{order.pk}/")
    keep(page, "ledger")
    expect(page.get_by_text("14 af 16 har svaret")).to_be_visible()
    return codes[13:]


def answer_with_candidates(browser: Browser, request_id: int) -> None:
    """On a phone, from Mine opgaver: two people with a line each."""
    page = browser.consultant_at(GREVE, width=PHONE)
    page.get_by_role("link", name="Svar på jobordre").click()
    page.wait_for_url(re.compile(rf"/svar/{request_id}/"))
    people = page.locator("ul.people > li")
    expect(people).to_have_count(2)
    for number in range(2):
        people.nth(number).get_by_role("checkbox").first.check()
        people.nth(number).get_by_label(re.compile("Talt med")).check()
        people.nth(number).get_by_label("En linje om kandidaten").fill("Kan begynde med det samme")
    keep(page, "answer")
    page.get_by_role("button", name="Send de valgte").click()
    page.wait_for_url(re.compile(r":\d+/$"))


def answer_nobody(browser: Browser, code: str, request_id: int) -> None:
    """Two clicks: open the task, press the button."""
    page = browser.consultant_at(code, width=PHONE)
    page.get_by_role("link", name="Svar på jobordre").click()
    page.get_by_role("button", name="Ingen egnede").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    assert Request.objects.get(pk=request_id).answered_at is not None
    page.context.close()


def by_telephone(browser: Browser, request_id: int) -> None:
    page = browser.go(browser.lead, f"/svar/{request_id}/telefon/")
    page.get_by_label("Hvem gav svaret i telefonen?").fill("Konsulenten dér")
    page.get_by_role("button", name="Ingen egnede").click()
    page.wait_for_url(re.compile(r"/jobordrer/\d+/"))


def present_and_hire_two(browser: Browser, order: Order) -> None:
    page = browser.go(browser.lead, f"/jobordrer/{order.pk}/")
    for number in range(2):
        page.locator("input[name=referral]").nth(number).check()
    page.get_by_role("button", name="Præsentér de valgte").click()
    expect(page.get_by_text("2 kandidater er præsenteret")).to_be_visible()
    for _ in range(2):
        page = browser.go(browser.lead, f"/jobordrer/{order.pk}/")
        row = page.get_by_role("row").filter(has_text="Præsenteret").first
        row.get_by_role("link", name=re.compile("Hvad skete der")).click()
        page.wait_for_url(re.compile(r"/formidlinger/\d+/"))
        page.get_by_text("Ansat", exact=True).click()
        page.get_by_label("Første arbejdsdag").fill("2026-03-16")
        keep(page, "hire")
        page.get_by_role("button", name="Gem ansættelsen").click()
        page.wait_for_url(re.compile(rf"/jobordrer/{order.pk}/$"))
    order.refresh_from_db()
    assert order.hired == 2


def closing_is_refused(browser: Browser, order: Order, silent: list[str]) -> None:
    """Whichever outcome is chosen without the company's word, with exactly the silent named."""
    names = municipality_names()
    missing = {names[code] for code in silent}
    for outcome in ("", "Besat af virksomheden selv", "Trukket tilbage", "Anden løsning"):
        page = browser.go(browser.lead, f"/jobordrer/{order.pk}/luk/")
        if outcome:
            page.get_by_label("Ikke besat").fill("0")
            part = page.locator("details", has_text=outcome).first
            part.locator("summary").click()
            part.get_by_label("Antal stillinger").fill("1")
        page.get_by_role("button", name="Luk jobordren").click()
        summary = page.locator(".alert-error, .error-summary, [role=alert]").first
        expect(summary).to_be_visible()
        said = summary.inner_text()
        assert {name for name in names.values() if re.search(rf"\b{name}\b", said)} == missing
    keep(page, "refused")
    order.refresh_from_db()
    assert order.stage == "RECRUITING"


def raw_sql_is_refused(order: Order) -> None:
    by = Actor(kind=ActorKind.PERSON, id=order.lead_id, office_id=order.lead_office_id)
    statement = "update orders_order set stage='CLOSED', closed_at=now(), withdrawn=1 where id=%s"
    with pytest.raises(IntegrityError, match="not searched in"), changing(by=by):
        connection.cursor().execute(statement, [order.pk])


def search_the_alliance_and_settle(browser: Browser, order: Order) -> None:
    page = browser.go(browser.lead, f"/jobordrer/{order.pk}/soeg/")
    page.get_by_label(re.compile("Samarbejdet")).check()
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_url(re.compile(r"/soegninger/\d+/"))
    keep(page, "alliance")
    expect(page.get_by_text("17 af 17 er dækket")).to_be_visible()


def close_with_the_companys_word(browser: Browser, order: Order) -> None:
    page = browser.go(browser.lead, f"/jobordrer/{order.pk}/luk/")
    part = page.locator("details", has_text="ønsker ikke at søge bredere").first
    part.locator("summary").click()
    part.get_by_label("Hvem sagde det?").fill("Hanne Vestergaard")
    keep(page, "close")
    page.get_by_role("button", name="Luk jobordren").click()
    page.wait_for_url(re.compile(rf"/jobordrer/{order.pk}/$"))
    keep(page, "closed")
    order.refresh_from_db()
    assert (order.stage, order.hired, order.unfilled) == ("CLOSED", 2, 1)
