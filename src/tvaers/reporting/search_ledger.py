"""The ledger behind the proof of search: every piece of an order's evidence, by ids and counts.

It holds no names and no words that people wrote, so that it can be printed, hashed and kept when
a person is erased (R6, R7).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from tvaers.matching.models import HitOutcome
from tvaers.orders.models import CompanyWord, Evidence, EvidenceKind, Order, Subject

FORM = 1
"""The shape of the ledger. A new shape gets a new number, and the old one stays readable."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer that a piece of evidence comes from; `candidates` is how many were named."""

    request: int
    office: int
    answer: str
    reason: str
    candidates: int
    asked_at: str
    due_at: str
    answered_at: str
    late: bool
    via: str


@dataclass(frozen=True, kw_only=True)
class Searched:
    """The search that a piece of evidence comes from, counted per municipality.

    `data_at` says when its data were true, `hits` how many met the must requirements, and
    `outcomes` what became of them.
    """

    search: int
    office: int
    searched_at: str
    data_at: dict[str, str]
    hits: dict[str, int]
    outcomes: dict[str, dict[str, int]]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of evidence; its source is an answer or a search."""

    evidence: int
    requirements_version: int
    kind: str
    municipalities: list[str]
    made_at: str
    revoked_at: str | None
    revoked_because: str
    answered: Answered | None = None
    searched: Searched | None = None

    @property
    def office(self) -> int:
        """The office that answered or searched."""
        source = self.answered or self.searched
        assert source is not None, "the database refuses evidence without a source"
        return source.office


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All evidence of an order, and what decides which of it counts. Times are UTC as ISO texts.

    `not_wider_at` is when the company last refused to look wider (R7).
    """

    form: int
    order: str
    requirements_version: int
    covered_from_version: int
    answers_everywhere: bool
    area: list[str]
    not_wider_at: str | None
    pieces: list[Piece]

    def canonical(self) -> bytes:
        """The one way to write the ledger down: JSON with sorted keys and no spaces."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    def digest(self) -> str:
        """The SHA-256 of the canonical ledger, in hexadecimal."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def covering(self) -> dict[str, list[Piece]]:
        """Per municipality the pieces that cover it today (R6), the newest first."""
        found: dict[str, list[Piece]] = {}
        for piece in sorted(self.pieces, key=lambda one: (one.made_at, one.evidence), reverse=True):
            if self._counts(piece):
                for code in piece.municipalities:
                    found.setdefault(code, []).append(piece)
        return found

    def _counts(self, piece: Piece) -> bool:
        return (
            piece.revoked_at is None
            and piece.requirements_version >= self.covered_from_version
            and (piece.kind == EvidenceKind.ANSWER or not self.answers_everywhere)
        )


def read(written: bytes) -> Ledger:
    """The ledger that was written down; raises `ValueError` or `TypeError` for anything else."""
    facts = json.loads(written)
    pieces = [
        Piece(
            **piece
            | {
                "answered": Answered(**piece["answered"]) if piece["answered"] else None,
                "searched": Searched(**piece["searched"]) if piece["searched"] else None,
            }
        )
        for piece in facts["pieces"]
    ]
    return Ledger(**facts | {"pieces": pieces})


def ledger_of(public_id: UUID | str) -> Ledger:
    """The ledger of an order as it stands; raises `Order.DoesNotExist`. Four queries."""
    order = Order.objects.select_related("service_level").get(public_id=public_id)
    evidence = (
        Evidence.objects.filter(order=order)
        .select_related("made_by_answer__request", "made_by_search__search")
        .order_by("id")
    )
    outcomes = dict(HitOutcome.objects.filter(order=order).values_list("person_id", "outcome"))
    refused = CompanyWord.objects.filter(order=order, subject=Subject.NOT_WIDER).last()
    return Ledger(
        form=FORM,
        order=str(order.public_id),
        requirements_version=order.requirements_version,
        covered_from_version=order.covered_from_version,
        answers_everywhere=order.service_level.answers_everywhere,
        area=sorted(order.area_municipalities),
        not_wider_at=_text(refused.said_at) if refused else None,
        pieces=[_piece(row, outcomes) for row in evidence],
    )


