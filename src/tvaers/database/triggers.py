"""Triggers declared beside the models, without a back door.

django-pgtrigger lets any session skip a trigger by a setting (`pgtrigger.ignore`). Our triggers
hold what must hold whoever asks, so their SQL has no such line.
"""

from typing import Any

import pgtrigger
from django.db import models
from pgtrigger import compiler


class TriggerSql(compiler.UpsertTriggerSql):
    """A trigger with a function of its own. Migrations refer to this class: do not rename it."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE FUNCTION {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class SharedFunctionTriggerSql(TriggerSql):
    """A trigger that runs a function which exists already, named in `execute`."""

    def get_template(self) -> str:
        return """
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid}
                {when} {operation} ON {table}
                {referencing}
                FOR EACH {level}
                EXECUTE FUNCTION {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Trigger(pgtrigger.Trigger):
    """As `pgtrigger.Trigger`, but no setting skips it. Use it for every rule in the database."""

    template: type[TriggerSql] = TriggerSql

    def compile(self, model: type[models.Model]) -> compiler.Trigger:
        sql = self.template(
            pgid=self.get_pgid(model),
            declare=self.render_declare(model),
            func=self.render_func(model),
            table=model._meta.db_table,
            constraint="CONSTRAINT" if self.timing else "",
            when=self.when,
            operation=self.operation,
            timing=f"DEFERRABLE INITIALLY {self.timing}" if self.timing else "",
            referencing=self.referencing or "",
            level=self.level,
            condition=self.render_condition(model),
            execute=self.render_execute(model),
        )
        return compiler.Trigger(name=self.name, sql=sql)

    def get_func(self, model: type[models.Model]) -> Any:
        return super().get_func(model) if self.func else ""


class Protect(pgtrigger.Protect, Trigger):
    """Refuses an operation, whoever asks."""


class ReadOnly(pgtrigger.ReadOnly, Trigger):
    """Lets only the excluded fields change, whoever asks."""


class FSM(pgtrigger.FSM, Trigger):
    """Lets a field move only as drawn, whoever asks."""
