"""Who a person is, and the CV text: only for offices that follow the person (R13)."""

from django.db import migrations

FOLLOWS = """
create function tvaers_office() returns bigint language sql stable parallel safe as $$
    select nullif(current_setting('tvaers.office', true), '')::bigint
$$;

create function tvaers_follows(person bigint) returns boolean
language sql stable parallel safe as $$
    select exists (
        select from candidates_profile p
        where p.person_id = person and p.home_office_id = tvaers_office()
    ) or exists (
        select from candidates_sourcerecord r
        where r.person_id = person and r.office_id = tvaers_office() and r.retired_at is null
    )
$$;

alter table candidates_identity enable row level security;
create policy identity_of_followed on candidates_identity
    using (tvaers_follows(person_id)) with check (tvaers_follows(person_id));

alter table candidates_cvtext enable row level security;
create policy cv_of_followed on candidates_cvtext
    using (tvaers_follows(person_id)) with check (tvaers_follows(person_id));
"""

BACK = """
drop policy cv_of_followed on candidates_cvtext;
alter table candidates_cvtext disable row level security;
drop policy identity_of_followed on candidates_identity;
alter table candidates_identity disable row level security;
drop function tvaers_follows(bigint);
drop function tvaers_office();
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial")]
    operations = [migrations.RunSQL(FOLLOWS, BACK)]
