"""Search, candidates and import in a browser: nothing for axe, nothing wider than a phone."""

import re
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts import factories as accounts
from tests.candidates.factories import deliver
from tests.circulation.factories import Sjaelland, an_order, occupation, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE, ODENSE, ROSKILDE, SOLROED
from tests.web.browser import OpenPage, picture, troubles_at_every_width, violations
from tests.web.test_web_search import browser_of, excel
from tvaers.accounts.models import Role
from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.matching import operations as matching
from tvaers.matching import saving
from tvaers.matching.models import Search, Settled
from tvaers.orders.models import Order
from tvaers.orders.need import Asked
from tvaers.orders.queries import need_of
from tvaers.referrals import disclosure
from tvaers.referrals import operations as referrals


def an_order_with_more(region: Sjaelland) -> Order:
    """The three warehouse workers; Excel is an advantage, and so is something nobody knows."""
    asked = need_of(an_order(region.lead)).requirements
    return an_order(
        region.lead,
        requirements=(
            *asked,
            Asked(kind="SKILL", text="Excel", must=False, concept=excel()),
            Asked(kind="SKILL", text="Glad for natarbejde", must=False, concept=None),
        ),
    )


def people_of_all_kinds(region: Sjaelland) -> dict[str, Profile]:
    """Those who fit well, less well and nearly, from here and there."""
    titles = {"wanted_titles": "Lagermedarbejder, truckfører"}
    held = {"held": (occupation(),), "held_years": (4,), "held_until": (2025,)}
    concepts = region.person(KOEGE).concepts
    made = {
        "own": region.person(KOEGE, name="Anna Bech", **titles, **held, text="Kan køre truck."),
        "stranger": region.person(GREVE, **titles, concepts=(*concepts, excel())),
        "neighbour": region.person(SOLROED, wanted=(occupation("truckfører"),), car=False),
        "gone": region.person(ROSKILDE, **titles),
        "late": region.person(KOEGE, available_from=(MONDAY + timedelta(days=30)).date()),
        "thin": region.person(KOEGE, name="Bo Friis", legal_basis="", cv_updated_on=None),
    }
    for _ in range(3):
        region.person(GREVE, concepts=(), **titles)
    for _ in range(26):
        region.person(SOLROED, **titles)
    deliver(region.offices[ROSKILDE], at=MONDAY - timedelta(days=6))
    return made


def a_search_with_everything(region: Sjaelland) -> tuple[Search, dict[str, Profile]]:
    order, people = an_order_with_more(region), people_of_all_kinds(region)
    who_and_when = {"by": region.lead.actor, "at": MONDAY}
    made = matching.search(
        order_id=order.pk, scope=(KOEGE, GREVE, SOLROED, ROSKILDE, ODENSE), **who_and_when
    )
    matching.settle(
        order_id=order.pk,
        person_ids=[people["late"].pk],
        outcome=Settled.NOT_REACHED,
        words="Ringede to gange.",
        **who_and_when,
    )
    referrals.propose(order_id=order.pk, person_id=people["own"].pk, **who_and_when)
    other = an_order(region.lead)
    referrals.propose(order_id=other.pk, person_id=people["neighbour"].pk, **who_and_when)
    disclosure.ask_release(order_id=order.pk, person_id=people["stranger"].pk, **who_and_when)
    saving.save(search_id=made.pk, **who_and_when)
    region.person(GREVE)
    saving.look_for_new(**who_and_when)
    candidates.report_unavailable(person_id=people["gone"].pk, **who_and_when)
    return made, people


def troubles(open_page: OpenPage, addresses: dict[str, str], *, as_user: Client) -> list[str]:
    found, page = [], None
    for name, address in addresses.items():
        page = open_page(address, as_user=as_user, page=page)
        for fold in page.locator("details.fold, details.why").all()[:3]:
            fold.locator("summary").click()
        found += [f"{name}: {trouble}" for trouble in troubles_at_every_width(page, name)]
    return found


