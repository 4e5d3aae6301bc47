"""Who may see who a person is, for an order: releases and the standing rules (R13).

The wall itself is row-level security on the identity: these operations only write the releases
that it reads.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.candidates.models import Profile
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.network.queries import closing_days
from tvaers.orders.models import Order
from tvaers.referrals.deadlines import release_due
from tvaers.referrals.models import Release, ReleaseKind


@dataclass
class NotYoursToRelease(Exception):
    """Only the office that follows a person may release the person."""

    person_id: int


@dataclass
class NobodyFollows(Exception):
    """No office follows the person, so nobody can release the person."""

    person_id: int


@change
def release_named(*, order: Order, person_id: int, by: Actor, at: datetime) -> Release:
    """Naming a person in an answer releases the person for that order (R13)."""
    return release(order=order, person_id=person_id, kind=ReleaseKind.NAMED_IN_ANSWER, by=by, at=at)


@change
def end_named(*, order: Order, person_id: int, by: Actor, at: datetime) -> None:
    """The office takes a person back whom its answer named: the release goes with the offer."""
    end_release(order=order, person_id=person_id, kind=ReleaseKind.NAMED_IN_ANSWER, by=by, at=at)


@change
def release(*, order: Order, person_id: int, kind: ReleaseKind, by: Actor, at: datetime) -> Release:
    """Let the order's leads know who a person is; one who is released already stays so."""
    return _grant(order, Profile.objects.get(pk=person_id), kind, by=by, at=at)


@change
def end_release(
    *, order: Order, person_id: int, kind: ReleaseKind, by: Actor, at: datetime
) -> None:
    """What released the person is taken back; a release for another reason stands."""
    standing = order.releases.filter(person_id=person_id, kind=kind, ended_at__isnull=True)
    standing.update(ended_at=at)


@change
def release_by_standing_rule(
    *, order: Order, profile: Profile, by: Actor, at: datetime
) -> Release | None:
    """Release at once where the home office or the order's alliance has said so beforehand."""
    home = profile.home_office
    by_rule = (home is not None and home.releases_by_default) or (
        order.alliance is not None and order.alliance.releases_by_default
    )
    if home is None or not by_rule:
        return None
    return _grant(order, profile, ReleaseKind.STANDING_RULE, by=by, at=at)


@change
def ask_release(*, order_id: int, person_id: int, by: Actor, at: datetime) -> Release:
    """Ask the home office to say who a person is; due in four working hours. Once an order."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    profile = Profile.objects.select_related("home_office").get(pk=person_id)
    if found := _in_force(order, person_id):
        return found
    if by_rule := release_by_standing_rule(order=order, profile=profile, by=by, at=at):
        return by_rule
    return Release.objects.create(
        order=order,
        person_id=person_id,
        home_office_id=_home_of(profile),
        kind=ReleaseKind.ASKED_FOR,
        asked_by_id=by.user_id,
        asked_at=at,
        due_at=release_due(at, closed=closing_days(order.alliance_id)),
    )


@change
def grant_release(*, release_id: int, by: Actor, at: datetime) -> Release:
    """The home office says yes. Raises `NotYoursToRelease`."""
    release = _own_release(release_id, by)
    if release.granted_at is None and release.refused_at is None:
        release.granted_at = at
        release.save(update_fields=["granted_at"])
        _record_release(release.order, [release.person_id], by=by, at=at)
    return release


@change
def refuse_release(*, release_id: int, by: Actor, at: datetime) -> Release:
    """The home office says no. Raises `NotYoursToRelease`."""
    release = _own_release(release_id, by)
    if release.granted_at is None and release.refused_at is None:
        release.refused_at = at
        release.save(update_fields=["refused_at"])
    return release


def _grant(
    order: Order, profile: Profile, kind: ReleaseKind, *, by: Actor, at: datetime
) -> Release:
    release = _in_force(order, profile.pk)
    if release is not None and release.granted_at is not None:
        return release
    if release is None:
        release = Release(order=order, person_id=profile.pk, home_office_id=_home_of(profile))
    release.kind, release.granted_at = kind, at
    release.save()
    _record_release(order, [profile.pk], by=by, at=at)
    return release


def _home_of(profile: Profile) -> int:
    if profile.home_office_id is None:
        raise NobodyFollows(profile.pk)
    return profile.home_office_id


def _record_release(order: Order, person_ids: Collection[int], *, by: Actor, at: datetime) -> None:
    record_look(
        kind=LookKind.RELEASE,
        office_id=order.lead_office_id,
        order_id=order.pk,
        purpose="release",
        person_ids=person_ids,
        by=by,
        at=at,
    )


def _own_release(release_id: int, by: Actor) -> Release:
    release = Release.objects.select_for_update(of=("self",)).get(pk=release_id)
    if release.home_office_id != by.office_id:
        raise NotYoursToRelease(release.person_id)
    return release


def _in_force(order: Order, person_id: int) -> Release | None:
    """The release that stands or waits, locked so that nobody decides it meanwhile."""
    return (
        order.releases.select_for_update(of=("self",))
        .filter(person_id=person_id, refused_at__isnull=True, ended_at__isnull=True)
        .first()
    )
