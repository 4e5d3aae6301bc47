"""R8: an order widens by itself where its alliance chose so, and nowhere else."""

from typing import Any

import pytest

from tests.core.factories import MONDAY, SETUP
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tests.orders.factories import again, kinds
from tests.orders.hires import hire
from tvaers.orders import operations
from tvaers.orders.lifecycle import LogKind, Subject
from tvaers.orders.models import Order
from tvaers.places.models import Municipality

pytestmark = pytest.mark.django_db


def an_order(*, by_itself: bool = True, **fields: Any) -> Order:
    """Køge leads; the alliance is Køge, Greve and Solrød."""
    made = network.alliance(promises={"widens_by_itself": by_itself})
    return orders.an_order(office=network.office(alliance=made), **fields)


def test_covered_at_home_it_is_searched_in_the_alliance() -> None:
    order = an_order()
    assert order.ladder_step == "OWN"

    orders.evidence(order, GREVE, SOLROED)
    assert again(order).ladder_step == "OWN"

    orders.evidence(order, KOEGE)
    assert again(order).ladder_step == "PART"
    steps = [
        (line.facts["before"], line.facts["step"])
        for line in order.log.order_by("id")[4:]
        if line.kind == LogKind.WIDENED
    ]
    assert steps == [("OWN", "ALLIANCE"), ("ALLIANCE", "PART")]
    assert all(line.facts["by_itself"] for line in order.log.filter(kind=LogKind.WIDENED))


def test_covered_everywhere_it_stands_at_the_top() -> None:
    order = an_order()

    orders.evidence(order, *Municipality.objects.values_list("code", flat=True))
    orders.evidence(order, KOEGE)

    assert again(order).ladder_step == "NATION"
    assert kinds(order).count(LogKind.WIDENED) == 3


def test_where_the_alliance_did_not_choose_it_nothing_moves() -> None:
    order = an_order(by_itself=False)
    orders.evidence(order)
    assert again(order).ladder_step == "OWN"


def test_a_filled_order_stays_where_it_is() -> None:
    order = an_order()
    hire(order)
    orders.evidence(order)
    assert again(order).ladder_step == "OWN"


@pytest.mark.parametrize("subject", [Subject.NOT_WIDER, Subject.ENOUGH])
def test_never_against_the_company_s_word(subject: str) -> None:
    order = an_order()
    orders.a_word(order, subject)
    orders.evidence(order)
    assert again(order).ladder_step == "OWN"


def test_evidence_of_requirements_that_are_gone_moves_nothing() -> None:
    order = an_order()
    need = orders.a_need(order.company, requirements=())
    operations.change_order(order_id=order.pk, revision=1, need=need, by=SETUP, at=MONDAY)
    orders.evidence(order, version=1)
    assert again(order).ladder_step == "OWN"
