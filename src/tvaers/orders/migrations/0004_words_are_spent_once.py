"""R7 in the database: words about openings count for one closing, not for the next."""

from django.db import migrations

SAID = """
create or replace function tvaers_said(the_order bigint, the_subject text) returns integer
language sql stable as $$
    select coalesce(sum(w.openings), 0)::integer
    from orders_companyword w join orders_order o on o.id = w.order_id
    where w.order_id = the_order and w.subject = the_subject and w.id > o.settled_words_to
$$;
"""

BACK = """
create or replace function tvaers_said(the_order bigint, the_subject text) returns integer
language sql stable as $$
    select coalesce(sum(openings), 0)::integer from orders_companyword
    where order_id = the_order and subject = the_subject
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_what_was_done_stays")]
    operations = [migrations.RunSQL(SAID, BACK)]
