"""The table of looks at people: partitioned by month, only ever added to."""

from django.db import migrations

LOOKS = """
create table audit_look (
    id bigint generated always as identity,
    at timestamptz not null,
    kind varchar(8) not null constraint look_is_of_a_known_kind
        check (kind in ('SEARCH', 'VIEW', 'RELEASE', 'EXPORT')),
    user_id bigint,
    office_id bigint not null,
    order_id bigint,
    purpose text not null constraint look_has_a_purpose check (purpose <> ''),
    person_ids bigint[] not null,
    primary key (id, at)
) partition by range (at);
create index audit_look_of_person on audit_look using gin (person_ids);
create index audit_look_at on audit_look using brin (at);
create table audit_look_other partition of audit_look default;
do $$
declare
    month date;
begin
    for month in select generate_series('2025-01-01'::date, '2035-12-01', '1 month') loop
        execute format('create table %I partition of audit_look for values from (%L) to (%L)',
            'audit_look_' || to_char(month, 'YYYYMM'), month, month + interval '1 month');
    end loop;
end;
$$;
do $$
declare
    part text;
begin
    for part in select relname from pg_class where relname ~ '^audit_look(_[0-9]+|_other)?$' loop
        execute format('revoke all on %I from tvaers_app, tvaers_index', part);
    end loop;
end;
$$;
grant select, insert on audit_look to tvaers_app;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(LOOKS, "drop table audit_look")]
