"""Candidates are presented and hired, and the order is closed: covered first, where it must be."""

from datetime import timedelta

from tvaers.candidates.models import Profile
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Circulation
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.matching import operations as matching
from tvaers.network.queries import offices_for
from tvaers.orders import operations as orders
from tvaers.orders.coverage import coverage_of
from tvaers.orders.lifecycle import Openings, Subject
from tvaers.orders.models import Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.lifecycle import OPEN, State
from tvaers.referrals.models import Reason, Referral
from tvaers.synthetic.acts import says, settle_rest
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.plots import End, Plot, Twist
from tvaers.synthetic.replies import answer_all, by_telephone
from tvaers.synthetic.scene import Scene, Story

WORDS = {
    End.FILLED: (Subject.FILLED_BY_COMPANY, "De fandt selv den sidste gennem en medarbejder."),
    End.BY_COMPANY: (Subject.FILLED_BY_COMPANY, "De har selv ansat en, der søgte uopfordret."),
    End.WITHDRAWN: (Subject.WITHDRAWN, "Ordren hos deres kunde er udskudt, så de venter."),
    End.OTHER: (Subject.OTHER_SOLUTION, "De oplærer en af deres egne og tager en i løntilskud."),
}
NO_WIDER = "De vil ikke have folk med længere rejsetid og søger ikke bredere."


def present_and_hire(scene: Scene, plot: Plot, order: Order, lead: Actor) -> Story:
    """Ask, present, interview and hire; those who were not chosen get to know why."""
    chosen = _offered(order)[: plot.hires + 1]
    if not chosen:
        return
    if scene.chance.random() < 0.4:
        for referral in chosen[:2]:
            if referral.state == State.PROPOSED:
                referrals.ask(referral_id=referral.pk, by=lead, at=scene.now)
        yield scene.after(3)
    ids = [one.pk for one in _offered(order)[: len(chosen)]]
    if not ids or Order.objects.get(pk=order.pk).paused_at:
        return
    referrals.present(order_id=order.pk, referral_ids=ids, by=lead, at=scene.now)
    yield scene.after(6)
    for pk in ids[: plot.hires + 1]:
        met_at = scene.after(7)
        referrals.interview(referral_id=pk, interview_at=met_at, by=lead, at=scene.now)
    yield scene.after(18)
    _choose(scene, plot, order, ids, lead)


def _offered(order: Order) -> list[Referral]:
    """Those who may be presented, the ones somebody has spoken with first."""
    rows = Referral.objects.filter(order=order, state__in=[State.PROPOSED, State.ASKED])
    return list(rows.order_by("-spoken_with", "proposed_at", "pk"))


def _choose(scene: Scene, plot: Plot, order: Order, ids: list[int], lead: Actor) -> None:
    """The company hires so many as the plot says and says no to one of the others."""
    order = Order.objects.get(pk=order.pk)
    hired = 0
    for referral in Referral.objects.filter(pk__in=ids).order_by("pk"):
        taken = Profile.objects.filter(pk=referral.person_id, hired_from__isnull=False).exists()
        if taken:
            _say_no(referral, Reason.FOUND_OTHER_JOB, scene, lead)
        elif referral.person_id in scene.kept:
            _say_no(referral, Reason.CANDIDATE_DECLINED, scene, lead)
        elif hired < min(plot.hires, order.openings - order.hired):
            starts_on = danish_date(scene.now) + timedelta(days=scene.chance.randrange(5, 25))
            referrals.hire(
                referral_id=referral.pk,
                starts_on=starts_on,
                hours=order.hours_max,
                by=lead,
                at=scene.now,
            )
            hired += 1
        elif scene.chance.random() < 0.6:
            reasons = (
                Reason.COMPANY_CHOSE_OTHER,
                Reason.LACKS_EXPERIENCE,
                Reason.CANDIDATE_DECLINED,
            )
            _say_no(referral, scene.chance.choice(reasons), scene, lead)


def _say_no(referral: Referral, why: Reason, scene: Scene, lead: Actor) -> None:
    referrals.reject(referral_id=referral.pk, reason=why, by=lead, at=scene.now)


def close(scene: Scene, plot: Plot, order: Order, employer: Employer, lead: Actor) -> Story:
    """Say no to those still in play, account for every opening, and close."""
    yield scene.after(scene.chance.uniform(4, 40))
    unfilled = plot.end in (End.PARTLY, End.UNFILLED)
    if unfilled:
        yield from _cover(scene, order, lead)
    order = Order.objects.get(pk=order.pk)
    for referral in Referral.objects.filter(order=order, state__in=sorted(OPEN)):
        _say_no(referral, Reason.ORDER_CLOSED, scene, lead)
    free = order.openings - order.hired
    if free and unfilled:
        says(scene, order, employer, lead, Subject.NOT_WIDER, words=NO_WIDER)
    elif free and plot.end:
        subject, words = WORDS[plot.end]
        says(scene, order, employer, lead, subject, openings=free, words=words)
    orders.close(order_id=order.pk, openings=_openings(order, free, plot), by=lead, at=scene.now)
    if Twist.REOPENED in plot.twists:
        yield scene.after(30)
        orders.reopen(order_id=order.pk, by=lead, at=scene.now)


def _openings(order: Order, free: int, plot: Plot) -> Openings:
    """What became of the openings, under the label that the company's word allows."""
    if plot.end is End.WITHDRAWN:
        return Openings(hired=order.hired, withdrawn=free)
    if plot.end is End.OTHER:
        return Openings(hired=order.hired, other_solution=free)
    if plot.end in (End.PARTLY, End.UNFILLED):
        return Openings(hired=order.hired, unfilled=free)
    return Openings(hired=order.hired, filled_by_company=free)


def _cover(scene: Scene, order: Order, lead: Actor) -> Story:
    """Search what nobody has answered for and settle its hits; ask, then call, where the data
    are too old for a search to count (R6, R7)."""
    order = Order.objects.get(pk=order.pk)
    if missing := coverage_of(order).missing:
        found = matching.search(order_id=order.pk, scope=missing, by=lead, at=scene.now)
        settle_rest(scene, found, lead)
    if missing := coverage_of(order).missing:
        sent = _ask_the_rest(scene, order, missing, lead)
        answer_all(scene, sent)
        yield scene.after(18)
        for request in sent.requests.filter(answered_at__isnull=True):
            by_telephone(scene, request)


def _ask_the_rest(scene: Scene, order: Order, missing: tuple[str, ...], lead: Actor) -> Circulation:
    offices = offices_for(missing, danish_date(scene.now))
    return circulation.send(
        order_id=order.pk,
        office_ids=sorted({one for ids in offices.values() for one in ids}),
        step=order.ladder_step,
        message="Vi mangler kun jer, før ordren kan lukkes.",
        send_key=scene.key(),
        by=lead,
        at=scene.now,
    )
