"""What the order asks for changes, and how wide it is searched."""

from datetime import date, datetime

from django.db.models import F

from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.network.models import LadderStep
from tvaers.orders import ladder, lifecycle, widening
from tvaers.orders.coverage import coverage_of, said_of
from tvaers.orders.lifecycle import LogKind, Refusal, Stage
from tvaers.orders.models import Order, Scheme
from tvaers.orders.need import PLAIN, Need, canonical, portion_problems, problems
from tvaers.orders.operations.trace import locked, locked_open, log
from tvaers.orders.operations.writing import (
    codes_of,
    kinds_of,
    scheme_of,
    workplace_municipalities,
    write_places,
    write_portions,
    write_requirements,
)
from tvaers.orders.queries import municipalities_of_step, need_of
from tvaers.orders.refusals import NeedRefused, OrderRefused, StaleOrder


@change
def change_order(*, order_id: int, revision: int, need: Need, by: Actor, at: datetime) -> Order:
    """Make the order say `need`; `revision` is the one that the person was looking at.

    A change of what is asked for makes a new version of the requirements, and one that could admit
    new people opens coverage again (R6). Saving what the order says already changes nothing.
    Raises `StaleOrder` when someone else saved in the meantime, `NeedRefused`, `OrderRefused`.
    """
    order = locked(order_id)
    before, after = need_of(order), canonical(need)
    if after == before:
        return order
    if order.revision != revision:
        raise StaleOrder(current=before, revision=order.revision)
    locked_open(order_id)
    day = danish_date(at)
    if wrong := (
        *problems(after, day=day, before=before),
        *portion_problems(after, order.openings),
    ):
        raise NeedRefused(wrong)
    schemes = _schemes(order, after, day)
    opened = _new_version(order, before, after, schemes)
    for name in PLAIN:
        setattr(order, name, getattr(after, name))
    order.revision += 1
    order.save()
    write_places(order, after.workplace_ids)
    write_portions(order, after, schemes)
    write_requirements(order, before.requirements, after.requirements)
    log(
        order,
        LogKind.CHANGED,
        by=by,
        at=at,
        fields=[name for name in vars(after) if getattr(after, name) != getattr(before, name)],
        version=order.requirements_version,
    )
    if opened:
        log(order, LogKind.COVERAGE_OPENED, by=by, at=at, because=sorted(opened))
    return order


@change
def widen(*, order_id: int, to: str, by: Actor, at: datetime) -> Order:
    """Search the order on a step further up the ladder (R8); steps may be skipped.

    Widening to the step where the order is changes nothing. Raises `OrderRefused`.
    """
    order = locked_open(order_id)
    if to == order.ladder_step:
        return order
    if to not in ladder.steps_above(order.ladder_step):
        raise OrderRefused(Refusal.NOT_A_STEP_UP)
    _climb(order, to, by=by, at=at)
    return order


@change
def widen_where_chosen(*, by: Actor, at: datetime) -> int:
    """Take the steps that orders take by themselves (R8) and have not: a pause may be over, or an
    opening free again. Returns how many orders widened.
    """
    may = Order.objects.filter(
        stage=Stage.RECRUITING,
        service_level__widens_by_itself=True,
        paused_at__isnull=True,
        hired__lt=F("openings"),
    ).exclude(ladder_step=LadderStep.NATION)
    widened = 0
    for order_id in may.order_by("pk").values_list("pk", flat=True):
        order = locked(order_id)
        before = order.ladder_step
        if order.stage == Stage.RECRUITING:
            widen_by_itself(order, by=by, at=at)
        widened += order.ladder_step != before
    return widened


def widen_by_itself(order: Order, *, by: Actor, at: datetime) -> None:
    """Take the next step for a locked order where its alliance chose so, and the one after it if
    that is covered too: each time the step is covered and openings are free (R8).

    Not while the order is closed or paused, nor against the company's word.
    """
    if not order.service_level.widens_by_itself or order.paused_at is not None:
        return
    if said_of(order).not_wider:
        return
    covered, free = coverage_of(order), lifecycle.free(order)
    while True:
        here = municipalities_of_step(order, order.ladder_step, day=danish_date(at))
        to = ladder.proposed(order.ladder_step, covered=not covered.missing_of(here), free=free)
        if to is None:
            return
        _climb(order, to, by=by, at=at, by_itself=True)


def _climb(order: Order, to: str, *, by: Actor, at: datetime, **facts: bool) -> None:
    before, order.ladder_step = order.ladder_step, ladder.Step(to)
    order.save(update_fields=["ladder_step"])
    log(order, LogKind.WIDENED, by=by, at=at, before=before, step=to, **facts)


def _schemes(order: Order, after: Need, day: date) -> dict[str, Scheme]:
    """The schemes that the order is to have by code; those that it has may be out of force."""
    there = {order.scheme.code: order.scheme}
    there |= {row.scheme.code: row.scheme for row in order.portions.select_related("scheme")}
    return {
        code: there[code] if code in there else scheme_of(code, day) for code in codes_of(after)
    }


def _new_version(
    order: Order, before: Need, after: Need, schemes: dict[str, Scheme]
) -> frozenset[widening.Opening]:
    """Move schemes and versions of the order; returns what in the change admits new people."""
    was = widening.wanted(
        before,
        kinds=order.kinds,
        municipalities=workplace_municipalities(before, order.company_id),
    )
    order.scheme, order.also_kinds = schemes[after.scheme], kinds_of(schemes.values())
    now = widening.wanted(
        after,
        kinds=order.kinds,
        municipalities=workplace_municipalities(after, order.company_id),
    )
    if now != was or after.requirements != before.requirements:
        order.requirements_version += 1
    opened = widening.openings_in(was, now)
    if opened:
        order.covered_from_version = order.requirements_version
    return opened
