"""What made some evidence, as the domains above write it: an answer, or a search (R6)."""

from datetime import timedelta

from tests.core.factories import MONDAY
from tvaers.circulation.models import Answer, Circulation, Request
from tvaers.core.actor import Actor
from tvaers.database.change import changing
from tvaers.matching.models import Search, SearchEvidence
from tvaers.orders.models import Evidence, EvidenceKind


def prove(evidence: Evidence, *, by: Actor) -> None:
    """Write the answer or the search that the evidence comes from."""
    with changing(by=by, at=MONDAY):
        if evidence.kind == EvidenceKind.ANSWER:
            _answer(evidence, by.acting_office)
        else:
            _search(evidence, by.acting_office)


def _answer(evidence: Evidence, office_id: int) -> None:
    at = evidence.made_at
    sent = Circulation.objects.create(
        order_id=evidence.order_id,
        requirements_version=evidence.requirements_version,
        step="ALLIANCE",
        sent_at=at,
        sent_by_office_id=office_id,
    )
    request = Request.objects.create(
        circulation=sent,
        order_id=evidence.order_id,
        office_id=office_id,
        municipalities=evidence.municipalities,
        sent_at=at,
        due_at=at + timedelta(days=2),
        answered_at=at,
    )
    Answer.objects.create(
        request=request,
        kind="NOBODY",
        reason="NO_HITS",
        answered_at=at,
        late=False,
        office_id=office_id,
        evidence=evidence,
    )


def _search(evidence: Evidence, office_id: int) -> None:
    made = Search.objects.create(
        order_id=evidence.order_id,
        office_id=office_id,
        at=evidence.made_at,
        requirements_version=evidence.requirements_version,
        scope=evidence.municipalities,
        hits=[],
        hits_in=[],
    )
    SearchEvidence.objects.create(search=made, evidence=evidence)
