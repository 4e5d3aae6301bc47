"""Who is accountable for the order: lead, deputy, co-leads, and the lead's handing over (R9)."""

from datetime import datetime

from django.db.models import QuerySet

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders import notices
from tvaers.orders.lifecycle import LogKind, Refusal
from tvaers.orders.models import CoLead, Handover, Order
from tvaers.orders.operations.trace import locked_open, log
from tvaers.orders.refusals import OrderRefused


@change
def offer_handover(
    *, order_id: int, to_office_id: int, to_user_id: int, by: Actor, at: datetime, words: str = ""
) -> Handover:
    """Offer the lead to someone, here or at another office; it moves when they accept.

    The same offer again is the one that stands. Raises `OrderRefused` when another is open.
    """
    order = locked_open(order_id)
    if (order.lead_office_id, order.lead_id) == (to_office_id, to_user_id):
        raise OrderRefused(Refusal.ALREADY_LEADS)
    if standing := _open_offers(order).first():
        if (standing.to_office_id, standing.to_user_id) == (to_office_id, to_user_id):
            return standing
        raise OrderRefused(Refusal.ALREADY_OFFERED)
    offer = Handover.objects.create(
        order=order,
        from_office_id=order.lead_office_id,
        to_office_id=to_office_id,
        to_user_id=to_user_id,
        words=words,
        offered_at=at,
    )
    log(order, LogKind.HANDOVER_OFFERED, by=by, at=at, handover=offer.pk, to_office=to_office_id)
    notices.handover_offered(offer, by=by, at=at)
    return offer


@change
def accept_handover(*, handover_id: int, by: Actor, at: datetime) -> Order:
    """Take the lead over; only the receiving office can. Raises `OrderRefused`.

    The old deputy goes with the old lead, and a co-lead that becomes lead is no co-lead any more.
    """
    order, offer = _offer(handover_id, by=by)
    if offer.accepted_at is not None:
        return order
    if offer.declined_at is not None:
        raise OrderRefused(Refusal.ALREADY_DECIDED)
    offer.accepted_at = at
    offer.save(update_fields=["accepted_at"])
    if offer.to_office_id != order.lead_office_id or offer.to_user_id == order.deputy_id:
        order.deputy = None
    order.lead_office_id, order.lead_id = offer.to_office_id, offer.to_user_id
    order.save(update_fields=["lead_office", "lead", "deputy"])
    order.co_leads.filter(office_id=offer.to_office_id).delete()
    log(order, LogKind.HANDOVER_ACCEPTED, by=by, at=at, handover=offer.pk)
    return order


@change
def decline_handover(*, handover_id: int, by: Actor, at: datetime) -> Order:
    """Say no to the lead; it stays where it is. Raises `OrderRefused`."""
    order, offer = _offer(handover_id, by=by)
    if offer.declined_at is not None:
        return order
    if offer.accepted_at is not None:
        raise OrderRefused(Refusal.ALREADY_DECIDED)
    offer.declined_at = at
    offer.save(update_fields=["declined_at"])
    log(order, LogKind.HANDOVER_DECLINED, by=by, at=at, handover=offer.pk)
    return order


@change
def withdraw_handover(*, order_id: int, by: Actor, at: datetime) -> Order:
    """Take an offer back that nobody has answered; without one nothing happens."""
    order = locked_open(order_id)
    withdraw_offers(order, by=by, at=at)
    return order


def withdraw_offers(order: Order, *, by: Actor, at: datetime) -> None:
    """End the open offer of a locked order, if there is one."""
    for offer in _open_offers(order):
        offer.declined_at = at
        offer.save(update_fields=["declined_at"])
        log(order, LogKind.HANDOVER_WITHDRAWN, by=by, at=at, handover=offer.pk)


@change
def set_deputy(*, order_id: int, deputy_id: int | None, by: Actor, at: datetime) -> Order:
    """Name the deputy, or nobody. Raises `OrderRefused` when it is the lead."""
    order = locked_open(order_id)
    if deputy_id == order.lead_id:
        raise OrderRefused(Refusal.ALREADY_LEADS)
    if deputy_id != order.deputy_id:
        order.deputy_id = deputy_id
        order.save(update_fields=["deputy"])
        log(order, LogKind.DEPUTY, by=by, at=at, deputy=deputy_id)
    return order


@change
def add_co_lead(
    *, order_id: int, office_id: int, user_id: int, by: Actor, at: datetime, part: str = ""
) -> CoLead:
    """Make another office accountable too, for all or for one part of the country.

    An office that co-leads already gets the new person and part. Raises `OrderRefused`.
    """
    order = locked_open(order_id)
    if office_id == order.lead_office_id:
        raise OrderRefused(Refusal.ALREADY_LEADS)
    co_lead = order.co_leads.filter(office_id=office_id).first() or CoLead(
        order=order, office_id=office_id
    )
    if co_lead.pk is None or (co_lead.user_id, co_lead.part) != (user_id, part):
        co_lead.user_id, co_lead.part = user_id, part
        co_lead.save()
        log(order, LogKind.CO_LEAD_ADDED, by=by, at=at, co_lead_office=office_id, part=part)
    return co_lead


@change
def remove_co_lead(*, order_id: int, office_id: int, by: Actor, at: datetime) -> Order:
    """End an office's co-lead; without one nothing happens."""
    order = locked_open(order_id)
    gone, _ = order.co_leads.filter(office_id=office_id).delete()
    if gone:
        log(order, LogKind.CO_LEAD_REMOVED, by=by, at=at, co_lead_office=office_id)
    return order


def _open_offers(order: Order) -> QuerySet[Handover]:
    return order.handovers.filter(accepted_at__isnull=True, declined_at__isnull=True)


def _offer(handover_id: int, *, by: Actor) -> tuple[Order, Handover]:
    """The locked order and its offer, for the receiving office."""
    order_id = Handover.objects.values_list("order_id", flat=True).get(pk=handover_id)
    order = locked_open(order_id)
    offer = Handover.objects.select_for_update(of=("self",)).get(pk=handover_id)
    if by.office_id != offer.to_office_id:
        raise OrderRefused(Refusal.NOT_THE_RECEIVER)
    return order, offer
