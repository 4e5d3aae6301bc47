"""What changed, kept by the database itself: one table, one function, three triggers a model.

A row of `audit_change` holds ids and old values, never names or free text: those columns are
excluded where the model declares its triggers. The new value is in the table, or in the old
value of the next change. Changes that are not made by a named actor are refused, COPY included.
"""

from collections.abc import Iterable

import pgtrigger
from django.db import models

from tvaers.database.triggers import SharedFunctionTriggerSql, Trigger

OPERATIONS = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows")),
    "update": (pgtrigger.Update, pgtrigger.Referencing(old="old_rows", new="new_rows")),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows")),
}


class HistoryTrigger(Trigger):
    """Records one kind of change, a statement at a time, so that bulk work stays fast."""

    template = SharedFunctionTriggerSql
    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, verb: str, *, exclude: Iterable[str]) -> None:
        self.exclude = tuple(exclude)
        operation, referencing = OPERATIONS[verb]
        super().__init__(name=f"history_{verb}", operation=operation, referencing=referencing)

    def render_execute(self, model: type[models.Model]) -> str:
        columns = {field.name: field.column for field in model._meta.concrete_fields}
        excluded = [columns[name] for name in self.exclude]
        arguments = ", ".join(f"'{column}'" for column in [model._meta.pk.column, *excluded])
        return f"tvaers_record_change({arguments})"


def HistoryTriggers(*, exclude: Iterable[str] = ()) -> list[HistoryTrigger]:  # noqa: N802
    """The triggers for a model's `Meta.triggers`.

    `exclude` names fields whose values never enter the history (names, contact, free text);
    that they changed is still recorded. The model's key must be a number, or text of digits.
    """
    return [HistoryTrigger(verb, exclude=exclude) for verb in OPERATIONS]
