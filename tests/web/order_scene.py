"""An order in Køge that Anne leads, her browser, and a stranger's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.network import factories as network
from tests.orders import factories as orders
from tvaers.accounts.models import Role, User
from tvaers.network.models import Office
from tvaers.orders.models import Order


@pytest.fixture
def anne(koege: Office) -> User:
    return orders.a_lead(koege, "Anne Lund")


@pytest.fixture
def browser(signed_in: Callable[..., Client], anne: User, koege: Office) -> Client:
    """Anne's browser; she leads."""
    client = Client()
    client.force_login(anne)
    return client


@pytest.fixture
def order(koege: Office, anne: User) -> Order:
    """Three warehouse workers in Køge, in dialogue, led by Anne."""
    return orders.an_order(office=koege, lead=anne, openings=3, stage="IN_DIALOGUE")


@pytest.fixture
def stranger(signed_in: Callable[..., Client]) -> Client:
    """A consultant in Greve, who leads nothing."""
    greve = network.office("Greve virksomhedsindgang", (network.GREVE,))
    return signed_in(Role.CONSULTANT, office=greve)


def address(order: Order) -> str:
    return reverse("order", args=[order.pk])


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send from the order's form as it stands."""
    form = page[page.index("<form", page.index("<main")) :]
    told: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        facts = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        kind, name = facts.get("type", "text"), facts.get("name", "")
        if kind in ("radio", "checkbox") and not re.search(r"\schecked", tag):
            continue
        if name in ("workplace_ids", "offered"):
            told.setdefault(name, []).append(facts["value"])
        elif name:
            told[name] = facts.get("value", "")
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        told[name] = text.strip()
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)"\s+selected', options)
        told[name] = chosen[1] if chosen else ""
    return told
