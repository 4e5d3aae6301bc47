"""What an order's lead shares with those who take part in it (R9)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.companies.models import Conversation
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


class NextStep(models.Model):
    """What is to be done next, by whom and until when: an office, or one person there."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="next_steps")
    what = models.CharField(max_length=200)
    office = models.ForeignKey(Office, models.PROTECT, related_name="next_steps")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="next_steps")
    due_on = models.DateField()
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    step_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = [F("done_at").asc(nulls_first=True), "due_on", "id"]
        indexes = [
            models.Index(
                fields=["office", "due_on"],
                condition=Q(done_at__isnull=True),
                name="next_step_waiting",
            ),
            models.Index(fields=["written_at"], name="next_step_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="next_step_says_something"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(done_by=None),
                name="next_step_done_by_someone_at_a_time",
            ),
        ]
        triggers = [*HistoryTriggers(exclude=["what"]), *triggers.NEXT_STEP]


class GotPeople(models.TextChoices):
    ALL = "ALL", _("Ja, dem de søgte")
    SOME = "SOME", _("Nogle af dem")
    NOBODY = "NOBODY", _("Nej")


class Rating(models.TextChoices):
    GOOD = "GOOD", _("God")
    FAIR = "FAIR", _("Nogenlunde")
    POOR = "POOR", _("Dårlig")


class Evaluation(models.Model):
    """What the company said of the recruiting when it was over, shared with those who took part.

    One an order: a lead may put it right, and history keeps what was.
    """

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="evaluation")
    said_by = models.CharField(max_length=120)
    got_people = models.CharField(max_length=6, choices=GotPeople.choices)
    quality = models.CharField(max_length=4, choices=Rating.choices)
    speed = models.CharField(max_length=4, choices=Rating.choices)
    differently = models.CharField(max_length=2000, blank=True)
    written_at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["written_at"], name="evaluation_by_time")]
        constraints = [
            models.CheckConstraint(condition=~Q(said_by=""), name="evaluation_has_a_speaker")
        ]
        triggers = [*HistoryTriggers(exclude=["said_by", "differently"]), *triggers.EVALUATION]
