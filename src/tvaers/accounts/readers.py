"""Who is reading: a user who acts for one office, in the roles that are in force that day."""

from dataclasses import dataclass, field
from datetime import date

from tvaers.accounts.models import Appointment, Role
from tvaers.core.actor import Actor, ActorKind
from tvaers.network.models import Office


@dataclass(frozen=True)
class Reader:
    """A signed-in user at the office acted for. Made by `reader_for`, anew for every request."""

    user_id: int
    name: str
    office_id: int
    office_name: str
    roles: frozenset[Role]
    demo: bool = False
    language: str = field(default="da", compare=False)

    @property
    def actor(self) -> Actor:
        """The same user as the one who changes things."""
        return Actor(kind=ActorKind.PERSON, id=self.user_id, office_id=self.office_id)


@dataclass(frozen=True)
class OfficeChoice:
    """An office that a user may act for, and as what."""

    office_id: int
    office_name: str
    roles: frozenset[Role]


def reader_for(user_id: int, office_id: int, day: date, *, demo: bool = False) -> Reader | None:
    """The user as reader for the office, or None without a role there on `day`. One query.

    A role that ended, an office that closed and a user who was switched off all give None, from
    the next request on.
    """
    rows = list(
        Appointment.objects.on(day)
        .filter(user_id=user_id, office_id=office_id, user__is_active=True)
        .filter(office__in=Office.objects.on(day))
        .select_related("user", "office")
    )
    if not rows:
        return None
    user, office = rows[0].user, rows[0].office
    return Reader(
        user_id=user_id,
        name=user.name,
        office_id=office_id,
        office_name=office.name,
        roles=frozenset(Role(row.role) for row in rows),
        demo=demo,
        language=user.language,
    )


def offices_of(user_id: int, day: date) -> tuple[OfficeChoice, ...]:
    """The offices a user may act for on `day`, in Danish order. One query."""
    rows = (
        Appointment.objects.on(day)
        .filter(user_id=user_id, user__is_active=True, office__in=Office.objects.on(day))
        .order_by("office__sort_key")
        .values_list("office_id", "office__name", "role")
    )
    roles: dict[tuple[int, str], set[Role]] = {}
    for office_id, name, role in rows:
        roles.setdefault((office_id, name), set()).add(Role(role))
    return tuple(
        OfficeChoice(office_id, name, frozenset(held)) for (office_id, name), held in roles.items()
    )
