"""Every address in every role: opened by those the table of permissions names, else refused.

What is visited is compared with the addresses of the house, so a new page must be shown here.
"""

import pytest
from django.test import Client
from django.urls import URLPattern
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.web.browser import OpenPage, violations
from tests.web.every_page import (
    Place,
    World,
    a_draft,
    a_world,
    places,
    places_without_sign_in,
)
from tests.web.qualweb import failures
from tests.web.test_web_doors import OPEN, every_page
from tvaers.accounts.access import PERMISSIONS
from tvaers.accounts.models import Role

SHOWS_NO_PAGE = {
    "alive": "for machines: plain text",
    "ready": "for machines: plain text",
    "metrics": "for machines: plain text",
    "live_order": "for machines: a stream",
    "live_tasks": "for machines: a stream",
    "order_proof_pdf": "a file",
    "posting_jobnet_file": "a file",
    "vacancies_rss": "for machines: a feed",
    "vacancies_atom": "for machines: a feed",
    "sitemap": "for machines: the map of what is open",
    "robots": "for machines: where robots may go",
    "search_export": "a file, by a form that is sent",
    "order_companies": "a part of the page of a new order",
    "order_suggest": "a part of the page of a draft",
    "search_suggest": "a part of the page to search from",
    "sign_out": "a form that is sent",
    "choose_language": "a form that is sent",
    "demo_sign_in": "a form that is sent",
    "referrals_present": "a form that is sent",
    "circulation_withdraw": "a form that is sent",
    "answer_unchanged": "a form that is sent",
    "search_outcomes": "a form that is sent",
    "search_again": "a form that is sent",
    "search_save": "a form that is sent",
    "search_forget": "a form that is sent",
}
NARROWER = {"office_new": {Role.ADMINISTRATOR}, "alliance_new": {Role.ADMINISTRATOR}}
"""What the page itself asks for beside the door: `may_edit_nation`."""


def pages() -> dict[str, URLPattern]:
    return {str(one.name): one for one in every_page() if one.name not in SHOWS_NO_PAGE}


def opened_by(page: URLPattern) -> set[Role]:
    """The roles that the page's door lets in, by the one table of permissions."""
    allowed = set(Role)
    if verbs := getattr(page.callback, "verbs", ()):
        allowed = set().union(*(PERMISSIONS[verb] for verb in verbs))
    return allowed & NARROWER.get(str(page.name), allowed)


class Visitor:
    """Goes round the house in one role, or in none, and notes what is wrong."""

    def __init__(self, open_page: OpenPage, world: World, role: Role | None) -> None:
        self.open_page, self.role = open_page, role
        self.client = Client() if role is None else world.browser(role)
        self.page: Page | None = None

    def sees(self, place: Place) -> list[str]:
        """What is wrong with a page that opens, and shows the row that is there."""
        self.page = self.open_page(
            place.address, as_user=self.client if self.role else None, page=self.page
        )
        expect(self.page.locator("main")).to_contain_text(place.words_for(self.role))
        found = violations(self.page) + failures(self.page)
        return [f"{place.address} as {self.role}: {trouble}" for trouble in found]

    def is_refused(self, place: Place) -> list[str]:
        """The page is closed to this role, and says so."""
        answer = self.client.get(place.address)
        refused = answer.status_code == 403 and "Det har du ikke adgang til" in answer.text
        return [] if refused else [f"{place.address} opens as {self.role}"]


def go_round(open_page: OpenPage, world: World, role: Role | None) -> tuple[set[str], list[str]]:
    """The pages that were visited in the role, and what is wrong with them."""
    visitor = Visitor(open_page, world, role)
    if role is None:
        here, known = places_without_sign_in(world), {}
    else:
        draft = a_draft(world, visitor.client)
        here, known = places(world) | {"order_draft": draft}, pages()
    found = []
    for name, place in here.items():
        opens = role is None or role in opened_by(known[name])
        found += visitor.sees(place) if opens else visitor.is_refused(place)
    return set(here), found


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    settings.TVAERS_DEMO = True  # Postkasse, and the demo's people on the sign-in page
    return a_world()


def test_what_is_no_page_is_an_address_of_the_house() -> None:
    assert SHOWS_NO_PAGE.keys() <= {str(one.name) for one in every_page()}


ROUNDS = [
    pytest.param(role, marks=[] if role is Role.CONSULTANT else pytest.mark.long)
    for role in (None, *Role)
]


@pytest.mark.parametrize("role", ROUNDS, ids=lambda role: str(role or "nobody"))
def test_axe_and_qualweb_find_nothing_on_any_page_in_any_role(
    open_page: OpenPage, world: World, role: Role | None
) -> None:
    """Every page in the role; the pages of the house are those with sign-in and those without."""
    visited, found = go_round(open_page, world, role)
    assert visited == {name for name in pages() if (name in OPEN) == (role is None)}
    assert not found, "\n".join(found)
