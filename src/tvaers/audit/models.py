"""Who changed what, who looked at whom. Both tables are made in SQL and only ever grow."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One row per changed row, written by the history triggers; holds no names and no CV text."""

    table_name = models.TextField()
    row_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=1)
    old = models.JSONField(null=True)
    actor = models.TextField()
    office_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "audit_change"


class LookKind(models.TextChoices):
    SEARCH = "SEARCH", _("Søgning")
    VIEW = "VIEW", _("Visning")
    RELEASE = "RELEASE", _("Frigivelse")
    EXPORT = "EXPORT", _("Udtræk")


class Look(models.Model):
    """One look at people (R13): who, for which office, when, for what; the ids that were shown.

    Partitioned by month in the database.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=LookKind.choices)
    user_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField()
    order_id = models.BigIntegerField(null=True)
    purpose = models.TextField()
    person_ids = ArrayField(models.BigIntegerField())

    class Meta:
        managed = False
        db_table = "audit_look"
