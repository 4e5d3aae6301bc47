"""The pages of orders in a browser: the typing, the list that follows, nothing for axe to find."""

import re

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.accounts import factories as accounts
from tests.circulation import factories as circulation
from tests.companies import factories as companies
from tests.core.factories import MONDAY
from tests.network import factories as network
from tests.orders import factories as orders
from tests.web.browser import OpenPage, picture, troubles_at_every_width, violations
from tests.web.conftest import SignIn
from tvaers.accounts.models import Role, User
from tvaers.network.models import Office
from tvaers.orders import operations
from tvaers.orders.models import Order

LINE = "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B, gerne engelsk og 2 års erfaring"


def an_order_with_everything(koege: Office, anne: User) -> Order:
    """Paused for a while, partly covered, spoken about, and offered to someone in Greve."""
    order = orders.an_order(
        company=companies.company("Åse Lager & Logistik A/S", workplaces=2),
        office=koege,
        lead=anne,
        openings=3,
        title="Lagermedarbejdere med gaffeltruckcertifikat til natholdet i Køge",
        occupation=circulation.occupation(),
        internal_comment="Ring til Hanne om morgenen.",
    )
    orders.evidence(order, network.KOEGE, network.GREVE)
    orders.a_word(order, "WITHDRAWN", openings=1, words="De venter med den ene.")
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    bo = orders.a_lead(greve, "Bo Friis")
    by = orders.lead_of(order)
    operations.add_co_lead(
        order_id=order.pk, office_id=greve.pk, user_id=bo.pk, part="EAST", by=by, at=MONDAY
    )
    operations.offer_handover(
        order_id=order.pk, to_office_id=greve.pk, to_user_id=bo.pk, by=by, at=MONDAY
    )
    return order


def test_every_page_of_orders_on_a_desk_and_on_a_phone(
    open_page: OpenPage, browser: Client, koege: Office, anne: User
) -> None:
    order = an_order_with_everything(koege, anne)
    new = orders.an_order(office=koege, lead=anne, stage="RECEIVED", title="Kok")
    found = []
    page: Page | None = None
    for address in (
        reverse("orders"),
        reverse("order", args=[order.pk]),
        reverse("order", args=[new.pk]),
        reverse("order_leads", args=[order.pk]),
        reverse("order_close", args=[order.pk]),
        reverse("order_change", args=[order.pk]),
        reverse("order_new"),
    ):
        page = open_page(address, as_user=browser, page=page)
        found += [f"{address}: {one}" for one in troubles_at_every_width(page, address)]
    assert not found


def test_an_order_is_taken_in_on_the_phone(
    open_page: OpenPage, browser: Client, koege: Office
) -> None:
    orders.with_defaults()
    companies.company("Åse Lager A/S")
    companies.company("Zebra ApS")
    page = open_page(reverse("order_new"), as_user=browser)
    page.get_by_label("CVR-nummer eller navn").press_sequentially("åse")
    page.get_by_label("Åse Lager A/S").check()
    page.get_by_label("Annoncen, eller én linje").fill(LINE)
    page.get_by_role("button", name="Læs og gå videre").click()
    page.get_by_label("Hvem har du talt med?").fill("Hanne Vestergaard")
    page.get_by_label("Tilføj et krav").press_sequentially("kørekort b")
    page.get_by_role("button", name=re.compile("^kørekort B$", re.IGNORECASE)).click()
    expect(page.get_by_role("group", name="Kørekort B")).to_be_visible()
    expect(page.get_by_text("Kladden er gemt kl.")).to_be_visible()
    assert not troubles_at_every_width(page, "draft")
    page.reload()
    expect(page.get_by_label("Hvem har du talt med?")).to_have_value("Hanne Vestergaard")
    page.get_by_role("button", name="Opret jobordren").click()
    expect(page.get_by_role("heading", name="3 ×")).to_be_visible()
    order = Order.objects.get()
    assert order.stage == "IN_DIALOGUE"
    assert order.requirements.filter(text__iexact="kørekort b").exists()
    expect(page.get_by_role("button", name="Begynd rekrutteringen")).to_be_visible()


def test_the_enter_key_in_the_form_adds_a_requirement_and_creates_nothing(
    open_page: OpenPage, browser: Client, koege: Office
) -> None:
    orders.with_defaults()
    company = companies.company("Åse Lager A/S")
    answer = browser.post(reverse("order_new"), {"q": company.cvr, "ad": LINE})
    page = open_page(answer["Location"], as_user=browser)
    page.get_by_label("Tilføj et krav").fill("Godt humør")
    page.get_by_label("Tilføj et krav").press("Enter")
    expect(page.get_by_role("group", name="Godt humør")).to_be_visible()
    assert not Order.objects.exists()


def test_a_form_that_comes_back_leads_to_its_errors(
    open_page: OpenPage, browser: Client, koege: Office
) -> None:
    orders.with_defaults()
    company = companies.company("Åse Lager A/S")
    answer = browser.post(reverse("order_new"), {"q": company.cvr, "ad": LINE})
    page = open_page(answer["Location"], as_user=browser)
    page.get_by_label("Titel").fill("")
    page.get_by_label("Opslagets tekst").fill("Chefen har stress.")
    page.get_by_role("button", name="Opret jobordren").click()
    expect(page.get_by_role("link", name="Titel: Skriv en titel.")).to_be_visible()
    picture(page, "draft-errors")
    assert not violations(page)


def test_the_list_follows_what_is_chosen(
    open_page: OpenPage, browser: Client, koege: Office, anne: User
) -> None:
    orders.an_order(office=koege, lead=anne, title="Kok")
    orders.an_order(office=koege, lead=anne, title="Tømrer")
    page = open_page(reverse("orders"), as_user=browser)
    page.get_by_label("Titel, virksomhed eller CVR-nummer").press_sequentially("kok")
    expect(page.get_by_text("Tømrer")).to_have_count(0)
    expect(page.get_by_role("link", name="Kok")).to_be_visible()


def test_others_see_the_order_and_no_button(
    open_page: OpenPage, signed_in: SignIn, koege: Office, anne: User
) -> None:
    order = an_order_with_everything(koege, anne)
    solroed = network.office("Solrød virksomhedsindgang", (network.SOLROED,))
    reader = signed_in(Role.CONSULTANT, office=solroed, user=accounts.user("Ida Juhl"))
    page = open_page(reverse("order", args=[order.pk]), as_user=reader)
    assert not troubles_at_every_width(page, "order-reader")
    expect(page.get_by_role("link", name="Luk jobordren")).to_be_hidden()
