"""The world of a run: a small demo in a database of its own, and orders that wait to be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from tvaers.accounts.models import Appointment, Role, User
from tvaers.cli.migrate import bring_up_to_date
from tvaers.companies.models import Channel, Company
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import danish_date
from tvaers.database.change import changing
from tvaers.network.models import LadderStep
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Subject
from tvaers.orders.need import Need, NewOrder
from tvaers.synthetic.load import load_demo
from tvaers.taxonomy.linker import linker

PEOPLE, COMPANIES, OLD_ORDERS = 400, 30, 4
LEADS = 10
PASSWORD = "kort-tur-i-skoven"
SETUP = Actor(kind=ActorKind.JOB, label="setting-up")
TRADES = ("lagermedarbejder", "chauffør", "kok", "rengøringsassistent", "tømrer")

Step = Callable[[str], None]


@dataclass(frozen=True)
class Person:
    """Somebody who works at one office, and can sign in with `PASSWORD`."""

    user_id: int
    email: str
    office_id: int


@dataclass(frozen=True)
class World:
    """Who works where, by office, and which orders can be sent round, each by its lead."""

    staff: dict[int, Person]
    orders: tuple[tuple[int, Person], ...]


def make(chance: Random, *, orders_wanted: int, at: datetime, step: Step) -> World:
    """Fill the empty database of this process' settings as of `at`; `step` tells what is done."""
    step("making the tables")
    bring_up_to_date()
    step("making a small demo")
    load_demo(candidates=PEOPLE, companies=COMPANIES, orders=OLD_ORDERS, at=at)
    step("taking in orders")
    staff = _staff(at)
    leads = chance.sample([one for _, one in sorted(staff.items())], LEADS)
    companies = list(Company.objects.filter(in_conflict=False).order_by("pk"))
    made = [
        _order(chance, chance.choice(companies), leads[number % LEADS], at=at)
        for number in range(orders_wanted)
    ]
    by_user = {one.user_id: one for one in staff.values()}
    led = [(order, by_user[lead]) for order, lead in made if lead in by_user]
    return World(staff=staff, orders=tuple(led))


def _staff(at: datetime) -> dict[int, Person]:
    """One person an office, of those who work at no other."""
    day = danish_date(at)
    offices: dict[int, list[int]] = {}
    for user_id, office_id in (
        Appointment.objects.on(day)
        .filter(role=Role.CONSULTANT)
        .order_by("user_id", "pk")
        .values_list("user_id", "office_id")
    ):
        offices.setdefault(user_id, []).append(office_id)
    users = User.objects.in_bulk([user_id for user_id, of in offices.items() if len(of) == 1])
    staff = {
        offices[user_id][0]: Person(user_id, user.email, offices[user_id][0])
        for user_id, user in users.items()
    }
    with changing(by=SETUP, at=at):
        for one in staff.values():
            user = users[one.user_id]
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
    return staff


def _order(chance: Random, company: Company, lead: Person, *, at: datetime) -> tuple[int, int]:
    """An order in dialogue that any office may be asked about, and the user who leads it."""
    title = chance.choice(TRADES)
    by = Actor(kind=ActorKind.PERSON, id=lead.user_id, office_id=lead.office_id)
    order = orders.receive(
        new=NewOrder(
            public_id=UUID(int=chance.getrandbits(128), version=4),
            company_id=company.pk,
            openings=3,
            need=Need(
                scheme="ordinary",
                title=title,
                description=f"Vi søger tre: {title}.",
                workplace_ids=tuple(company.workplaces.order_by("pk").values_list("pk", flat=True)),
                occupation=linker().titles(title, top=1)[0][0],
            ),
            lead_office_id=lead.office_id,
            lead_id=lead.user_id,
        ),
        by=by,
        at=at,
    )
    orders.record_word(
        order_id=order.pk,
        subject=Subject.DIALOGUE,
        said_by="Hanne Eksempelsen",
        said_at=at,
        channel=Channel.PHONE,
        by=by,
        at=at,
    )
    orders.widen(order_id=order.pk, to=LadderStep.NATION, by=by, at=at)
    return order.pk, order.lead_id
