"""Users as other domains and screens read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from tvaers.accounts.models import Appointment, Role, User


@dataclass(frozen=True)
class UserRow:
    """A user of an office with the roles in force; `appointments` are their ids by role.

    `works_elsewhere`: there is a role at another office too, in force or to come.
    """

    user_id: int
    name: str
    email: str
    is_active: bool
    works_elsewhere: bool
    appointments: dict[Role, int]


def users_of(office_id: int, day: date, *roles: Role) -> tuple[UserRow, ...]:
    """The users with a role at the office on `day` (one of `roles`, if named). One query."""
    elsewhere = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), user=OuterRef("user")
    ).exclude(office_id=office_id)
    held = Appointment.objects.on(day).filter(office_id=office_id)
    held = held.annotate(works_elsewhere=Exists(elsewhere))
    if roles:
        held = held.filter(role__in=roles)
    found: dict[int, UserRow] = {}
    for row in held.select_related("user").order_by("user__name", "user_id", "role"):
        user = row.user
        entry = found.setdefault(
            user.pk,
            UserRow(user.pk, user.name, user.email, user.is_active, row.works_elsewhere, {}),
        )
        entry.appointments[Role(row.role)] = row.pk
    return tuple(found.values())


def user_names(user_ids: Collection[int]) -> dict[int, str]:
    """Names by id. One query."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))


@dataclass(frozen=True)
class Colleague:
    """Someone at an office, as others choose them."""

    user_id: int
    name: str
    office_id: int
    office_name: str


def colleagues(roles: Collection[Role], day: date) -> tuple[Colleague, ...]:
    """Everyone with one of the roles on `day`, office by office. One query."""
    held = Appointment.objects.on(day).filter(role__in=roles, user__is_active=True)
    rows = held.order_by("office__sort_key", "office_id", "user__name", "user_id").values_list(
        "user_id", "user__name", "office_id", "office__name"
    )
    return tuple(Colleague(*row) for row in dict.fromkeys(rows))
