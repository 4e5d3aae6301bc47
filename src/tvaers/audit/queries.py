"""Who has looked at a person, and what was changed in a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from tvaers.accounts.queries import user_names
from tvaers.audit.models import Change, Look, LookKind
from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.network.queries import office_names


@dataclass(frozen=True)
class LookRow:
    """One look at a person: who, for which office, when, why, for which order."""

    at: datetime
    kind: LookKind
    office_id: int
    office_name: str
    user_name: str
    order_id: int | None
    purpose: str


def looks_at(person_id: int, *, page: int = 1) -> Page[LookRow]:
    """Who has looked at the person, newest first (R13: the person can have the list).

    Names are those of today. Four queries, whatever the number of looks.
    """
    rows = Look.objects.filter(person_ids__contains=[person_id])
    total = rows.count()
    number = nearest_page(page, total=total)
    shown = list(rows.order_by("-at", "-id")[page_slice(number)])
    offices = office_names({look.office_id for look in shown})
    users = user_names({look.user_id for look in shown if look.user_id is not None})
    return Page(
        [
            LookRow(
                at=look.at,
                kind=LookKind(look.kind),
                office_id=look.office_id,
                office_name=offices.get(look.office_id, ""),
                user_name=users.get(look.user_id or 0, ""),
                order_id=look.order_id,
                purpose=look.purpose,
            )
            for look in shown
        ],
        number,
        total,
    )


@dataclass(frozen=True)
class ChangeRow:
    """One change of a row: `old` are the values before, of the fields that changed.

    The value after stands in the next newer change of the field, or in the row itself. `actor` is
    "person:12" or "job:migrate"; `user_name` is filled for people.
    """

    at: datetime
    operation: str
    old: dict[str, Any]
    actor: str
    user_name: str
    office_name: str


def changes_of(model: type[models.Model], row_id: int) -> tuple[ChangeRow, ...]:
    """All changes of one row of a model's table, newest first. Three queries."""
    rows = list(
        Change.objects.filter(table_name=model._meta.db_table, row_id=row_id).order_by("-id")
    )
    people = {row.pk: int(row.actor[7:]) for row in rows if row.actor.startswith("person:")}
    users = user_names(set(people.values()))
    offices = office_names({row.office_id for row in rows if row.office_id is not None})
    return tuple(
        ChangeRow(
            at=row.at,
            operation=row.operation,
            old=row.old or {},
            actor=row.actor,
            user_name=users.get(people.get(row.pk, 0), ""),
            office_name=offices.get(row.office_id or 0, ""),
        )
        for row in rows
    )
