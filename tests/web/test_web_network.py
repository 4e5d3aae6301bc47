"""Kommuner og kontakter: found by everyone, kept by those whose right it is."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.web.conftest import DOOR, SignIn
from tvaers.accounts.models import Role
from tvaers.network.models import (
    Alliance,
    ClosingDay,
    Membership,
    Office,
    OfficeClosure,
    OfficeContact,
    Responsibility,
    ServiceLevel,
)
from tvaers.places.queries import area_municipalities


@pytest.fixture
def greve(db: None) -> Office:
    """An office in no alliance with Køge."""
    return network.office("Greve virksomhedsindgang", (network.GREVE,))


@pytest.fixture
def alliance(koege: Office) -> Alliance:
    return Alliance.objects.get()


def of(office: Office) -> str:
    return reverse("office", args=[office.pk])


def at_alliance(alliance: Alliance) -> str:
    return reverse("alliance", args=[alliance.pk])


CONTACT = {"action": "contact", "contact-name": "Karen Holm", "contact-phone": "56 67 00 00"}


def test_an_office_is_found_by_its_name_or_by_a_municipality(
    signed_in: SignIn, greve: Office
) -> None:
    browser = signed_in(Role.PARTNER)
    for text in ("greve", "virksomhed"):
        assert of(greve) in browser.get(reverse("network"), {"q": text}).text
    found = browser.get(reverse("network"), {"q": "køg"}, headers={"HX-Request": "true"}).text
    assert of(greve) not in found
    assert "Køge virksomhedsindgang" in found


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CONSULTANT, False),
        (Role.PARTNER, False),
        (Role.MANAGER, True),
        (Role.COORDINATOR, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_who_may_keep_the_contacts_of_the_own_office(
    signed_in: SignIn, koege: Office, role: Role, may: bool
) -> None:
    browser = signed_in(role)
    browser.post(of(koege), CONTACT)
    assert OfficeContact.objects.filter(name="Karen Holm").exists() == may
    assert ("Tilføj eller ret en kontaktperson" in browser.get(of(koege)).text) == may


def test_a_coordinator_keeps_only_the_offices_of_the_own_alliance(
    signed_in: SignIn, alliance: Alliance, greve: Office
) -> None:
    browser = signed_in(Role.COORDINATOR)
    browser.post(of(greve), CONTACT)
    assert not OfficeContact.objects.exists()
    with setting_up():
        Membership.objects.create(alliance=alliance, office=greve)
    browser.post(of(greve), CONTACT)
    assert OfficeContact.objects.get().office == greve


def test_nobody_removes_the_contact_of_another_office_through_the_own(
    signed_in: SignIn, koege: Office, greve: Office
) -> None:
    other = network.contact(greve)
    browser = signed_in(Role.MANAGER)
    form = {"action": "remove-contact", "remove-contact-contact_id": other.pk}
    assert browser.post(of(koege), form).status_code == 422
    assert OfficeContact.objects.filter(pk=other.pk).exists()


def test_an_office_that_closes_names_who_stands_in(
    signed_in: SignIn, koege: Office, greve: Office
) -> None:
    browser = signed_in(Role.MANAGER)
    form = {
        "action": "closure",
        "closure-first_day": "2026-03-02",
        "closure-last_day": "2026-03-01",
        "closure-stand_in_office_id": greve.pk,
        "closure-stand_in_name": "Bo Friis",
    }
    assert "ligger før den første" in browser.post(of(koege), form).text
    browser.post(of(koege), form | {"closure-last_day": "2026-03-06"})
    page = browser.get(of(koege)).text
    assert "Lukket til og med 6. marts 2026" in page
    assert "Bo Friis ved Greve virksomhedsindgang svarer imens" in page
    closure = OfficeClosure.objects.get()
    browser.post(of(koege), {"action": "remove-closure", "remove-closure-closure_id": closure.pk})
    assert not OfficeClosure.objects.exists()


def test_an_office_keeps_its_name_and_its_municipalities(
    signed_in: SignIn, koege: Office, greve: Office
) -> None:
    browser = signed_in(Role.MANAGER)
    facts = {"action": "office", "office-name": greve.name, "office-kind": "MUNICIPAL"}
    assert "findes allerede" in browser.post(of(koege), facts).text
    browser.post(of(koege), facts | {"office-name": "Køge Erhverv"})
    koege.refresh_from_db()
    assert koege.name == "Køge Erhverv"
    browser.post(
        of(koege),
        {
            "action": "responsibilities",
            "responsibilities-from_day": "2026-04-01",
            "responsibilities-municipalities": [network.KOEGE, network.SOLROED],
        },
    )
    served = Responsibility.objects.filter(office=koege).on(date(2026, 4, 1))
    assert set(served.values_list("municipality", flat=True)) == {network.KOEGE, network.SOLROED}


PROMISES = {
    "action": "service-level",
    "service-level-from_day": "2026-04-01",
    "service-level-dialogue_days": "2",
    "service-level-presentation_days": "5",
    "service-level-answer_hours": "24",
    "service-level-freshness_days": "3",
    "service-level-presented_per_opening": "2",
}


def test_a_new_service_level_begins_a_day_ahead_and_the_old_one_stays(
    signed_in: SignIn, alliance: Alliance
) -> None:
    browser = signed_in(Role.COORDINATOR)
    today = PROMISES | {"service-level-from_day": "2026-03-02"}
    assert "tidligst fra i morgen" in browser.post(at_alliance(alliance), today).text
    browser.post(at_alliance(alliance), PROMISES)
    old, new = ServiceLevel.objects.filter(alliance=alliance).order_by("starts_on")
    assert (old.dialogue_days, old.ends_on) == (1, date(2026, 3, 31))
    assert (new.dialogue_days, new.starts_on) == (2, date(2026, 4, 1))
    again = browser.post(at_alliance(alliance), PROMISES)
    assert "gælder fra 1. april 2026" in again.text
    assert "Vi taler med virksomheden inden for 2 arbejdsdage" in again.text


def test_closing_days_of_an_alliance_come_and_go(signed_in: SignIn, alliance: Alliance) -> None:
    browser = signed_in(Role.COORDINATOR)
    form = {"action": "closing-day", "closing-day-day": "2026-05-15", "closing-day-name": "Bro"}
    browser.post(at_alliance(alliance), form)
    day = ClosingDay.objects.get(alliance=alliance)
    browser.post(
        at_alliance(alliance),
        {"action": "remove-closing-day", "remove-closing-day-closing_day_id": day.pk},
    )
    assert not ClosingDay.objects.filter(alliance=alliance).exists()


def test_an_alliance_takes_in_offices_and_changes_its_area(
    signed_in: SignIn, alliance: Alliance, greve: Office
) -> None:
    browser = signed_in(Role.COORDINATOR)
    member = {"action": "member", "member-office_id": greve.pk, "member-from_day": "2026-03-02"}
    browser.post(at_alliance(alliance), member)
    assert Membership.objects.filter(alliance=alliance, office=greve).exists()
    leave = {"action": "leave", "leave-office_id": greve.pk, "leave-last_day": "2026-12-31"}
    browser.post(at_alliance(alliance), leave)
    assert Membership.objects.get(office=greve).ends_on == date(2026, 12, 31)
    area = {
        "action": "alliance",
        "alliance-name": "Øresund",
        "alliance-municipalities": [network.KOEGE],
    }
    browser.post(at_alliance(alliance), area)
    alliance.refresh_from_db()
    assert alliance.name == "Øresund"
    assert area_municipalities(alliance.area_id, MONDAY.date()) == (network.KOEGE,)


def test_the_nation_belongs_to_the_administrator(signed_in: SignIn, koege: Office) -> None:
    form = {"action": "closing-day", "closing-day-day": "2026-05-15", "closing-day-name": "Bro"}
    signed_in(Role.COORDINATOR).post(reverse("nation"), form)
    assert not ClosingDay.objects.filter(name="Bro").exists()
    signed_in(Role.ADMINISTRATOR).post(reverse("nation"), form)
    assert ClosingDay.objects.get(name="Bro").alliance is None


@pytest.mark.parametrize("name", ["office_new", "alliance_new"])
def test_only_administrators_add_offices_and_alliances(signed_in: SignIn, name: str) -> None:
    assert signed_in(Role.COORDINATOR).get(reverse(name)).status_code == 403
    assert signed_in(Role.ADMINISTRATOR).get(reverse(name)).status_code == 200


def test_a_new_office_and_a_new_alliance(signed_in: SignIn) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    office = {"action": "office", "office-name": "Faxe Erhverv", "office-kind": "MUNICIPAL"}
    made = browser.post(reverse("office_new"), office)
    assert made["Location"] == of(Office.objects.get(name="Faxe Erhverv"))
    alliance = {
        "action": "alliance",
        "alliance-name": "Fynbroen",
        "alliance-municipalities": [network.ODENSE],
    }
    browser.post(reverse("alliance_new"), alliance)
    assert Alliance.objects.filter(name="Fynbroen").exists()


def test_pages_take_as_many_queries_however_much_they_show(
    signed_in: SignIn,
    koege: Office,
    alliance: Alliance,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(Role.COORDINATOR)
    browser.get(reverse("tasks"))
    for number in range(2):
        network.contact(koege, f"Karen {number}", is_primary=False)
        network.office(f"Kontor {number}", (network.SOLROED,), alliance=alliance)
        with django_assert_num_queries(DOOR + 7):
            browser.get(reverse("network"))
        with django_assert_num_queries(DOOR + 11):
            browser.get(of(koege))
        with django_assert_num_queries(DOOR + 13):
            browser.get(at_alliance(alliance))
