"""Mine opgaver: what waits for whom, late first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.accounts import factories as accounts
from tests.accounts.factories import consultant, manager, partner
from tests.candidates import factories as candidates
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE
from tests.orders import factories as orders
from tvaers.accounts.models import User
from tvaers.accounts.readers import Reader, reader_for
from tvaers.candidates import operations as candidates_operations
from tvaers.circulation import operations as circulation
from tvaers.network.models import LadderStep, Office, OfficeClosure
from tvaers.orders import operations as orders_operations
from tvaers.orders.models import Order
from tvaers.referrals.disclosure import ask_release
from tvaers.reporting.tasks import Task, TaskKind, my_tasks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def koege() -> Office:
    return network.office("Køge virksomhedsindgang", (KOEGE,))


@pytest.fixture
def greve() -> Office:
    return network.office("Greve virksomhedsindgang", (GREVE,))


def kinds(tasks: tuple[Task, ...]) -> list[TaskKind]:
    return [task.kind for task in tasks]


def lead_of(order: Order) -> Reader:
    reader = reader_for(order.lead_id, order.lead_office_id, MONDAY.date())
    assert reader
    return reader


def sent_to(order: Order, office: Office) -> None:
    circulation.send(
        order_id=order.pk,
        office_ids=[office.pk],
        excused=(),
        step=LadderStep.ALLIANCE,
        message="",
        send_key=uuid4(),
        by=orders.lead_of(order),
        at=MONDAY,
    )


def test_a_new_order_asks_for_a_talk_and_then_for_candidates() -> None:
    order = orders.an_order(stage="RECEIVED")
    (talk,) = my_tasks(lead_of(order), at=MONDAY)
    assert (talk.kind, talk.due_at) == (TaskKind.DIALOGUE, order.dialogue_due_at)
    orders.a_word(order)
    (present,) = my_tasks(lead_of(order), at=MONDAY)
    assert (present.kind, present.id) == (TaskKind.PRESENTATION, order.pk)


def test_what_is_late_comes_first() -> None:
    order = orders.an_order(stage="RECEIVED")
    lead = User.objects.get(pk=order.lead_id)
    orders.an_order(stage="RECRUITING", office=order.lead_office, lead=lead, at=MONDAY - 7 * DAY)
    late, in_time = my_tasks(lead_of(order), at=MONDAY)
    assert (late.kind, late.late) == (TaskKind.PRESENTATION, True)
    assert (in_time.kind, in_time.late) == (TaskKind.DIALOGUE, False)


def test_colleagues_do_not_share_tasks_but_their_manager_sees_them(koege: Office) -> None:
    orders.an_order(stage="RECEIVED", office=koege)
    assert my_tasks(consultant(koege), at=MONDAY) == ()
    assert kinds(my_tasks(manager(koege), at=MONDAY)) == [TaskKind.DIALOGUE]


def test_a_request_waits_for_everyone_at_the_office_also_partners(greve: Office) -> None:
    sent_to(orders.an_order(), greve)
    for reader in (consultant(greve), partner(greve)):
        (request,) = my_tasks(reader, at=MONDAY)
        assert request.kind == TaskKind.ANSWER
        assert request.facts["for_office"] == ""


def test_a_stand_in_sees_the_requests_of_an_office_that_is_closed(
    koege: Office, greve: Office
) -> None:
    sent_to(orders.an_order(), greve)
    stand_in = consultant(koege)
    assert my_tasks(stand_in, at=MONDAY) == ()
    with setting_up():
        OfficeClosure.objects.create(
            office=greve,
            first_day=MONDAY.date(),
            last_day=MONDAY.date(),
            stand_in_office=koege,
            stand_in_name="Anne Lund",
        )
    (request,) = my_tasks(stand_in, at=MONDAY)
    assert request.facts["for_office"] == "Greve virksomhedsindgang"


def test_an_offered_order_waits_for_its_receiver(koege: Office) -> None:
    order = orders.an_order(stage="RECEIVED")
    receiver = consultant(koege)
    orders_operations.offer_handover(
        order_id=order.pk,
        to_office_id=koege.pk,
        to_user_id=receiver.user_id,
        words="",
        by=orders.lead_of(order),
        at=MONDAY,
    )
    assert kinds(my_tasks(receiver, at=MONDAY)) == [TaskKind.HANDOVER]


def test_the_home_office_decides_releases_and_reports(koege: Office, greve: Office) -> None:
    order = orders.an_order(office=koege)
    someone = candidates.person(greve)
    ask_release(order_id=order.pk, person_id=someone.person_id, by=orders.lead_of(order), at=MONDAY)
    candidates_operations.report_unavailable(
        person_id=someone.person_id, by=orders.lead_of(order), at=MONDAY
    )
    found = my_tasks(consultant(greve), at=MONDAY)
    assert kinds(found) == [TaskKind.RELEASE, TaskKind.UNAVAILABLE]
    assert found[1].due_at == orders.an_order(stage="RECEIVED").dialogue_due_at


def test_it_takes_as_many_queries_for_many_tasks_as_for_one(
    koege: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lead = orders.a_lead(koege)
    reader = reader_for(lead.pk, koege.pk, MONDAY.date())
    assert reader
    for number in range(3):
        order = orders.an_order(stage="RECEIVED", office=koege, lead=lead)
        sent_to(orders.an_order(), koege)
        someone = candidates.person(koege)
        candidates_operations.report_unavailable(
            person_id=someone.person_id, by=orders.lead_of(order), at=MONDAY
        )
        with django_assert_num_queries(13):
            assert len(my_tasks(reader, at=MONDAY)) == 3 * (number + 1)


def test_an_administrator_has_nothing_to_answer(koege: Office) -> None:
    sent_to(orders.an_order(), koege)
    assert my_tasks(accounts.administrator(koege), at=MONDAY) == ()
