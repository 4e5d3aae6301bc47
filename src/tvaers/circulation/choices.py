"""Whom an order can be sent to, and what is known of each office beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tvaers.circulation.lifecycle import RequestState
from tvaers.circulation.queries import Sending, ledger
from tvaers.core.working_days import danish_date
from tvaers.matching.queries import hits_by_municipality
from tvaers.network import queries as network
from tvaers.network.models import LadderStep, Office, OfficeKind
from tvaers.orders.models import Order
from tvaers.orders.queries import municipalities_by_step
from tvaers.places.queries import municipality_names


@dataclass(frozen=True, kw_only=True)
class OfficeChoice:
    """One office to send to.

    `step` is the nearest step of the ladder that holds one of its municipalities; a fund or a
    national unit stands at the alliance's step when it is a member, else at the nation's. `hits`
    live in its municipalities today. `state` is how it stands to the current requirements, None
    when it was not asked of them.
    """

    office_id: int
    name: str
    kind: OfficeKind
    municipalities: tuple[str, ...]
    step: LadderStep
    hits: int
    state: RequestState | None
    stand_in: str


def office_choices(order: Order, *, at: datetime) -> tuple[OfficeChoice, ...]:
    """Every office but the lead's own, nearest step first, then by hits. About twenty queries."""
    day = danish_date(at)
    offices = list(Office.objects.on(day).exclude(pk=order.lead_office_id))
    ids = [office.pk for office in offices]
    responsible = network.responsibilities(ids, day)
    hits, names = hits_by_municipality(order.pk, at=at), municipality_names()
    steps = municipalities_by_step(order, day=day)
    members = set(network.members(order.alliance_id, day)) if order.alliance_id else set()
    states, stand_ins = _states(ledger(order.pk, at=at)), network.stand_ins(ids, day)
    choices = [
        OfficeChoice(
            office_id=office.pk,
            name=office.name,
            kind=OfficeKind(office.kind),
            municipalities=tuple(names[code] for code in responsible[office.pk]),
            step=_step(responsible[office.pk], steps, is_member=office.pk in members),
            hits=sum(hits.get(code, 0) for code in responsible[office.pk]),
            state=states.get(office.pk),
            stand_in=stand_ins[office.pk].office_name if office.pk in stand_ins else "",
        )
        for office in offices
    ]
    order_of = {step: number for number, step in enumerate(LadderStep)}
    return tuple(sorted(choices, key=lambda choice: order_of[choice.step]))


def _step(
    municipalities: tuple[str, ...],
    steps: Mapping[LadderStep, tuple[str, ...]],
    *,
    is_member: bool,
) -> LadderStep:
    if not municipalities:
        return LadderStep.ALLIANCE if is_member else LadderStep.NATION
    for step in (LadderStep.ALLIANCE, LadderStep.PART):
        if set(municipalities) & set(steps[step]):
            return step
    return LadderStep.NATION


def _states(sendings: tuple[Sending, ...]) -> dict[int, RequestState]:
    """The newest state of each office that was asked of requirements that still hold."""
    found: dict[int, RequestState] = {}
    for sending in sendings:
        for row in sending.rows:
            if row.current and row.state is not RequestState.WITHDRAWN:
                found.setdefault(row.office_id, row.state)
    return found
