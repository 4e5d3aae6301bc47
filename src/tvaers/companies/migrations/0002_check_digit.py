"""A CVR number's check digit holds in the database as well (`tvaers.core.cvr`)."""

from django.db import migrations

IS_CVR = """
create function tvaers_is_cvr(digits text) returns boolean
language sql immutable strict parallel safe as $$
    select case when digits ~ '^[1-9][0-9]{7}$' then (
        select sum(weight * substr(digits, place::int, 1)::int) % 11 = 0
        from unnest(array[2, 7, 6, 5, 4, 3, 2, 1]) with ordinality weights (weight, place)
    ) else false end
$$;
alter table companies_company
    add constraint company_cvr_has_its_check_digit check (tvaers_is_cvr(cvr));
"""

BACK = """
alter table companies_company drop constraint company_cvr_has_its_check_digit;
drop function tvaers_is_cvr(text);
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial")]
    operations = [migrations.RunSQL(IS_CVR, BACK)]
