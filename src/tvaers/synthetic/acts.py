"""Acts that many stories share: the company's word, a search, a sending."""

from datetime import timedelta

from tvaers.circulation import operations as circulation
from tvaers.circulation.operations import ExcusedOffice
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.matching import operations as matching
from tvaers.matching.models import HitOutcome, Search, Settled
from tvaers.network.queries import offices_for
from tvaers.orders import ladder
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Subject
from tvaers.orders.models import Order
from tvaers.orders.queries import municipalities_of_step
from tvaers.referrals import operations as referrals
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.plots import FUND, Plot, Twist
from tvaers.synthetic.replies import answer_all
from tvaers.synthetic.scene import Scene

WHY_NOT = (
    (Settled.NOT_SUITED, 30),
    (Settled.NOT_REACHED, 20),
    (Settled.NOT_INTERESTED, 20),
    (Settled.NOT_READY, 15),
    (Settled.BETTER_PRESENTED, 15),
)
MOST_EXCUSED = 2


def says(
    scene: Scene,
    order: Order,
    employer: Employer,
    lead: Actor,
    subject: Subject,
    **more: object,
) -> None:
    """The company's word, by telephone with one of its contacts a moment ago."""
    facts = {"words": "", **more}
    orders.record_word(
        order_id=order.pk,
        subject=subject,
        said_by=employer.contacts[0],
        said_at=scene.now - timedelta(minutes=6),
        channel=Channel.PHONE,
        by=lead,
        at=scene.now,
        **facts,  # type: ignore[arg-type]
    )


def search(scene: Scene, plot: Plot, order: Order, lead: Actor) -> None:
    """Search, propose the best of the own people, and settle the other hits where that is done."""
    day = danish_date(scene.now)
    _widen(scene, order, plot.searches, lead)
    own = municipalities_of_step(order, "OWN", day=day)
    scope = municipalities_of_step(order, plot.searches, day=day)
    found = matching.search(order_id=order.pk, scope=scope, by=lead, at=scene.now)
    best = scene.fitting(order.pk, own, most=2)
    if best and scene.chance.random() < 0.8:
        referrals.propose_hits(order_id=order.pk, person_ids=best, by=lead, at=scene.now)
    if plot.settles:
        settle_rest(scene, found, lead)


def _widen(scene: Scene, order: Order, step: str, lead: Actor) -> None:
    """Go up the ladder to `step`, unless the order is there or beyond."""
    order.refresh_from_db()
    if step in ladder.steps_above(order.ladder_step):
        orders.widen(order_id=order.pk, to=step, by=lead, at=scene.now)


def settle_rest(scene: Scene, found: Search, lead: Actor) -> None:
    """Give every hit that has no outcome one: some alone, the others at once with one reason."""
    settled = set(HitOutcome.objects.filter(order=found.order_id).values_list("person", flat=True))
    left = [pk for pk in found.hits if pk not in settled]
    reasons = scene.chance.choices(
        [why for why, _ in WHY_NOT], [share for _, share in WHY_NOT], k=2
    )
    for people, why in ((left[:4], reasons[0]), (left[4:], reasons[1])):
        if people:
            matching.settle(
                order_id=found.order_id, person_ids=people, outcome=why, by=lead, at=scene.now
            )


def send_round(scene: Scene, plot: Plot, order: Order, employer: Employer, lead: Actor) -> None:
    """Widen where the plot says so, and send the order to the offices of its step."""
    _widen(scene, order, plot.sends, lead)
    day = danish_date(scene.now)
    codes = municipalities_of_step(order, plot.sends, day=day)
    offices = {one for ids in offices_for(codes, day).values() for one in ids} - {lead.office_id}
    if Twist.TO_FUND in plot.twists:
        offices.add(scene.staff.funds[0])
    excused: tuple[ExcusedOffice, ...] = ()
    if Twist.EXCUSES in plot.twists and len(offices) > 2 * MOST_EXCUSED:
        excused = tuple(
            ExcusedOffice(
                office_id=office,
                said_by=employer.contacts[0],
                said_at=scene.now - timedelta(minutes=20),
                words="For langt væk, siger virksomheden.",
            )
            for office in sorted(offices - set(scene.staff.funds))[-MOST_EXCUSED:]
        )
    sent = circulation.send(
        order_id=order.pk,
        office_ids=sorted(offices),
        step=plot.sends,
        excused=excused,
        message="Ring gerne, hvis I er i tvivl om profilen.",
        send_key=scene.key(),
        by=lead,
        at=scene.now,
    )
    offices_by_code = scene.staff.office_of | {FUND: scene.staff.funds[0]}
    delays = {offices_by_code[code]: hours for code, hours in plot.delays.items()}
    answer_all(scene, sent, delays=delays)
