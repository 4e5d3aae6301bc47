"""The role of the search index reads what an index is made of, and nothing else (R13)."""

from django.db import migrations

PROFILES_ALONE = """
revoke select on all tables in schema public from tvaers_index;
alter default privileges in schema public revoke select on tables from tvaers_index;
grant select on candidates_profile, database_epoch to tvaers_index;
"""

BACK = """
alter default privileges in schema public grant select on tables to tvaers_index;
grant select on all tables in schema public to tvaers_index;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0003_removed_profiles"),
        ("database", "0002_epoch"),
    ]
    operations = [migrations.RunSQL(PROFILES_ALONE, BACK)]
