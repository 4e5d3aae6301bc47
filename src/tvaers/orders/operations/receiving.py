"""An order comes in."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from tvaers.agreements import queries as agreements
from tvaers.companies.models import Company
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.network import queries as network
from tvaers.orders import deadlines, ladder
from tvaers.orders.lifecycle import LogKind, Refusal
from tvaers.orders.models import Order
from tvaers.orders.need import (
    PLAIN,
    Need,
    NewOrder,
    canonical,
    number_problems,
    portion_problems,
    problems,
)
from tvaers.orders.operations.trace import log
from tvaers.orders.operations.writing import (
    kinds_of,
    schemes_of,
    workplace_municipalities,
    write_places,
    write_portions,
    write_requirements,
)
from tvaers.orders.refusals import NeedRefused, OrderRefused


@change
def receive(*, new: NewOrder, by: Actor, at: datetime) -> Order:
    """Take an order in, and freeze what holds for it: alliance, service level, area, first step.

    The same `public_id` again gives the order that is there already, however many clicks. Where
    the company has chosen a lead by agreement, that one leads (R9). Without an alliance the area
    is the office's region. Raises `NeedRefused` and `OrderRefused` (R15: company in conflict).
    """
    if there := Order.objects.filter(public_id=new.public_id).first():
        return there
    if Company.objects.get(pk=new.company_id).in_conflict:
        raise OrderRefused(Refusal.COMPANY_IN_CONFLICT)
    try:
        with transaction.atomic():
            return _written(new, by=by, at=at)
    except IntegrityError:
        # Two clicks at once: the other one was first, and it is the same order.
        if there := Order.objects.filter(public_id=new.public_id).first():
            return there
        raise


def _written(new: NewOrder, *, by: Actor, at: datetime) -> Order:
    day, need = danish_date(at), canonical(new.need)
    _refuse_wrong(need, new.openings, day)
    schemes = schemes_of(need, day)
    municipalities = workplace_municipalities(need, new.company_id)
    office_id, lead_id, deputy_id = _leads(new, day)
    alliance = network.alliance_of(office_id, day)
    level = network.service_level(alliance, day)
    closed = network.closing_days(alliance.pk if alliance else None)
    order = Order.objects.create(
        public_id=new.public_id,
        company_id=new.company_id,
        scheme=schemes[need.scheme],
        openings=new.openings,
        also_kinds=kinds_of(schemes.values()),
        alliance=alliance,
        service_level=level,
        area_municipalities=sorted(
            network.area_of(office_id=office_id, alliance=alliance, day=day)
        ),
        lead_office_id=office_id,
        lead_id=lead_id,
        deputy_id=deputy_id,
        received_at=at,
        ladder_step=ladder.first_step(
            workplace_municipalities=len(municipalities),
            starts_at_alliance=level.starts_at_alliance,
        ),
        dialogue_due_at=deadlines.dialogue_due(at, days=level.dialogue_days, closed=closed),
        presentation_due_at=deadlines.presentation_due(
            at, days=level.presentation_days, closed=closed
        ),
        present_at_most=level.presented_per_opening * new.openings,
        **{name: getattr(need, name) for name in PLAIN},
    )
    write_places(order, need.workplace_ids)
    write_portions(order, need, schemes)
    write_requirements(order, (), need.requirements)
    log(order, LogKind.RECEIVED, by=by, at=at, openings=order.openings, step=order.ladder_step)
    return order


def _refuse_wrong(need: Need, openings: int, day: date) -> None:
    wrong = (
        *problems(need, day=day),
        *number_problems(openings),
        *portion_problems(need, openings),
    )
    if wrong:
        raise NeedRefused(wrong)


def _leads(new: NewOrder, day: date) -> tuple[int, int, int | None]:
    """Lead office, lead and deputy: the company's chosen lead, else those who took the order.

    An agreement that names an office and nobody there leaves the order with who took it, so that
    someone is accountable from the first moment; the lead is then handed over.
    """
    chosen = agreements.chosen_lead(new.company_id, day)
    if chosen is None or chosen.user_id in (None, new.lead_id):
        return new.lead_office_id, new.lead_id, new.deputy_id
    return chosen.office_id, chosen.user_id, None
