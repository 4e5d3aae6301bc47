"""Mine opgaver proposes the next step of the ladder, once the one below is covered (R8)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.core.factories import MONDAY, SETUP
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tests.orders.hires import hire
from tvaers.accounts.readers import Reader, reader_for
from tvaers.orders import operations
from tvaers.orders.lifecycle import Subject
from tvaers.orders.models import Order
from tvaers.reporting.tasks import Task, TaskKind, my_tasks
from tvaers.wording.tasks import words

pytestmark = pytest.mark.django_db


def an_order(**fields: Any) -> Order:
    """Køge leads; the alliance is Køge, Greve and Solrød."""
    return orders.an_order(office=network.office(alliance=network.alliance()), **fields)


def lead_of(order: Order) -> Reader:
    reader = reader_for(order.lead_id, order.lead_office_id, MONDAY.date())
    assert reader
    return reader


def steps(order: Order) -> list[Task]:
    return [one for one in my_tasks(lead_of(order), at=MONDAY) if one.kind is TaskKind.WIDEN]


def test_the_next_step_is_proposed_when_the_one_below_is_covered() -> None:
    order = an_order()
    assert steps(order) == []

    orders.evidence(order, KOEGE)
    (task,) = steps(order)
    assert (task.id, task.facts["step"]) == (order.pk, "ALLIANCE")
    assert words(task).note == "Alle er afsøgt; næste trin: Samarbejdet"

    operations.widen(order_id=order.pk, to="ALLIANCE", by=SETUP, at=MONDAY)
    assert steps(order) == []
    orders.evidence(order, GREVE, SOLROED)
    assert [task.facts["step"] for task in steps(order)] == ["PART"]


@pytest.mark.parametrize("subject", [Subject.NOT_WIDER, Subject.ENOUGH])
def test_not_against_the_company_s_word(subject: str) -> None:
    order = an_order()
    orders.evidence(order, KOEGE)
    orders.a_word(order, subject)
    assert steps(order) == []


def test_not_for_a_filled_order() -> None:
    order = an_order()
    orders.evidence(order, KOEGE)
    hire(order)
    assert steps(order) == []


def test_more_orders_need_no_more_queries() -> None:
    first = an_order()
    orders.evidence(first, KOEGE)
    lead = lead_of(first)
    with CaptureQueriesContext(connection) as one:
        assert len(my_tasks(lead, at=MONDAY)) >= 1
    for _ in range(5):
        more = orders.an_order(office=first.lead_office, lead=first.lead)
        orders.evidence(more, KOEGE)
    with CaptureQueriesContext(connection) as six:
        found = [task for task in my_tasks(lead, at=MONDAY) if task.kind is TaskKind.WIDEN]
    assert len(found) == 6
    assert len(six) == len(one)
