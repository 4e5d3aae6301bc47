"""Every change of a posting goes through here: lock, ask the rule, write, leave a trace."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order
from tvaers.postings import lifecycle
from tvaers.postings.calling import record_call
from tvaers.postings.lifecycle import Apply, Refusal, State, Whose
from tvaers.postings.locks import locked_open, locked_order, locked_order_of
from tvaers.postings.models import Posting
from tvaers.postings.refusals import PostingRefused

__all__ = [
    "Ad",
    "PostingRefused",
    "change_posting",
    "count_applications",
    "keep_jobnet",
    "publish",
    "record_call",
    "register_own_ad",
    "withdraw",
]

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no feed may hold; texts pasted from other programs bring it along."""


@dataclass(frozen=True, kw_only=True)
class Ad:
    """What an ad says, as a form has it. For the company's own only link and dates count."""

    title: str
    apply_by: date
    expires_on: date
    text: str = ""
    apply_via: str = Apply.OFFICE
    apply_to: str = ""
    whose: str = Whose.OURS


@change
def publish(*, order_id: int, ad: Ad, post_key: UUID, by: Actor, at: datetime) -> Posting:
    """Put the order on the public page, in the actor's office's name.

    The same `post_key` again is the posting that is there. One that has run out makes room.
    Raises `PostingRefused`.
    """
    order = locked_order(order_id)
    if there := Posting.objects.filter(post_key=post_key).first():
        return there
    _ask(order, ad, at=at)
    if not order.places.exists():
        raise PostingRefused(Refusal.NO_PLACE)
    standing = order.postings.open().filter(whose=Whose.OURS).first()
    if standing and lifecycle.state(standing, danish_date(at)) == State.PUBLISHED:
        raise PostingRefused(Refusal.ALREADY_POSTED)
    if standing:
        standing.replaced_at = at
        standing.save(update_fields=["replaced_at"])
    return _written(order, ad, post_key, by=by, at=at)


@change
def register_own_ad(*, order_id: int, ad: Ad, post_key: UUID, by: Actor, at: datetime) -> Posting:
    """Follow an ad that the company placed itself, by its link (R14). Raises `PostingRefused`."""
    order = locked_order(order_id)
    if there := Posting.objects.filter(post_key=post_key).first():
        return there
    _ask(order, ad, at=at)
    same = order.postings.filter(whose=Whose.COMPANYS, apply_to=ad.apply_to.strip())
    if same.open().exists():
        raise PostingRefused(Refusal.ALREADY_REGISTERED)
    return _written(order, ad, post_key, by=by, at=at)


@change
def change_posting(*, posting_id: int, ad: Ad, by: Actor, at: datetime) -> Posting:
    """Let an open posting say something else. Raises `PostingRefused`.

    Whose it is stays. One that has run out is published again by a later expiry.
    """
    posting = locked_open(posting_id)
    _ask(posting.order, ad, at=at)
    for name, value in _facts(ad).items():
        setattr(posting, name, value)
    posting.changed_at = at
    posting.save(update_fields=[*_facts(ad), "changed_at"])
    return posting


@change
def withdraw(*, posting_id: int, by: Actor, at: datetime) -> Posting:
    """Take the ad down for good; again changes nothing. Raises `PostingRefused`."""
    locked_order_of(posting_id)
    posting = Posting.objects.get(pk=posting_id)
    if posting.withdrawn_at is not None:
        return posting
    posting = locked_open(posting_id)
    posting.withdrawn_at = at
    posting.save(update_fields=["withdrawn_at"])
    orders.log(posting.order, LogKind.POSTING_WITHDRAWN, by=by, at=at, posting=posting.pk)
    return posting


@change
def keep_jobnet(
    *, posting_id: int, number: str, expires_on: date | None, by: Actor, at: datetime
) -> Posting:
    """Write down what Jobnet calls the posting, and when it is gone from there."""
    posting = locked_open(posting_id)
    posting.jobnet_number, posting.jobnet_expires_on = number.strip(), expires_on
    posting.save(update_fields=["jobnet_number", "jobnet_expires_on"])
    return posting


@change
def count_applications(
    *, posting_id: int, received: int, screened: int, shortlisted: int, by: Actor, at: datetime
) -> Posting:
    """How many applied to the office, were screened, and go on to the company: numbers alone."""
    posting = locked_open(posting_id)
    if reason := lifecycle.counts_refusal(received, screened, shortlisted):
        raise PostingRefused(reason)
    posting.received, posting.screened, posting.shortlisted = received, screened, shortlisted
    posting.save(update_fields=["received", "screened", "shortlisted"])
    return posting


def _ask(order: Order, ad: Ad, *, at: datetime) -> None:
    reason = lifecycle.order_refusal(order) or lifecycle.content_refusal(ad, day=danish_date(at))
    if reason:
        raise PostingRefused(reason)


def _facts(ad: Ad) -> dict[str, Any]:
    return {
        "title": _clean(ad.title),
        "text": _clean(ad.text),
        "apply_via": ad.apply_via,
        "apply_to": "" if ad.apply_via == Apply.OFFICE else ad.apply_to.strip(),
        "apply_by": ad.apply_by,
        "expires_on": ad.expires_on,
    }


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text).replace("\r\n", "\n").strip()


def _written(order: Order, ad: Ad, post_key: UUID, *, by: Actor, at: datetime) -> Posting:
    posting = Posting.objects.create(
        order=order,
        whose=ad.whose,
        office_id=by.acting_office,
        published_at=at,
        changed_at=at,
        post_key=post_key,
        **_facts(ad),
    )
    ours = ad.whose == Whose.OURS
    kind = LogKind.POSTED if ours else LogKind.OWN_AD
    orders.log(order, kind, by=by, at=at, posting=posting.pk)
    return posting
