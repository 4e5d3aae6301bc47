"""Asking candidates and inviting them, what they answer, and what nobody answers (R10)."""

from collections.abc import Collection
from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.network.queries import closing_days
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order
from tvaers.referrals import deadlines, lifecycle, notices, sharing
from tvaers.referrals.lifecycle import Refusal, State
from tvaers.referrals.models import Reason, Referral
from tvaers.referrals.moves import end, locked, locked_order, moved, open_one, refuse_move, start
from tvaers.referrals.notices import Notice
from tvaers.referrals.refusals import ReferralRefused

MOST_EXPIRED = 500
"""Questions that one run of the job takes back, so that it ends."""

CANDIDATES_REASONS = (
    Reason.CANDIDATE_DECLINED,
    Reason.FOUND_OTHER_JOB,
    Reason.TRANSPORT,
    Reason.WRONG_HOURS,
)
"""Why a candidate says no."""


@change
def ask(*, referral_id: int, by: Actor, at: datetime, by_mail: bool = True) -> Referral:
    """Ask the candidate: may the CV be shared with this company? Asked once, however many clicks.

    The question expires with the presentation clock (R10). Without `by_mail` somebody has asked
    in person. Raises `ReferralRefused`.
    """
    order, referral = locked(referral_id)
    if referral.state == State.ASKED:
        return referral
    refuse_move(order, referral, State.ASKED)
    referral.asked_at = at
    referral.question_expires_at = deadlines.question_expires(
        at,
        presentation_due_at=order.presentation_due_at,
        closed=closing_days(order.alliance_id),
    )
    made = moved(order, referral, State.ASKED, by=by, at=at)
    if by_mail:
        notices.asked([made], Notice.ASKED, by=by, at=at)
    return made


@change
def invite(*, order_id: int, person_ids: Collection[int], by: Actor, at: datetime) -> int:
    """Invite people to apply directly to the company; returns how many were not in play before.

    All of them or none: raises `ReferralRefused` for the first who cannot be, and when the order
    would have more than `lifecycle.MOST_INVITED`. The log keeps how many, and who did it.
    """
    order = locked_order(order_id)
    new = [person_id for person_id in dict.fromkeys(person_ids) if not open_one(order, person_id)]
    invited = order.referrals.filter(question_expires_at__isnull=False, asked_at=None).count()
    if reason := lifecycle.invite_refusal(invited=invited, new=len(new)):
        raise ReferralRefused(reason, new[0])
    expires_at = deadlines.invitation_expires(at, last_day=order.last_day)
    made = [
        start(order, person_id, State.INVITED, by=by, at=at, question_expires_at=expires_at)
        for person_id in new
    ]
    notices.asked(made, Notice.INVITED, by=by, at=at)
    if made:
        orders.log(order, LogKind.INVITED, by=by, at=at, people=len(made))
    return len(made)


@change
def say_yes(*, referral_id: int, by: Actor, at: datetime) -> Referral:
    """The candidate lets the CV be shared with the company of this order. Said twice, shared once.

    Shares a copy of the CV, releases the person to the order's leads, and mails the page on which
    it can be taken back. Raises `ReferralRefused`.
    """
    order, referral = locked(referral_id)
    if referral.said_yes_at is not None and referral.state in lifecycle.OPEN:
        return referral
    _refuse_answer(order, referral, yes=True, by=by, at=at)
    referral.said_yes_at = at
    referral.save(update_fields=["said_yes_at"])
    sharing.share(referral=referral, by=by, at=at)
    notices.mine(
        person_id=referral.person_id,
        home_office_id=referral.home_office_id,
        key=f"shared:{referral.pk}",
        order_id=order.pk,
        by=by,
        at=at,
    )
    orders.log(order, LogKind.REFERRAL, by=by, at=at, referral=referral.pk, state="SAID_YES")
    return referral


@change
def say_no(*, referral_id: int, reason: str, by: Actor, at: datetime) -> Referral:
    """The candidate does not want the job. Raises `ReferralRefused(NO_REASON)` without why."""
    order, referral = locked(referral_id)
    if reason not in CANDIDATES_REASONS:
        raise ReferralRefused(Refusal.NO_REASON, referral.person_id)
    if referral.state == State.REJECTED and referral.end_reason in CANDIDATES_REASONS:
        return referral
    _refuse_answer(order, referral, yes=False, by=by, at=at)
    return end(order, referral, State.REJECTED, reason, "", by=by, at=at)


@change
def stop_sharing(*, referral_id: int, by: Actor, at: datetime) -> Referral:
    """The candidate takes a yes back: nothing is shared any more, and the person is out.

    Also after the question has expired, and as often as one likes.
    """
    order, referral = locked(referral_id)
    if by.office_id != referral.home_office_id:
        raise ReferralRefused(Refusal.NOT_HOME_OFFICE, referral.person_id)
    if referral.state not in lifecycle.OPEN:
        sharing.end_of_referral(referral, by=by, at=at)
        return referral
    reason = Reason.CANDIDATE_DECLINED
    return end(order, referral, State.REJECTED, reason, "", by=by, at=at)


@change
def expire(*, by: Actor, at: datetime) -> int:
    """Take back the questions and invitations that nobody answered in time; returns how many.

    A binding henvisning is not taken back: it asks nothing.
    """
    waiting = Referral.objects.filter(
        question_expires_at__lte=at,
        state__in=[State.ASKED, State.INVITED],
        said_yes_at__isnull=True,
        bound_at__isnull=True,
    ).order_by("question_expires_at", "pk")
    expired = 0
    for referral_id in list(waiting.values_list("pk", flat=True)[:MOST_EXPIRED]):
        order, referral = locked(referral_id)
        if referral.state in {State.ASKED, State.INVITED} and referral.said_yes_at is None:
            reason = Reason.NOT_ANSWERED_IN_TIME
            end(order, referral, State.WITHDRAWN, reason, "", by=by, at=at)
            expired += 1
    return expired


def _refuse_answer(order: Order, referral: Referral, *, yes: bool, by: Actor, at: datetime) -> None:
    reason = lifecycle.answer_refusal(order, referral, yes=yes, office_id=by.office_id, at=at)
    if reason:
        raise ReferralRefused(reason, referral.person_id)
