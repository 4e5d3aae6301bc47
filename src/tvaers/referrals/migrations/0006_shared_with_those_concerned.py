"""A shared CV and the letters are read by the home office and the order's leads alone (R13)."""

from django.db import migrations

WALLS = """
create function tvaers_concerns(the_referral bigint) returns boolean
language sql stable parallel safe as $$
    select exists (
        select from referrals_referral f join orders_order o on o.id = f.order_id
        where f.id = the_referral
          and (f.home_office_id = tvaers_office() or o.lead_office_id = tvaers_office() or exists (
              select from orders_colead c
              where c.order_id = o.id and c.office_id = tvaers_office()))
    )
$$;

alter table referrals_sharedcv enable row level security;
create policy shared_cv_of_concerned on referrals_sharedcv
    using (exists (select from referrals_sharing s
                   where s.id = sharing_id and tvaers_concerns(s.referral_id)))
    with check (exists (select from referrals_sharing s
                        where s.id = sharing_id and tvaers_concerns(s.referral_id)));

alter table referrals_letter enable row level security;
create policy letter_of_concerned on referrals_letter
    using (tvaers_concerns(referral_id)) with check (tvaers_concerns(referral_id));
"""

BACK = """
drop policy letter_of_concerned on referrals_letter;
alter table referrals_letter disable row level security;
drop policy shared_cv_of_concerned on referrals_sharedcv;
alter table referrals_sharedcv disable row level security;
drop function tvaers_concerns(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_the_candidates_own_say")]
    operations = [migrations.RunSQL(WALLS, BACK)]