def _piece(row: Evidence, outcomes: Mapping[int, str]) -> Piece:
    is_answer = row.kind == EvidenceKind.ANSWER
    return Piece(
        evidence=row.pk,
        requirements_version=row.requirements_version,
        kind=row.kind,
        municipalities=sorted(row.municipalities),
        made_at=_text(row.made_at),
        revoked_at=_text(row.revoked_at) if row.revoked_at else None,
        revoked_because=row.revoked_because,
        answered=_answered(row) if is_answer else None,
        searched=None if is_answer else _searched(row, outcomes),
    )


def _answered(row: Evidence) -> Answered:
    answer = row.made_by_answer
    return Answered(
        request=answer.request_id,
        office=answer.request.office_id,
        answer=answer.kind,
        reason=answer.reason,
        candidates=answer.named,
        asked_at=_text(answer.request.sent_at),
        due_at=_text(answer.request.due_at),
        answered_at=_text(answer.answered_at),
        late=answer.late,
        via=answer.via,
    )


def _searched(row: Evidence, outcomes: Mapping[int, str]) -> Searched:
    search = row.made_by_search.search
    hits: Counter[str] = Counter()
    settled: dict[str, Counter[str]] = {}
    for person_id, code in zip(search.hits, search.hits_in, strict=True):
        if code in row.municipalities:
            hits[code] += 1
            if outcome := outcomes.get(person_id):
                settled.setdefault(code, Counter())[outcome] += 1
    return Searched(
        search=search.pk,
        office=search.office_id,
        searched_at=_text(search.at),
        data_at={
            code: _text(datetime.fromisoformat(stored))
            for code in row.municipalities
            if (stored := search.data_at.get(code))
        },
        hits=dict(hits),
        outcomes={code: dict(counts) for code, counts in settled.items()},
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


@dataclass(frozen=True)
class Differences:
    """How two ledgers of one order differ: evidence by number, and the order's own facts.

    New evidence, revoked evidence and hits with another outcome are daily life; evidence that is
    `changed` or `gone` is what the database refuses, and a sign that someone went round it.
    """

    new: tuple[int, ...]
    revoked: tuple[int, ...]
    settled: tuple[int, ...]
    changed: tuple[int, ...]
    gone: tuple[int, ...]
    facts: tuple[str, ...]


FACTS = (
    "requirements_version",
    "covered_from_version",
    "answers_everywhere",
    "area",
    "not_wider_at",
)


def differences(then: Ledger, now: Ledger) -> Differences:
    """What has happened to the ledger of an order since `then`."""
    before = {piece.evidence: piece for piece in then.pieces}
    after = {piece.evidence: piece for piece in now.pieces}
    both = sorted(one for one in before.keys() & after.keys() if before[one] != after[one])
    revoked = {one for one in both if _but_revoked(before[one], after[one])}
    settled = {one for one in both if _but_outcomes(before[one]) == _but_outcomes(after[one])}
    return Differences(
        new=tuple(sorted(after.keys() - before.keys())),
        revoked=tuple(sorted(revoked)),
        settled=tuple(sorted(settled - revoked)),
        changed=tuple(one for one in both if one not in revoked | settled),
        gone=tuple(sorted(before.keys() - after.keys())),
        facts=tuple(name for name in FACTS if getattr(then, name) != getattr(now, name)),
    )


def _but_revoked(before: Piece, after: Piece) -> bool:
    """Whether a piece is as it was, except that it has been revoked (and hits settled)."""
    if before.revoked_at is not None or after.revoked_at is None:
        return False
    as_it_was = replace(after, revoked_at=None, revoked_because=before.revoked_because)
    return _but_outcomes(before) == _but_outcomes(as_it_was)


def _but_outcomes(piece: Piece) -> Piece:
    """The piece without what became of its hits, which may change for as long as one works."""
    if piece.searched is None:
        return piece
    return replace(piece, searched=replace(piece.searched, outcomes={}))
