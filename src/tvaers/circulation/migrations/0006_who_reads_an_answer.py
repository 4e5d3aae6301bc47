"""Words, lines and the people named are for the asked office and the order's leads (R5, R13).

The policies look at one answer by its key: everything they ask is found by an index.
"""

from django.db import migrations

WALLS = """
create function tvaers_today() returns date language sql stable parallel safe as $$
    select (coalesce(nullif(current_setting('tvaers.at', true), '')::timestamptz, now())
        at time zone 'Europe/Copenhagen')::date
$$;

create function tvaers_reads_answer(the_answer bigint) returns boolean
language sql stable parallel safe as $$
    select exists (
        select from public.circulation_answer a
        join public.circulation_request r on r.id = a.request_id
        join public.orders_order o on o.id = r.order_id
        where a.id = the_answer and (
            tvaers_office() in (r.office_id, a.office_id, o.lead_office_id)
            or exists (
                select from public.orders_colead c
                where c.order_id = o.id and c.office_id = tvaers_office())
            or exists (
                select from public.network_officeclosure closed
                where closed.office_id = r.office_id and closed.stand_in_office_id = tvaers_office()
                  and tvaers_today() between closed.first_day and closed.last_day))
    )
$$;

alter table circulation_answerwords enable row level security;
create policy answer_words_of_concerned on circulation_answerwords
    using (tvaers_reads_answer(answer_id)) with check (tvaers_reads_answer(answer_id));

alter table circulation_answercandidate enable row level security;
create policy answer_candidate_of_concerned on circulation_answercandidate
    using (tvaers_reads_answer(answer_id)) with check (tvaers_reads_answer(answer_id));
"""

BACK = """
drop policy answer_candidate_of_concerned on circulation_answercandidate;
alter table circulation_answercandidate disable row level security;
drop policy answer_words_of_concerned on circulation_answerwords;
alter table circulation_answerwords disable row level security;
drop function tvaers_reads_answer(bigint);
drop function tvaers_today();
"""

# A temporary table of the same name would be found before the real one: as in 0003, for what was
# made since.
SEALED = """
do $$
declare
    the_function regprocedure;
begin
    for the_function in
        select p.oid from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prorettype = 'trigger'::regtype
          and p.proconfig is null and p.proowner = current_user::regrole
    loop
        execute format('alter function %s set search_path = public, pg_temp', the_function);
    end loop;
end;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circulation", "0005_words_beside_an_answer"),
        ("candidates", "0002_row_level_security"),
        ("network", "0003_promises_are_never_edited"),
    ]
    operations = [
        migrations.RunSQL(WALLS, BACK),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
    ]
