"""R11 and R13 in the database: hires are counted, and a release opens the identity."""

from django.db import migrations

HIRES = """
create function tvaers_check_hired(the_order bigint) returns void language plpgsql as $$
declare
    counted integer;
    hired_on_order integer;
begin
    select hired into strict hired_on_order from orders_order where id = the_order;
    select count(*) into counted from referrals_referral
    where order_id = the_order and state = 'HIRED';
    if counted <> hired_on_order then
        raise exception 'order % says % hired, its referrals say %',
            the_order, hired_on_order, counted
            using errcode = 'check_violation', constraint = 'order_hired_are_referrals';
    end if;
end;
$$;

create function tvaers_hired_changed() returns trigger language plpgsql as $$
begin
    perform tvaers_check_hired(new.id);
    return null;
end;
$$;

create constraint trigger order_hired_are_referrals
    after insert or update of hired on orders_order
    deferrable initially deferred for each row execute function tvaers_hired_changed();
"""

DISCLOSURE = """
create function tvaers_released(person bigint) returns boolean
language sql stable parallel safe as $$
    select exists (
        select from referrals_release r join orders_order o on o.id = r.order_id
        where r.person_id = person and r.granted_at is not null and r.ended_at is null
          and (o.lead_office_id = tvaers_office() or exists (
              select from orders_colead c
              where c.order_id = o.id and c.office_id = tvaers_office()))
    )
$$;
create policy identity_of_released on candidates_identity for select
    using (tvaers_released(person_id));
"""

BACK = """
drop policy identity_of_released on candidates_identity;
drop function tvaers_released(bigint);
drop trigger order_hired_are_referrals on orders_order;
drop function tvaers_hired_changed();
drop function tvaers_check_hired(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("candidates", "0002_row_level_security"),
        ("orders", "0002_closing"),
    ]
    operations = [migrations.RunSQL(HIRES + DISCLOSURE, BACK)]
