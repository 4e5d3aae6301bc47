"""The life of one order of the demo, act by act, through the same operations as the screens."""

from dataclasses import replace
from datetime import timedelta

from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Subject
from tvaers.orders.models import Order
from tvaers.orders.need import NewOrder
from tvaers.synthetic import endings, twists
from tvaers.synthetic.acts import says, search, send_round
from tvaers.synthetic.ads import need_of
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.leading import led
from tvaers.synthetic.plots import Plot, Twist
from tvaers.synthetic.scene import Scene, Story
from tvaers.synthetic.showing import shown

WORDS = (
    "De har travlt og vil gerne se kandidater hurtigst muligt.",
    "Gennemgået opgaver, arbejdstider og krav. De siger ja til oplæring.",
    "Profilen er på plads; de vil gerne se tre kandidater pr. stilling.",
    "Kontaktpersonen træffes bedst om formiddagen.",
)


def life(scene: Scene, plot: Plot, employer: Employer) -> Story:
    """Everything that happens to one order, until its end or until now."""
    office_id = scene.staff.office_of[plot.lead]
    lead = scene.staff.actor(office_id, plot.who)
    order = _receive(scene, plot, employer, lead)
    lead = scene.staff.as_user(order.lead_id, order.lead_office_id)
    if plot.dialogue is None:
        return
    yield scene.after(plot.dialogue)
    _talk(scene, plot, order, employer, lead)
    if not plot.recruits:
        return
    yield scene.after(0.6)
    orders.start_recruiting(order_id=order.pk, by=lead, at=scene.now)
    scene.tell(shown(scene, order.pk, employer))
    search(scene, plot, order, lead)
    yield from twists.early(scene, plot, order, lead)
    order.refresh_from_db()
    lead = scene.staff.as_user(order.lead_id, order.lead_office_id)
    if plot.sends:
        yield scene.after(0.4)
        send_round(scene, plot, order, employer, lead)
        scene.tell(led(scene, order.pk, employer))
        yield scene.after(15 if plot.end or plot.hires else 11)
    yield from twists.midway(scene, plot, order, lead)
    if plot.presents:
        yield from endings.present_and_hire(scene, plot, order, lead)
    yield from twists.late(scene, plot, order, employer, lead)
    if plot.end:
        yield from endings.close(scene, plot, order, employer, lead)


def _receive(scene: Scene, plot: Plot, employer: Employer, lead: Actor) -> Order:
    need = need_of(
        scene.chance,
        employer,
        plot.occupation,
        openings=plot.openings,
        day=danish_date(scene.now),
        usual=bool(plot.hires or plot.occupation),
    )
    new = NewOrder(
        public_id=scene.key(),
        company_id=employer.company_id,
        openings=plot.openings,
        need=need,
        lead_office_id=lead.office_id or 0,
        lead_id=lead.id or 0,
        deputy_id=scene.colleague_of(lead).id if scene.chance.random() < 0.6 else None,
    )
    if new.deputy_id == new.lead_id:
        new = replace(new, deputy_id=None)
    return orders.receive(new=new, by=lead, at=scene.now)


def _talk(scene: Scene, plot: Plot, order: Order, employer: Employer, lead: Actor) -> None:
    """The dialogue, and a later date for the presentation where one is agreed."""
    says(scene, order, employer, lead, Subject.DIALOGUE, words=scene.chance.choice(WORDS))
    if Twist.LATER in plot.twists:
        day = danish_date(order.presentation_due_at) + timedelta(days=7)
        says(scene, order, employer, lead, Subject.LATER_PRESENTATION, new_date=day)
