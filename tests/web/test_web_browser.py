"""Every page in a browser: nothing for axe to find, nothing wider than a phone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.web.browser import (
    DESK,
    PHONE,
    OpenPage,
    is_wider_than_its_window,
    picture,
    violations,
)
from tests.web.conftest import SignIn
from tvaers.accounts.models import Role
from tvaers.agreements.models import Agreement
from tvaers.companies.models import Company, Conversation
from tvaers.network.models import Alliance, Office, OfficeClosure


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
@pytest.mark.parametrize(
    "name",
    [
        "tasks",
        "choose_office",
        "change_password",
        "companies",
        "company_new",
        "network",
        "nation",
        "office_new",
        "alliance_new",
        "users",
    ],
)
def test_a_page(
    open_page: OpenPage, signed_in: SignIn, koege: Office, name: str, width: int
) -> None:
    network.contact(koege)
    companies.company("Åse Lager A/S")
    everyone = signed_in(Role.MANAGER, Role.ADMINISTRATOR)
    look(open_page, reverse(name), name, as_user=everyone, width=width)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_company_with_all_that_can_stand_on_it(
    open_page: OpenPage, signed_in: SignIn, koege: Office, width: int
) -> None:
    company = a_company_with_everything(koege)
    address = reverse("company", args=[company.pk])
    look(open_page, address, "company", as_user=signed_in(Role.MANAGER), width=width)


def test_a_form_that_comes_back_leads_to_its_errors(
    open_page: OpenPage, signed_in: SignIn, koege: Office
) -> None:
    company = companies.company()
    page = open_page(reverse("company", args=[company.pk]), as_user=signed_in())
    page.get_by_text("Skriv en samtale ned").click()
    page.get_by_role("button", name="Gem samtalen").click()
    picture(page, "company-errors")
    assert not violations(page)
    page.get_by_role("link", name="Hvem talte du med?").click()
    assert page.evaluate("document.activeElement.name") == "conversation-with_whom"


def test_the_list_of_companies_follows_the_typing(open_page: OpenPage, signed_in: SignIn) -> None:
    companies.company("Åse Lager A/S")
    companies.company("Zebra ApS")
    page = open_page(reverse("companies"), as_user=signed_in())
    page.get_by_label("Navn eller CVR-nummer").press_sequentially("åse")
    page.get_by_text("Zebra").wait_for(state="detached")
    assert page.get_by_text("Åse Lager A/S").is_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("name", ["office", "alliance"])
def test_the_network_as_its_coordinator_sees_it(
    open_page: OpenPage, signed_in: SignIn, koege: Office, name: str, width: int
) -> None:
    network.contact(koege, title="Jobkonsulent", email="karen@koege.example")
    with setting_up():
        OfficeClosure.objects.create(
            office=koege,
            first_day=MONDAY.date(),
            last_day=MONDAY.date(),
            stand_in_office=network.office("Greve virksomhedsindgang", (network.GREVE,)),
            stand_in_name="Bo Friis",
        )
    pk = koege.pk if name == "office" else Alliance.objects.get().pk
    address = reverse(name, args=[pk])
    look(open_page, address, name, as_user=signed_in(Role.COORDINATOR), width=width)
