"""A contact list becomes the contacts of offices; again it changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from tvaers.core.actor import Actor
from tvaers.core.danish_order import danish_sort_key
from tvaers.database.change import change
from tvaers.network.models import Office, OfficeContact
from tvaers.network.operations import save_contact


@dataclass(frozen=True)
class ContactLine:
    """One line of the list: a person at an office; no office named means the list's own.

    It has the fields of `connectors.contact_file.ContactRow`.
    """

    line: int
    office: str
    name: str
    title: str
    email: str
    phone: str
    primary: bool


@dataclass(frozen=True)
class UnknownOffice:
    """A line that names an office nobody knows."""

    line: int
    text: str


@dataclass(frozen=True)
class ContactsReport:
    """What the import did, or with `dry_run` would do; in people."""

    created: int
    changed: int
    unchanged: int
    refused: tuple[UnknownOffice, ...]


class _Facts(NamedTuple):
    title: str
    email: str
    phone: str
    is_primary: bool


class _DryRun(Exception):
    """Undoes everything at the end of a dry run."""


@change
def import_contacts(
    *, office_id: int, rows: Sequence[ContactLine], by: Actor, at: datetime, dry_run: bool = False
) -> ContactsReport:
    """Take a contact list; people who are not in it stay. Offices are found by name.

    Where lines tell different things of the same person, or name two primary contacts at an
    office, the last one counts.
    """
    told, refused = _told(rows, office_id)
    known = {
        (contact.office_id, contact.name): _Facts(
            contact.title, contact.email, contact.phone, contact.is_primary
        )
        for contact in OfficeContact.objects.filter(office__in={office for office, _ in told})
    }
    changed = {person: facts for person, facts in told.items() if known.get(person) != facts}
    try:
        with transaction.atomic():
            for (at_office, name), facts in changed.items():
                save_contact(office_id=at_office, name=name, **facts._asdict(), by=by, at=at)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    created = len(changed.keys() - known.keys())
    return ContactsReport(created, len(changed) - created, len(told) - len(changed), refused)


def _told(
    rows: Sequence[ContactLine], office_id: int
) -> tuple[dict[tuple[int, str], _Facts], tuple[UnknownOffice, ...]]:
    """What the list tells of each person at an office, and the lines that stay out. One query."""
    offices = dict(Office.objects.values_list("sort_key", "pk"))
    told: dict[tuple[int, str], _Facts] = {}
    primary: dict[int, str] = {}
    refused: list[UnknownOffice] = []
    for row in rows:
        at_office = offices.get(danish_sort_key(row.office)) if row.office else office_id
        if at_office is None:
            refused.append(UnknownOffice(row.line, row.office))
            continue
        told[at_office, row.name] = _Facts(row.title, row.email, row.phone, is_primary=False)
        if row.primary:
            primary[at_office] = row.name
    for person in primary.items():
        told[person] = told[person]._replace(is_primary=True)
    return told, tuple(refused)
