"""What an order's lead shares with those who take part in it (R9)."""

import uuid

from django.db import models
from django.db.models import Q

from tvaers.accounts.models import User
from tvaers.database.history import HistoryTriggers
from tvaers.leading import triggers
from tvaers.network.models import Office
from tvaers.orders.models import Order


class StatusNote(models.Model):
    """How an order stands, in the words of a lead: written once, and never changed."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="status_notes")
    words = models.CharField(max_length=1000)
    written_at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    note_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["written_at"], name="status_note_by_time")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="status_note_says_something")
        ]
        triggers = [*HistoryTriggers(exclude=["words"]), *triggers.STATUS_NOTE]


class PlannedDelivery(models.Model):
    """How many candidates an office will have presented by the end of a day (leveringsplan)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="planned_deliveries")
    office = models.ForeignKey(Office, models.PROTECT, related_name="planned_deliveries")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    planned_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "office__sort_key", "id"]
        indexes = [models.Index(fields=["planned_at"], name="planned_delivery_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "office", "due_on"], name="planned_delivery_once_an_office_and_day"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="planned_delivery_of_someone"),
        ]
        triggers = [*HistoryTriggers(), *triggers.PLANNED_DELIVERY]
