"""R6 and R7 in the database: what is uncovered, and when an order may be closed."""

from django.db import migrations

CLOSING = """
create function tvaers_uncovered(the_order bigint) returns text[] language sql stable as $$
    select coalesce(array_agg(code order by code), '{}')
    from orders_order o, unnest(o.area_municipalities) code
    where o.id = the_order and not exists (
        select from orders_evidence e, network_servicelevel s
        where e.order_id = o.id and s.id = o.service_level_id
          and e.revoked_at is null
          and e.requirements_version >= o.covered_from_version
          and e.municipalities @> array[code]
          and (e.kind = 'ANSWER' or not s.answers_everywhere)
    )
$$;

create function tvaers_said(the_order bigint, the_subject text) returns integer
language sql stable as $$
    select coalesce(sum(openings), 0)::integer from orders_companyword
    where order_id = the_order and subject = the_subject
$$;

create function tvaers_check_closing(the_order bigint) returns void language plpgsql as $$
declare
    o orders_order;
    accounted integer;
    missing text[];
begin
    select * into strict o from orders_order where id = the_order;
    if o.stage <> 'CLOSED' then
        return;
    end if;
    accounted := o.hired
        + least(o.filled_by_company, tvaers_said(o.id, 'FILLED_BY_COMPANY'))
        + least(o.withdrawn, tvaers_said(o.id, 'WITHDRAWN'))
        + least(o.other_solution, tvaers_said(o.id, 'OTHER_SOLUTION'));
    if accounted < o.openings then
        missing := tvaers_uncovered(o.id);
        if missing <> '{}' then
            raise exception 'order % has an unfilled opening and is not searched in: %',
                o.id, array_to_string(missing, ', ')
                using errcode = 'check_violation', constraint = 'order_closed_when_covered';
        end if;
        if o.ladder_step <> 'NATION' and not exists (
            select from orders_companyword where order_id = o.id and subject = 'NOT_WIDER'
        ) then
            raise exception 'order % was not searched wider, and the company did not refuse it', o.id
                using errcode = 'check_violation', constraint = 'order_closed_when_widened';
        end if;
    end if;
    if accounted + o.unfilled < o.openings then
        raise exception 'order %: an outcome is without the word of the company', o.id
            using errcode = 'check_violation', constraint = 'order_outcome_has_a_word';
    end if;
end;
$$;
"""

BACK = """
drop function tvaers_check_closing(bigint);
drop function tvaers_said(bigint, text);
drop function tvaers_uncovered(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [migrations.RunSQL(CLOSING, BACK)]
