"""What each role may do, and the history of all changes."""

from pathlib import Path

from django.apps import apps
from django.db import migrations

GRANTS = """
revoke create on schema public from public;
grant usage on schema public to tvaers_app, tvaers_index;
grant select, insert, update, delete on all tables in schema public to tvaers_app;
grant usage, select on all sequences in schema public to tvaers_app;
grant select on all tables in schema public to tvaers_index;
revoke insert, update, delete on django_migrations from tvaers_app;
alter default privileges in schema public
    grant select, insert, update, delete on tables to tvaers_app;
alter default privileges in schema public grant usage, select on sequences to tvaers_app;
alter default privileges in schema public grant select on tables to tvaers_index;
"""

HISTORY = """
create table audit_change (
    id bigint generated always as identity primary key,
    table_name text not null,
    row_id bigint not null,
    operation char(1) not null constraint change_is_insert_update_or_delete
        check (operation in ('I', 'U', 'D')),
    old jsonb,
    actor text not null constraint change_has_a_named_actor check (actor <> ''),
    office_id bigint,
    at timestamptz not null,
    transaction xid8 not null default pg_current_xact_id()
);
create index audit_change_of_row on audit_change (table_name, row_id, id);
create index audit_change_at on audit_change using brin (at);
revoke all on audit_change from tvaers_app, tvaers_index;
grant select on audit_change to tvaers_app;
"""

# Arguments: the key column, then the columns whose values stay out of the history.
FUNCTION = """
create function tvaers_record_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    key text := tg_argv[0];
    excluded text[] := coalesce(tg_argv[1:], '{}');
    actor text := nullif(current_setting('tvaers.actor', true), '');
    office bigint := nullif(current_setting('tvaers.office', true), '')::bigint;
    moment timestamptz := coalesce(
        nullif(current_setting('tvaers.at', true), '')::timestamptz, clock_timestamp());
    rows text := case tg_op when 'INSERT' then 'new_rows' else 'old_rows' end;
    source text;
    anything boolean;
begin
    if actor is null then
        execute format('select exists (select from %s)', rows) into anything;
        if anything then
            raise exception 'change without a named actor'
                using errcode = 'insufficient_privilege', table = tg_table_name,
                    detail = format('%s of %s', tg_op, tg_table_name),
                    hint = 'Change rows in an operation (@change, by=…).';
        end if;
        return null;
    end if;
    source := case tg_op
        when 'INSERT' then format(
            'select (r.%I)::bigint, null::jsonb from new_rows r', key)
        when 'DELETE' then format(
            'select (r.%I)::bigint, to_jsonb(r) - $4 from old_rows r', key)
        else format(
            'select (o.%1$I)::bigint, (
                select coalesce(jsonb_object_agg(field.key, field.value), ''{}'')
                from jsonb_each(whole.old - $4) field
                where field.value is distinct from whole.new -> field.key
            )
            from old_rows o join new_rows n on n.%1$I = o.%1$I
            cross join lateral (select to_jsonb(o) as old, to_jsonb(n) as new) whole
            where whole.old is distinct from whole.new', key)
    end;
    execute format(
        'insert into audit_change (table_name, row_id, old, operation, actor, office_id, at)
        select %L, s.id, s.old, %L, $1, $2, $3 from (%s) s (id, old)',
        tg_table_name, left(tg_op, 1), source)
    using actor, office, moment, excluded;
    return null;
end;
$$;
revoke execute on function tvaers_record_change() from public;
"""


class Migration(migrations.Migration):
    dependencies = []
    # Every table of the house is made under these rules, and most carry the history triggers.
    run_before = [
        (app.label, "__first__")
        for app in apps.get_app_configs()
        if app.name.startswith("tvaers.")
        and app.label != "database"
        and any(Path(app.path, "migrations").glob("0*.py"))
    ]
    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(HISTORY, "drop table audit_change"),
        migrations.RunSQL(FUNCTION, "drop function tvaers_record_change()"),
    ]
