"""The copy of a CV that a candidate shares for one order: made by a yes, gone when it ends."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Q

from tvaers.candidates.models import CvText, Identity, Profile
from tvaers.core.actor import Actor
from tvaers.database.change import change, changing
from tvaers.orders.models import Stage
from tvaers.referrals import deadlines, disclosure
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral, ReleaseKind, SharedCv, Sharing


@dataclass(frozen=True, kw_only=True)
class Cv:
    """What a candidate shares by saying yes: name and contact, work, the CV in own words.

    Never address or birth date.
    """

    name: str
    email: str
    phone: str
    wanted_titles: str
    held_titles: str
    skill_words: str
    education: str
    text: str


def own_cv(person_id: int) -> Cv:
    """The CV as it is now. Names and text come through row-level security: read it as the home
    office. Three queries."""
    profile = Profile.objects.get(pk=person_id)
    identity = Identity.objects.filter(pk=person_id).first() or Identity()
    text = CvText.objects.filter(pk=person_id).values_list("text", flat=True).first()
    return Cv(
        name=identity.name,
        email=identity.email,
        phone=identity.phone,
        wanted_titles=profile.wanted_titles,
        held_titles=profile.held_titles,
        skill_words=profile.skill_words,
        education=profile.education,
        text=text or "",
    )


@change
def share(*, referral: Referral, by: Actor, at: datetime) -> Sharing:
    """Share the CV with the order's company, and let the order's leads know who it is (R13)."""
    sharing = Sharing.objects.create(
        referral=referral,
        home_office_id=referral.home_office_id,
        shared_at=at,
        expires_at=at + deadlines.SHARE_LASTS,
    )
    SharedCv.objects.create(sharing=sharing, **asdict(own_cv(referral.person_id)))
    disclosure.release(
        order=referral.order, person_id=referral.person_id, kind=ReleaseKind.CONSENT, by=by, at=at
    )
    return sharing


@change
def end_of_referral(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Who is out of an order shares nothing for it any more, and is known by name no longer."""
    _end(Sharing.objects.filter(referral=referral, ended_at__isnull=True), by=by, at=at)
    disclosure.end_release(
        order=referral.order,
        person_id=referral.person_id,
        kind=ReleaseKind.CONSENT,
        by=by,
        at=at,
    )


@change
def end_over(*, by: Actor, at: datetime) -> int:
    """End every sharing that has expired, or whose order is closed; returns how many ended.

    Who was hired keeps nothing shared either: the company knows its people.
    """
    over = Q(expires_at__lte=at) | Q(referral__order__stage=Stage.CLOSED)
    over |= Q(referral__state__in=[State.HIRED, State.REJECTED, State.WITHDRAWN])
    return _end(Sharing.objects.filter(over, ended_at__isnull=True), by=by, at=at)


def _end(sharings: Collection[Sharing], *, by: Actor, at: datetime) -> int:
    """Mark them ended and delete the copies, each as the office whose candidate it is."""
    for sharing in sharings:
        as_home = Actor(kind=by.kind, id=by.id, label=by.label, office_id=sharing.home_office_id)
        with changing(by=as_home, at=at):
            SharedCv.objects.filter(pk=sharing.pk).delete()
            Sharing.objects.filter(pk=sharing.pk, ended_at__isnull=True).update(ended_at=at)
    return len(sharings)
