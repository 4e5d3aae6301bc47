"""Every form of every page, sent from a browser that runs no scripts.

Each must lead to a whole page, or to the file it promises; one that is refused says why and keeps
what was typed. What is sent is compared with the forms of the house, so that none is forgotten.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from pytest_django.fixtures import Settings

from tests.web.browser import DESK, session_of
from tests.web.every_form import more_addresses
from tests.web.every_page import World, a_draft, a_world, places, places_without_sign_in
from tests.web.plain_forms import (
    FormKind,
    PlainForm,
    kinds_on,
    troubles_of,
    troubles_of_refusal,
)
from tests.web.test_web_every_page import SHOWS_NO_PAGE, opened_by, pages
from tests.web.test_web_search import browser_of
from tests.web.undone import undone
from tvaers.accounts.models import Role
from tvaers.candidates.models import Profile
from tvaers.referrals.models import Referral
from tvaers.web.actions import ActionForm

A_FORM = "a form that is sent"
SENDS_A_FILE = {"search_export"}
PATIENCE = 15_000


class Visitor:
    """Someone whose browser runs no scripts, and who sends every form there is on a page."""

    def __init__(self, browser: Browser, server: str, client: Client | None) -> None:
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": DESK, "height": 900}, locale="da-DK"
        )
        context.set_default_timeout(PATIENCE)
        self.server, self.client, self.page = server, client, context.new_page()

    def goes_to(self, address: str) -> None:
        """Open the page with the session as it was at first: some forms end it."""
        self.page.context.clear_cookies()
        if self.client:
            session = session_of(self.client, self.server)
            self.page.context.add_cookies([session])  # type: ignore[list-item]
        self.page.goto(self.server + address)

    def kinds_at(self, address: str) -> list[FormKind]:
        self.goes_to(address)
        return kinds_on(self.page)

    def finds(self, kind: FormKind, address: str) -> PlainForm:
        self.goes_to(address)
        place = kinds_on(self.page).index(kind)
        found = PlainForm(self.page, self.page.locator("form").nth(place))
        found.unfold()
        return found

    def sends_every_way(self, kind: FormKind, address: str) -> Iterator[str]:
        """By each button as it stands; filled in; and without something that must be there."""
        with undone():
            form = self.finds(kind, address)
            buttons, must = form.buttons(), form.must_be_written()
            if len(buttons) > 1 and kind.fields:
                yield from form.trouble_with_enter()
        if not buttons:
            yield "has no button that can be seen"
        for button in buttons if not must else buttons[:-1]:
            yield from self._sends(kind, address, button)
        if buttons and kind.fields:
            yield from self._sends(kind, address, buttons[-1], fill=True)
        if buttons and must:
            yield from self._sends(kind, address, buttons[-1], fill=True, leave_out=must)

    def _sends(
        self, kind: FormKind, address: str, button: int, *, fill: bool = False, leave_out: str = ""
    ) -> Iterator[str]:
        with undone():
            form = self.finds(kind, address)
            if fill:
                form.fill(leave_out=leave_out)
            if kind.leads_to in SENDS_A_FILE:
                if not form.press_for_a_file(button):
                    yield "sends an empty file"
                return
            try:
                answer = form.press(button)
            except PlaywrightTimeout:
                yield "the button leads nowhere"
                return
            yield from troubles_of(self.page, answer)
            if answer.status == 422:
                yield from troubles_of_refusal(self.page)
                yield from form.lost()
            elif leave_out:
                yield "takes what lacks a part that must be there"


def everyone(world: World) -> Iterator[tuple[Client | None, list[str]]]:
    """Those who go round, and the addresses that each may open."""
    more = more_addresses(world)
    yield None, [place.address for place in places_without_sign_in(world).values()]
    lead, known = browser_of(world.region.lead.user_id), pages()
    for client, role in ((lead, Role.CONSULTANT), *((world.browser(one), one) for one in Role)):
        here = {name: place.address for name, place in places(world).items()}
        own = [here[name] for name in here if role in opened_by(known[name])]
        if role in opened_by(known["order_draft"]):
            own.append(a_draft(world, client).address)
        yield client, [*own, *more]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> set[type[ActionForm]]:
    """The kinds of action forms that have been sent."""
    found: set[type[ActionForm]] = set()
    made = ActionForm.__init__

    def noted(form: ActionForm, *args: object, **kwargs: object) -> None:
        made(form, *args, **kwargs)  # type: ignore[arg-type]
        if form.is_bound:
            found.add(type(form))

    monkeypatch.setattr(ActionForm, "__init__", noted)
    return found


def every_action(above: type[ActionForm] = ActionForm) -> Iterator[type[ActionForm]]:
    """The action forms of the house: those that no other is made of."""
    below = above.__subclasses__()
    if not below and above.__module__.startswith("tvaers."):
        yield above
    for form in below:
        yield from every_action(form)


def lead_of(world: World, browser: Browser, server: str) -> Visitor:
    return Visitor(browser, server, browser_of(world.region.lead.user_id))


def test_the_enter_key_in_a_form_with_several_buttons_does_what_the_form_is_for(
    running_browser: Browser,
    inner_server: str,
) -> None:
    """A browser presses the first button there is, also one that is folded away."""
    world = a_world()
    more_addresses(world)
    lead = lead_of(world, running_browser, inner_server)
    page = lead.page

    lead.goes_to(reverse("answer", args=[world.asked.pk]))
    page.locator("summary", has_text="Tilføj en anden").click()
    page.locator("input[name=new_name]").fill("Bo Friis")
    page.locator("input[name=new_name]").press("Enter")
    expect(page.locator("input[name=new_name]")).to_have_value("Bo Friis")
    assert not world.asked.answers.exists()

    lead.goes_to(reverse("search", args=[world.search.pk]))
    page.locator("ol.hits input[type=checkbox]").first.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Vælg, hvad det blev til.")
    assert Profile.objects.exclude(reported_unavailable_at=None).count() == 1

    lead.goes_to(reverse("order_search", args=[world.order.pk]))
    page.locator("summary", has_text="Hvad tæller mest?").click()
    page.locator("input[name=weight_travel]").fill("99")
    page.locator("input[name=weight_travel]").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()

    lead.goes_to(reverse("proposals"))
    before = Referral.objects.count()
    page.locator("input[name=pair]").first.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Sæt kryds ved mindst én person.")
    assert Referral.objects.count() == before
    page.context.close()


@pytest.mark.long
def test_every_form_leads_to_a_whole_page(
    running_browser: Browser,
    inner_server: str,
    settings: Settings,
    sent: set[type[ActionForm]],
) -> None:
    settings.TVAERS_DEMO = True
    found: list[str] = []
    visited: set[str] = set()
    done: set[FormKind] = set()
    for client, addresses in everyone(a_world()):
        visitor = Visitor(running_browser, inner_server, client)
        for address in addresses:
            visited.add(str(resolve(urlsplit(address).path).url_name))
            for kind in visitor.kinds_at(address):
                if kind not in done:
                    done.add(kind)
                    troubles = visitor.sends_every_way(kind, address)
                    found += [f"{address}, {kind}: {trouble}" for trouble in troubles]
        visitor.page.context.close()
    assert not found, "\n".join(found)
    assert visited == set(pages())
    assert sent == set(every_action())
    assert {name for name, why in SHOWS_NO_PAGE.items() if A_FORM in why} <= {
        kind.leads_to for kind in done
    }
