"""Every address × role × office: opened by those the one table names, and telling no secret.

The addresses are the house's own, so a new one is visited without a line being written here; one
that only some offices may open is named in `ONLY_FOR`.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from pypdf import PdfReader

from tests.accounts import factories as accounts
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, KOEGE, ODENSE, ROSKILDE
from tests.web.secret_world import OFFICES, SecretWorld, a_secret_world
from tests.web.test_web_doors import OPEN, every_page
from tvaers.accounts.access import PERMISSIONS, Verb
from tvaers.accounts.models import Role, User
from tvaers.accounts.operations import switch_off

LEADS = frozenset({KOEGE})
ONLY_FOR = {
    **dict.fromkeys(
        (
            *("order_change", "order_leads", "order_close", "order_search", "order_send"),
            *("circulation_withdraw", "referrals_present", "answer_by_phone"),
            *("search", "search_again", "search_outcomes", "search_save"),
            *("search_export", "search_close", "search_why"),
        ),
        LEADS,
    ),
    "wish": LEADS,
    "order_plan": frozenset({KOEGE, GREVE, ROSKILDE}),
    "answer": frozenset({KOEGE, GREVE}),
    "answer_unchanged": frozenset({GREVE}),
    "referral": frozenset({KOEGE, GREVE}),
}
"""Who opens what is not common to all offices: by the order's lead, the office asked, the home."""
ALSO_FOR_LEADS = {"answer", "referral"}
"""The lead's office opens them as a lead, which a partner there never is."""
NATION = {"office_new": {Role.ADMINISTRATOR}, "alliance_new": {Role.ADMINISTRATOR}}
"""What the page itself asks for beside the door: `may_edit_nation`."""
ELSEWHERE = {"posting_id", "public_id", "name"}
"""What stands in addresses of which this world has no row: they are opened, and not found."""
SEES_NOBODY = {Role.ADMINISTRATOR}


class Visitor:
    """Someone in one role at one office, nobody at all, or someone who was switched off."""

    def __init__(self, world: SecretWorld, role: Role | None, code: str | None) -> None:
        self.world, self.role, self.code = world, role, code
        self.client = Client(raise_request_exception=True)

    def __str__(self) -> str:
        return f"{self.role or 'nobody'} at {self.code}"

    def sign_in(self, *, switched_off: bool = False) -> "Visitor":
        role, code = self.role or Role.MANAGER, self.code or KOEGE
        reader = accounts.reader(self.world.offices[code], role)
        self.client.force_login(User.objects.get(pk=reader.user_id))
        if switched_off:
            switch_off(user_id=reader.user_id, by=SETUP, at=MONDAY)
        return self

    def may_open(self, page: URLPattern) -> bool:
        """By the table of permissions, and by the office the row belongs to."""
        name = str(page.name)
        if name in ALSO_FOR_LEADS and self.code in LEADS:
            return self.role in PERMISSIONS[Verb.LEAD_ORDER]
        allowed = NATION.get(name, set(Role))
        if verbs := getattr(page.callback, "verbs", ()):
            allowed = allowed & set().union(*(PERMISSIONS[verb] for verb in verbs))
        return self.role in allowed and self.code in ONLY_FOR.get(name, OFFICES)

    def troubles(self, page: URLPattern, address: str) -> list[str]:
        """What is wrong with what the visitor gets: the answer's status, and secrets in it."""
        answer, said = self.reads(address)
        office = None if self.role in SEES_NOBODY else self.code
        found = self.world.leaks(said, office=office, page=str(page.name))
        if answer.status_code not in self._expected(page, address):
            found.append(f"is {answer.status_code}")
        return [f"{page.name} {address} as {self}: {trouble}" for trouble in found]

    def _expected(self, page: URLPattern, address: str) -> set[int]:
        if page.name in OPEN:
            return {200, 302, 403, 404, 503}
        if self.role is None:
            return {302}
        if not self.may_open(page):
            return {403}
        is_elsewhere = ELSEWHERE & set(page.pattern.converters)
        return {404} if is_elsewhere and page.name != "order_draft" else {200, 302, 400, 404, 422}

    def reads(self, address: str) -> tuple[HttpResponseBase, str]:
        """The answer and all text in it; whatever it changed is undone."""
        with transaction.atomic():
            answer = self.client.get(address)
            if answer.status_code == 405:
                answer = self.client.post(address, {})
            transaction.set_rollback(True)
        return answer, "\n".join(texts(answer))


def texts(answer: Any) -> Iterator[str]:
    """What can be read in an answer: the page, a PDF's text, what a workbook's parts hold."""
    if answer.streaming:  # only says when to look again, for as long as one listens
        return
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    elif "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            yield from (book.read(part).decode() for part in book.namelist())
    else:
        yield answer.content.decode()


def addresses(world: SecretWorld, page: URLPattern) -> Iterator[str]:
    """Where the page is, for every row of the world that can stand in its address."""
    name, names = str(page.name), list(page.pattern.converters)
    more = {
        "token": [world.tokens.get(name, "forged")],
        "public_id": [uuid4()],
        "posting_id": [0],
        "name": ["consultant"],
    }
    values = [(world.parameters | more)[one] for one in names]
    for chosen in product(*values):
        yield reverse(name, kwargs=dict(zip(names, chosen, strict=True)))


def go_round(world: SecretWorld, visitors: list[Visitor]) -> list[str]:
    return [
        trouble
        for page in every_page()
        if page.name != "sign_out"
        for address in addresses(world, page)
        for visitor in visitors
        for trouble in visitor.troubles(page, address)
    ]


def strangers(world: SecretWorld) -> list[Visitor]:
    """Nobody, and a manager who was switched off while signed in."""
    return [Visitor(world, None, None), Visitor(world, None, None).sign_in(switched_off=True)]


SAMPLE = [
    *((Role.CONSULTANT, code) for code in (KOEGE, GREVE, ODENSE)),
    (Role.PARTNER, ROSKILDE),
    (Role.MANAGER, ODENSE),
    (Role.COORDINATOR, GREVE),
    (Role.ADMINISTRATOR, KOEGE),
]


@pytest.mark.django_db
def test_the_doors_and_the_walls_hold() -> None:
    world = a_secret_world()
    visitors = [Visitor(world, role, code).sign_in() for role, code in SAMPLE]
    assert go_round(world, visitors + strangers(world)) == []


@pytest.mark.long
@pytest.mark.django_db
def test_the_doors_and_the_walls_hold_for_every_role_at_every_office() -> None:
    world = a_secret_world()
    visitors = [Visitor(world, role, code).sign_in() for role, code in product(Role, OFFICES)]
    assert go_round(world, visitors + strangers(world)) == []


@pytest.mark.django_db
def test_every_secret_is_told_to_someone() -> None:
    """A marked word that no page shows to anyone would prove nothing."""
    world = a_secret_world()
    shown = set()
    for code in OFFICES:
        visitor = Visitor(world, Role.CONSULTANT, code).sign_in()
        for page in every_page():
            if page.name in ("candidate", "order", "referral"):
                for address in addresses(world, page):
                    said = visitor.reads(address)[1]
                    shown |= {one.text for one in world.secrets if one.text in said}
    assert shown == {one.text for one in world.secrets}
