"""What screens read of referrals, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from tvaers.candidates.lifecycle import unfindable_reasons
from tvaers.candidates.models import Identity
from tvaers.orders.models import Stage
from tvaers.referrals.lifecycle import NEXT, OPEN, State
from tvaers.referrals.models import CompanyReply, Referral, Release, ReplyKind


@dataclass(frozen=True, kw_only=True)
class ReferralRow:
    """One line of the referral log. `name` is empty where the reader may not know it."""

    id: int
    person_id: int
    name: str
    headline: str
    home_office: str
    proposed_by: str
    proposed_by_id: int
    state: State
    moves: frozenset[State]
    spoken_with: bool
    words: str
    proposed_at: datetime
    presented_at: datetime | None
    interview_at: datetime | None
    question_expires_at: datetime | None
    said_yes: bool
    bound: bool
    company_says_yes: bool
    hired_from: date | None
    end_reason: str
    in_play_elsewhere: int


def of_order(order_id: int) -> tuple[ReferralRow, ...]:
    """All referrals of an order, open ones first. Four queries."""
    found = list(
        Referral.objects.filter(order_id=order_id).select_related(
            "person__profile", "home_office", "proposed_by"
        )
    )
    people = {referral.person_id for referral in found}
    names = visible_names(people)
    elsewhere = in_play_elsewhere(people, than_order_id=order_id)
    said = CompanyReply.objects.filter(referral__order_id=order_id, kind=ReplyKind.YES)
    yes = set(said.values_list("referral_id", flat=True))
    rows = [
        ReferralRow(
            id=referral.pk,
            person_id=referral.person_id,
            name=names.get(referral.person_id, ""),
            headline=referral.person.profile.wanted_titles.split("|")[0].strip(),
            home_office=referral.home_office.name,
            proposed_by=referral.proposed_by.name,
            proposed_by_id=referral.proposed_by_id,
            state=State(referral.state),
            moves=NEXT[State(referral.state)],
            spoken_with=referral.spoken_with,
            words=referral.words,
            proposed_at=referral.proposed_at,
            presented_at=referral.presented_at,
            interview_at=referral.interview_at,
            question_expires_at=referral.question_expires_at,
            said_yes=referral.said_yes_at is not None,
            bound=referral.bound_at is not None,
            company_says_yes=referral.pk in yes,
            hired_from=referral.hired_from,
            end_reason=referral.end_reason,
            in_play_elsewhere=elsewhere[referral.person_id],
        )
        for referral in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.state not in OPEN, row.proposed_at, row.id)))


def states_of(order_id: int) -> Counter[State]:
    """How many of the order's referrals are in each state. One query."""
    states = Referral.objects.filter(order_id=order_id).values_list("state", flat=True)
    return Counter(State(state) for state in states)


def visible_names(person_ids: Collection[int]) -> dict[int, str]:
    """The names that row-level security lets the acting office read. One query."""
    return dict(Identity.objects.filter(pk__in=person_ids).values_list("person_id", "name"))


def in_play_elsewhere(person_ids: Collection[int], *, than_order_id: int) -> Counter[int]:
    """In how many other open orders each person is in an open referral (R10). One query."""
    return Counter(
        Referral.objects.filter(person_id__in=person_ids, state__in=OPEN)
        .exclude(order_id=than_order_id)
        .exclude(order__stage=Stage.CLOSED)
        .values_list("person_id", flat=True)
    )


def still_in_play(order_id: int, *, day: date) -> frozenset[int]:
    """Who is in play for the order, and can be found on `day`. One query."""
    rows = Referral.objects.filter(order_id=order_id, state__in=OPEN).select_related(
        "person__profile"
    )
    return frozenset(
        row.person_id for row in rows if not unfindable_reasons(row.person.profile, day)
    )


@dataclass(frozen=True, kw_only=True)
class PersonReferral:
    """One order that a person was, or is, in play for. `id` is the referral's."""

    id: int
    order_id: int
    order_public_id: str
    title: str
    company: str
    state: State
    proposed_at: datetime


def of_person(person_id: int) -> tuple[PersonReferral, ...]:
    """Every order the person was in play for, newest first. One query."""
    return tuple(
        PersonReferral(
            id=referral.pk,
            order_id=referral.order_id,
            order_public_id=str(referral.order.public_id),
            title=referral.order.title,
            company=referral.order.company.name,
            state=State(referral.state),
            proposed_at=referral.proposed_at,
        )
        for referral in Referral.objects.filter(person_id=person_id)
        .select_related("order__company")
        .order_by("-proposed_at")
    )


@dataclass(frozen=True, kw_only=True)
class ReleaseWanted:
    """A question to the home office: may the order's lead know who this is?"""

    id: int
    person_id: int
    order_public_id: str
    order_title: str
    asking_office: str
    asked_at: datetime
    due_at: datetime


def releases_wanted(home_office_id: int) -> tuple[ReleaseWanted, ...]:
    """The releases that wait for the office's word, most urgent first. One query."""
    waiting = Release.objects.filter(
        home_office_id=home_office_id,
        asked_at__isnull=False,
        granted_at__isnull=True,
        refused_at__isnull=True,
        ended_at__isnull=True,
    )
    return tuple(
        ReleaseWanted(
            id=release.pk,
            person_id=release.person_id,
            order_public_id=str(release.order.public_id),
            order_title=release.order.title,
            asking_office=release.order.lead_office.name,
            asked_at=release.asked_at,
            due_at=release.due_at,
        )
        for release in waiting.select_related("order__lead_office").order_by("due_at", "id")
        if release.asked_at and release.due_at
    )


def release_states(order_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Per person: "granted", "waiting" or "refused"; absent when nobody asked. One query."""
    found = Release.objects.filter(
        order_id=order_id, person_id__in=person_ids, ended_at__isnull=True
    ).order_by("id")
    return {release.person_id: _state(release) for release in found}


def _state(release: Release) -> str:
    if release.granted_at:
        return "granted"
    return "refused" if release.refused_at else "waiting"
