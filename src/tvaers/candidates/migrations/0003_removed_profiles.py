"""Which profiles were removed since a transaction: the search index asks before each search."""

from django.db import migrations

REMOVED = """
create index audit_change_removed_profile on audit_change (transaction, row_id)
    where table_name = 'candidates_profile' and operation = 'D'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0002_row_level_security"),
        ("database", "0001_roles_and_history"),
    ]
    operations = [migrations.RunSQL(REMOVED, "drop index audit_change_removed_profile")]
