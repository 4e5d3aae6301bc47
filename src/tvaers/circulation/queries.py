"""The answer ledger, the map's states and the receiver's requests, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from tvaers.circulation.lifecycle import RequestState, clock, state_of
from tvaers.circulation.models import (
    Answer,
    AnswerCandidate,
    Circulation,
    Excused,
    Question,
    Request,
)
from tvaers.orders.models import Evidence, EvidenceKind, Order


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One office in one sending: asked when, due when, and what it said.

    `replaced` counts earlier answers that this one took the place of; they are kept.
    """

    request_id: int | None
    office_id: int
    office: str
    municipalities: tuple[str, ...]
    state: RequestState
    sent_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    late: bool
    via: str
    said_by: str
    candidates: int
    reason: str
    words: str
    replaced: int
    current: bool


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One circulation with its lines."""

    circulation_id: int
    question: Question
    step: str
    sent_at: datetime
    withdrawn_at: datetime | None
    requirements_version: int
    rows: tuple[LedgerRow, ...]

    @property
    def waiting(self) -> int:
        return sum(row.state is RequestState.WAITING for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.state is RequestState.LATE for row in self.rows)

    @property
    def answered(self) -> int:
        answered = (RequestState.CANDIDATES, RequestState.NOBODY)
        return sum(row.state in answered for row in self.rows)


def ledger(order_id: int, *, at: datetime) -> tuple[Sending, ...]:
    """Every sending of the order, newest first; `words` where the reader may know them (R13).

    Five queries.
    """
    order = Order.objects.only("covered_from_version", "paused_at").get(pk=order_id)
    version, at = order.covered_from_version, clock(order, at=at)
    circulations = (
        Circulation.objects.filter(order_id=order_id)
        .prefetch_related(
            Prefetch("requests", _requests()),
            Prefetch("excused", Excused.objects.select_related("office", "word")),
        )
        .order_by("-sent_at", "-id")
    )
    return tuple(
        Sending(
            circulation_id=circulation.pk,
            question=Question(circulation.question),
            step=circulation.step,
            sent_at=circulation.sent_at,
            withdrawn_at=circulation.withdrawn_at,
            requirements_version=circulation.requirements_version,
            rows=tuple(_rows(circulation, version, at=at)),
        )
        for circulation in circulations
    )


def _rows(circulation: Circulation, version: int, *, at: datetime) -> Iterable[LedgerRow]:
    current = circulation.requirements_version >= version
    for request in circulation.requests.all():
        yield _row(request, current=current, at=at)
    for one in circulation.excused.all():
        yield LedgerRow(
            request_id=None,
            office_id=one.office_id,
            office=one.office.name,
            municipalities=(),
            state=RequestState.EXCUSED,
            sent_at=circulation.sent_at,
            due_at=None,
            answered_at=None,
            late=False,
            via="",
            said_by=one.word.said_by,
            candidates=0,
            reason="",
            words=one.word.words,
            replaced=0,
            current=current,
        )


def _row(request: Request, *, current: bool, at: datetime) -> LedgerRow:
    answers = list(request.answers.all())
    valid = next((answer for answer in answers if answer.replaced_at is None), None)
    return LedgerRow(
        request_id=request.pk,
        office_id=request.office_id,
        office=request.office.name,
        municipalities=tuple(request.municipalities),
        state=state_of(request, valid.kind if valid else None, at=at),
        sent_at=request.sent_at,
        due_at=request.due_at,
        answered_at=valid.answered_at if valid else None,
        late=valid.late if valid else False,
        via=valid.via if valid else "",
        said_by=valid.said_by if valid else "",
        candidates=valid.named if valid else 0,
        reason=valid.reason if valid else "",
        words=valid.words if valid else "",
        replaced=len(answers) - 1 if valid else 0,
        current=current,
    )


def _requests() -> QuerySet[Request]:
    return (
        Request.objects.select_related("office")
        .prefetch_related(Prefetch("answers", Answer.objects.select_related("written")))
        .order_by("office__sort_key")
    )


MAP_ORDER = ("candidates", "nobody", "late", "waiting", "searched")
"""The first of these that is true of a municipality is what its square shows."""


def map_states(order_id: int, *, at: datetime) -> dict[str, str]:
    """What each municipality's square shows: `MAP_ORDER`, or absent when it was not asked.

    Only what holds for the current requirements counts. Three queries.
    """
    order = Order.objects.only("covered_from_version", "paused_at").get(pk=order_id)
    at = clock(order, at=at)
    found: dict[str, set[str]] = {}
    evidence = Evidence.objects.filter(
        order_id=order_id,
        kind=EvidenceKind.SEARCH,
        revoked_at__isnull=True,
        requirements_version__gte=order.covered_from_version,
    )
    for codes in evidence.values_list("municipalities", flat=True):
        _mark(found, codes, "searched")
    requests = Request.objects.filter(
        order_id=order_id,
        circulation__requirements_version__gte=order.covered_from_version,
        withdrawn_at__isnull=True,
    ).prefetch_related(
        Prefetch("answers", Answer.objects.filter(replaced_at__isnull=True), to_attr="valid")
    )
    for request in requests:
        kind = next((answer.kind for answer in request.valid), None)
        _mark(found, request.municipalities, state_of(request, kind, at=at).lower())
    return {
        code: next(state for state in MAP_ORDER if state in states)
        for code, states in found.items()
    }


def _mark(found: dict[str, set[str]], codes: Iterable[str], state: str) -> None:
    for code in codes:
        found.setdefault(code, set()).add(state)


def waiting_for(office_id: int) -> QuerySet[Request]:
    """Requests that the office has not answered, most urgent first."""
    return (
        Request.objects.filter(
            office_id=office_id,
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .exclude(order__stage="CLOSED")
        .select_related("circulation", "order__company", "order__lead_office", "order__lead")
        .order_by("due_at", "id")
    )


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """The receiver's page: the request, the order, and the answer given so far, if any."""

    request: Request
    order: Order
    question: Question
    state: RequestState
    valid: Answer | None
    earlier: Answer | None


def request_page(request_id: int, *, at: datetime) -> RequestPage:
    """Raises `Request.DoesNotExist`. Six queries.

    `earlier` is the office's answer for the order before the requirements changed.
    """
    request = Request.objects.select_related(
        "circulation",
        "office",
        "order__company",
        "order__contact",
        "order__scheme",
        "order__lead_office",
        "order__lead",
        "order__alliance",
    ).get(pk=request_id)
    answers = list(
        Answer.objects.filter(
            request__order_id=request.order_id,
            request__office_id=request.office_id,
            replaced_at__isnull=True,
        )
        .prefetch_related("candidates")
        .order_by("-answered_at", "-id")
    )
    valid = next((answer for answer in answers if answer.request_id == request_id), None)
    return RequestPage(
        request=request,
        order=request.order,
        question=Question(request.circulation.question),
        state=state_of(request, valid.kind if valid else None, at=clock(request.order, at=at)),
        valid=valid,
        earlier=next((answer for answer in answers if answer.request_id != request_id), None),
    )


def lines(order_id: int) -> dict[int, str]:
    """What the offices wrote of the people whom they named for the order, the newest by person.

    Behind row-level security: each office reads its own answers' lines, the leads all. One query.
    """
    named = AnswerCandidate.objects.filter(answer__request__order_id=order_id).exclude(line="")
    return dict(named.order_by("answer__answered_at", "id").values_list("person_id", "line"))
