"""Which life of the database this is: what was derived from another life is not valid in this."""

from django.db import migrations

EPOCH = """
create table database_epoch (
    id integer primary key default 1 constraint epoch_is_one check (id = 1),
    epoch uuid not null default gen_random_uuid()
);
insert into database_epoch default values;
revoke all on database_epoch from tvaers_app, tvaers_index;
grant select on database_epoch to tvaers_app, tvaers_index;
"""


class Migration(migrations.Migration):
    dependencies = [("database", "0001_roles_and_history")]
    operations = [migrations.RunSQL(EPOCH, "drop table database_epoch")]
