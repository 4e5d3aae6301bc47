"""Verbs that change one person: added by hand, reported as no longer free, hired (R11, R12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db.models import Q

from tvaers.candidates.importing import (
    ImportReport,
    TooManyMissing,
    import_candidates,
    note_list,
)
from tvaers.candidates.models import (
    Following,
    Identity,
    Person,
    Profile,
    SourceRecord,
    Status,
)
from tvaers.core.actor import Actor
from tvaers.core.danish_order import danish_sort_key
from tvaers.core.working_days import danish_date
from tvaers.database.change import change

__all__ = [
    "ImportReport",
    "NotYourPerson",
    "TooManyMissing",
    "add_by_hand",
    "confirm_unavailable",
    "deny_unavailable",
    "import_candidates",
    "mark_hired",
    "note_list",
    "report_unavailable",
    "set_legal_basis",
]


@dataclass
class NotYourPerson(Exception):
    """Only the office that follows a person may change what is known of the person."""

    person_id: int


@change
def add_by_hand(
    *,
    office_id: int,
    municipality: str,
    name: str,
    legal_basis: str,
    by: Actor,
    at: datetime,
    phone: str = "",
    email: str = "",
    wanted: Sequence[int] = (),
    concepts: Sequence[int] = (),
    wanted_titles: str = "",
) -> int:
    """Add someone who is not in any file (R5), followed by the office; returns the person's id."""
    person = Person.objects.create()
    day = danish_date(at)
    Following.objects.create(person=person, office_id=office_id, starts_on=day)
    SourceRecord.objects.create(
        person=person, office_id=office_id, source_id=f"hand-{uuid4()}", row_sha256=""
    )
    Profile.objects.create(
        person=person,
        home_office_id=office_id,
        municipality_id=municipality,
        legal_basis=legal_basis,
        wanted=list(wanted),
        concepts=sorted(set(concepts)),
        wanted_titles=wanted_titles,
        cv_updated_on=day,
    )
    Identity.objects.create(
        person=person, name=name, sort_key=danish_sort_key(name), phone=phone, email=email
    )
    return person.pk


@change
def report_unavailable(*, person_id: int, by: Actor, at: datetime) -> None:
    """ "Ikke længere ledig": greyed in every result at once; the home office confirms (R12)."""
    Profile.objects.filter(pk=person_id, reported_unavailable_at__isnull=True).update(
        reported_unavailable_at=at, reported_by_office_id=by.office_id
    )


@change
def confirm_unavailable(*, person_id: int, by: Actor, at: datetime) -> None:
    """The home office agrees: the person is ended. Raises `NotYourPerson`."""
    profile = _own(person_id, by)
    profile.status = Status.ENDED
    profile.reported_unavailable_at, profile.reported_by_office = None, None
    profile.save(update_fields=["status", "reported_unavailable_at", "reported_by_office"])


@change
def deny_unavailable(*, person_id: int, by: Actor, at: datetime) -> None:
    """The home office says the person is still free. Raises `NotYourPerson`."""
    profile = _own(person_id, by)
    profile.reported_unavailable_at, profile.reported_by_office = None, None
    profile.save(update_fields=["reported_unavailable_at", "reported_by_office"])


@change
def set_legal_basis(*, person_id: int, legal_basis: str, by: Actor, at: datetime) -> None:
    """Record why the person may be shared (R12). Raises `NotYourPerson`."""
    profile = _own(person_id, by)
    profile.legal_basis = legal_basis
    profile.save(update_fields=["legal_basis"])


@change
def mark_hired(*, person_id: int, starts_on: date, by: Actor, at: datetime) -> None:
    """A full-time ordinary job from `starts_on`: not findable from that day (R11).

    Of two jobs the first counts.
    """
    later = Q(hired_from__isnull=True) | Q(hired_from__gt=starts_on)
    Profile.objects.filter(later, pk=person_id).update(hired_from=starts_on)


def _own(person_id: int, by: Actor) -> Profile:
    profile: Profile = Profile.objects.select_for_update(of=("self",)).get(pk=person_id)
    if profile.home_office_id != by.office_id:
        raise NotYourPerson(person_id)
    return profile
