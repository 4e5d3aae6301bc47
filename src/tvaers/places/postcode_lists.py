"""Takes lists of postcodes with coordinates, which refine the travel time of searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.places.models import Postcode, PostcodeList

FACTS = ("name", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class PostcodeLine:
    """Where the part of a postcode that lies in a municipality is, in degrees."""

    postcode: str
    name: str
    municipality: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class PostcodesTaken:
    """How many postcodes a list brought, changed, and had as they were."""

    created: int
    changed: int
    unchanged: int


@change
def take_postcodes(
    *,
    lines: Sequence[PostcodeLine],
    file_name: str,
    sha256: str,
    dry_run: bool = False,
    by: Actor,
    at: datetime,
) -> PostcodesTaken:
    """Add the postcodes of a list and correct those it has otherwise; the others stay.

    A list that changes nothing leaves no trace, and with `dry_run` none does. A postcode may
    stand once for each municipality it lies in.
    """
    known = {(row.municipality_id, row.postcode): row for row in Postcode.objects.all()}
    new = [line for line in lines if (line.municipality, line.postcode) not in known]
    changed = [
        line
        for line in lines
        if (row := known.get((line.municipality, line.postcode)))
        and any(getattr(line, name) != getattr(row, name) for name in FACTS)
    ]
    if (new or changed) and not dry_run:
        source = PostcodeList.objects.create(file_name=file_name, sha256=sha256, imported_at=at)
        Postcode.objects.bulk_create(
            [
                Postcode(
                    postcode=line.postcode,
                    municipality_id=line.municipality,
                    taken_from=source,
                    **{name: getattr(line, name) for name in FACTS},
                )
                for line in (*new, *changed)
            ],
            update_conflicts=True,
            unique_fields=["postcode", "municipality"],
            update_fields=[*FACTS, "taken_from"],
        )
    return PostcodesTaken(len(new), len(changed), len(lines) - len(new) - len(changed))
