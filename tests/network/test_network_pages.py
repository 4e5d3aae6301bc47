"""The pages of "Kommuner og kontakter"."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.factories import MONDAY, setting_up
from tests.network.factories import (
    GREVE,
    KOEGE,
    SOLROED,
    alliance,
    alliance_sjaelland,
    contact,
    fund,
    office,
)
from tvaers.network import pages
from tvaers.network.models import Alliance, ClosingDay, Office, OfficeClosure, OfficeKind

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


def close(one: Office, stand_in: Office) -> None:
    with setting_up():
        OfficeClosure.objects.create(
            office=one, first_day=DAY, last_day=DAY, stand_in_office=stand_in, stand_in_name="Jens"
        )


def test_an_office_in_the_list_tells_whom_to_call_and_what_it_serves() -> None:
    ours = alliance("Vores")
    shared = office("Fælleskontoret", [KOEGE, GREVE], alliance=ours)
    contact(shared, "Bo", is_primary=False)
    contact(shared, "Karen")
    close(shared, office("Stevns"))

    row = pages.offices(DAY, text="fælles").rows[0]

    assert (row.name, row.municipalities, row.alliances) == (
        "Fælleskontoret",
        ("Greve", "Køge"),
        ("Vores",),
    )
    assert row.contact is not None
    assert row.contact.name == "Karen"
    assert row.stand_in is not None
    assert row.stand_in.office_name == "Stevns"


@pytest.mark.parametrize("text", ["solrød", "Åens", "dur"])
def test_offices_are_found_by_name_and_by_municipality(text: str) -> None:
    office("Åens Indgang Dur", [SOLROED])
    office("Noget andet", [KOEGE])
    assert [row.name for row in pages.offices(DAY, text=text).rows] == ["Åens Indgang Dur"]


def test_the_list_costs_the_same_for_one_office_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sjaelland = alliance_sjaelland()
    fund("3F København")
    for one in sjaelland.offices.values():
        contact(one)

    with django_assert_num_queries(6):
        assert pages.offices(DAY).total == 18
    with django_assert_num_queries(7):
        assert pages.offices(DAY, alliance_id=sjaelland.alliance.pk).total == 17


def test_the_page_of_an_office(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = office("Køge", [KOEGE, GREVE], releases_by_default=True)
    for name in ("Anna", "Bo", "Carl"):
        contact(here, name, is_primary=name == "Bo")
    close(here, office("Stevns"))

    with django_assert_num_queries(9):
        page = pages.office_page(here.pk, DAY)

    assert page.municipality_codes == (GREVE, KOEGE)
    assert [one.name for one in page.contacts] == ["Bo", "Anna", "Carl"]
    assert [one.stand_in_name for one in page.closures] == ["Jens"]
    assert (page.releases_by_default, page.office.kind) == (True, OfficeKind.MUNICIPAL)
    with pytest.raises(Office.DoesNotExist):
        pages.office_page(0, DAY)


def test_the_page_of_an_alliance(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sjaelland = alliance_sjaelland(answer_hours=24)
    with setting_up():
        ClosingDay.objects.create(
            day=date(2026, 5, 15), name="Indeklemt fredag", alliance=sjaelland.alliance
        )

    with django_assert_num_queries(10):
        page = pages.alliance_page(sjaelland.alliance.pk, DAY)

    assert (len(page.members), len(page.municipalities)) == (17, 17)
    assert page.current is not None
    assert page.current.answer_hours == 24
    days = {row.day: row for row in page.closing_days}
    assert days[date(2026, 5, 15)].of_alliance
    assert (days[date(2026, 12, 25)].name, days[date(2026, 12, 25)].id) == ("Juledag", None)
    with pytest.raises(Alliance.DoesNotExist):
        pages.alliance_page(0, DAY)


def test_closing_days_are_shown_a_year_ahead_and_those_added_however_late() -> None:
    with setting_up():
        for day in (date(2026, 10, 15), date(2026, 11, 15), date(2028, 1, 3)):
            ClosingDay.objects.create(day=day, name="Flytning")

    shown = {row.day: row.name for row in pages.closing_days_from(None, date(2026, 12, 1))}

    assert list(shown) == sorted(shown)
    assert shown[date(2027, 1, 1)] == "Nytårsdag"
    assert shown[date(2026, 11, 15)] == shown[date(2028, 1, 3)] == "Flytning"
    assert date(2026, 10, 15) not in shown
    assert date(2027, 12, 24) not in shown


def test_the_list_of_alliances_counts_the_offices_of_the_day(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = alliance("A-samarbejdet"), alliance("B-samarbejdet")
    for _ in range(3):
        office(alliance=first)
    left = office(alliance=second)
    with setting_up():
        left.memberships.update(ends_on=date(2026, 3, 1))

    with django_assert_num_queries(1):
        rows = pages.alliances(DAY)
    assert [(row.name, row.offices) for row in rows] == [("A-samarbejdet", 3), ("B-samarbejdet", 0)]
