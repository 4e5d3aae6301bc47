"""People as an office's list would bring them, with concepts of the starter taxonomy."""

from itertools import count
from typing import Any

from tests.core.factories import MONDAY
from tests.network.factories import KOEGE
from tvaers.candidates.models import Profile
from tvaers.candidates.operations import ImportReport, import_candidates
from tvaers.candidates.records import Record
from tvaers.core.actor import Actor, ActorKind
from tvaers.network.models import Office

BASIS = "Lov om aktiv beskæftigelsesindsats"

_number = count(1)


def importer(office: Office) -> Actor:
    """The list that an office delivers, as the one who changes things."""
    return Actor(kind=ActorKind.IMPORT, label="tests", office_id=office.pk)


def record(**fields: Any) -> Record:
    """One row of a list: findable, in Køge, nameable as "Kandidat n"."""
    number = next(_number)
    given = {
        "source_id": f"k{number}",
        "digest": f"{number:064x}",
        "municipality": KOEGE,
        "name": f"Kandidat {number}",
        "legal_basis": BASIS,
        "max_travel_minutes": 240,
        "car": True,
        "cv_updated_on": MONDAY.date(),
    }
    return Record(**(given | fields))


def deliver(office: Office, *records: Record, **options: Any) -> ImportReport:
    """Import the rows as the office's list, this Monday unless `at` says otherwise."""
    given = {"file_name": "liste.csv", "file_sha256": "0" * 64, "at": MONDAY}
    return import_candidates(
        office_id=office.pk, records=records, by=importer(office), **(given | options)
    )


def person(office: Office, **fields: Any) -> Profile:
    """One person of the office's list."""
    row = record(**fields)
    deliver(office, row)
    return Profile.objects.get(person__records__source_id=row.source_id, home_office=office)
