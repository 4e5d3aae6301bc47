"""Unemployed people. What all may see (Profile) and who it is (Identity) are two tables (R13)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.database.history import HistoryTriggers
from tvaers.database.triggers import Trigger
from tvaers.network.models import Dated, Office
from tvaers.places.models import Municipality


class Person(models.Model):
    """A human being; several offices' records may be about the same one.

    `cpr_key` is a keyed hash. The number itself is never stored.
    """

    cpr_key = models.CharField(max_length=64, null=True, unique=True, editable=False)

    class Meta:
        triggers = HistoryTriggers(exclude=["cpr_key"])


class Following(Dated):
    """The office that follows the person: the home office, with dates."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="followings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="followings")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="person_one_home_office"
            ),
        ]
        triggers = HistoryTriggers()


class Status(models.TextChoices):
    ACTIVE = "ACTIVE", _("Ledig")
    PAUSED = "PAUSED", _("På pause")
    ENDED = "ENDED", _("Afsluttet")


class ImportRun(models.Model):
    """One file read for one office: the newest is the age of the office's data (R6)."""

    class Kind(models.TextChoices):
        CANDIDATES = "CANDIDATES", _("Kandidater")
        COMPANIES = "COMPANIES", _("Virksomheder")
        CONTACTS = "CONTACTS", _("Kontakter")

    office = models.ForeignKey(Office, models.PROTECT, related_name="import_runs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    full = models.BooleanField(default=False)
    data_at = models.DateTimeField(help_text=_("Hvornår dataene var sande"))
    imported_at = models.DateTimeField()
    created = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    retired = models.IntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["-imported_at"]
        indexes = [models.Index(fields=["office", "kind", "-data_at"], name="import_run_newest")]
        triggers = HistoryTriggers(exclude=["problems"])


class SourceRecord(models.Model):
    """One office's record of a person under the office's own key."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="records")
    office = models.ForeignKey(Office, models.PROTECT, related_name="records")
    source_id = models.CharField(max_length=100)
    row_sha256 = models.CharField(max_length=64)
    seen_in = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="records")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "source_id"], name="source_record_once")
        ]
        triggers = HistoryTriggers(exclude=["row_sha256", "seen_in"])


class Profile(models.Model):
    """What every office may see of a person: the professional profile.

    Concepts are taxonomy ids; `kinds` is the bit mask of employment kinds; times are minutes and
    weekly hours. `changed_in` is the transaction that last touched the row, set by a trigger:
    searches read what is newer than their index by it.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="profile")
    home_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="profiles")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="profiles")
    postcode = models.CharField(max_length=4, blank=True)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.ACTIVE)
    legal_basis = models.CharField(max_length=200, blank=True)
    wanted_titles = models.CharField(max_length=500, blank=True)
    held_titles = models.CharField(max_length=1000, blank=True)
    skill_words = models.CharField(max_length=2000, blank=True)
    education = models.CharField(max_length=500, blank=True)
    wanted = ArrayField(models.IntegerField(), default=list)
    held = ArrayField(models.IntegerField(), default=list)
    held_years = ArrayField(models.SmallIntegerField(), default=list)
    held_until = ArrayField(models.SmallIntegerField(), default=list)
    concepts = ArrayField(models.IntegerField(), default=list)
    available_from = models.DateField(null=True, blank=True)
    hours_min = models.PositiveSmallIntegerField(default=0)
    hours_max = models.PositiveSmallIntegerField(default=37)
    kinds = models.PositiveSmallIntegerField(default=1)
    max_travel_minutes = models.PositiveSmallIntegerField(default=90)
    car = models.BooleanField(default=False)
    cv_updated_on = models.DateField(null=True, blank=True)
    cv_length = models.PositiveIntegerField(default=0)
    reported_unavailable_at = models.DateTimeField(null=True, blank=True)
    reported_by_office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+"
    )
    hired_from = models.DateField(null=True, blank=True)
    changed_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["changed_in"], name="profile_changed_in"),
            models.Index(fields=["home_office", "status"], name="profile_of_office"),
            models.Index(fields=["municipality"], name="profile_municipality"),
            GinIndex(fields=["wanted"], name="profile_wanted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_min__lte=F("hours_max")), name="profile_hours_in_order"
            ),
            models.CheckConstraint(condition=Q(kinds__gt=0), name="profile_takes_some_kind"),
            models.CheckConstraint(
                condition=Q(held__len=F("held_years__len")) & Q(held__len=F("held_until__len")),
                name="profile_held_arrays_match",
            ),
        ]
        triggers = [
            *HistoryTriggers(
                exclude=["wanted_titles", "held_titles", "skill_words", "education", "changed_in"]
            ),
            Trigger(
                name="marked_with_its_transaction",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="NEW.changed_in = pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
        ]


class Identity(models.Model):
    """Who the person is. Row-level security: the home office, and offices with a release."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="identity")
    name = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    protected = models.BooleanField(default=False)

    class Meta:
        triggers = HistoryTriggers(
            exclude=["name", "sort_key", "email", "phone", "address", "birth_date"]
        )


class CvText(models.Model):
    """Free CV text: never shown across offices (row-level security: the home office)."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="cv")
    text = models.TextField(blank=True)

    class Meta:
        triggers = HistoryTriggers(exclude=["text"])
