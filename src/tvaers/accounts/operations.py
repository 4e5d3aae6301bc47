"""Every change of users and their roles goes through this file."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from tvaers.accounts.models import Appointment, Role, User
from tvaers.core.actor import Actor
from tvaers.database.change import change

LANGUAGES = frozenset({"da", "en"})


class EmailTaken(Exception):
    """Someone signs in with this address already."""

    def __init__(self, email: str, user_id: int) -> None:
        super().__init__(email)
        self.email = email
        self.user_id = user_id


@change
def create_user(
    *, email: str, name: str, by: Actor, at: datetime, password: str | None = None
) -> User:
    """Someone who may sign in, and who holds no role yet. Raises `EmailTaken`.

    Without a password nobody can sign in as the user before one is set.
    """
    email = email.strip().lower()
    if other := User.objects.filter(email=email).first():
        raise EmailTaken(email, other.pk)
    try:
        with transaction.atomic():
            made: User = User.objects.create_user(email=email, name=name.strip(), password=password)
    except IntegrityError as error:
        # Somebody made the user in the same moment.
        raise EmailTaken(email, User.objects.get(email=email).pk) from error
    return made


@change
def rename_user(*, user_id: int, name: str, by: Actor, at: datetime) -> None:
    """The user is called something else."""
    User.objects.filter(pk=user_id).update(name=name.strip())


@change
def set_password(*, user_id: int, password: str, by: Actor, at: datetime) -> None:
    """The user signs in with this password from now on; the door has checked that it is good."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])


@change
def switch_off(*, user_id: int, by: Actor, at: datetime) -> None:
    """The user can no longer sign in, nor act with a session that is open."""
    User.objects.filter(pk=user_id).update(is_active=False)


@change
def switch_on(*, user_id: int, by: Actor, at: datetime) -> None:
    """The user can sign in again, with the roles that are still in force."""
    User.objects.filter(pk=user_id).update(is_active=True)


@change
def appoint(
    *,
    user_id: int,
    office_id: int,
    role: Role,
    from_day: date,
    by: Actor,
    at: datetime,
    last_day: date | None = None,
) -> Appointment:
    """Give the user a role at an office; one that is held already on that day stays as it is."""
    User.objects.select_for_update().get(pk=user_id)
    held = Appointment.objects.filter(user_id=user_id, office_id=office_id, role=role)
    standing: Appointment | None = held.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=from_day), starts_on__lte=from_day
    ).first()
    return standing or Appointment.objects.create(
        user_id=user_id, office_id=office_id, role=role, starts_on=from_day, ends_on=last_day
    )


@change
def end_appointment(*, appointment_id: int, today: date, by: Actor, at: datetime) -> None:
    """The role is revoked: from the next request on it is not there.

    A role that began today, or would begin later, is removed; history keeps that it was given.
    """
    row = Appointment.objects.select_for_update().get(pk=appointment_id)
    if row.starts_on >= today:
        row.delete()
    elif row.ends_on is None or row.ends_on >= today:
        row.ends_on = today - timedelta(days=1)
        row.save(update_fields=["ends_on"])


@change
def choose_mails(*, user_id: int, off: Collection[str], by: Actor, at: datetime) -> None:
    """The user wants no mails of these kinds; of the others again."""
    User.objects.filter(pk=user_id).update(mails_off=sorted(set(off)))


@change
def change_language(*, user_id: int, language: str, by: Actor) -> None:
    """The user reads the pages in this language; raises `ValueError` when it is not spoken here."""
    if language not in LANGUAGES:
        raise ValueError(f"no pages in {language!r}")
    User.objects.filter(pk=user_id).exclude(language=language).update(language=language)
