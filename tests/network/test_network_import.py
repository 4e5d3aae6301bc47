"""A contact list, taken once, twice, and with faults in it."""

import pytest

from tests.core.factories import MONDAY, SETUP
from tests.network.factories import contact, office
from tvaers.audit.models import Change
from tvaers.network.importing import ContactLine, ContactsReport, UnknownOffice, import_contacts
from tvaers.network.models import Office, OfficeContact

pytestmark = pytest.mark.django_db


def line(
    number: int = 2,
    office: str = "",
    name: str = "Karen Holm",
    *,
    phone: str = "56 67 00 00",
    primary: bool = False,
) -> ContactLine:
    return ContactLine(number, office, name, "Koordinator", "karen@example.dk", phone, primary)


def take(home: Office, *lines: ContactLine, dry_run: bool = False) -> ContactsReport:
    return import_contacts(office_id=home.pk, rows=lines, by=SETUP, at=MONDAY, dry_run=dry_run)


def test_people_are_found_at_their_offices_by_name() -> None:
    home, other = office("Køge Erhverv"), office("Ærø Indgang")
    report = take(home, line(), line(3, "ærø  indgang", "Bo"), line(4, "Langtbortistan"))
    assert report == ContactsReport(2, 0, 0, (UnknownOffice(4, "Langtbortistan"),))
    assert OfficeContact.objects.get(office=home).name == "Karen Holm"
    assert OfficeContact.objects.get(office=other).name == "Bo"


def test_the_same_list_twice_changes_nothing() -> None:
    home = office()
    contact(home, "Gammel")
    lines = (
        line(2, name="Anna", primary=True),
        line(3, name="Bo", primary=True),
        line(4, name="Anna", phone="1", primary=False),
    )
    assert take(home, *lines).created == 2
    before = Change.objects.count()
    assert take(home, *lines) == ContactsReport(0, 0, 2, ())
    assert Change.objects.count() == before
    assert OfficeContact.objects.get(office=home, is_primary=True).name == "Bo"
    assert OfficeContact.objects.get(name="Anna").phone == "1"
    assert OfficeContact.objects.filter(office=home).count() == 3


def test_a_dry_run_tells_and_does_nothing() -> None:
    home = office()
    assert take(home, line(), dry_run=True).created == 1
    assert not OfficeContact.objects.exists()
