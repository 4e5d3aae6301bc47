"""Områder: seen by everyone, kept by the administrator, with the days from which they hold."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import MONDAY
from tests.network import factories as network
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Role
from tvaers.network.models import Alliance
from tvaers.places.models import Area
from tvaers.places.queries import area_municipalities

TODAY = MONDAY.date()


@pytest.fixture
def region(db: None) -> Area:
    return Area.objects.get(name="Region Sjælland")


def of(area: Area) -> str:
    return reverse("area", args=[area.pk])


def test_everyone_sees_the_regions_of_today_and_of_next_year(
    signed_in: SignIn, region: Area
) -> None:
    browser = signed_in(Role.CONSULTANT)
    page = browser.get(reverse("areas")).text
    for name in ("Region Sjælland", "Region Østdanmark", "Øst for Storebælt", "Hele landet"):
        assert name in page
    shown = browser.get(of(region)).text
    assert "1. januar 2007 til og med 31. december 2026" in shown
    assert "Køge" in shown
    assert "Læg kommuner til" not in shown
    assert browser.get(reverse("area", args=[0])).status_code == 404


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.COORDINATOR, Role.MANAGER, Role.PARTNER])
def test_only_an_administrator_moves_a_region(signed_in: SignIn, region: Area, role: Role) -> None:
    leave = {
        "action": "leave",
        "leave-last_day": "2026-03-01",
        "leave-municipalities": [network.KOEGE],
    }
    signed_in(role).post(of(region), leave)
    assert network.KOEGE in area_municipalities(region.pk, TODAY)


def test_a_municipality_leaves_and_joins_on_its_days(signed_in: SignIn, region: Area) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    leave = {
        "action": "leave",
        "leave-last_day": "2026-03-31",
        "leave-municipalities": [network.KOEGE],
    }
    assert browser.post(of(region), leave).status_code == 302
    join = {
        "action": "join",
        "join-from_day": "2026-04-01",
        "join-municipalities": [network.ODENSE],
    }
    assert browser.post(of(region), join).status_code == 302
    in_april = TODAY.replace(month=4, day=1)
    assert network.KOEGE in area_municipalities(region.pk, in_april.replace(month=3, day=31))
    assert network.KOEGE not in area_municipalities(region.pk, in_april)
    assert network.ODENSE not in area_municipalities(region.pk, TODAY)
    assert network.ODENSE in area_municipalities(region.pk, in_april)
    assert browser.post(of(region), join).status_code == 422


def test_a_council_is_founded_once(signed_in: SignIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    form = {
        "action": "area",
        "area-name": "Arbejdsmarkedsråd Sjælland",
        "area-kind": "COUNCIL",
        "area-from_day": "2026-01-01",
        "area-municipalities": [network.KOEGE, network.GREVE],
    }
    made = browser.post(reverse("areas"), form)
    council = Area.objects.get(kind="COUNCIL")
    assert made["Location"] == of(council)
    assert area_municipalities(council.pk, TODAY) == (network.GREVE, network.KOEGE)
    assert "findes allerede" in browser.post(reverse("areas"), form).text


def test_what_the_ladder_reads_elsewhere_is_not_edited_here(signed_in: SignIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    for area in (*Area.objects.filter(kind__in=("NATION", "PART")), Alliance.objects.get().area):
        assert "Læg kommuner til" not in browser.get(of(area)).text


def test_the_pages_ask_as_much_however_much_they_show(
    signed_in: SignIn, region: Area, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    browser.get(reverse("areas"))
    with django_assert_num_queries(DOOR + 3):
        browser.get(reverse("areas"))
    for area in (region, Area.objects.get(kind="NATION")):
        with django_assert_num_queries(DOOR + 2 + (area == region)):
            browser.get(of(area))
