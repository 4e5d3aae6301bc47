"""Pages are tested as people meet them: signed in, at an office, on a Monday morning."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.accounts import factories as accounts
from tests.core.factories import MONDAY
from tests.network import factories as network
from tests.web.browser import open_page, running_browser  # noqa: F401
from tests.web.order_scene import anne, browser, order, stranger  # noqa: F401
from tests.web.undone import inner_server  # noqa: F401
from tvaers.accounts.models import Role, User
from tvaers.network.models import Office
from tvaers.web import clock

SignIn = Callable[..., Client]

DOOR = 10
"""Queries of every page: session, user, reader, alliance; the transaction of the request and of
the door, begun and ended; the door's settings, made and taken back."""


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is Monday 2 March 2026, nine o'clock, on every page."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return MONDAY


@pytest.fixture
def koege(db: Any) -> Office:
    """The office in Køge, in an alliance with Greve and Solrød."""
    office = network.office("Køge virksomhedsindgang", (network.KOEGE,))
    network.alliance("Rekruttering Østsjælland", offices=(office,))
    return office


@pytest.fixture
def signed_in(koege: Office) -> SignIn:
    """`signed_in(Role.MANAGER)`: a browser in which someone with that role works in Køge."""

    def sign_in(*roles: Role, office: Office | None = None, user: User | None = None) -> Client:
        someone = user or accounts.user("Anne Lund")
        accounts.appoint(someone, office or koege, *(roles or (Role.CONSULTANT,)))
        client = Client()
        client.force_login(someone)
        return client

    return sign_in
