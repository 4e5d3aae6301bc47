"""What turns an ordinary order of the demo into a less ordinary one."""

from dataclasses import replace
from datetime import timedelta

from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Circulation
from tvaers.companies import operations as companies
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Subject
from tvaers.orders.models import Order
from tvaers.orders.queries import need_of
from tvaers.referrals import disclosure
from tvaers.referrals import operations as referrals
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral, Release
from tvaers.synthetic.acts import says
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.people_who_work import KOEGE
from tvaers.synthetic.plots import Plot, Twist
from tvaers.synthetic.replies import answer_all
from tvaers.synthetic.scene import Scene, Story

INVITED = 3


def early(scene: Scene, plot: Plot, order: Order, lead: Actor) -> Story:
    """Right after the first search: who leads, and people of other offices."""
    if Twist.CO_LED in plot.twists:
        other = scene.staff.office_of["0751" if plot.lead != "0751" else KOEGE]
        user = scene.staff.actor(other)
        orders.add_co_lead(
            order_id=order.pk, office_id=other, user_id=user.id or 0, by=lead, at=scene.now
        )
    if plot.twists & {Twist.HANDOVER_OFFERED, Twist.HANDED_OVER, Twist.HANDOVER_DECLINED}:
        yield from _hand_over(scene, plot, order, lead)
    if plot.twists & {Twist.RELEASES, Twist.RELEASE_WAITS}:
        _ask_release(scene, plot, order, lead)
    if Twist.INVITES in plot.twists:
        _invite(scene, order, lead)


def midway(scene: Scene, plot: Plot, order: Order, lead: Actor) -> Story:
    """While the offices answer."""
    if Twist.CHANGED in plot.twists:
        _ask_for_less(scene, plot, order, lead)
        yield scene.after(12)
    if Twist.SENDING_WITHDRAWN in plot.twists:
        sent = Circulation.objects.filter(order=order).latest("sent_at")
        circulation.withdraw(circulation_id=sent.pk, by=lead, at=scene.now)
    for referral in Referral.objects.filter(order=order, state=State.INVITED)[:1]:
        referrals.applied(referral_id=referral.pk, by=lead, at=scene.now)


def late(scene: Scene, plot: Plot, order: Order, employer: Employer, lead: Actor) -> Story:
    """After the first hires."""
    if Twist.RAISED in plot.twists:
        order = Order.objects.get(pk=order.pk)
        orders.raise_openings(order_id=order.pk, openings=order.openings + 1, by=lead, at=scene.now)
    if Twist.PAUSED in plot.twists:
        words = "De har nok at se på indtil videre."
        says(scene, order, employer, lead, Subject.ENOUGH, words=words)
    if Twist.CONFLICT in plot.twists:
        yield scene.after(4)
        companies.set_conflict(
            company_id=order.company_id, since=danish_date(scene.now), by=lead, at=scene.now
        )


def _hand_over(scene: Scene, plot: Plot, order: Order, lead: Actor) -> Story:
    """Offer the lead to Køge, or the other way to the neighbour."""
    other = scene.staff.office_of[KOEGE if plot.lead != KOEGE else "0265"]
    receiver = scene.staff.actor(other)
    offer = orders.offer_handover(
        order_id=order.pk,
        to_office_id=other,
        to_user_id=receiver.id or 0,
        words="Virksomhedens hovedkontor ligger hos jer.",
        by=lead,
        at=scene.now,
    )
    if Twist.HANDOVER_OFFERED in plot.twists:
        return
    yield scene.after(5)
    if Twist.HANDED_OVER in plot.twists:
        orders.accept_handover(handover_id=offer.pk, by=receiver, at=scene.now)
    else:
        orders.decline_handover(handover_id=offer.pk, by=receiver, at=scene.now)


def _ask_release(scene: Scene, plot: Plot, order: Order, lead: Actor) -> None:
    """Propose people whom other offices follow, and ask those offices who they are (R13)."""
    waits = Twist.RELEASE_WAITS in plot.twists
    scope = (KOEGE,) if waits else tuple(order.area_municipalities)
    for pk in scene.fitting(order.pk, scope, most=3):
        referral = referrals.propose(order_id=order.pk, person_id=pk, by=lead, at=scene.now)
        if referral.home_office_id == lead.office_id:
            continue
        release = disclosure.ask_release(order_id=order.pk, person_id=pk, by=lead, at=scene.now)
        if not waits and release.granted_at is None:
            scene.tell(_release(scene, release))


def _release(scene: Scene, release: Release) -> Story:
    """The home office decides within its four hours, mostly with yes."""
    yield scene.after(scene.chance.uniform(0.3, 4.5))
    decide = disclosure.grant_release if scene.chance.random() < 0.85 else disclosure.refuse_release
    decide(release_id=release.pk, by=scene.staff.actor(release.home_office_id), at=scene.now)


def _invite(scene: Scene, order: Order, lead: Actor) -> None:
    proposed = set(order.referrals.values_list("person_id", flat=True))
    people = scene.fitting(order.pk, order.area_municipalities, most=INVITED + len(proposed))
    new = [pk for pk in people if pk not in proposed][:INVITED]
    if new:
        referrals.invite(order_id=order.pk, person_ids=new, by=lead, at=scene.now)


def _ask_for_less(scene: Scene, plot: Plot, order: Order, lead: Actor) -> None:
    """The company lowers what it asks, so that the offices are asked whether that changes their
    answer (R6)."""
    order = Order.objects.get(pk=order.pk)
    before = need_of(order)
    later = (order.starts_on or danish_date(scene.now)) + timedelta(days=14)
    after = replace(
        before,
        starts_on=later if order.starts_on else None,
        hours_min=max(order.hours_min - 7, 0),
        requirements=tuple(replace(one, must=False) for one in before.requirements),
    )
    circulation.change_order(
        order_id=order.pk, revision=order.revision, need=after, by=lead, at=scene.now
    )
    asked = Circulation.objects.filter(order=order, question="CHANGED").last()
    if asked is not None:
        delays = {scene.staff.office_of[KOEGE]: -1.0} if plot.delays else {}
        answer_all(scene, asked, delays=delays)
