"""Every look at people is written down here, before they are shown (R13)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from tvaers.audit.models import Look, LookKind
from tvaers.core.actor import Actor, ActorKind


def record_look(
    *,
    kind: LookKind,
    purpose: str,
    person_ids: Collection[int],
    by: Actor,
    at: datetime,
    office_id: int | None = None,
    order_id: int | None = None,
) -> None:
    """One row for one look, however many people were shown; nobody shown, nothing written.

    `purpose` is a plain word the page made, such as "search", "view" or "answer"; the sentence is
    made at the door. The office is the actor's unless another is named. Raises `ValueError`
    without an office: a look is always somebody's.
    """
    office_id = office_id if office_id is not None else by.office_id
    if office_id is None:
        raise ValueError("a look at people needs an office")
    if not person_ids:
        return
    Look.objects.create(
        at=at,
        kind=kind,
        user_id=by.id if by.kind == ActorKind.PERSON else None,
        office_id=office_id,
        order_id=order_id,
        purpose=purpose,
        person_ids=sorted(set(person_ids)),
    )


def record_looks(
    *,
    kind: LookKind,
    purpose: str,
    people: Mapping[int, Collection[int]],
    by: Actor,
    at: datetime,
) -> None:
    """As `record_look` for several orders on one page: `people` shown by order. One query."""
    if by.office_id is None:
        raise ValueError("a look at people needs an office")
    Look.objects.bulk_create(
        Look(
            at=at,
            kind=kind,
            user_id=by.id if by.kind == ActorKind.PERSON else None,
            office_id=by.office_id,
            order_id=order_id,
            purpose=purpose,
            person_ids=sorted(set(shown)),
        )
        for order_id, shown in people.items()
    )
