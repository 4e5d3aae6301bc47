"""Users at offices, and the readers they become."""

from datetime import date
from itertools import count

from tests.core.factories import MONDAY, setting_up
from tests.network.factories import BEGAN
from tvaers.accounts.models import Appointment, Role, User
from tvaers.accounts.readers import Reader, reader_for
from tvaers.network.models import Office

PASSWORD = "koge-torv-1288"

_number = count(1)


def user(name: str | None = None, *, email: str | None = None) -> User:
    """Someone who may sign in with `PASSWORD` and holds no role yet."""
    number = next(_number)
    with setting_up():
        made: User = User.objects.create_user(
            email=email or f"bruger{number}@example.dk",
            name=name or f"Bruger {number}",
            password=PASSWORD,
        )
    return made


def appoint(someone: User, office: Office, *roles: Role, ends_on: date | None = None) -> None:
    """Give roles at an office."""
    with setting_up():
        Appointment.objects.bulk_create(
            Appointment(user=someone, office=office, role=role, starts_on=BEGAN, ends_on=ends_on)
            for role in roles
        )


def reader(
    office: Office, *roles: Role, name: str | None = None, day: date | None = None
) -> Reader:
    """A new user with these roles at the office, as the reader of that day."""
    someone = user(name)
    appoint(someone, office, *roles)
    found = reader_for(someone.pk, office.pk, day or MONDAY.date())
    assert found is not None
    return found


def consultant(office: Office, name: str | None = None) -> Reader:
    return reader(office, Role.CONSULTANT, name=name)


def coordinator(office: Office, name: str | None = None) -> Reader:
    return reader(office, Role.COORDINATOR, name=name)


def manager(office: Office, name: str | None = None) -> Reader:
    return reader(office, Role.MANAGER, name=name)


def partner(office: Office, name: str | None = None) -> Reader:
    return reader(office, Role.PARTNER, name=name)


def administrator(office: Office, name: str | None = None) -> Reader:
    return reader(office, Role.ADMINISTRATOR, name=name)
