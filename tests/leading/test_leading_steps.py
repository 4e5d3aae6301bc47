"""Next steps: agreed once, a task of those they are for, done once and for all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError

from tests.accounts.factories import administrator, consultant, partner
from tests.core.factories import MONDAY, setting_up
from tests.leading.factories import FRIDAY, STEP, a_step
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE
from tests.orders import factories as orders
from tvaers.accounts.readers import Reader
from tvaers.core.working_days import end_of_day
from tvaers.leading import operations
from tvaers.leading.access import may_finish, takes_part
from tvaers.leading.models import NextStep
from tvaers.leading.news import Shared, shared_with
from tvaers.leading.queries import steps_of
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.orders.refusals import OrderRefused
from tvaers.reporting.digest import digest_of
from tvaers.reporting.tasks import Place, TaskKind, my_tasks
from tvaers.wording import mails

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def greve(db: None) -> Office:
    return network.office("Greve virksomhedsindgang", (GREVE,))


@pytest.fixture
def order(db: None) -> Order:
    return orders.an_order(office=network.office("Køge virksomhedsindgang", (KOEGE,)))


def kinds(reader: Reader, **told: object) -> list[TaskKind]:
    return [task.kind for task in my_tasks(reader, **({"at": MONDAY} | told))]  # type: ignore[arg-type]


def test_two_clicks_agree_on_one_step(order: Order) -> None:
    key = uuid4()
    assert a_step(order, step_key=key) == a_step(order, step_key=key)
    assert orders.kinds(order).count("STEP") == 1


def test_a_day_that_is_over_is_refused(order: Order) -> None:
    with pytest.raises(OrderRefused) as refused:
        a_step(order, due_on=MONDAY.date() - DAY)
    assert refused.value.reason == "DAY_PASSED"


def test_a_step_of_an_office_is_everyones_there_from_a_week_before_its_day(
    order: Order, greve: Office
) -> None:
    step = a_step(order, office=greve, due_on=MONDAY.date() + 8 * DAY)
    for reader in (consultant(greve), partner(greve)):
        assert kinds(reader) == []
        (task,) = my_tasks(reader, at=MONDAY + DAY)
        assert (task.kind, task.place, task.id) == (TaskKind.STEP, Place.PLAN, order.pk)
        assert (task.due_at, task.late) == (end_of_day(step.due_on), False)
        (late,) = my_tasks(reader, at=end_of_day(step.due_on))
        assert late.late
    assert kinds(administrator(greve), at=MONDAY + DAY) == []


def test_a_step_of_one_person_is_no_task_of_a_colleague(order: Order, greve: Office) -> None:
    bo, colleague = consultant(greve), consultant(greve)
    a_step(order, office=greve, user_id=bo.user_id)
    assert kinds(bo) == [TaskKind.STEP]
    assert kinds(colleague) == []


def test_a_step_that_is_done_or_given_up_is_no_task(order: Order, greve: Office) -> None:
    reader = consultant(greve)
    done, gone = a_step(order, office=greve), a_step(order, "Ring til AMU.", office=greve)
    assert kinds(reader) == [TaskKind.STEP, TaskKind.STEP]
    for _ in range(2):
        operations.finish_step(order_id=order.pk, step_id=done.pk, by=reader.actor, at=MONDAY)
        operations.drop_step(
            order_id=order.pk, step_id=gone.pk, by=orders.lead_of(order), at=MONDAY
        )
    assert kinds(reader) == []
    (left,) = steps_of(order.pk)
    assert (left.done_at, left.done_by_id) == (MONDAY, reader.user_id)
    assert orders.kinds(order)[-2:] == ["STEP_DONE", "STEP_DROPPED"]


def test_what_is_to_be_done_comes_before_what_is_done(order: Order) -> None:
    first = a_step(order, "Først.")
    a_step(order, "Sidst.", due_on=FRIDAY + DAY)
    by = orders.lead_of(order)
    operations.finish_step(order_id=order.pk, step_id=first.pk, by=by, at=MONDAY)
    assert [step.what for step in steps_of(order.pk)] == ["Sidst.", "Først."]


def test_a_step_makes_its_office_take_part_and_finish_it(order: Order, greve: Office) -> None:
    step, reader = a_step(order, office=greve), consultant(greve)
    own = a_step(order)
    assert takes_part(reader, order)
    assert may_finish(reader, step, shares=False)
    assert not may_finish(reader, own, shares=False)
    assert may_finish(consultant(order.lead_office), step, shares=True)


def test_a_closed_order_can_have_a_step_to_follow_it_up(order: Order) -> None:
    orders.a_word(order, "WITHDRAWN", openings=1)
    orders.closed(order, withdrawn=1)
    a_step(order, "Spørg igen til efteråret.")
    assert kinds(consultant(order.lead_office)) == [TaskKind.STEP]


def test_the_daily_mail_tells_the_office_of_each_step_without_its_words(
    order: Order, greve: Office
) -> None:
    reader = consultant(greve)
    a_step(order, office=greve)
    a_step(order, "Ring til AMU.", office=greve)
    (news,) = shared_with(reader.user_id, [greve.pk], since=MONDAY, until=MONDAY + DAY)
    assert news.what == Shared.STEP
    found = digest_of(reader.user_id, since=MONDAY, at=MONDAY + DAY)
    assert found is not None
    assert [task.kind for task in found.tasks] == [TaskKind.STEP, TaskKind.STEP]
    text = mails.digest(found, address="https://tvaers.example/", at=MONDAY + DAY).text
    assert "I har et aftalt skridt" in text
    assert STEP not in text


def test_the_database_lets_a_step_only_be_done_and_then_stay(order: Order) -> None:
    step = a_step(order)
    rows = NextStep.objects.all()
    with pytest.raises(ProgrammingError, match="Cannot update"), setting_up():
        rows.update(what="Noget andet")
    with pytest.raises(IntegrityError, match="next_step_done_by_someone"), setting_up():
        rows.update(done_by=order.lead)
    by = orders.lead_of(order)
    operations.finish_step(order_id=order.pk, step_id=step.pk, by=by, at=MONDAY)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), setting_up():
        rows.update(done_at=None)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), setting_up():
        rows.delete()


def test_a_step_says_something(order: Order) -> None:
    with pytest.raises(IntegrityError, match="next_step_says_something"):
        a_step(order, "  ")
