"""Making links, and taking them back. What a link's holder does is an operation elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.links.models import Link, Purpose


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A link to make, for whoever acts for the office."""

    purpose: Purpose
    about: int
    expires_at: datetime
    office_id: int | None = None


@change
def make(*, links: Collection[NewLink], by: Actor, at: datetime) -> list[Link]:
    """Make links, in the order given. One statement."""
    return Link.objects.bulk_create(
        Link(
            purpose=one.purpose,
            about=one.about,
            office_id=one.office_id,
            created_at=at,
            expires_at=one.expires_at,
        )
        for one in links
    )


@change
def withdraw(*, purpose: Purpose, about: Collection[int], by: Actor, at: datetime) -> None:
    """Take back every link to these things for the purpose; those already gone stay so."""
    Link.objects.filter(purpose=purpose, about__in=about, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
