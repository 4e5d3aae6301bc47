"""Every change of what the lead shares goes through here: lock, write, leave a trace."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from tvaers.companies import operations as companies
from tvaers.companies.models import Channel, Conversation
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.leading.models import Evaluation, NextStep, PlannedDelivery, StatusNote
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind, Refusal, Stage
from tvaers.orders.models import Order
from tvaers.orders.refusals import OrderRefused

MOST_PLANNED = 999


@change
def write_note(*, order_id: int, words: str, note_key: UUID, by: Actor, at: datetime) -> StatusNote:
    """Tell those who take part how the order stands; it is in their next daily mail.

    The same `note_key` again is the note that is there (R16). An order that is closed can have
    notes too: what follows is also told.
    """
    order = _locked(order_id)
    if there := StatusNote.objects.filter(note_key=note_key).first():
        return there
    note = StatusNote.objects.create(
        order=order,
        words=words.strip(),
        written_at=at,
        user_id=by.user_id,
        office_id=by.acting_office,
        note_key=note_key,
    )
    orders.log(order, LogKind.STATUS_NOTE, by=by, at=at, note=note.pk)
    return note


@change
def plan_delivery(
    *, order_id: int, office_id: int, number: int, due_on: date, by: Actor, at: datetime
) -> PlannedDelivery:
    """The office will have presented `number` people by the end of `due_on`.

    What was planned for that office and day is replaced. Raises `OrderRefused`.
    """
    order = _locked_open(order_id)
    if not 1 <= number <= MOST_PLANNED:
        raise OrderRefused(Refusal.NO_SUCH_NUMBER)
    if due_on < danish_date(at):
        raise OrderRefused(Refusal.DAY_PASSED)
    planned = order.planned_deliveries.filter(office=office_id, due_on=due_on).first()
    planned = planned or PlannedDelivery(order=order, office_id=office_id, due_on=due_on)
    if planned.number != number:
        planned.number, planned.planned_at = number, at
        planned.save()
        orders.log(order, LogKind.PLAN, by=by, at=at, planned_office=office_id, number=number)
    return planned


@change
def drop_delivery(*, order_id: int, delivery_id: int, by: Actor, at: datetime) -> Order:
    """Take a line out of the plan; one that is not there changes nothing. Raises `OrderRefused`."""
    order = _locked_open(order_id)
    if found := order.planned_deliveries.filter(pk=delivery_id).first():
        found.delete()
        orders.log(order, LogKind.PLAN, by=by, at=at, planned_office=found.office_id, number=0)
    return order


@change
def add_step(
    *,
    order_id: int,
    what: str,
    office_id: int,
    due_on: date,
    step_key: UUID,
    by: Actor,
    at: datetime,
    user_id: int | None = None,
) -> NextStep:
    """Agree on what is done next by an office, or by `user_id` there, by the end of `due_on`.

    The same `step_key` again is the step that is there (R16). A closed order can have steps too.
    Raises `OrderRefused`.
    """
    order = _locked(order_id)
    if there := NextStep.objects.filter(step_key=step_key).first():
        return there
    if due_on < danish_date(at):
        raise OrderRefused(Refusal.DAY_PASSED)
    step = NextStep.objects.create(
        order=order,
        what=what.strip(),
        office_id=office_id,
        user_id=user_id,
        due_on=due_on,
        written_at=at,
        step_key=step_key,
    )
    orders.log(order, LogKind.STEP, by=by, at=at, step=step.pk)
    return step


@change
def finish_step(*, order_id: int, step_id: int, by: Actor, at: datetime) -> Order:
    """A step is done; one that is done already, or not there, changes nothing."""
    order = _locked(order_id)
    if step := order.next_steps.filter(pk=step_id, done_at=None).first():
        step.done_at, step.done_by_id = at, by.user_id
        step.save(update_fields=["done_at", "done_by"])
        orders.log(order, LogKind.STEP_DONE, by=by, at=at, step=step.pk)
    return order


@change
def drop_step(*, order_id: int, step_id: int, by: Actor, at: datetime) -> Order:
    """Give up a step that nobody has done; otherwise nothing changes."""
    order = _locked(order_id)
    if step := order.next_steps.filter(pk=step_id, done_at=None).first():
        step.delete()
        orders.log(order, LogKind.STEP_DROPPED, by=by, at=at, step=step_id)
    return order


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the company said: `said_by` whom, whether it got its people, and how it went."""

    said_by: str
    got_people: str
    quality: str
    speed: str
    differently: str = ""


@change
def evaluate(
    *, order_id: int, opinion: Opinion, channel: str, by: Actor, at: datetime
) -> Evaluation:
    """Write down what the company said of a closed order, or put right what was written.

    The talk is a contact with the company. The same opinion again changes nothing (R16). Raises
    `OrderRefused`.
    """
    order = _locked(order_id)
    if order.stage != Stage.CLOSED:
        raise OrderRefused(Refusal.WRONG_STAGE)
    opinion = replace(
        opinion, said_by=opinion.said_by.strip(), differently=opinion.differently.strip()
    )
    if not opinion.said_by:
        raise OrderRefused(Refusal.NOBODY_SAID_IT)
    there = Evaluation.objects.filter(order=order).first()
    if there and all(getattr(there, name) == told for name, told in vars(opinion).items()):
        return there
    talk = _talked(order, opinion, channel, by=by, at=at)
    written, _new = Evaluation.objects.update_or_create(
        order=order,
        defaults=vars(opinion)
        | {
            "written_at": at,
            "user_id": by.user_id,
            "office_id": by.acting_office,
            "conversation": talk,
        },
    )
    orders.log(order, LogKind.EVALUATED, by=by, at=at)
    return written


def _talked(
    order: Order, opinion: Opinion, channel: str, *, by: Actor, at: datetime
) -> Conversation:
    """The talk for the company's page; what was said is for those who took part."""
    return companies.record_conversation(
        company_id=order.company_id,
        office_id=by.acting_office,
        channel=Channel(channel),
        with_whom=opinion.said_by,
        at=at,
        about_recruiting=True,
        words="",
        by=by,
    )


def _locked(order_id: int) -> Order:
    return Order.objects.select_for_update(of=("self",)).get(pk=order_id)


def _locked_open(order_id: int) -> Order:
    order = _locked(order_id)
    if order.stage == Stage.CLOSED:
        raise OrderRefused(Refusal.WRONG_STAGE)
    return order
