"""Ledige stillinger and an order's ads in a browser: on a desk and on a phone, without a fault."""

from datetime import date

from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.postings.factories import a_call, a_posting
from tests.web.browser import OpenPage, picture, troubles_at_every_width, violations
from tests.web.order_scene import address
from tvaers.orders.models import Order

TEXT = """Vi søger tre til natholdet på vores lager ved havnen.

Du kører truck, kan møde kl. 22 og er med til at få varerne ud til hele Sjælland. 🚚
Vi giver løn efter overenskomst og betaler dit certifikat."""


def test_ledige_stillinger_for_anyone(open_page: OpenPage, order: Order) -> None:
    posting = a_posting(order, text=TEXT)
    addresses = [reverse("vacancies"), reverse("vacancy", args=[posting.public_id])]
    page = None
    for one in addresses:
        page = open_page(one, page=page)
        assert not troubles_at_every_width(page, one.split("/")[1] + str(len(one)))


def test_a_search_that_finds_nothing_says_what_to_do(open_page: OpenPage, order: Order) -> None:
    a_posting(order)
    page = open_page(reverse("vacancies"))
    page.get_by_label("Ord i opslaget").fill("tandlæge")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_text("Ingen ledige stillinger passer.")).to_be_visible()
    assert not violations(page)


def test_an_order_is_posted_on_a_phone(open_page: OpenPage, browser: Client, order: Order) -> None:
    page = open_page(address(order), as_user=browser, width=390)
    page.get_by_text("Slå stillingen op, eller følg virksomhedens annonce").click()
    picture(page, "post-form-390")
    assert not violations(page)
    page.get_by_label("Link eller e-mail").fill("https://lager.example/job/7")
    page.get_by_label("Ansøgningsfrist").fill("2026-03-20")
    page.get_by_label("Opslagets sidste dag").fill("2026-03-27")
    page.get_by_role("button", name="Slå op", exact=True).click()
    expect(page.get_by_text("Det er gjort.")).to_be_visible()
    assert not troubles_at_every_width(page, "order-posted")


def test_the_page_of_an_ad(open_page: OpenPage, browser: Client, order: Order) -> None:
    posting = a_posting(
        order,
        apply_via="OFFICE",
        apply_to="",
        apply_by=date(2026, 3, 4),
        expires_on=date(2026, 3, 6),
    )
    a_call(posting, "NOT_REACHED", with_whom="")
    page = open_page(reverse("posting", args=[posting.pk]), as_user=browser)
    for heading in ("Skriv opkaldet til virksomheden ned", "På Jobnet", "Ansøgninger til kontoret"):
        page.get_by_text(heading, exact=True).click()
    assert not troubles_at_every_width(page, "posting")
