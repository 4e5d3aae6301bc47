"""What leads of larger orders in the demo share: a plan, how it stands, steps and an opinion."""

from datetime import date, datetime, time, timedelta
from uuid import uuid5

from tvaers.circulation.models import Request
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.core.working_days import COPENHAGEN, danish_date
from tvaers.leading import operations as leading
from tvaers.leading.models import GotPeople, Rating
from tvaers.leading.operations import Opinion
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Order
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.office_hours import later
from tvaers.synthetic.scene import Scene, Story

LARGE = 3
"""So many openings make an order one to plan."""
PLANNED_OFFICES = 3
WEEK = timedelta(days=7)
MORNING = time(9, 40)


def led(scene: Scene, order_id: int, employer: Employer) -> Story:
    """The lead plans the day after the offices were asked, and asks the company two weeks later.

    Draws no chance, so that it changes nothing else in the world.
    """
    yield later(scene.now, 7)
    order = Order.objects.get(pk=order_id)
    asked = Request.objects.filter(order=order, withdrawn_at=None).order_by("office__sort_key")
    offices = list(asked.values_list("office", flat=True)[:PLANNED_OFFICES])
    if order.openings < LARGE or order.stage == Stage.CLOSED or not offices:
        return
    lead = scene.staff.as_user(order.lead_id, order.lead_office_id)
    ask_on = danish_date(scene.now) + 2 * WEEK
    _plan(scene, order, lead, offices=offices, day=ask_on - WEEK)
    step = leading.add_step(
        order_id=order.pk,
        what="Spørg virksomheden, hvordan det går med de nye",
        office_id=lead.office_id or 0,
        user_id=lead.id,
        due_on=ask_on,
        step_key=uuid5(order.public_id, "step"),
        by=lead,
        at=scene.now,
    )
    yield datetime.combine(ask_on, MORNING, COPENHAGEN)
    order.refresh_from_db()
    lead = scene.staff.as_user(order.lead_id, order.lead_office_id)
    leading.finish_step(order_id=order.pk, step_id=step.pk, by=lead, at=scene.now)
    if order.stage == Stage.CLOSED:
        _evaluate(scene, order, employer, lead)


def _plan(scene: Scene, order: Order, lead: Actor, *, offices: list[int], day: date) -> None:
    """The plan with a line an office, and word of it."""
    for office in offices:
        leading.plan_delivery(
            order_id=order.pk, office_id=office, number=1, due_on=day, by=lead, at=scene.now
        )
    leading.write_note(
        order_id=order.pk,
        words="Virksomheden vil se de første i næste uge. Ring, hvis planen driller.",
        note_key=uuid5(order.public_id, "status"),
        by=lead,
        at=scene.now,
    )


def _evaluate(scene: Scene, order: Order, employer: Employer, lead: Actor) -> None:
    """What the company says when it is over: as good as it got people."""
    got = GotPeople.ALL if not order.unfilled else GotPeople.SOME
    got = got if order.hired else GotPeople.NOBODY
    opinion = Opinion(
        said_by=employer.contacts[0],
        got_people=got,
        quality=Rating.GOOD if order.hired else Rating.FAIR,
        speed=Rating.FAIR,
        differently="Send gerne alle cv'er samlet næste gang.",
    )
    leading.evaluate(
        order_id=order.pk, opinion=opinion, channel=Channel.PHONE, by=lead, at=scene.now
    )
