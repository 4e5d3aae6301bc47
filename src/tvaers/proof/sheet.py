"""What a proof of search shows, on a page and on paper alike."""

from dataclasses import dataclass

from tvaers.network.queries import office_names
from tvaers.orders.models import Order
from tvaers.places.queries import municipality_names
from tvaers.reporting.search_ledger import Ledger, ledger_of
from tvaers.wording import proof
from tvaers.wording.orders import named


@dataclass(frozen=True)
class Sheet:
    """The proof of one order in the language in force. Everything told of a municipality is told
    by the ledger alone.
    """

    order: Order
    ledger: Ledger
    facts: list[proof.Fact]
    municipalities: list[proof.Covered]

    @property
    def digest(self) -> str:
        return self.ledger.digest()

    @property
    def is_whole(self) -> bool:
        """Is every municipality of the area covered?"""
        return all(one.lines for one in self.municipalities if one.in_area)


def sheet_of(order_id: int) -> Sheet:
    """The proof of an order as it stands; raises `Order.DoesNotExist`. Nine queries."""
    order = Order.objects.select_related("company", "alliance", "lead_office").get(pk=order_id)
    ledger = ledger_of(order.public_id)
    names = municipality_names()
    works_in = order.places.values_list("workplace__municipality_id", flat=True)
    return Sheet(
        order=order,
        ledger=ledger,
        facts=proof.facts(
            order,
            ledger,
            works_in=named(works_in, names),
            requirements=order.requirements.filter(to_version__isnull=True),
        ),
        municipalities=proof.municipalities(
            ledger,
            names=names,
            offices=office_names({piece.office for piece in ledger.pieces}),
        ),
    )
