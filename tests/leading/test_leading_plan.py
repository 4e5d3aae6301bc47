"""The delivery plan: who presents how many by when, and what came of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError

from tests.accounts.factories import consultant
from tests.candidates import factories as candidates
from tests.core.factories import MONDAY, setting_up
from tests.leading.factories import FRIDAY, a_delivery
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tvaers.core.working_days import end_of_day
from tvaers.leading import operations
from tvaers.leading.access import may_share, takes_part
from tvaers.leading.models import PlannedDelivery
from tvaers.leading.news import Shared, shared_with
from tvaers.leading.queries import plan_of
from tvaers.network.models import Office
from tvaers.orders.lifecycle import Refusal
from tvaers.orders.models import Order
from tvaers.orders.operations import pause
from tvaers.orders.refusals import OrderRefused
from tvaers.referrals import operations as referrals

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def greve(db: None) -> Office:
    return network.office("Greve virksomhedsindgang", (GREVE,))


@pytest.fixture
def order(db: None) -> Order:
    office = network.office("Køge virksomhedsindgang", (KOEGE,))
    return orders.an_order(office=office, openings=3)


def presented(order: Order, office: Office, *, hire: bool = False) -> None:
    """Someone of the office is presented to the company, and hired where it is said so."""
    told = {"by": orders.lead_of(order), "at": MONDAY}
    person = candidates.person(office)
    made = referrals.propose(order_id=order.pk, person_id=person.pk, **told)
    referrals.present(order_id=order.pk, referral_ids=[made.pk], **told)
    if hire:
        referrals.hire(referral_id=made.pk, starts_on=FRIDAY, hours=37, **told)


def test_the_plan_says_what_is_presented_and_hired_with_the_own_office_first(
    order: Order, greve: Office
) -> None:
    a_delivery(order, order.lead_office, 2)
    a_delivery(order, greve, 1, due_on=FRIDAY + DAY)
    presented(order, order.lead_office)
    presented(order, order.lead_office, hire=True)
    presented(order, network.office("Solrød virksomhedsindgang", (SOLROED,)))
    plan = plan_of(order, own=greve.pk, at=MONDAY)
    assert [line.planned.office for line in plan.lines] == [
        "Greve virksomhedsindgang",
        "Køge virksomhedsindgang",
    ]
    assert [(line.presented, line.hired) for line in plan.lines] == [(0, 0), (2, 1)]
    assert (plan.number, plan.presented, plan.hired, plan.beside) == (3, 3, 1, 1)


def test_a_line_is_late_when_its_day_is_over_but_not_while_the_company_has_enough(
    order: Order, greve: Office
) -> None:
    a_delivery(order, greve)
    over = end_of_day(FRIDAY)
    assert plan_of(order, own=0, at=over - DAY).late == 0
    assert plan_of(order, own=0, at=over).late == 1
    paused = pause(order_id=order.pk, reason="ENOUGH", by=orders.lead_of(order), at=MONDAY)
    assert plan_of(paused, own=0, at=over).late == 0


def test_the_same_office_and_day_again_is_the_new_number_and_the_same_number_is_no_news(
    order: Order, greve: Office
) -> None:
    a_delivery(order, greve, 2)
    a_delivery(order, greve, 5, at=MONDAY + DAY)
    a_delivery(order, greve, 5, at=MONDAY + 2 * DAY)
    (line,) = PlannedDelivery.objects.all()
    assert (line.number, line.planned_at) == (5, MONDAY + DAY)
    assert orders.kinds(order).count("PLAN") == 2


def test_a_line_is_taken_out_once(order: Order, greve: Office) -> None:
    line = a_delivery(order, greve)
    by = orders.lead_of(order)
    for _ in range(2):
        operations.drop_delivery(order_id=order.pk, delivery_id=line.pk, by=by, at=MONDAY)
    assert not PlannedDelivery.objects.exists()
    assert orders.kinds(order).count("PLAN") == 2


def test_an_office_in_the_plan_takes_part_and_hears_of_it(order: Order, greve: Office) -> None:
    reader = consultant(greve)
    assert not takes_part(reader, order)
    a_delivery(order, greve)
    assert takes_part(reader, order)
    assert not may_share(reader, order)
    (news,) = shared_with(reader.user_id, [greve.pk], since=MONDAY, until=MONDAY + DAY)
    assert (news.what, news.order_id) == (Shared.PLAN, order.pk)
    assert not shared_with(order.lead_id, [order.lead_office_id], since=MONDAY, until=MONDAY + DAY)


@pytest.mark.parametrize(
    ("number", "day", "reason"),
    [(0, 0, Refusal.NO_SUCH_NUMBER), (1000, 0, Refusal.NO_SUCH_NUMBER), (1, -1, "DAY_PASSED")],
)
def test_nobody_and_a_day_that_is_over_cannot_be_planned(
    order: Order, greve: Office, number: int, day: int, reason: str
) -> None:
    with pytest.raises(OrderRefused) as refused:
        a_delivery(order, greve, number, due_on=MONDAY.date() + day * DAY)
    assert refused.value.reason == reason


def test_the_plan_of_a_closed_order_stands_in_the_code_and_in_the_database(
    order: Order, greve: Office
) -> None:
    line = a_delivery(order, greve)
    orders.a_word(order, "WITHDRAWN", openings=3)
    orders.closed(order, withdrawn=3)
    with pytest.raises(OrderRefused) as refused:
        a_delivery(order, greve, 3)
    assert refused.value.reason == Refusal.WRONG_STAGE
    for change in (
        lambda: PlannedDelivery.objects.update(number=3),
        lambda: PlannedDelivery.objects.all().delete(),
        lambda: PlannedDelivery.objects.create(
            order=order, office=order.lead_office, number=1, due_on=FRIDAY, planned_at=MONDAY
        ),
    ):
        with pytest.raises(IntegrityError, match="its plan stands"), setting_up():
            change()
    assert PlannedDelivery.objects.get() == line


def test_the_database_keeps_a_line_its_offices_and_of_someone(order: Order, greve: Office) -> None:
    a_delivery(order, greve)
    rows = PlannedDelivery.objects.all()
    with pytest.raises(ProgrammingError, match="Cannot update"), setting_up():
        rows.update(office=order.lead_office)
    with pytest.raises(IntegrityError, match="planned_delivery_of_someone"), setting_up():
        rows.update(number=0)
    with pytest.raises(IntegrityError, match="once_an_office_and_day"), setting_up():
        PlannedDelivery.objects.create(
            order=order, office=greve, number=1, due_on=FRIDAY, planned_at=MONDAY
        )
