"""An order that recruits in the Sjælland alliance, and people who fit it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.accounts.factories import consultant
from tests.candidates import factories as candidates
from tests.companies.factories import company
from tests.core.factories import MONDAY
from tests.network.factories import KOEGE, alliance_sjaelland
from tvaers.accounts.readers import Reader
from tvaers.candidates.models import Profile
from tvaers.network.models import Office
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import Order, Subject
from tvaers.orders.need import Asked, Need, NewOrder
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker

HOUR = timedelta(hours=1)


def occupation(title: str = "lagermedarbejder") -> int:
    return linker().titles(title, top=1)[0][0]


def forklift() -> int:
    return linker().find("gaffeltruckcertifikat B", kinds=[Kind.CERTIFICATE], top=1)[0][0]


@dataclass(frozen=True)
class Sjaelland:
    """The alliance's offices by municipality, and the consultant in Køge who leads."""

    offices: dict[str, Office]
    lead: Reader

    @property
    def others(self) -> list[Office]:
        return [office for code, office in self.offices.items() if code != KOEGE]

    def consultant(self, code: str) -> Reader:
        return consultant(self.offices[code])

    def person(self, code: str = KOEGE, **fields: Any) -> Profile:
        """Someone who fits the order, followed by the municipality's office."""
        fitting = {
            "municipality": code,
            "wanted": (occupation(),),
            "concepts": (forklift(),),
        }
        return candidates.person(self.offices[code], **(fitting | fields))

    def deliver_everywhere(self, *, at: datetime = MONDAY) -> None:
        """Every office has delivered its list, this Monday unless told otherwise."""
        for office in self.offices.values():
            candidates.deliver(office, at=at)


def sjaelland(**promises: Any) -> Sjaelland:
    made = alliance_sjaelland(**promises)
    return Sjaelland(made.offices, consultant(made.offices[KOEGE]))


def an_order(lead: Reader, *, openings: int = 3, in_dialogue: bool = True, **need: Any) -> Order:
    """Three warehouse workers in Køge with forklift certificate B, received on Monday at nine."""
    at_company = company()
    given: dict[str, Any] = {
        "scheme": "ordinary",
        "title": "Lagermedarbejdere til Køge",
        "description": "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B",
        "workplace_ids": tuple(at_company.workplaces.values_list("pk", flat=True)),
        "occupation": occupation(),
        "requirements": (
            Asked(
                kind="CERTIFICATE", text="gaffeltruckcertifikat B", must=True, concept=forklift()
            ),
        ),
    }
    order = orders.receive(
        new=NewOrder(
            public_id=uuid4(),
            company_id=at_company.pk,
            openings=openings,
            need=Need(**(given | need)),
            lead_office_id=lead.office_id,
            lead_id=lead.user_id,
        ),
        by=lead.actor,
        at=MONDAY,
    )
    if in_dialogue:
        say(order, Subject.DIALOGUE, lead)
    return Order.objects.get(pk=order.pk)


def withdrawn(order: Order, by: Reader) -> Order:
    """The company takes the whole order back, and it is closed."""
    say(order, Subject.WITHDRAWN, by, openings=order.openings)
    openings = Openings(withdrawn=order.openings)
    return orders.close(order_id=order.pk, openings=openings, by=by.actor, at=MONDAY)


def say(order: Order, subject: str, by: Reader, **more: Any) -> None:
    """The company says something on the order, this Monday at nine unless told otherwise."""
    orders.record_word(
        order_id=order.pk,
        subject=subject,
        said_by="Hanne Vestergaard",
        by=by.actor,
        **({"said_at": MONDAY, "channel": "PHONE", "at": MONDAY} | more),
    )
