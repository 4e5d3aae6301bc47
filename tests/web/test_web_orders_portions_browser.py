"""Portioned openings in a browser: the lines of the form, and what the order's page says."""

from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.companies import factories as companies
from tests.orders import factories as orders
from tests.web.browser import OpenPage, troubles_at_every_width
from tvaers.accounts.models import User
from tvaers.network.models import Office


def test_openings_are_portioned_out_on_a_desk_and_on_a_phone(
    open_page: OpenPage, browser: Client, koege: Office, anne: User
) -> None:
    company = companies.company("Åse Lager & Logistik A/S", workplaces=2)
    order = orders.an_order(company=company, office=koege, lead=anne, openings=5)
    page = open_page(reverse("order_change", args=[order.pk]), as_user=browser)
    page.get_by_text("Fordel stillingerne på arbejdssteder og ordninger").click()
    first = page.get_by_role("group", name="Fordeling, linje 1")
    first.get_by_label("Antal").fill("2")
    first.get_by_label("Ordning").select_option("Fleksjob")
    first.get_by_label("Arbejdssted").select_option(index=1)
    found = troubles_at_every_width(page, "portions")
    page.get_by_role("button", name="Gem ændringerne").click()
    expect(page.get_by_text("2 × Fleksjob")).to_be_visible()
    expect(page.get_by_text("3 × Ordinært job, ikke fordelt")).to_be_visible()
    found += troubles_at_every_width(page, "portions-order")
    assert not found
