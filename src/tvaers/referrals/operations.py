"""Every change of a referral goes through this file: one candidate for one order (R10, R11)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tvaers.candidates import operations as candidates
from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.candidates.models import Profile
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.matching.models import Settled
from tvaers.matching.operations import settle
from tvaers.network.queries import closing_days
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order
from tvaers.referrals import deadlines, disclosure, lifecycle
from tvaers.referrals.lifecycle import Refusal, State
from tvaers.referrals.models import Referral


@dataclass
class ReferralRefused(Exception):
    """A referral may not start or move; `person_id` says whose."""

    reason: Refusal
    person_id: int


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
    order = _locked_order(order_id)
    if open_one := _open_one(order, person_id):
        if reason := lifecycle.start_refusal(order, findable=True):
            raise ReferralRefused(reason, person_id)
        open_one.spoken_with = open_one.spoken_with or spoken_with
        open_one.words = words or open_one.words
        open_one.save(update_fields=["spoken_with", "words"])
        return open_one
    return _start(order, person_id, State.PROPOSED, by=by, at=at, spoken=spoken_with, words=words)


@change
def propose_hits(
    *, order_id: int, person_ids: Collection[int], by: Actor, at: datetime
) -> list[ReferralRefused]:
    """Propose several people from a search; returns those that were refused, and why."""
    refused = []
    for person_id in sorted(set(person_ids)):
        try:
            propose(order_id=order_id, person_id=person_id, by=by, at=at)
        except ReferralRefused as refusal:
            refused.append(refusal)
    return refused


@change
def invite(*, order_id: int, person_ids: Collection[int], by: Actor, at: datetime) -> int:
    """Invite people to apply directly to the company; returns how many were not in play before."""
    order = _locked_order(order_id)
    new = [person_id for person_id in person_ids if not _open_one(order, person_id)]
    for person_id in new:
        _start(order, person_id, State.INVITED, by=by, at=at)
    return len(new)


@change
def ask(*, referral_id: int, by: Actor, at: datetime) -> Referral:
    """Ask the candidate; the question expires with the presentation clock (R10)."""
    order, referral = _locked(referral_id)
    _refuse_move(order, referral, State.ASKED)
    referral.asked_at = at
    referral.question_expires_at = deadlines.question_expires(
        at,
        presentation_due_at=order.presentation_due_at,
        closed=closing_days(order.alliance_id),
    )
    return _moved(order, referral, State.ASKED, by=by, at=at)


@change
def present(
    *, order_id: int, referral_ids: Sequence[int], by: Actor, at: datetime
) -> list[Referral]:
    """Present people to the company: all of them, or none when the agreed number is exceeded."""
    order = _locked_order(order_id)
    chosen = list(
        Referral.objects.select_for_update(of=("self",))
        .filter(order=order, pk__in=referral_ids)
        .order_by("pk")
    )
    for referral in chosen:
        _refuse_move(order, referral, State.PRESENTED)
        referral.presented_at = at
        _moved(order, referral, State.PRESENTED, by=by, at=at)
    if chosen:
        orders.record_presented(order_id=order.pk, by=by, at=at)
    return chosen


@change
def interview(*, referral_id: int, interview_at: datetime, by: Actor, at: datetime) -> Referral:
    order, referral = _locked(referral_id)
    _refuse_move(order, referral, State.INTERVIEW)
    referral.interview_at = interview_at
    return _moved(order, referral, State.INTERVIEW, by=by, at=at)


@change
def applied(*, referral_id: int, by: Actor, at: datetime) -> Referral:
    """Someone who was invited has applied directly to the company."""
    order, referral = _locked(referral_id)
    _refuse_move(order, referral, State.APPLIED)
    return _moved(order, referral, State.APPLIED, by=by, at=at)


@change
def hire(*, referral_id: int, starts_on: date, hours: int, by: Actor, at: datetime) -> Referral:
    """The company hires the person from `starts_on` for `hours` a week (R11).

    Counts on the order; a full-time ordinary hire makes the candidate inactive from that day.
    The same click again changes nothing.
    """
    order, referral = _locked(referral_id)
    if referral.state == State.HIRED:
        return referral
    _refuse_move(order, referral, State.HIRED)
    referral.hired_from, referral.hired_hours, referral.ended_at = starts_on, hours, at
    moved = _moved(order, referral, State.HIRED, by=by, at=at)
    orders.record_hire(order_id=order.pk, by=by, at=at)
    if lifecycle.ends_the_search(is_ordinary=order.scheme.is_ordinary, hours=hours):
        candidates.mark_hired(person_id=referral.person_id, starts_on=starts_on, by=by, at=at)
    return moved


@change
def reject(*, referral_id: int, reason: str, words: str = "", by: Actor, at: datetime) -> Referral:
    """The company, or the candidate, said no. Raises `ReferralRefused(NO_REASON)` without why."""
    order, referral = _locked(referral_id)
    if not reason:
        raise ReferralRefused(Refusal.NO_REASON, referral.person_id)
    return _end(order, referral, State.REJECTED, reason, words, by=by, at=at)


@change
def withdraw(
    *, referral_id: int, reason: str = "", words: str = "", by: Actor, at: datetime
) -> Referral:
    """Take an offer back."""
    order, referral = _locked(referral_id)
    return _end(order, referral, State.WITHDRAWN, reason, words, by=by, at=at)


def _end(
    order: Order,
    referral: Referral,
    to: State,
    reason: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
) -> Referral:
    if referral.state == to:
        return referral
    _refuse_move(order, referral, to)
    referral.ended_at, referral.end_reason, referral.end_words = at, reason, words
    return _moved(order, referral, to, by=by, at=at)


def _start(
    order: Order,
    person_id: int,
    state: State,
    *,
    by: Actor,
    at: datetime,
    spoken: bool = False,
    words: str = "",
) -> Referral:
    profile = Profile.objects.select_related("home_office").get(pk=person_id)
    findable = not unfindable_reasons(profile, danish_date(at))
    if reason := lifecycle.start_refusal(order, findable=findable):
        raise ReferralRefused(reason, person_id)
    assert profile.home_office is not None, "who is findable is followed by an office (R12)"
    referral = Referral.objects.create(
        order=order,
        person_id=person_id,
        proposed_by_id=by.acting_office,
        home_office=profile.home_office,
        state=state,
        spoken_with=spoken,
        words=words,
        proposed_at=at,
    )
    disclosure.release_by_standing_rule(order=order, profile=profile, by=by, at=at)
    settle(order_id=order.pk, person_ids=[person_id], outcome=Settled.PROPOSED, by=by, at=at)
    orders.log(order, LogKind.REFERRAL, by=by, at=at, referral=referral.pk, state=state)
    return referral


def _moved(order: Order, referral: Referral, to: State, *, by: Actor, at: datetime) -> Referral:
    referral.state = to
    referral.save()
    orders.log(order, LogKind.REFERRAL, by=by, at=at, referral=referral.pk, state=to)
    return referral


def _refuse_move(order: Order, referral: Referral, to: State) -> None:
    presented = order.referrals.filter(presented_at__isnull=False).count()
    if reason := lifecycle.refusal(order, referral.state, to, presented=presented):
        raise ReferralRefused(reason, referral.person_id)


def _locked_order(order_id: int) -> Order:
    orders_with_company: Any = Order.objects.select_related("company", "scheme", "alliance")
    found: Order = orders_with_company.select_for_update(of=("self",)).get(pk=order_id)
    return found


def _locked(referral_id: int) -> tuple[Order, Referral]:
    order_id = Referral.objects.values_list("order_id", flat=True).get(pk=referral_id)
    order = _locked_order(order_id)
    return order, Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def _open_one(order: Order, person_id: int) -> Referral | None:
    in_play = [*lifecycle.OPEN, State.HIRED]
    return order.referrals.filter(person_id=person_id, state__in=in_play).first()
