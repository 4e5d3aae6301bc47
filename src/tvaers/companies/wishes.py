"""What companies ask for by their link, until an office takes it up or declines it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tvaers.companies.models import Wish
from tvaers.core.actor import Actor
from tvaers.database.change import change


@change
def wish(
    *,
    company_id: int,
    office_id: int,
    said_by: str,
    words: str,
    wish_key: UUID,
    by: Actor,
    at: datetime,
    phone: str = "",
) -> Wish:
    """The company asks an office for people. The same `wish_key` again is there already (R16)."""
    facts = {
        "company_id": company_id,
        "office_id": office_id,
        "said_by": said_by.strip(),
        "phone": phone,
        "words": words.strip(),
        "wished_at": at,
    }
    try:
        with transaction.atomic():
            return Wish.objects.get_or_create(wish_key=wish_key, defaults=facts)[0]
    except IntegrityError:
        # The other of two clicks was first.
        if there := Wish.objects.filter(wish_key=wish_key).first():
            return there
        raise


@change
def take(*, wish_id: int, by: Actor, at: datetime) -> bool:
    """Somebody at the office opens it as a draft; False when it is taken or declined already."""
    return _settle(wish_id, "taken_at", by=by, at=at)


@change
def decline(*, wish_id: int, by: Actor, at: datetime) -> bool:
    """Nothing comes of it; False when it is taken or declined already."""
    return _settle(wish_id, "declined_at", by=by, at=at)


def wish_row(wish_id: int) -> Wish | None:
    """A wish with its company, its office and who settled it. One query."""
    rows = Wish.objects.select_related("company", "office", "settled_by")
    return rows.filter(pk=wish_id).first()


def _settle(wish_id: int, field: str, *, by: Actor, at: datetime) -> bool:
    row = Wish.objects.select_for_update(of=("self",)).get(pk=wish_id)
    if row.taken_at or row.declined_at:
        return False
    setattr(row, field, at)
    row.settled_by_id = by.user_id
    row.save(update_fields=[field, "settled_by"])
    return True
