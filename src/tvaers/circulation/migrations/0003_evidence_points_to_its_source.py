"""R6 in the database: evidence without the answer or the search that made it is none."""

from django.db import migrations

SOURCE = """
create function tvaers_evidence_has_its_source() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if new.kind = 'ANSWER' and exists (
        select from circulation_answer a
        join circulation_request r on r.id = a.request_id
        join circulation_circulation c on c.id = r.circulation_id
        where a.evidence_id = new.id and r.order_id = new.order_id and c.order_id = new.order_id
          and r.municipalities @> new.municipalities
          and c.requirements_version = new.requirements_version
    ) or new.kind = 'SEARCH' and exists (
        select from matching_searchevidence p join matching_search s on s.id = p.search_id
        where p.evidence_id = new.id and s.order_id = new.order_id
          and s.scope @> new.municipalities and not s.narrowed
          and s.requirements_version = new.requirements_version
          and not exists (
              select from unnest(s.hits, s.hits_in) hit (person, code)
              where hit.code = any (new.municipalities) and not exists (
                  select from matching_hitoutcome o
                  where o.order_id = s.order_id and o.person_id = hit.person))
    ) then
        return null;
    end if;
    raise exception 'evidence % points to no answer and no search that made it', new.id
        using errcode = 'check_violation', constraint = 'evidence_has_its_source';
end;
$$;

create constraint trigger evidence_has_its_source
    after insert on orders_evidence
    deferrable initially deferred for each row execute function tvaers_evidence_has_its_source();
"""

BACK = """
drop trigger evidence_has_its_source on orders_evidence;
drop function tvaers_evidence_has_its_source();
"""

# A temporary table of the same name would be found before the real one.
SEALED = """
do $$
declare
    the_function regprocedure;
begin
    for the_function in
        select p.oid from pg_proc p
        where p.pronamespace = 'public'::regnamespace
          and (p.prorettype = 'trigger'::regtype
              or p.proname in ('tvaers_check_closing', 'tvaers_check_hired'))
          and p.proconfig is null and p.proowner = current_user::regrole
    loop
        execute format('alter function %s set search_path = public, pg_temp', the_function);
    end loop;
end;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circulation", "0002_the_ledger_is_kept"),
        ("matching", "0002_searches_stay_as_they_were"),
        ("network", "0003_promises_are_never_edited"),
        ("orders", "0004_words_are_spent_once"),
        ("referrals", "0004_a_release_ends_with_its_order"),
    ]
    operations = [
        migrations.RunSQL(SOURCE, BACK),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
    ]
