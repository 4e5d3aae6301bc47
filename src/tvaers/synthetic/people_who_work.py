"""The made-up people who work at the offices, among them those whom a visitor can sign in as.

The demo's sign-in page looks its people up by the addresses given here. None has a password.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tvaers.accounts import operations as accounts
from tvaers.accounts.models import Role
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import danish_date
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
    named: dict[str, int]
    """The users behind `COLLEAGUES`, by address."""
    funds: tuple[int, ...]

    def actor(self, office_id: int, which: int = 0) -> Actor:
        """Somebody at the office who may take and answer orders."""
        people = self.consultants[office_id]
        return self.as_user(people[which % len(people)], office_id)

    def colleague(self, colleague: Colleague) -> Actor:
        """One of the demo's people, at Køge."""
        return self.as_user(self.named[colleague.email], self.office_of[KOEGE])

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
    named = {one.email: _user(one.email, one.name, at=at) for one in COLLEAGUES}
    consultants: dict[int, list[int]] = {office.pk: [] for office in offices}
    for one in COLLEAGUES:
        office_id = funds[0] if one.at_fund else office_of[KOEGE]
        _appoint(named[one.email], office_id, one.role, at=at)
        if one.role in (Role.CONSULTANT, Role.PARTNER):
            consultants[office_id].append(named[one.email])
    for number, office in enumerate(offices):
        if consultants[office.pk]:
            continue
        role = Role.CONSULTANT if office.kind == OfficeKind.MUNICIPAL else Role.PARTNER
        for which in range(1 + number % 2):
            email = f"konsulent{which + 1}@kontor{number}.example"
            user_id = _user(email, names.person(chance), at=at)
            _appoint(user_id, office.pk, role, at=at)
            consultants[office.pk].append(user_id)
    neighbour = office_of["0269"]
    _appoint(consultants[office_of["0253"]][0], neighbour, Role.CONSULTANT, at=at)
    return Staff(
        office_of=office_of,
        consultants={office: tuple(people) for office, people in consultants.items()},
        named=named,
        funds=funds,
    )


def _user(email: str, name: str, *, at: datetime) -> int:
    return accounts.create_user(email=email, name=name, by=LOADER, at=at).pk


def _appoint(user_id: int, office_id: int, role: Role, *, at: datetime) -> None:
    accounts.appoint(
        user_id=user_id,
        office_id=office_id,
        role=role,
        from_day=danish_date(at) - SINCE,
        by=LOADER,
        at=at,
    )
