"""Orders as tests need them, taken in and led as people do it."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.accounts import factories as people
from tests.companies import factories as companies
from tests.core.factories import MONDAY, SETUP
from tests.network import factories as network
from tests.orders.proofs import prove
from tvaers.accounts.models import Role, User
from tvaers.companies.models import Channel, Company
from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import changing
from tvaers.network.models import Office, ServiceLevel
from tvaers.orders import operations
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import CompanyWord, Evidence, EvidenceKind, Order, Subject
from tvaers.orders.need import Asked, Need, NewOrder

FORKLIFT = Asked(kind="CERTIFICATE", text="Gaffeltruckcertifikat B", concept=10_001, must=True)
NIGHTS = Asked(kind="SKILL", text="Kan arbejde om natten", must=True)
ENGLISH = Asked(kind="LANGUAGE", text="Engelsk", concept=10_002, must=False)

A_NEED = Need(
    scheme="ordinary",
    title="Lagermedarbejder",
    description="Tre lagermedarbejdere med gaffeltruckcertifikat B.",
    occupation=4321,
    requirements=(FORKLIFT, ENGLISH),
)


def a_need(company: Company | None = None, **fields: Any) -> Need:
    """The usual need; with a company, at all its workplaces."""
    if company is not None:
        fields.setdefault(
            "workplace_ids", tuple(company.workplaces.order_by("pk").values_list("pk", flat=True))
        )
    return replace(A_NEED, **fields)


def a_new_order(
    *, company: Company, office: Office, lead: User, openings: int = 1, **fields: Any
) -> NewOrder:
    """An order as the form has it; `fields` are the need's."""
    return NewOrder(
        public_id=uuid4(),
        company_id=company.pk,
        openings=openings,
        need=a_need(company, **fields),
        lead_office_id=office.pk,
        lead_id=lead.pk,
    )


def a_lead(office: Office, name: str | None = None) -> User:
    """A consultant at the office."""
    someone = people.user(name)
    people.appoint(someone, office, Role.CONSULTANT)
    return someone


def actor(user: User, office: Office) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=user.pk, office_id=office.pk)


def an_order(
    *,
    company: Company | None = None,
    office: Office | None = None,
    lead: User | None = None,
    openings: int = 1,
    stage: str = "RECRUITING",
    at: datetime = MONDAY,
    **fields: Any,
) -> Order:
    """An order received at `at` and brought to `stage` (not closed); `fields` are the need's."""
    with_defaults()
    office = office or network.office()
    lead = lead or a_lead(office)
    by = actor(lead, office)
    new = a_new_order(
        company=company or companies.company(),
        office=office,
        lead=lead,
        openings=openings,
        **fields,
    )
    order = operations.receive(new=new, by=by, at=at)
    if stage in ("IN_DIALOGUE", "RECRUITING"):
        a_word(order, at=at)
    if stage == "RECRUITING":
        operations.start_recruiting(order_id=order.pk, by=by, at=at)
    return Order.objects.get(pk=order.pk)


def lead_of(order: Order) -> Actor:
    """The order's lead, acting for the lead office."""
    return Actor(kind=ActorKind.PERSON, id=order.lead_id, office_id=order.lead_office_id)


def a_word(
    order: Order, subject: str = Subject.DIALOGUE, *, at: datetime = MONDAY, **fields: Any
) -> CompanyWord:
    """Hanne at the company says so, on the telephone."""
    fields = {"said_by": "Hanne Vestergaard", "said_at": at, "channel": Channel.PHONE} | fields
    return operations.record_word(
        order_id=order.pk, subject=subject, by=lead_of(order), at=at, **fields
    )


def evidence(
    order: Order,
    *municipalities: str,
    kind: str = EvidenceKind.ANSWER,
    at: datetime = MONDAY,
    version: int | None = None,
) -> Evidence:
    """Evidence for the municipalities, or for the order's whole area, of the newest version."""
    newest = Order.objects.values_list("requirements_version", flat=True).get(pk=order.pk)
    by = lead_of(order)
    with changing(by=by, at=at):
        made = operations.record_evidence(
            order_id=order.pk,
            requirements_version=version or newest,
            municipalities=municipalities or tuple(order.area_municipalities),
            kind=kind,
            made_at=at,
            data_at=at if kind == EvidenceKind.SEARCH else None,
            by=by,
            at=at,
        )
        prove(made, by=by)
    return made


def with_defaults() -> None:
    """The nation's promises and the schemes, as every installation begins."""
    operations.load_schemes(by=SETUP, at=MONDAY)
    if not ServiceLevel.objects.filter(alliance__isnull=True).exists():
        with network.setting_up():
            ServiceLevel.objects.create(starts_on=network.BEGAN)


def again(order: Order) -> Order:
    """The order as it is now."""
    return Order.objects.get(pk=order.pk)


def kinds(order: Order) -> list[str]:
    """The kinds of lines in the order's log, the oldest first."""
    return list(order.log.order_by("id").values_list("kind", flat=True))


def closed(order: Order, *, at: datetime = MONDAY, **openings: int) -> Order:
    """The order closed by its lead with these outcomes."""
    return operations.close(
        order_id=order.pk, openings=Openings(**openings), by=lead_of(order), at=at
    )
