"""Words taken from other lists, and which lists they came from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tvaers.database.history import HistoryTriggers


class Source(models.TextChoices):
    """Who keeps the list."""

    ESCO = "ESCO", "ESCO"
    STAR = "STAR", _("STAR's stillingsbetegnelser")


class WordList(models.Model):
    """One edition of a list, taken in once: where the words come from, and how many they were.

    `files` are name, number of rows and SHA-256; `counts` what the list held.
    """

    source = models.CharField(max_length=4, choices=Source.choices)
    version = models.CharField(max_length=40, blank=True)
    files = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["source", "-id"], name="word_list_newest")]
        triggers = HistoryTriggers(exclude=["files", "counts", "version", "digest"])


class WordKind(models.TextChoices):
    OCCUPATION = "occupation", _("Stilling")
    SKILL = "skill", _("Kompetence")


class ImportedConcept(models.Model):
    """A concept of a list. `id` is our own concept's where it is the same, else a new one.

    People and orders hold ids, so a row is never removed: what its list no longer has is
    `withdrawn`. `needs`, `uses` and `broader` are ids of concepts.
    """

    id = models.IntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=WordKind.choices)
    uri_eu = models.CharField(max_length=200, null=True, unique=True)
    uri_da = models.CharField(max_length=200, null=True, unique=True)
    label = models.TextField()
    label_en = models.TextField(blank=True)
    title_da = models.TextField(blank=True)
    names = ArrayField(models.TextField(), default=list)
    foreign = ArrayField(models.TextField(), default=list)
    disco = models.CharField(max_length=4, blank=True)
    needs = ArrayField(models.IntegerField(), default=list)
    uses = ArrayField(models.IntegerField(), default=list)
    broader = ArrayField(models.IntegerField(), default=list)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uri_eu__isnull=False) | Q(uri_da__isnull=False),
                name="imported_concept_has_address",
            ),
            models.CheckConstraint(
                condition=~Q(kind="occupation") | Q(id__lt=10_000),
                name="imported_occupation_below_skills",
            ),
        ]
        triggers = HistoryTriggers(
            exclude=[
                *("uri_eu", "uri_da", "label", "label_en", "title_da", "names", "foreign"),
                *("disco", "needs", "uses", "broader"),
            ]
        )
