"""The made-up people who work at the offices, among them those whom a visitor can sign in as.

The demo's sign-in page looks its people up by the addresses given here. None has a password.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tvaers.accounts.models import Appointment, Role, User
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import danish_date
from tvaers.database.change import changing
from tvaers.network.models import Office, OfficeKind, Responsibility
from tvaers.synthetic import names

KOEGE = "0259"
LOADER = Actor(kind=ActorKind.JOB, label="demo")
"""Who made everything that no story of the demo world explains."""

SINCE = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Colleague:
    """A demo person: whom one can be on the front page."""

    email: str
    name: str
    role: Role
    at_fund: bool = False


CONSULTANT = Colleague("konsulent@koege.example", "Kim Demosen", Role.CONSULTANT)
LEAD = Colleague("tovholder@koege.example", "Trine Prøvegaard", Role.CONSULTANT)
COORDINATOR = Colleague("koordinator@koege.example", "Karen Eksempelsen", Role.COORDINATOR)
MANAGER = Colleague("leder@koege.example", "Lars Mønsterlund", Role.MANAGER)
ADMINISTRATOR = Colleague("administrator@tvaers.example", "Anja Testrup", Role.ADMINISTRATOR)
PARTNER = Colleague("partner@akasse.example", "Pia Modelstrup", Role.PARTNER, at_fund=True)
COLLEAGUES = (CONSULTANT, LEAD, COORDINATOR, MANAGER, ADMINISTRATOR, PARTNER)


@dataclass(frozen=True)
class Staff:
    """Offices and who acts for them. The first consultant of an office is the one it sends."""

    office_of: dict[str, int]
    """The office that answers for a municipality."""
    consultants: dict[int, tuple[int, ...]]
    funds: tuple[int, ...]

    def actor(self, office_id: int, which: int = 0) -> Actor:
        """Somebody at the office who may take and answer orders."""
        people = self.consultants[office_id]
        return self.as_user(people[which % len(people)], office_id)

    @staticmethod
    def as_user(user_id: int, office_id: int) -> Actor:
        return Actor(kind=ActorKind.PERSON, id=user_id, office_id=office_id)


def install_staff(chance: Random, *, at: datetime) -> Staff:
    """One or two consultants at every office, the demo's people, and someone at two offices."""
    office_of = dict(
        Responsibility.objects.on(danish_date(at)).values_list("municipality_id", "office_id")
    )
    offices = list(Office.objects.order_by("pk"))
    funds = tuple(office.pk for office in offices if office.kind == OfficeKind.FUND)
    staff: list[tuple[User, int, Role]] = [
        (_user(one.email, one.name), funds[0] if one.at_fund else office_of[KOEGE], one.role)
        for one in COLLEAGUES
    ]
    known = {funds[0], office_of[KOEGE]}
    for number, office in enumerate(offices):
        role = Role.CONSULTANT if office.kind == OfficeKind.MUNICIPAL else Role.PARTNER
        for which in range(0 if office.pk in known else 1 + number % 2):
            email = f"konsulent{which + 1}@kontor{number}.example"
            staff.append((_user(email, names.person(chance)), office.pk, role))
    in_greve = next(user for user, office, _ in staff if office == office_of["0253"])
    _write(staff, [*staff, (in_greve, office_of["0269"], Role.CONSULTANT)], at=at)
    consultants: dict[int, list[int]] = {}
    for user, office_id, role in staff:
        if role in (Role.CONSULTANT, Role.PARTNER):
            consultants.setdefault(office_id, []).append(user.pk)
    return Staff(
        office_of=office_of,
        consultants={office: tuple(people) for office, people in consultants.items()},
        funds=funds,
    )


def _user(email: str, name: str) -> User:
    user = User(email=email, name=name)
    user.set_unusable_password()
    return user


def _write(
    people: list[tuple[User, int, Role]],
    appointed: list[tuple[User, int, Role]],
    *,
    at: datetime,
) -> None:
    with changing(by=LOADER, at=at):
        User.objects.bulk_create(user for user, _, _ in people)
        Appointment.objects.bulk_create(
            Appointment(
                user=user, office_id=office_id, role=role, starts_on=danish_date(at) - SINCE
            )
            for user, office_id, role in appointed
        )