def test_the_pages_of_a_search(open_page: OpenPage) -> None:
    region = sjaelland()
    made, people = a_search_with_everything(region)
    lacking = made.order.requirements.get(must=True).pk
    addresses = {
        "order_search": reverse("order_search", args=[made.order_id]),
        "search": reverse("search", args=[made.pk]),
        "search_page_2": reverse("search", args=[made.pk]) + "?page=2",
        "search_facets": reverse("search", args=[made.pk]) + f"?kommune={SOLROED}&rejse=60&cv=30",
        "search_close": reverse("search_close", args=[made.pk]),
        "search_close_one": reverse("search_close", args=[made.pk]) + f"?mangler={lacking}",
        "saved_searches": reverse("saved_searches"),
        "search_why": reverse("search_why", args=[made.pk]) + f"?person={people['gone'].pk}",
        "candidate_own": reverse("candidate", args=[people["own"].pk]),
        "candidate_other": reverse("candidate", args=[people["stranger"].pk])
        + f"?ordre={made.order_id}",
        "candidates": reverse("candidates"),
    }
    assert not troubles(open_page, addresses, as_user=browser_of(region.lead.user_id))


def test_the_home_offices_pages(open_page: OpenPage, tmp_path: Path) -> None:
    region = sjaelland()
    _made, people = a_search_with_everything(region)
    greve = accounts.reader(region.offices[GREVE], Role.MANAGER)
    addresses = {
        "candidate_home": reverse("candidate", args=[people["stranger"].pk]),
        "candidates_import": reverse("candidates_import"),
    }
    browser = browser_of(greve.user_id)
    assert not troubles(open_page, addresses, as_user=browser)
    file = tmp_path / "liste.csv"
    file.write_bytes("id;navn;kommune;sko\nk1;Åse;Greve;42\nk2;Bo;Atlantis;40\n".encode("cp1252"))
    page = open_page(addresses["candidates_import"], as_user=browser)
    page.get_by_label("Fil fra fagsystemet").set_input_files(file)
    page.get_by_role("button", name="Prøv filen først").click()
    expect(page.get_by_text("Atlantis").first).to_be_visible()
    assert not troubles_at_every_width(page, "candidates_import_tried")
    page.get_by_label("Fil fra fagsystemet").set_input_files(file)
    page.get_by_role("button", name="Læs listen ind").click()
    expect(page.get_by_text("1 nye").first).to_be_visible()


def test_the_field_of_extra_requirements_completes_what_is_typed(open_page: OpenPage) -> None:
    region = sjaelland()
    order = an_order(region.lead)
    address = reverse("order_search", args=[order.pk])
    page = open_page(address, as_user=browser_of(region.lead.user_id))
    page.get_by_text("Gør søgningen snævrere", exact=True).click()
    page.get_by_label("Ekstra krav").press_sequentially("Excel, gaffeltruckc")
    options = page.locator("#extra-words option")
    expect(options.first).to_have_attribute("value", re.compile("^Excel, gaffeltruckc", re.I))
    assert not violations(page)


def test_hits_are_settled_by_keyboard_and_errors_lead_to_their_field(open_page: OpenPage) -> None:
    region = sjaelland()
    made, _people = a_search_with_everything(region)
    address = reverse("search", args=[made.pk])
    page = open_page(address, as_user=browser_of(region.lead.user_id))
    page.get_by_role("button", name="Gem udfald").click()
    expect(page.locator(".error-summary")).to_be_focused()
    picture(page, "search-errors")
    assert not violations(page)
    page.get_by_label("Hvem gælder det?").select_option("PAGE")
    page.get_by_label("Hvad blev det til?").select_option("BETTER_PRESENTED")
    page.get_by_role("button", name="Gem udfald").press("Enter")
    expect(page.get_by_text("25 har fået udfald.")).to_be_visible()
