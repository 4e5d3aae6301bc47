"""An office's answer: taken once however often it is sent, replaced by a newer one (R5, R16)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from tvaers.candidates import operations as candidates
from tvaers.candidates.models import Profile
from tvaers.circulation import lifecycle, notices
from tvaers.circulation.lifecycle import AnswerRefusal
from tvaers.circulation.models import (
    Answer,
    AnswerCandidate,
    AnswerKind,
    AnswerWords,
    Request,
    Via,
)
from tvaers.circulation.sending import locked_order
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.network.queries import stand_in
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import EvidenceKind, Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.disclosure import end_named, release_named
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral
from tvaers.referrals.queries import still_in_play

ASKED_BY_OFFICE = "Samtykke givet til kontoret"
"""The legal basis of a person whom an office adds by hand after asking."""


@dataclass
class AnswerRefused(Exception):
    reason: AnswerRefusal


@dataclass(frozen=True, kw_only=True)
class Named:
    """A person named in an answer, with "spoken with" and a line of local knowledge."""

    person_id: int
    spoken_with: bool = False
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A person who is in no list, and whom the office knows and has asked (R5)."""

    name: str
    municipality: str
    phone: str = ""
    email: str = ""
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer as it was given."""

    kind: str
    reason: str = ""
    words: str = ""
    candidates: tuple[Named, ...] = ()
    newcomer: Newcomer | None = None
    via: str = Via.SCREEN
    said_by: str = ""

    @property
    def why_nobody(self) -> str:
        return self.reason if self.kind == AnswerKind.NOBODY else ""

    @property
    def names_someone(self) -> bool:
        """A newcomer without a name is nobody."""
        return bool(self.candidates or (self.newcomer and self.newcomer.name.strip()))

    @property
    def how_many(self) -> int:
        """How many people the answer names, each once."""
        if self.kind != AnswerKind.CANDIDATES:
            return 0
        return len({one.person_id for one in self.candidates}) + (self.newcomer is not None)


@change
def answer(
    *,
    request_id: int,
    by: Actor,
    at: datetime,
    answer_key: UUID | None = None,
    **given: Any,
) -> Answer:
    """Take the office's answer, the fields of `Given`; a newer one replaces it, both are kept (R5).

    The same `answer_key` again returns the answer it made. By telephone the order's lead writes
    it down and `said_by` names who said it. Named people are proposed and released for the order.
    It covers the office's municipalities, when asked of requirements that still hold (R6). Raises
    `AnswerRefused`, and `ReferralRefused` for a person who cannot be proposed.
    """
    (order, request), said = _locked(request_id), _said(given, by=by)
    if answer_key and (taken := request.answers.filter(answer_key=answer_key).first()):
        return taken
    _refuse(order, request, said, by, danish_date(at))
    made = _replace(
        Answer(
            request=request,
            kind=said.kind,
            reason=said.why_nobody,
            named=said.how_many,
            answered_at=at,
            late=lifecycle.is_late(request, at=lifecycle.clock(order, at=at)),
            via=said.via,
            said_by=said.said_by,
            user_id=by.user_id,
            office_id=by.acting_office,
            answer_key=answer_key or uuid4(),
            evidence_id=_evidence(order, request, by=by, at=at),
        ),
        said.words,
        by=by,
        at=at,
    )
    _name(order, request, made, said, at=at, by=by)
    return made


@change
def unchanged(
    *, request_id: int, by: Actor, at: datetime, answer_key: UUID | None = None
) -> Answer:
    """The earlier answer given again, with one click: "Nej, det ændrer ikke vores svar" (R6).

    People who are out of play by now (rejected, withdrawn or no longer free) are left out; where
    nobody is left, a new answer is needed: `AnswerRefused(NOBODY_NAMED)`.
    """
    order, request = _locked(request_id)
    earlier = (
        Answer.objects.filter(
            request__order=order, request__office_id=request.office_id, replaced_at__isnull=True
        )
        .exclude(request=request)
        .select_related("written")
        .prefetch_related("candidates")
        .order_by("-answered_at", "-id")
        .first()
    )
    if earlier is None:
        raise AnswerRefused(AnswerRefusal.NO_EARLIER_ANSWER)
    still_free = still_in_play(order.pk, day=danish_date(at))
    return answer(
        request_id=request_id,
        kind=earlier.kind,
        reason=earlier.reason,
        words=earlier.words,
        candidates=[
            Named(person_id=named.person_id, spoken_with=named.spoken_with, line=named.line)
            for named in earlier.candidates.all()
            if named.person_id in still_free
        ],
        via=Via.UNCHANGED,
        answer_key=answer_key,
        by=by,
        at=at,
    )


def _said(given: dict[str, Any], *, by: Actor) -> Given:
    """What was said; what a link says was said by link."""
    said = Given(**given | {"candidates": tuple(given.get("candidates", ()))})
    return replace(said, via=Via.LINK) if by.kind == ActorKind.LINK else said


def _refuse(order: Order, request: Request, said: Given, by: Actor, day: date) -> None:
    by_phone = said.via == Via.PHONE
    refusal = lifecycle.answer_refusal(
        request,
        order,
        kind=said.kind,
        reason=said.reason,
        names_someone=said.names_someone,
        by_phone=by_phone,
        said_by=said.said_by,
    )
    if refusal is None and not _may_answer(order, request, by, by_phone=by_phone, day=day):
        refusal = AnswerRefusal.NOT_YOUR_REQUEST
    if refusal is None and not _all_own(request, said.candidates):
        refusal = AnswerRefusal.NOT_YOUR_CANDIDATE
    if refusal is None and by.kind == ActorKind.LINK and not _fits_a_link(request, said):
        refusal = AnswerRefusal.NOT_BY_LINK
    if refusal:
        raise AnswerRefused(refusal)


def _may_answer(order: Order, request: Request, by: Actor, *, by_phone: bool, day: date) -> bool:
    """The office, or who stands in for it (R1); by telephone the order's leads write it down."""
    if not by_phone:
        if by.office_id == request.office_id:
            return True
        there = stand_in(request.office_id, day)
        return there is not None and there.office_id == by.office_id
    leads = {order.lead_office_id, *order.co_leads.values_list("office_id", flat=True)}
    return by.office_id in leads


