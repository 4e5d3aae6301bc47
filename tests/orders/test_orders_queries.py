"""What screens read of orders: true, and in a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest

from tests.companies import factories as companies
from tests.core.factories import MONDAY, SETUP
from tests.network import factories as network
from tests.network.factories import AARHUS, GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tests.orders.factories import closed
from tvaers.network.models import Office
from tvaers.orders import operations, queries
from tvaers.orders.deadlines import Clock
from tvaers.orders.lifecycle import Outcome, Refusal, Stage, Subject
from tvaers.orders.models import Order
from tvaers.orders.queries import OrderFilter

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()


@pytest.fixture
def office() -> Office:
    return network.office("Køge virksomhedsindgang", alliance=network.alliance())


def test_the_page_of_an_order(office: Office) -> None:
    order = orders.an_order(office=office, openings=2)
    proof = orders.evidence(order, KOEGE, AARHUS, kind="SEARCH")

    page = queries.order_page(order.pk)

    assert [place.municipality_name for place in page.places] == ["Køge"]
    assert [(one.text, one.must) for one in page.requirements] == [
        ("Gaffeltruckcertifikat B", True),
        ("Engelsk", False),
    ]
    assert page.clock == (Clock.PRESENTATION, order.presentation_due_at)
    assert page.coverage.missing == (GREVE, SOLROED)
    covered = page.coverage.covered[AARHUS]
    assert (covered.evidence_id, covered.kind, covered.data_at) == (proof.pk, "SEARCH", MONDAY)
    assert (page.free, page.outcome) == (2, None)
    assert page.why_not_close() is Refusal.NOT_COVERED
    assert [line.kind for line in page.log][:2] == ["COVERED", "RECRUITING"]
    assert queries.order_id_of(order.public_id) == order.pk


def test_the_page_costs_the_same_with_ten_times_the_rows(
    office: Office, django_assert_num_queries: Any
) -> None:
    order = orders.an_order(office=office)
    with django_assert_num_queries(9):
        queries.order_page(order.pk)

    for _ in range(10):
        orders.a_word(order)
        orders.evidence(order)
        companies.workplace(order.company)
    need = orders.a_need(order.company)
    operations.change_order(order_id=order.pk, revision=1, need=need, by=SETUP, at=MONDAY)

    with django_assert_num_queries(9):
        page = queries.order_page(order.pk)
    assert (len(page.places), len(page.words)) == (11, 11)


def test_the_next_step_is_offered_when_this_one_is_covered(office: Office) -> None:
    order = orders.an_order(office=office)

    def ladder() -> queries.LadderView:
        return queries.ladder_of(queries.order_page(order.pk), day=TODAY)

    assert (ladder().municipalities, ladder().missing) == ((KOEGE,), (KOEGE,))
    assert ladder().proposed is None

    orders.evidence(order, KOEGE)
    assert (ladder().missing, ladder().proposed, ladder().by_itself) == ((), "ALLIANCE", False)

    operations.widen(order_id=order.pk, to="ALLIANCE", by=SETUP, at=MONDAY)
    assert (ladder().missing, ladder().proposed) == ((GREVE, SOLROED), None)


def test_orders_are_found_by_stage_office_lead_company_and_words(office: Office) -> None:
    driver = orders.an_order(office=office, title="Chauffør", stage="RECEIVED")
    cook = orders.an_order(
        company=companies.company("Torvets Kantine"),
        title="Kok",
        at=MONDAY + timedelta(hours=1),
    )
    orders.a_word(cook, Subject.WITHDRAWN, openings=1)
    closed(cook, withdrawn=1)

    def found(**chosen: Any) -> list[int]:
        return [row.id for row in queries.order_list(OrderFilter(**chosen)).rows]

    assert found() == [cook.pk, driver.pk]
    assert found(open_only=True) == [driver.pk]
    assert found(stage=Stage.CLOSED) == [cook.pk]
    assert found(office_id=office.pk) == [driver.pk]
    assert found(lead_id=cook.lead_id) == [cook.pk]
    assert found(company_id=driver.company_id) == [driver.pk]
    assert found(text="kantine kok") == [cook.pk]
    assert found(text="CHAUFFØR") == [driver.pk]
    assert found(text=cook.company.cvr) == [cook.pk]
    assert found(text="kantine chauffør") == []
    (row,) = queries.order_list(OrderFilter(stage=Stage.CLOSED)).rows
    assert (row.company_name, row.outcome) == ("Torvets Kantine", Outcome.WITHDRAWN)
    assert (row.clock, row.is_late(at=MONDAY + timedelta(days=99))) == (None, False)


def test_a_list_has_25_a_page_and_costs_two_queries(
    office: Office, django_assert_num_queries: Any
) -> None:
    lead, company = orders.a_lead(office), companies.company()
    for number in range(27):
        orders.an_order(
            office=office, lead=lead, company=company, stage="RECEIVED", title=f"Nr. {number}"
        )

    with django_assert_num_queries(2):
        first = queries.order_list(OrderFilter(office_id=office.pk))
    second = queries.order_list(OrderFilter(office_id=office.pk), page=2)
    far = queries.order_list(OrderFilter(), page=99)

    assert (len(first.rows), first.total, first.last) == (25, 27, 2)
    assert [row.title for row in second.rows] == ["Nr. 1", "Nr. 0"]
    assert far.rows == second.rows


def test_what_is_due_at_an_office_and_what_is_late(
    office: Office, django_assert_num_queries: Any
) -> None:
    lead = orders.a_lead(office)
    unspoken = orders.an_order(office=office, lead=lead, stage="RECEIVED")
    spoken = orders.an_order(office=office, lead=lead)
    paused = orders.an_order(office=office, lead=lead)
    orders.a_word(paused, Subject.ENOUGH)
    presented = orders.an_order(office=office, lead=lead)
    operations.record_presented(order_id=presented.pk, by=SETUP, at=MONDAY)
    orders.an_order(stage="RECEIVED")

    with django_assert_num_queries(2):
        dialogues = queries.due_dialogues(office.pk)
        presentations = queries.due_presentations(office.pk)

    assert [(row.id, row.clock) for row in dialogues] == [(unspoken.pk, Clock.DIALOGUE)]
    assert [(row.id, row.clock) for row in presentations] == [(spoken.pk, Clock.PRESENTATION)]
    due = unspoken.dialogue_due_at
    assert not dialogues[0].is_late(at=due - timedelta(seconds=1))
    assert dialogues[0].is_late(at=due)

    ours = Order.objects.led_by(office.pk)
    assert list(ours.overdue(at=due - timedelta(seconds=1))) == []
    assert list(ours.overdue(at=due)) == [unspoken]
    assert set(ours.overdue(at=spoken.presentation_due_at)) == {unspoken, spoken}


def test_the_schemes_of_a_day() -> None:
    orders.with_defaults()

    assert [scheme.code for scheme in queries.schemes(TODAY)][:2] == ["ordinary", "wage_subsidy"]
