"""R13: what an office writes beside its answer is for those whom it concerns."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import tvaers.database.triggers

# The line about a person stood in the referral as well, where every office could read it.
MOVED = """
select set_config('tvaers.actor', 'job:migrate', true);
insert into circulation_answerwords (answer_id, words)
    select id, words from circulation_answer where words <> '';
update circulation_answer a set named = (
    select count(*) from circulation_answercandidate c where c.answer_id = a.id);
update referrals_referral f set words = '' where exists (
    select from circulation_answercandidate c
    join circulation_answer a on a.id = c.answer_id
    join circulation_request r on r.id = a.request_id
    where r.order_id = f.order_id and c.person_id = f.person_id and c.line = f.words)
  and f.words <> '';
set constraints all immediate;
set constraints all deferred;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circulation", "0004_due_times_may_move"),
        ("network", "0003_promises_are_never_edited"),
        ("orders", "0006_due_times_may_move"),
        ("referrals", "0006_shared_with_those_concerned"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerWords",
            fields=[
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="written",
                        serialize=False,
                        to="circulation.answer",
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="history_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="history_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="history_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="answers_are_only_replaced",
        ),
        migrations.AddField(
            model_name="answer",
            name="named",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="answer",
            name="words",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=tvaers.database.triggers.SharedFunctionTriggerSql(
                    execute="tvaers_record_change('id', 'said_by')",
                    func="",
                    hash="600d5e21262462fa50aa7866a408e2a69b80f143",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_51fbf",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="circulation_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=tvaers.database.triggers.SharedFunctionTriggerSql(
                    execute="tvaers_record_change('id', 'said_by')",
                    func="",
                    hash="0c8daa166b863c04065620ce06a3bcd9ad86187f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_9f4b1",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="circulation_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=tvaers.database.triggers.SharedFunctionTriggerSql(
                    execute="tvaers_record_change('id', 'said_by')",
                    func="",
                    hash="a85eb870dcad94660705f329d8fdfa5267e1351b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_51ead",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="circulation_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="answers_are_only_replaced",
                sql=tvaers.database.triggers.TriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."named" IS DISTINCT FROM (NEW."named") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."late" IS DISTINCT FROM (NEW."late") OR OLD."via" IS DISTINCT FROM (NEW."via") OR OLD."said_by" IS DISTINCT FROM (NEW."said_by") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."answer_key" IS DISTINCT FROM (NEW."answer_key") OR OLD."evidence_id" IS DISTINCT FROM (NEW."evidence_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9b042fd9d6585a3388920dcf17271c602baf830c",
                    operation="UPDATE",
                    pgid="pgtrigger_answers_are_only_replaced_9e279",
                    table="circulation_answer",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "CANDIDATES"), ("named__gt", 0)),
                    models.Q(("kind", "NOBODY"), ("named", 0)),
                    _connector="OR",
                ),
                name="answer_names_someone_or_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerwords",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="answer_words_say_something"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerwords",
            trigger=pgtrigger.compiler.Trigger(
                name="history_insert",
                sql=tvaers.database.triggers.SharedFunctionTriggerSql(
                    execute="tvaers_record_change('answer_id', 'words')",
                    func="",
                    hash="0d7e85c58975a5d5914f904b9c30e8f9d4ebceca",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_history_insert_c0cc0",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="circulation_answerwords",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerwords",
            trigger=pgtrigger.compiler.Trigger(
                name="history_update",
                sql=tvaers.database.triggers.SharedFunctionTriggerSql(
                    execute="tvaers_record_change('answer_id', 'words')",
                    func="",
                    hash="b2a038b0a48fbd10a3988482326dfb40a6a8503a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_history_update_d2544",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="circulation_answerwords",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerwords",
            trigger=pgtrigger.compiler.Trigger(
                name="history_delete",
                sql=tvaers.database.triggers.SharedFunctionTriggerSql(
                    execute="tvaers_record_change('answer_id', 'words')",
                    func="",
                    hash="c29807931e87741463692a0aeeaf448d090deddc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_history_delete_d73bc",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="circulation_answerwords",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerwords",
            trigger=pgtrigger.compiler.Trigger(
                name="answers_words_are_kept",
                sql=tvaers.database.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="543a0637fd20bb23500bb1ba75c6222bfa52004d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_answers_words_are_kept_018e8",
                    table="circulation_answerwords",
                    when="BEFORE",
                ),
            ),
        ),
    ]
