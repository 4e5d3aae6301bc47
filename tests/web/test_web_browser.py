"""Every page in a browser: nothing for axe to find, and nothing wider than a phone.

One test shows many pages, because each test in a browser begins with a fresh database.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.accounts import factories as accounts
from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.browser import OpenPage, picture, troubles_at_every_width, violations
from tests.web.conftest import SignIn
from tvaers.accounts.models import Role, User
from tvaers.agreements.models import Agreement
from tvaers.companies.models import Company, Conversation
from tvaers.network.models import Alliance, Office, OfficeClosure
from tvaers.places.models import Area
from tvaers.places.queries import all_codes
from tvaers.web.components.tile_map import MunicipalityState, tile_map


def a_company_with_everything(office: Office) -> Company:
    company = companies.company(
        "Åse Lager & Logistik A/S", workplaces=3, in_conflict=True, conflict_since="2026-02-01"
    )
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,), phone="43 97 97 97")
    with setting_up():
        Agreement.objects.create(
            company=company, kind="REGIONAL", lead_office=greve, starts_on="2026-01-01"
        )
        for hours in (2, 30, 200):
            Conversation.objects.create(
                company=company,
                office=office,
                at=MONDAY - timedelta(hours=hours),
                channel="PHONE",
                with_whom="Hanne Vestergaard",
                words="Mangler to på lageret i maj, gerne med truckcertifikat.",
            )
    return company


def an_office_with_everything(office: Office) -> Office:
    network.contact(office, title="Jobkonsulent", email="karen@koege.example")
    with setting_up():
        OfficeClosure.objects.create(
            office=office,
            first_day=MONDAY.date(),
            last_day=MONDAY.date(),
            stand_in_office=network.office("Solrød virksomhedsindgang", (network.SOLROED,)),
            stand_in_name="Bo Friis",
        )
    return office


def tasks_of(user: User, office: Office) -> None:
    """One thing to do in time, and one that is late."""
    orders.an_order(stage="RECEIVED", office=office, lead=user)
    orders.an_order(office=office, lead=user, at=MONDAY - timedelta(days=7))


def look(open_page: OpenPage, addresses: Iterable[str], *, as_user: Client | None) -> list[str]:
    """What is wrong with each of the pages, on a desk and on a phone."""
    found = []
    page: Page | None = None
    for address in addresses:
        page = open_page(address, as_user=as_user, page=page)
        found += [f"{address}: {trouble}" for trouble in troubles_at_every_width(page, address)]
    return found


@pytest.mark.parametrize("name", ["sign_in"])
def test_pages_for_everyone(open_page: OpenPage, name: str) -> None:
    assert not look(open_page, [reverse(name)], as_user=None)


def test_the_pages_of_someone_with_every_role(
    open_page: OpenPage, signed_in: SignIn, koege: Office
) -> None:
    anne = accounts.user("Anne Lund")
    tasks_of(anne, koege)
    addresses = [
        reverse("tasks"),
        reverse("choose_office"),
        reverse("change_password"),
        reverse("companies"),
        reverse("company_new"),
        reverse("company", args=[a_company_with_everything(koege).pk]),
        reverse("network"),
        reverse("nation"),
        reverse("office_new"),
        reverse("office", args=[an_office_with_everything(koege).pk]),
        reverse("alliance_new"),
        reverse("alliance", args=[Alliance.objects.get().pk]),
        reverse("areas"),
        reverse("area", args=[Area.objects.get(name="Region Sjælland").pk]),
        reverse("users"),
    ]
    everyone = signed_in(Role.MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR, user=anne)
    assert not look(open_page, addresses, as_user=everyone)


def test_the_tile_map(open_page: OpenPage) -> None:
    states = dict(zip(all_codes(), cycle(MunicipalityState), strict=False))
    html = render_to_string("ui/tile_map.html", {"map": tile_map(states)})
    page = open_page(reverse("sign_in"))
    page.evaluate("html => document.querySelector('main').innerHTML = `<h1>Kort</h1>${html}`", html)
    assert not troubles_at_every_width(page, "tile_map")


def test_the_demo_offers_its_people(open_page: OpenPage, settings: Settings) -> None:
    settings.TVAERS_DEMO = True
    page = open_page(reverse("sign_in"))
    expect(page.get_by_role("button", name="Konsulent i Køge")).to_be_visible()
    assert not troubles_at_every_width(page, "demo")


def test_a_form_that_comes_back_leads_to_its_errors(
    open_page: OpenPage, signed_in: SignIn, koege: Office
) -> None:
    company = companies.company()
    page = open_page(reverse("company", args=[company.pk]), as_user=signed_in())
    page.get_by_text("Skriv en samtale ned").click()
    page.get_by_role("button", name="Gem samtalen").click()
    expect(page.locator(".error-summary")).to_be_focused()
    picture(page, "company-errors")
    assert not violations(page)
    page.get_by_role("link", name="Hvem talte du med?").click()
    expect(page.locator("[name=conversation-with_whom]")).to_be_focused()


def test_the_list_of_companies_follows_the_typing(open_page: OpenPage, signed_in: SignIn) -> None:
    companies.company("Åse Lager A/S")
    companies.company("Zebra ApS")
    page = open_page(reverse("companies"), as_user=signed_in())
    page.get_by_label("Navn eller CVR-nummer").press_sequentially("åse")
    expect(page.get_by_text("Zebra")).to_have_count(0)
    expect(page.get_by_text("Åse Lager A/S")).to_be_visible()


def test_the_menu_of_a_phone_opens_by_keyboard_and_closes_by_escape(
    open_page: OpenPage, signed_in: SignIn
) -> None:
    page = open_page(reverse("tasks"), as_user=signed_in(), width=390)
    menu = page.locator("details.narrow")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Virksomheder")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Virksomheder")).to_be_hidden()
