"""A list of companies, taken once, twice, and with faults in it."""

from dataclasses import replace

import pytest

from tests.companies.factories import company, cvr, workplace
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, KOEGE
from tvaers.audit.models import Change
from tvaers.companies.importing import CompaniesReport, CompanyLine, Refused, import_companies
from tvaers.companies.models import Company, CompanyContact, Workplace

pytestmark = pytest.mark.django_db


def line(number: int = 2, **told: str) -> CompanyLine:
    """A line about Køge Lager, but for what is told."""
    return CompanyLine(line=number, **LAGER | told)


LAGER = {
    "cvr": "29189919",
    "name": "Køge Lager A/S",
    "p_number": "",
    "workplace": "Køge Lager A/S",
    "address": "Havnen 1",
    "postcode": "4600",
    "municipality": KOEGE,
    "contact": "Hanne Vestergaard",
    "phone": "20 30 40 50",
    "email": "hanne@example.dk",
    "industry": "521000",
}


def take(*lines: CompanyLine, dry_run: bool = False) -> CompaniesReport:
    return import_companies(rows=lines, by=SETUP, at=MONDAY, dry_run=dry_run)


def test_a_company_with_two_workplaces_stands_on_two_lines() -> None:
    other = line(3, address="Gaden 2", municipality=GREVE, contact="Bo")
    assert take(line(), other) == CompaniesReport(created=1, changed=0, unchanged=0, refused=())
    made = Company.objects.get()
    assert (made.name, made.industry_code) == ("Køge Lager A/S", "521000")
    assert set(made.workplaces.values_list("address", flat=True)) == {"Havnen 1", "Gaden 2"}
    assert set(made.contacts.values_list("name", flat=True)) == {"Hanne Vestergaard", "Bo"}


def test_the_same_list_twice_changes_nothing() -> None:
    lines = (
        line(),
        line(3, name="Køge Lager", contact="Hanne Vestergaard", phone="1"),
        line(4, address="Gaden 2", industry=""),
        line(5, cvr=cvr(), p_number="1000 000 001"),
        line(6, cvr=cvr(), contact=""),
    )
    assert take(*lines).created == 3
    before = Change.objects.count()
    assert take(*lines) == CompaniesReport(created=0, changed=0, unchanged=3, refused=())
    assert Change.objects.count() == before


def test_what_is_new_is_taken_and_what_is_not_told_stays() -> None:
    take(line())
    assert take(line(phone="1", industry="", email="")).changed == 1
    assert CompanyContact.objects.get().phone == "1"
    assert Company.objects.get().industry_code == "521000"
    assert take(line(phone="1", email="", contact="Ny")).changed == 1
    assert CompanyContact.objects.count() == 2
    assert Workplace.objects.count() == 1


def test_a_list_without_p_numbers_finds_the_workplaces_that_have_them() -> None:
    numbered = line(p_number="1000000001")
    take(numbered)
    assert take(replace(numbered, p_number="")).unchanged == 1
    assert Workplace.objects.get().p_number == "1000000001"


def test_faulty_lines_stay_out_and_are_named() -> None:
    taken = workplace(company()).p_number or ""
    report = take(
        line(2, cvr="12345678"),
        line(3, p_number=taken),
        line(4, p_number="123"),
        line(5),
    )
    assert report.refused == (
        Refused(2, "cvr", "12345678"),
        Refused(3, "p_number", taken),
        Refused(4, "p_number", "123"),
    )
    assert report.created == 1


def test_a_dry_run_tells_and_does_nothing() -> None:
    assert take(line(), dry_run=True).created == 1
    assert not Company.objects.exists()
