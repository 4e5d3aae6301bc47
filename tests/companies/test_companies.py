"""Companies by CVR number, their workplaces, and who was in touch last."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.accounts.factories import consultant
from tests.companies.factories import company, cvr, workplace
from tests.core.factories import MONDAY, SETUP, setting_up
from tests.network.factories import GREVE, KOEGE, office
from tvaers.audit.models import Change
from tvaers.companies import operations, queries
from tvaers.companies.models import Channel, Company, Workplace
from tvaers.core.cvr import is_cvr

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["12345678", "1234567", "", "DK", "ABCDEFGH", "00000000"])
def test_a_wrong_cvr_number_is_refused_and_named(text: str) -> None:
    with pytest.raises(operations.InvalidCvr) as refused:
        operations.save_company(cvr=text, name="Køge Lager A/S", by=SETUP, at=MONDAY)
    assert refused.value.text == text


def test_a_cvr_number_is_understood_as_people_write_it() -> None:
    saved = operations.save_company(cvr="DK 29 18 99 19", name="Køge", by=SETUP, at=MONDAY)
    again = operations.save_company(cvr="29189919", name="Køge 2", by=SETUP, at=MONDAY)
    assert saved.pk == again.pk
    assert Company.objects.get().name == "Køge 2"


def test_the_database_refuses_a_wrong_check_digit_whoever_asks() -> None:
    with (
        pytest.raises(IntegrityError, match="company_cvr_has_its_check_digit"),
        setting_up(),
        transaction.atomic(),
    ):
        Company.objects.create(cvr="12345678", name="Snyd", sort_key="snyd")


@given(st.lists(st.from_regex(r"[0-9]{7,9}|[0-9A-Zå]{8}", fullmatch=True), max_size=200))
def test_the_database_and_the_code_know_the_same_numbers(numbers: list[str]) -> None:
    numbers = [*numbers, cvr()]
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(tvaers_is_cvr(n) order by place)"
            " from unnest(%s::text[]) with ordinality t (n, place)",
            [numbers],
        )
        assert cursor.fetchone()[0] == [is_cvr(number) for number in numbers]


def test_a_company_is_found_by_the_beginning_of_its_number_or_name(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lager, oel = company("Køge Lager A/S"), company("Ølsted Bryghus ApS", municipality=GREVE)
    for number in range(30):
        workplace(lager, GREVE, name=f"Lager {number}")

    with django_assert_num_queries(2):
        found = queries.find("køge l")
    assert [(row.name, row.municipalities) for row in found] == [
        ("Køge Lager A/S", ("Greve", "Køge"))
    ]
    assert [row.id for row in queries.find("ØLSTED")] == [oel.pk]
    assert [row.id for row in queries.find(f"dk {lager.cvr[:2]} {lager.cvr[2:]}")] == [lager.pk]
    assert {row.id for row in queries.find(lager.cvr[:3])} == {lager.pk, oel.pk}
    assert queries.find("bryghus") == ()
    assert queries.find("  ") == ()


def test_companies_are_listed_25_to_a_page_in_danish_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for name in ("Ærø Værft", "Aabenraa Gods", *(f"Bageri {number:02}" for number in range(30))):
        company(name)
    with django_assert_num_queries(3):
        first = queries.companies()
    assert (first.total, len(first.rows), first.rows[0].name) == (32, 25, "Bageri 00")
    assert [row.name for row in queries.companies(page=2).rows][-2:] == [
        "Ærø Værft",
        "Aabenraa Gods",
    ]


def test_a_workplace_is_found_again_by_its_number_or_its_name() -> None:
    lager = company(workplaces=0)

    def save(p_number: str, name: str = "Lageret") -> Workplace:
        return operations.save_workplace(
            company_id=lager.pk,
            name=name,
            municipality=KOEGE,
            p_number=p_number,
            by=SETUP,
            at=MONDAY,
        )

    assert save("1000 000 001").pk == save("1000000001", "Nyt navn").pk
    assert save("").pk == save("").pk
    with pytest.raises(operations.InvalidPNumber):
        save("12345")
    other = company(workplaces=0)
    taken = workplace(other)
    with pytest.raises(operations.PNumberTaken) as refused:
        save(taken.p_number or "")
    assert refused.value.company_id == other.pk


def test_a_contact_is_found_again_by_name() -> None:
    lager = company(contact="Hanne")
    saved = operations.save_contact(
        company_id=lager.pk, name="Hanne", phone="11 11 11 11", by=SETUP, at=MONDAY
    )
    assert [(row.id, row.phone) for row in queries.contacts_of(lager.pk)] == [
        (saved.pk, "11 11 11 11")
    ]
    operations.remove_contact(contact_id=saved.pk, by=SETUP, at=MONDAY)
    assert queries.contacts_of(lager.pk) == ()


def test_a_conflict_begins_and_ends() -> None:
    lager = company()
    operations.set_conflict(company_id=lager.pk, since=date(2026, 3, 1), by=SETUP, at=MONDAY)
    page = queries.company_page(lager.pk)
    assert (page.in_conflict, page.conflict_since) == (True, date(2026, 3, 1))
    operations.set_conflict(company_id=lager.pk, since=None, by=SETUP, at=MONDAY)
    page = queries.company_page(lager.pk)
    assert (page.in_conflict, page.conflict_since) == (False, None)


def test_the_page_tells_who_was_in_touch_last(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lager, karen = company(workplaces=3), consultant(office("Køge"), "Karen")
    for day in range(30):
        operations.record_conversation(
            company_id=lager.pk,
            office_id=karen.office_id,
            channel=Channel.PHONE,
            with_whom="Hanne Hemmelig",
            at=MONDAY + timedelta(days=day),
            about_recruiting=day % 2 == 0,
            words="Mangler tre mand",
            by=karen.actor,
        )

    with django_assert_num_queries(5):
        page = queries.company_page(lager.pk)

    assert len(page.workplaces) == 3
    assert (page.conversations.total, len(page.conversations.rows)) == (30, 25)
    last = page.conversations.rows[0]
    assert (last.at, last.user_name, last.office_name) == (
        MONDAY + timedelta(days=29),
        "Karen",
        "Køge",
    )
    assert "Hemmelig" not in str([*Change.objects.values_list("old", flat=True)])
    with pytest.raises(Company.DoesNotExist):
        queries.company_page(0)
