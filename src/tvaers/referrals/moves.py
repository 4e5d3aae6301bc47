"""What every move of a referral has: the lock, the rule, the line in the log, what ends with it."""

from datetime import datetime
from typing import Any

from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.candidates.models import Profile
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.matching.models import Settled
from tvaers.matching.operations import settle
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order
from tvaers.referrals import disclosure, lifecycle, notices, sharing
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral
from tvaers.referrals.refusals import ReferralRefused


def locked_order(order_id: int) -> Order:
    """The order, for this transaction alone. Always the first lock that an operation takes."""
    orders_with_company: Any = Order.objects.select_related("company", "scheme", "alliance")
    found: Order = orders_with_company.select_for_update(of=("self",)).get(pk=order_id)
    return found


def locked(referral_id: int) -> tuple[Order, Referral]:
    """The referral and its order, for this transaction alone."""
    order_id = Referral.objects.values_list("order_id", flat=True).get(pk=referral_id)
    order = locked_order(order_id)
    return order, Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def open_one(order: Order, person_id: int) -> Referral | None:
    """The referral by which the person is in play for the order already."""
    in_play = [*lifecycle.OPEN, State.HIRED]
    return order.referrals.filter(person_id=person_id, state__in=in_play).first()


def start(
    order: Order, person_id: int, state: State, *, by: Actor, at: datetime, **fields: Any
) -> Referral:
    """A new referral of someone who can be found. Raises `ReferralRefused`."""
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
        proposed_at=at,
        **fields,
    )
    disclosure.release_by_standing_rule(order=order, profile=profile, by=by, at=at)
    settle(order_id=order.pk, person_ids=[person_id], outcome=Settled.PROPOSED, by=by, at=at)
    orders.log(order, LogKind.REFERRAL, by=by, at=at, referral=referral.pk, state=state)
    return referral


def moved(order: Order, referral: Referral, to: State, *, by: Actor, at: datetime) -> Referral:
    """Write the move. Who is out is asked nothing more, and shares nothing more."""
    referral.state = to
    referral.save()
    if to in {State.REJECTED, State.WITHDRAWN}:
        notices.over([referral.pk], by=by, at=at)
        sharing.end_of_referral(referral, by=by, at=at)
    orders.log(order, LogKind.REFERRAL, by=by, at=at, referral=referral.pk, state=to)
    return referral


def refuse_move(order: Order, referral: Referral, to: State) -> None:
    """Raises `ReferralRefused` when the referral may not move so."""
    presented = order.referrals.filter(presented_at__isnull=False).count()
    if reason := lifecycle.refusal(order, referral.state, to, presented=presented):
        raise ReferralRefused(reason, referral.person_id)


def end(
    order: Order,
    referral: Referral,
    to: State,
    reason: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
) -> Referral:
    """End the referral; one that ended so already stays as it is."""
    if referral.state == to:
        return referral
    refuse_move(order, referral, to)
    referral.ended_at, referral.end_reason, referral.end_words = at, reason, words
    return moved(order, referral, to, by=by, at=at)
