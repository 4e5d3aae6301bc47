"""Evidence that municipalities were asked or searched; searches and answers point to it (R6)."""

from collections.abc import Collection
from datetime import datetime

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Evidence
from tvaers.orders.operations.changing import widen_by_itself
from tvaers.orders.operations.trace import locked, log


@change
def record_evidence(
    *,
    order_id: int,
    requirements_version: int,
    municipalities: Collection[str],
    kind: str,
    made_at: datetime,
    by: Actor,
    at: datetime,
    data_at: datetime | None = None,
) -> Evidence:
    """Keep that the municipalities were covered for a version of the requirements.

    `data_at` is the age of the oldest data of a search; whether it covers today is in `coverage`.
    Where the alliance chose so, the order is searched wider at once (R8). Raises `ValueError` for
    no municipality, or for a version that the order never had.
    """
    order = locked(order_id)
    if not municipalities:
        raise ValueError("evidence covers at least one municipality")
    if not 1 <= requirements_version <= order.requirements_version:
        raise ValueError(f"order {order_id} has no version {requirements_version}")
    evidence = Evidence.objects.create(
        order=order,
        requirements_version=requirements_version,
        municipalities=sorted(set(municipalities)),
        kind=kind,
        made_at=made_at,
        data_at=data_at,
    )
    facts = {"evidence": evidence.pk, "evidence_kind": kind}
    log(order, LogKind.COVERED, by=by, at=at, municipalities=evidence.municipalities, **facts)
    widen_by_itself(order, by=by, at=at)
    return evidence


@change
def revoke_evidence(*, evidence_id: int, because: str, by: Actor, at: datetime) -> Evidence:
    """Take evidence back, with a code for why. Evidence that is revoked already stays so."""
    order = locked(Evidence.objects.values_list("order_id", flat=True).get(pk=evidence_id))
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence_id)
    if evidence.revoked_at is None:
        evidence.revoked_at, evidence.revoked_because = at, because
        evidence.save(update_fields=["revoked_at", "revoked_because"])
        log(order, LogKind.COVERAGE_REVOKED, by=by, at=at, evidence=evidence_id, because=because)
    return evidence
