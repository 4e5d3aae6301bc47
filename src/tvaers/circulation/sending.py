"""Sending an order round, asking again after a change, and withdrawing (R4, R5, R6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from tvaers.circulation import deadlines, lifecycle, notices
from tvaers.circulation.lifecycle import SendRefusal
from tvaers.circulation.models import Circulation, Excused, Question, Request
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.network.models import LadderStep
from tvaers.network.queries import closing_days, responsibilities
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order, Stage, Subject


@dataclass
class SendRefused(Exception):
    reason: SendRefusal


@dataclass(frozen=True, kw_only=True)
class ExcusedOffice:
    """An office that need not answer, with the company's word for it (R5)."""

    office_id: int
    said_by: str
    said_at: datetime
    channel: str = Channel.PHONE
    words: str = ""


@change
def send(
    *,
    order_id: int,
    office_ids: Collection[int],
    step: LadderStep | str,
    by: Actor,
    at: datetime,
    excused: Collection[ExcusedOffice] = (),
    message: str = "",
    send_key: UUID | None = None,
) -> Circulation:
    """Send the order's current requirements to the offices, one request each, due by R4.

    Excused offices get no request. The same `send_key` again returns the first sending. Sending
    begins the recruiting of an order in dialogue. Raises `SendRefused`.
    """
    order = locked_order(order_id)
    if send_key and (sent := Circulation.objects.filter(send_key=send_key).first()):
        return sent
    not_asked = {one.office_id for one in excused}
    chosen = sorted(set(office_ids) - not_asked)
    if reason := lifecycle.send_refusal(order, chosen=len(chosen)):
        raise SendRefused(reason)
    if any(not one.said_by.strip() for one in excused):
        raise SendRefused(SendRefusal.EXCUSED_WITHOUT_WORD)
    if order.stage == Stage.IN_DIALOGUE:
        orders.start_recruiting(order_id=order.pk, by=by, at=at)
    circulation = _circulate(
        order, chosen, Question.FULL, step, message, by=by, at=at, send_key=send_key
    )
    for one in excused:
        _excuse(circulation, one, by=by, at=at)
    return circulation


@change
def change_order(*, order_id: int, by: Actor, at: datetime, **changes: Any) -> Order:
    """Change an order and, when that could admit new people, ask those who answered again (R6).

    Takes what `orders.operations.change_order` takes and raises what it raises.
    """
    before = Order.objects.values_list("covered_from_version", flat=True).get(pk=order_id)
    order = orders.change_order(order_id=order_id, by=by, at=at, **changes)
    if order.covered_from_version != before:
        ask_again(order_id=order_id, by=by, at=at)
    return order


@change
def ask_again(*, order_id: int, by: Actor, at: datetime) -> Circulation | None:
    """ "Ændrer det jeres svar?": one question to each office whose answer no longer counts (R6).

    Requests of earlier versions that still wait are withdrawn and asked anew, so that nobody
    answers for requirements that are gone. Returns None where nobody was asked before, and for a
    company in conflict (R15).
    """
    order = locked_order(order_id)
    earlier = Request.objects.filter(
        order=order,
        withdrawn_at__isnull=True,
        circulation__requirements_version__lt=order.covered_from_version,
    )
    asked_now = Request.objects.filter(
        order=order,
        withdrawn_at__isnull=True,
        circulation__requirements_version__gte=order.covered_from_version,
    ).values_list("office_id", flat=True)
    offices = sorted(set(earlier.values_list("office_id", flat=True)) - set(asked_now))
    _take_back(earlier, by=by, at=at)
    if not offices or order.stage == Stage.CLOSED or order.company.in_conflict:
        return None
    return _circulate(order, offices, Question.CHANGED, order.ladder_step, "", by=by, at=at)


@change
def withdraw(*, circulation_id: int, by: Actor, at: datetime) -> Circulation:
    """Take back a sending: requests that wait need no answer; answers that came are kept."""
    order_id = Circulation.objects.values_list("order_id", flat=True).get(pk=circulation_id)
    order = locked_order(order_id)
    circulation = Circulation.objects.select_for_update(of=("self",)).get(pk=circulation_id)
    if circulation.withdrawn_at is None:
        circulation.withdrawn_at = at
        circulation.save(update_fields=["withdrawn_at"])
        _take_back(circulation.requests.all(), by=by, at=at)
        orders.log(
            order,
            LogKind.CIRCULATION_WITHDRAWN,
            by=by,
            at=at,
            circulation=circulation_id,
        )
    return circulation


def locked_order(order_id: int) -> Order:
    """The order with its company and promises, locked for the rest of the transaction."""
    found: Order = (
        Order.objects.select_related("company", "service_level")
        .select_for_update(of=("self",))
        .get(pk=order_id)
    )
    return found


def _circulate(
    order: Order,
    office_ids: Collection[int],
    question: Question,
    step: LadderStep | str,
    message: str,
    *,
    by: Actor,
    at: datetime,
    send_key: UUID | None = None,
) -> Circulation:
    circulation = Circulation.objects.create(
        order=order,
        requirements_version=order.requirements_version,
        question=question,
        step=step,
        message=message,
        sent_at=at,
        sent_by_id=by.user_id,
        sent_by_office_id=by.acting_office,
        send_key=send_key or uuid4(),
    )
    _ask(circulation, order, office_ids, by=by, at=at)
    orders.log(
        order,
        LogKind.CIRCULATED,
        by=by,
        at=at,
        circulation=circulation.pk,
        offices=len(office_ids),
        question=str(question),
    )
    return circulation


def _ask(
    circulation: Circulation,
    order: Order,
    office_ids: Collection[int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """One request an office, for the municipalities it answers for that day."""
    closed = closing_days(order.alliance_id)
    due_at = deadlines.due(at, service_level=order.service_level, closed=closed)
    responsible = responsibilities(office_ids, danish_date(at))
    requests = Request.objects.bulk_create(
        Request(
            circulation=circulation,
            order=order,
            office_id=office_id,
            municipalities=list(responsible[office_id]),
            sent_at=at,
            due_at=due_at,
        )
        for office_id in office_ids
    )
    notices.requested(requests, by=by, at=at)


def _take_back(requests: QuerySet[Request], *, by: Actor, at: datetime) -> None:
    """Those that wait need no answer any more."""
    waiting = requests.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    taken = list(waiting.values_list("pk", flat=True))
    Request.objects.filter(pk__in=taken).update(withdrawn_at=at)
    notices.withdrawn(taken, by=by, at=at)


def _excuse(circulation: Circulation, one: ExcusedOffice, *, by: Actor, at: datetime) -> None:
    word = orders.record_word(
        order_id=circulation.order_id,
        subject=Subject.NO_ANSWER_NEEDED,
        said_by=one.said_by,
        said_at=one.said_at,
        channel=one.channel,
        words=one.words,
        office_id=one.office_id,
        by=by,
        at=at,
    )
    Excused.objects.create(circulation=circulation, office_id=one.office_id, word=word)