def _all_own(request: Request, named: Sequence[Named]) -> bool:
    people = {one.person_id for one in named}
    followed = Q(home_office_id=request.office_id) | Q(
        person__records__office_id=request.office_id, person__records__retired_at__isnull=True
    )
    return Profile.objects.filter(followed, pk__in=people).distinct().count() == len(people)


def _fits_a_link(request: Request, said: Given) -> bool:
    """Who holds a link is not known: it says "nobody", and takes no candidates back."""
    named = request.answers.filter(replaced_at__isnull=True, kind=AnswerKind.CANDIDATES)
    return said.kind == AnswerKind.NOBODY and not named.exists()


def _evidence(order: Order, request: Request, *, by: Actor, at: datetime) -> int | None:
    """The coverage an answer makes; a fund or a national unit covers nothing."""
    if not request.municipalities:
        return None
    if not lifecycle.counts_for_coverage(request.circulation, order):
        return None
    made = orders.record_evidence(
        order_id=order.pk,
        requirements_version=request.circulation.requirements_version,
        municipalities=request.municipalities,
        kind=EvidenceKind.ANSWER,
        made_at=at,
        by=by,
        at=at,
    )
    return made.pk


def _replace(given: Answer, words: str, *, by: Actor, at: datetime) -> Answer:
    """Store the answer as the one valid, and what was written beside it; its forerunner and its
    evidence step back."""
    request = given.request
    earlier = request.answers.filter(replaced_at__isnull=True).first()
    if earlier is not None:
        earlier.replaced_at = at
        earlier.save(update_fields=["replaced_at"])
        if earlier.evidence_id is not None:
            orders.revoke_evidence(
                evidence_id=earlier.evidence_id, because="ANSWER_REPLACED", by=by, at=at
            )
    given.save()
    if words:
        AnswerWords.objects.create(answer=given, words=words)
    if request.answered_at is None:
        request.answered_at = at
        request.save(update_fields=["answered_at"])
    return given


def _name(
    order: Order, request: Request, made: Answer, said: Given, *, by: Actor, at: datetime
) -> None:
    """Propose and release those named now; take back the offers that a new answer leaves out.

    The log gets its line, and the lead a mail.
    """
    office = Actor(kind=by.kind, id=by.id, office_id=request.office_id, label=by.label)
    named = _named(order, request, said, by=office, at=at)
    for person_id, one in named.items():
        AnswerCandidate.objects.create(
            answer=made, person_id=person_id, spoken_with=one.spoken_with, line=one.line
        )
        release_named(order=order, person_id=person_id, by=office, at=at)
        referrals.propose(
            order_id=order.pk,
            person_id=person_id,
            spoken_with=one.spoken_with,
            by=office,
            at=at,
        )
    left_out = Referral.objects.filter(
        order=order, proposed_by_id=request.office_id, state=State.PROPOSED
    ).exclude(person_id__in=named)
    for referral in left_out:
        referrals.withdraw(referral_id=referral.pk, by=office, at=at)
        end_named(order=order, person_id=referral.person_id, by=office, at=at)
    facts = {"answer": made.pk, "answering_office": request.office_id, "via": str(said.via)}
    facts |= {"answer_kind": str(said.kind), "candidates": len(named), "late": made.late}
    orders.log(order, LogKind.ANSWERED, by=by, at=at, **facts)
    notices.answered(made, order, by=by, at=at)


def _named(
    order: Order, request: Request, said: Given, *, by: Actor, at: datetime
) -> dict[int, Named]:
    """Whom the answer names, each once, with the newcomer taken in as the office's own."""
    if said.kind != AnswerKind.CANDIDATES:
        return {}
    named = {one.person_id: one for one in said.candidates}
    if new := said.newcomer:
        person_id = candidates.add_by_hand(
            office_id=request.office_id,
            municipality=new.municipality,
            name=new.name,
            phone=new.phone,
            email=new.email,
            legal_basis=ASKED_BY_OFFICE,
            wanted=[order.occupation] if order.occupation else [],
            wanted_titles=order.title,
            by=by,
            at=at,
        )
        named[person_id] = Named(person_id=person_id, spoken_with=True, line=new.line)
    return named


def _locked(request_id: int) -> tuple[Order, Request]:
    order_id = Request.objects.values_list("order_id", flat=True).get(pk=request_id)
    order = locked_order(order_id)
    request = (
        Request.objects.select_related("circulation")
        .select_for_update(of=("self",))
        .get(pk=request_id)
    )
    return order, request
