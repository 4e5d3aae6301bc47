"""Which messages a referral causes, and what each of them tells when it is sent.

Mails to candidates and companies name nobody: one link, and until when it opens.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tvaers.core.actor import Actor
from tvaers.links import operations as links
from tvaers.links.models import Link, Purpose
from tvaers.messages import operations as messages
from tvaers.messages.operations import Outgoing
from tvaers.orders.models import Order, Stage
from tvaers.referrals.deadlines import COMPANY_LASTS, LETTER_LASTS, MINE_LASTS
from tvaers.referrals.lifecycle import OPEN, State
from tvaers.referrals.models import Letter, Referral


class Notice(StrEnum):
    ASKED = "CANDIDATE_ASKED"
    INVITED = "CANDIDATE_INVITED"
    BOUND = "CANDIDATE_BOUND"
    LETTER = "CANDIDATE_LETTER"
    MINE = "CANDIDATE_MINE"
    COMPANY_PRESENTED = "COMPANY_PRESENTED"
    COMPANY_STATUS = "COMPANY_STATUS"


WAITS_IN = {
    Notice.ASKED: frozenset({State.ASKED}),
    Notice.INVITED: frozenset({State.INVITED}),
    Notice.BOUND: OPEN,
    Notice.LETTER: OPEN,
}
"""The states in which there still is something to tell."""


def asked(referrals: Collection[Referral], kind: Notice, *, by: Actor, at: datetime) -> None:
    """Ask candidates, invite them, or give them a binding notice: each with one link.

    The link is the only one that opens: earlier ones about the same referral are withdrawn.
    """
    links.withdraw(purpose=Purpose.CANDIDATE, about=[one.pk for one in referrals], by=by, at=at)
    made = links.make(
        links=[
            links.NewLink(
                purpose=Purpose.CANDIDATE,
                about=referral.pk,
                office_id=referral.home_office_id,
                expires_at=_until(referral),
            )
            for referral in referrals
        ],
        by=by,
        at=at,
    )
    _put(kind, list(zip(referrals, made, strict=True)), by=by, at=at)


def written(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Tell a candidate that someone has written; the link shows the words and takes a reply."""
    referral = letter.referral
    (made,) = links.make(
        links=[
            links.NewLink(
                purpose=Purpose.LETTER,
                about=referral.pk,
                office_id=referral.home_office_id,
                expires_at=at + LETTER_LASTS,
            )
        ],
        by=by,
        at=at,
    )
    _put(Notice.LETTER, [(referral, made)], by=by, at=at, key=f"letter:{letter.pk}")


def mine(
    *, person_id: int, home_office_id: int, key: str, by: Actor, at: datetime, order_id: int | None
) -> None:
    """Give a person the page of what is shared and who has looked (R13)."""
    (made,) = links.make(
        links=[
            links.NewLink(
                purpose=Purpose.MINE,
                about=person_id,
                office_id=home_office_id,
                expires_at=at + MINE_LASTS,
            )
        ],
        by=by,
        at=at,
    )
    one = Outgoing(
        key=key,
        kind=Notice.MINE,
        ids={"link": made.pk},
        to_person_id=person_id,
        about_order_id=order_id,
    )
    messages.put(messages=[one], by=by, at=at)


def to_company(order: Order, kind: Notice, *, key: str, by: Actor, at: datetime) -> bool:
    """Mail the order's contact the page "jeres stilling"; False when there is no address."""
    if order.contact is None or not order.contact.email:
        return False
    (made,) = links.make(
        links=[
            links.NewLink(
                purpose=Purpose.COMPANY,
                about=order.pk,
                office_id=order.lead_office_id,
                expires_at=at + COMPANY_LASTS,
            )
        ],
        by=by,
        at=at,
    )
    one = Outgoing(
        key=key,
        kind=kind,
        ids={"order": order.pk, "link": made.pk},
        email=order.contact.email,
        about_order_id=order.pk,
    )
    messages.put(messages=[one], by=by, at=at)
    return True


def over(referral_ids: Collection[int], *, by: Actor, at: datetime) -> None:
    """Nobody asks these candidates anything more: the links about the referrals open nothing."""
    for purpose in (Purpose.CANDIDATE, Purpose.LETTER):
        links.withdraw(purpose=purpose, about=referral_ids, by=by, at=at)


def _until(referral: Referral) -> datetime:
    until = referral.apply_by or referral.question_expires_at
    assert until is not None, "who is asked, invited or bound has a time to answer by"
    return until


def _put(
    kind: Notice,
    about: list[tuple[Referral, Link]],
    *,
    by: Actor,
    at: datetime,
    key: str = "",
) -> None:
    messages.put(
        messages=[
            Outgoing(
                key=key or f"{kind.lower()}:{referral.pk}:{link.pk}",
                kind=kind,
                ids={"referral": referral.pk, "link": link.pk},
                to_person_id=referral.person_id,
                about_order_id=referral.order_id,
            )
            for referral, link in about
        ],
        by=by,
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class CandidateNews:
    """What a mail to a candidate tells: the job, by when to answer, and the link."""

    link: Link
    title: str
    company: str
    office: str
    until: datetime


def candidate_news(kind: str, referral_id: int, link_id: int) -> CandidateNews | None:
    """What to tell a candidate; None when the link or the order is gone, or the answer is there.

    Two queries.
    """
    link = Link.objects.filter(pk=link_id, withdrawn_at=None).first()
    waiting = Referral.objects.filter(pk=referral_id, state__in=WAITS_IN[Notice(kind)])
    if kind == Notice.ASKED:
        waiting = waiting.filter(said_yes_at__isnull=True)
    found = waiting.exclude(order__stage=Stage.CLOSED).select_related(
        "order__company", "order__lead_office", "home_office"
    )
    referral = found.first()
    if link is None or referral is None:
        return None
    from_home = kind == Notice.BOUND
    return CandidateNews(
        link=link,
        title=referral.order.title,
        company=referral.order.company.name,
        office=(referral.home_office if from_home else referral.order.lead_office).name,
        until=link.expires_at,
    )


def link_news(link_id: int) -> Link | None:
    """The link of a mail that tells no more than that; None when it was withdrawn. One query."""
    return Link.objects.filter(pk=link_id, withdrawn_at=None).first()


@dataclass(frozen=True, kw_only=True)
class CompanyNews:
    """What a mail to a company tells: its position, how many were presented, who asks."""

    link: Link
    title: str
    openings: int
    presented: int
    office: str


def company_news(kind: str, order_id: int, link_id: int) -> CompanyNews | None:
    """What to tell a company; None when the order is closed, the link is gone, or of those who
    were presented nobody waits any more. Three queries.
    """
    link = link_news(link_id)
    open_orders = Order.objects.filter(pk=order_id).exclude(stage=Stage.CLOSED)
    order = open_orders.select_related("lead_office").first()
    if link is None or order is None:
        return None
    presented = order.referrals.filter(state=State.PRESENTED).count()
    if kind == Notice.COMPANY_PRESENTED and not presented:
        return None
    return CompanyNews(
        link=link,
        title=order.title,
        openings=order.openings,
        presented=presented,
        office=order.lead_office.name,
    )
