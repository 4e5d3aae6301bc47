"""R13: a release is for an order; when that is closed, only the hired are still known by name."""

from django.db import migrations

RELEASED = """
create or replace function tvaers_released(person bigint) returns boolean
language sql stable parallel safe as $$
    select exists (
        select from referrals_release r join orders_order o on o.id = r.order_id
        where r.person_id = person and r.granted_at is not null and r.ended_at is null
          and (o.stage <> 'CLOSED' or exists (
              select from referrals_referral f
              where f.order_id = o.id and f.person_id = person and f.state = 'HIRED'))
          and (o.lead_office_id = tvaers_office() or exists (
              select from orders_colead c
              where c.order_id = o.id and c.office_id = tvaers_office()))
    )
$$;
"""

BACK = """
create or replace function tvaers_released(person bigint) returns boolean
language sql stable parallel safe as $$
    select exists (
        select from referrals_release r join orders_order o on o.id = r.order_id
        where r.person_id = person and r.granted_at is not null and r.ended_at is null
          and (o.lead_office_id = tvaers_office() or exists (
              select from orders_colead c
              where c.order_id = o.id and c.office_id = tvaers_office()))
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_referrals_begin_at_the_beginning")]
    operations = [migrations.RunSQL(RELEASED, BACK)]
