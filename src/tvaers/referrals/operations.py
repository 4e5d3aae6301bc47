"""Every change of a referral goes through here: one candidate for one order (R10, R11)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from tvaers.candidates import operations as candidates
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders import operations as orders
from tvaers.referrals import lifecycle, notices
from tvaers.referrals.asking import ask, expire, invite, say_no, say_yes, stop_sharing
from tvaers.referrals.binding import bind
from tvaers.referrals.letters import reply, send_overview, write
from tvaers.referrals.lifecycle import Refusal, State
from tvaers.referrals.models import Referral
from tvaers.referrals.moves import end, locked, locked_order, moved, open_one, refuse_move, start
from tvaers.referrals.refusals import ReferralRefused
from tvaers.referrals.replies import NoMailToCompany, company_replies, send_company_link

__all__ = [
    "NoMailToCompany",
    "ReferralRefused",
    "applied",
    "ask",
    "bind",
    "company_replies",
    "expire",
    "hire",
    "interview",
    "invite",
    "present",
    "propose",
    "propose_hits",
    "reject",
    "reply",
    "say_no",
    "say_yes",
    "send_company_link",
    "send_overview",
    "stop_sharing",
    "withdraw",
    "write",
]


@change
def propose(
    *,
    order_id: int,
    person_id: int,
    by: Actor,
    at: datetime,
    spoken_with: bool = False,
    words: str = "",
) -> Referral:
    """Offer a person for an order, in the actor's office's name (R10).

    Proposing someone who is already in play for the order changes nothing but "spoken with" and
    the words. Raises `ReferralRefused`.
    """
    order = locked_order(order_id)
    if there := open_one(order, person_id):
        if reason := lifecycle.start_refusal(order, findable=True):
            raise ReferralRefused(reason, person_id)
        there.spoken_with = there.spoken_with or spoken_with
        there.words = words or there.words
        there.save(update_fields=["spoken_with", "words"])
        return there
    return start(
        order, person_id, State.PROPOSED, by=by, at=at, spoken_with=spoken_with, words=words
    )


@change
def propose_hits(
    *, order_id: int, person_ids: Collection[int], by: Actor, at: datetime
) -> list[ReferralRefused]:
    """Propose several people from a search; returns those that were refused, and why."""
    refused = []
    for person_id in sorted(set(person_ids)):
        try:
            with transaction.atomic():
                propose(order_id=order_id, person_id=person_id, by=by, at=at)
        except ReferralRefused as refusal:
            refused.append(refusal)
    return refused


@change
def present(
    *, order_id: int, referral_ids: Sequence[int], by: Actor, at: datetime
) -> list[Referral]:
    """Present people to the company: all of them, or none when the agreed number is exceeded.

    The company's contact gets the link to "jeres stilling", when the address is known.
    """
    order = locked_order(order_id)
    chosen = list(
        Referral.objects.select_for_update(of=("self",))
        .filter(order=order, pk__in=referral_ids)
        .order_by("pk")
    )
    for referral in chosen:
        refuse_move(order, referral, State.PRESENTED)
        referral.presented_at = at
        moved(order, referral, State.PRESENTED, by=by, at=at)
    if chosen:
        orders.record_presented(order_id=order.pk, by=by, at=at)
        notices.to_company(
            order,
            notices.Notice.COMPANY_PRESENTED,
            key=f"presented:{order.pk}:{chosen[-1].pk}",
            by=by,
            at=at,
        )
    return chosen


@change
def interview(*, referral_id: int, interview_at: datetime, by: Actor, at: datetime) -> Referral:
    order, referral = locked(referral_id)
    refuse_move(order, referral, State.INTERVIEW)
    referral.interview_at = interview_at
    return moved(order, referral, State.INTERVIEW, by=by, at=at)


@change
def applied(*, referral_id: int, by: Actor, at: datetime) -> Referral:
    """Someone who was invited has applied directly to the company. Said twice, taken once."""
    order, referral = locked(referral_id)
    if referral.state == State.APPLIED:
        return referral
    refuse_move(order, referral, State.APPLIED)
    return moved(order, referral, State.APPLIED, by=by, at=at)


@change
def hire(
    *, referral_id: int, starts_on: date, hours: int, by: Actor, at: datetime, scheme: str = ""
) -> Referral:
    """The company hires the person from `starts_on` for `hours` a week (R11).

    Counts on the order; a full-time ordinary hire makes the candidate inactive from that day.
    `scheme` is that of the hire where the order's openings are of several; else it is the order's.
    The same click again changes nothing.
    """
    order, referral = locked(referral_id)
    if referral.state == State.HIRED:
        return referral
    refuse_move(order, referral, State.HIRED)
    referral.hired_from, referral.hired_hours, referral.ended_at = starts_on, hours, at
    hired = moved(order, referral, State.HIRED, by=by, at=at)
    orders.record_hire(order_id=order.pk, by=by, at=at)
    of = order.portions.filter(scheme__code=scheme).select_related("scheme").first()
    is_ordinary = (of or order).scheme.is_ordinary
    if lifecycle.ends_the_search(is_ordinary=is_ordinary, hours=hours):
        candidates.mark_hired(person_id=referral.person_id, starts_on=starts_on, by=by, at=at)
    return hired


@change
def reject(*, referral_id: int, reason: str, words: str = "", by: Actor, at: datetime) -> Referral:
    """The company, or the candidate, said no. Raises `ReferralRefused(NO_REASON)` without why."""
    order, referral = locked(referral_id)
    if not reason:
        raise ReferralRefused(Refusal.NO_REASON, referral.person_id)
    return end(order, referral, State.REJECTED, reason, words, by=by, at=at)


@change
def withdraw(
    *, referral_id: int, reason: str = "", words: str = "", by: Actor, at: datetime
) -> Referral:
    """Take an offer back."""
    order, referral = locked(referral_id)
    return end(order, referral, State.WITHDRAWN, reason, words, by=by, at=at)
