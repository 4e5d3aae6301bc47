"""Every page in a browser: nothing for axe to find, nothing wider than a phone."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.browser import (
    DESK,
    PHONE,
    OpenPage,
    is_wider_than_its_window,
    picture,
    violations,
)
from tests.web.conftest import SignIn


def look(
    open_page: OpenPage, address: str, name: str, *, as_user: Client | None, width: int
) -> None:
    page = open_page(address, as_user=as_user, width=width)
    picture(page, f"{name}-{width}")
    assert not violations(page)
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_sign_in_page(open_page: OpenPage, width: int) -> None:
    look(open_page, reverse("sign_in"), "sign_in", as_user=None, width=width)


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("name", ["tasks", "choose_office", "change_password"])
def test_a_page(open_page: OpenPage, signed_in: SignIn, name: str, width: int) -> None:
    look(open_page, reverse(name), name, as_user=signed_in(), width=width)
