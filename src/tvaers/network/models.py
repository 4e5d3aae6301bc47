"""Offices, alliances and what they have promised. Everything here is data that people edit."""

import uuid
from datetime import date, time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.database.history import HistoryTriggers
from tvaers.network import triggers
from tvaers.places.models import Area, Municipality


class OfficeKind(models.TextChoices):
    MUNICIPAL = "MUNICIPAL", _("Kommunens virksomhedsindgang")
    FUND = "FUND", _("A-kasse")
    NATIONAL = "NATIONAL", _("Landsdækkende indgang")


class LadderStep(models.TextChoices):
    """The steps of R8, nearest first."""

    OWN = "OWN", _("Eget kontor")
    ALLIANCE = "ALLIANCE", _("Samarbejdet")
    PART = "PART", _("Øst- eller Vestdanmark")
    NATION = "NATION", _("Hele landet")


class InForce(models.QuerySet):
    """Rows with `starts_on` and `ends_on` (both days included)."""

    def on(self, day: date) -> "InForce":
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Dated(models.Model):
    starts_on = models.DateField(default=date(2020, 1, 1))
    ends_on = models.DateField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]


class Office(Dated):
    """A participating unit under its own name; never assumed to be called a jobcentre."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    sort_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=OfficeKind.choices)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    releases_by_default = models.BooleanField(
        default=False, help_text=_("Kontoret frigiver egne kandidater til andres ordrer (R13)")
    )
    default_legal_basis = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        ordering = ["sort_key"]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.name


class Responsibility(Dated):
    """The municipalities an office answers for (R6); a fund or a national unit has none."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="responsibilities")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="responsibilities")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "municipality", "starts_on"], name="responsibility_once_a_start"
            ),
        ]
        triggers = HistoryTriggers()


class Alliance(Dated):
    """Offices that share promises, an area and a name that companies see."""

    name = models.CharField(max_length=120, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="alliances")
    is_example = models.BooleanField(default=False)
    releases_by_default = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        ordering = ["name"]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["alliance", "office", "starts_on"], name="membership_once_a_start"
            ),
        ]
        triggers = HistoryTriggers()


class ServiceLevel(Dated):
    """An alliance's promises from one day on. A change is a new row: orders keep theirs.

    Without an alliance it is the nation's default, for offices that stand alone.
    """

    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="service_levels"
    )
    dialogue_days = models.PositiveSmallIntegerField(default=1)
    presentation_days = models.PositiveSmallIntegerField(default=3)
    answer_hours = models.PositiveSmallIntegerField(default=48)
    answer_in_calendar_hours = models.BooleanField(default=False)
    answer_cutoff = models.TimeField(default=time(15))
    answer_opens = models.TimeField(default=time(8))
    freshness_days = models.PositiveSmallIntegerField(default=3)
    presented_per_opening = models.PositiveSmallIntegerField(default=3)
    answers_everywhere = models.BooleanField(default=False)
    starts_at_alliance = models.BooleanField(default=False)
    widens_by_itself = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["alliance", "starts_on"],
                nulls_distinct=False,
                name="service_level_once_a_start",
            ),
            models.CheckConstraint(
                condition=Q(answer_hours__gt=0) & Q(presented_per_opening__gt=0),
                name="service_level_promises_something",
            ),
        ]
        triggers = [*HistoryTriggers(), *triggers.SERVICE_LEVEL]


class ClosingDay(models.Model):
    """A day that is no working day, for the nation or for one alliance (R1)."""

    day = models.DateField()
    name = models.CharField(max_length=60)
    alliance = models.ForeignKey(
        Alliance, models.CASCADE, null=True, blank=True, related_name="closing_days"
    )

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "alliance"],
                nulls_distinct=False,
                name="closing_day_once",
            )
        ]
        triggers = HistoryTriggers()


class OfficeClosure(models.Model):
    """An office's own closed days. They stop no clock, and someone stands in (R1)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    stand_in_office = models.ForeignKey(Office, models.PROTECT, related_name="standing_in")
    stand_in_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="office_closure_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(stand_in_name=""), name="office_closure_names_a_stand_in"
            ),
        ]
        triggers = HistoryTriggers(exclude=["stand_in_name"])


class OfficeContact(models.Model):
    """Whom others call at an office; at most one is primary."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_primary", "name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="office_contact_once"),
            models.UniqueConstraint(
                fields=["office"], condition=Q(is_primary=True), name="office_one_primary_contact"
            ),
        ]
        triggers = HistoryTriggers(exclude=["name", "email", "phone"])
