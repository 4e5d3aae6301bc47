"""An office's answer: taken once however often it is sent, replaced by a newer one (R5, R16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q

from tvaers.candidates.models import Profile
from tvaers.circulation import lifecycle
from tvaers.circulation.lifecycle import AnswerRefusal
from tvaers.circulation.models import Answer, AnswerCandidate, AnswerKind, Request, Via
from tvaers.circulation.sending import locked_order
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import EvidenceKind, Order
from tvaers.referrals import operations as referrals
from tvaers.referrals.disclosure import release_named
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral


@dataclass
class AnswerRefused(Exception):
    reason: AnswerRefusal


@dataclass(frozen=True, kw_only=True)
class Named:
    """A person named in an answer, with "spoken with" and a line of local knowledge."""

    person_id: int
    spoken_with: bool = False
    line: str = ""


@change
def answer(
    *,
    request_id: int,
    kind: AnswerKind | str,
    by: Actor,
    at: datetime,
    reason: str = "",
    words: str = "",
    candidates: Sequence[Named] = (),
    via: Via | str = Via.SCREEN,
    said_by: str = "",
    answer_key: UUID | None = None,
) -> Answer:
    """Take the office's answer; a newer one replaces it and both are kept (R5).

    The same `answer_key` again returns the answer it made. By telephone the order's lead writes
    it down and `said_by` names who said it. Named people are proposed and released for the order.
    The answer covers the municipalities the office is responsible for, when it was asked of
    requirements that still hold (R6). Raises `AnswerRefused`.
    """
    order, request = _locked(request_id)
    if answer_key and (taken := Answer.objects.filter(answer_key=answer_key).first()):
        return taken
    _refuse(order, request, kind, reason, candidates, via, said_by, by)
    given = _replace(
        request,
        Answer(
            request=request,
            kind=kind,
            reason=reason if kind == AnswerKind.NOBODY else "",
            words=words,
            answered_at=at,
            late=lifecycle.is_late(request, at=at),
            via=via,
            said_by=said_by,
            user_id=by.id,
            office_id=by.office_id,
            answer_key=answer_key or uuid4(),
            evidence_id=_evidence(order, request, by=by, at=at),
        ),
        by=by,
        at=at,
    )
    named = candidates if kind == AnswerKind.CANDIDATES else ()
    _name(order, request, given, named, at=at, by=by)
    orders.log(
        order,
        LogKind.ANSWERED,
        by=by,
        at=at,
        answer=given.pk,
        answering_office=request.office_id,
        answer_kind=str(kind),
        candidates=len(named),
        late=given.late,
        via=str(via),
    )
    return given


@change
def unchanged(
    *, request_id: int, by: Actor, at: datetime, answer_key: UUID | None = None
) -> Answer:
    """ "Nej, det ændrer ikke vores svar": the earlier answer given again, with one click (R6)."""
    order, request = _locked(request_id)
    earlier = (
        Answer.objects.filter(
            request__order=order, request__office_id=request.office_id, replaced_at__isnull=True
        )
        .exclude(request=request)
        .prefetch_related("candidates")
        .order_by("-answered_at", "-id")
        .first()
    )
    if earlier is None:
        raise AnswerRefused(AnswerRefusal.NO_EARLIER_ANSWER)
    return answer(
        request_id=request_id,
        kind=earlier.kind,
        reason=earlier.reason,
        words=earlier.words,
        candidates=[
            Named(person_id=named.person_id, spoken_with=named.spoken_with, line=named.line)
            for named in earlier.candidates.all()
        ],
        via=Via.UNCHANGED,
        answer_key=answer_key,
        by=by,
        at=at,
    )


def _refuse(
    order: Order,
    request: Request,
    kind: str,
    reason: str,
    named: Sequence[Named],
    via: str,
    said_by: str,
    by: Actor,
) -> None:
    by_phone = via == Via.PHONE
    refusal = lifecycle.answer_refusal(
        request, order, kind=kind, reason=reason, named=named, by_phone=by_phone, said_by=said_by
    )
    if refusal is None and not _may_answer(order, request, by, by_phone=by_phone):
        refusal = AnswerRefusal.NOT_YOUR_REQUEST
    if refusal is None and kind == AnswerKind.CANDIDATES and not _all_own(request, named):
        refusal = AnswerRefusal.NOT_YOUR_CANDIDATE
    if refusal:
        raise AnswerRefused(refusal)


def _may_answer(order: Order, request: Request, by: Actor, *, by_phone: bool) -> bool:
    """The office itself; by telephone the order's leads write it down."""
    if not by_phone:
        return by.office_id == request.office_id
    leads = {order.lead_office_id, *order.co_leads.values_list("office_id", flat=True)}
    return by.office_id in leads


def _all_own(request: Request, named: Sequence[Named]) -> bool:
    people = {one.person_id for one in named}
    followed = Q(home_office_id=request.office_id) | Q(
        person__records__office_id=request.office_id, person__records__retired_at__isnull=True
    )
    return Profile.objects.filter(followed, pk__in=people).distinct().count() == len(people)


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


def _replace(request: Request, given: Answer, *, by: Actor, at: datetime) -> Answer:
    """Store the answer as the one valid; its forerunner and its evidence step back."""
    earlier = request.answers.filter(replaced_at__isnull=True).first()
    if earlier is not None:
        earlier.replaced_at = at
        earlier.save(update_fields=["replaced_at"])
        if earlier.evidence_id is not None:
            orders.revoke_evidence(
                evidence_id=earlier.evidence_id, because="ANSWER_REPLACED", by=by, at=at
            )
    given.save()
    if request.answered_at is None:
        request.answered_at = at
        request.save(update_fields=["answered_at"])
    return given


def _name(
    order: Order,
    request: Request,
    given: Answer,
    named: Sequence[Named],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Propose and release those named now; take back the offers that a new answer leaves out."""
    office = Actor(kind=by.kind, id=by.id, office_id=request.office_id, label=by.label)
    unique = {one.person_id: one for one in named}
    for person_id, one in unique.items():
        AnswerCandidate.objects.create(
            answer=given, person_id=person_id, spoken_with=one.spoken_with, line=one.line
        )
        release_named(order=order, person_id=person_id, by=office, at=at)
        referrals.propose(
            order_id=order.pk,
            person_id=person_id,
            spoken_with=one.spoken_with,
            words=one.line,
            by=office,
            at=at,
        )
    left_out = Referral.objects.filter(
        order=order, proposed_by_id=request.office_id, state=State.PROPOSED
    ).exclude(person_id__in=unique)
    for referral_id in left_out.values_list("pk", flat=True):
        referrals.withdraw(referral_id=referral_id, by=office, at=at)


def _locked(request_id: int) -> tuple[Order, Request]:
    order_id = Request.objects.values_list("order_id", flat=True).get(pk=request_id)
    order = locked_order(order_id)
    request = (
        Request.objects.select_related("circulation")
        .select_for_update(of=("self",))
        .get(pk=request_id)
    )
    return order, request
