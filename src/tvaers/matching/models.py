"""Searches kept as evidence, and what became of each hit."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.candidates.models import Person
from tvaers.database.history import HistoryTriggers
from tvaers.matching import triggers
from tvaers.network.models import Office
from tvaers.orders.models import Evidence, Order


class Search(models.Model):
    """A run over candidates in a scope, with its whole result, kept as evidence (R6).

    `hits` are the ids of every person who met the must requirements, best first, and `hits_in`
    beside it where each lived. `data_at` is per
    municipality code: when its data were true (ISO time), or null where it has none.
    `narrowed` says that something beyond the order's must requirements narrowed the search.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="searches")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    requirements_version = models.PositiveIntegerField()
    scope = ArrayField(models.CharField(max_length=4))
    settings = models.JSONField(default=dict)
    narrowed = models.BooleanField(default=False)
    hits = ArrayField(models.BigIntegerField())
    hits_in = ArrayField(models.CharField(max_length=4))
    near_misses = models.PositiveIntegerField(default=0)
    data_at = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["order", "-at"], name="search_of_order")]
        triggers = [
            *HistoryTriggers(exclude=["hits", "hits_in", "data_at", "settings", "scope"]),
            *triggers.SEARCH,
        ]


class SavedSearch(models.Model):
    """A search that someone follows: who came to fit since is counted, and no mail is sent.

    `search` is the run that its owner saw last, at `seen_at`, and `before` the one seen before
    that. `waiting` is how many have come to fit since.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="saved_searches")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="saved_searches")
    search = models.ForeignKey(Search, models.PROTECT, related_name="saved_by")
    before = models.ForeignKey(Search, models.PROTECT, null=True, related_name="+")
    waiting = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "search"], name="search_saved_once_by_one")
        ]
        triggers = HistoryTriggers()


class SearchEvidence(models.Model):
    """The evidence that a search made, municipality by municipality as its hits were settled."""

    search = models.ForeignKey(Search, models.PROTECT, related_name="evidence_made")
    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="made_by_search")

    class Meta:
        triggers = [*HistoryTriggers(), *triggers.SEARCH_EVIDENCE]


class Settled(models.TextChoices):
    """What became of a hit: proposed, or not and why (R6 c)."""

    PROPOSED = "PROPOSED", _("Foreslået")
    NOT_REACHED = "NOT_REACHED", _("Kan ikke træffes")
    NOT_INTERESTED = "NOT_INTERESTED", _("Ønsker ikke jobbet")
    NOT_SUITED = "NOT_SUITED", _("Ikke egnet til jobbet efter konkret vurdering")
    NOT_READY = "NOT_READY", _("Ikke klar til at starte")
    IN_ANOTHER_REFERRAL = "IN_ANOTHER_REFERRAL", _("I gang med et andet forløb")
    BETTER_PRESENTED = "BETTER_PRESENTED", _("Bedre egnede er præsenteret")
    HOME_OFFICE_ANSWERED = "HOME_OFFICE_ANSWERED", _("Hjemkommunen har svaret")


class HitOutcome(models.Model):
    """One outcome per order and person; a newer one takes its place and history keeps both."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="hit_outcomes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="hit_outcomes")
    outcome = models.CharField(max_length=20, choices=Settled.choices)
    words = models.CharField(max_length=300, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "person"], name="hit_outcome_once")]
        triggers = HistoryTriggers(exclude=["words"])
