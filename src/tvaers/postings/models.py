"""Postings, and the calls to the company about them."""

import uuid
from datetime import date
from typing import Self

from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.companies.models import Conversation
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Office
from tvaers.orders.models import Order, Stage
from tvaers.postings import triggers

OPEN = Q(withdrawn_at__isnull=True, replaced_at__isnull=True)


class Whose(models.TextChoices):
    OURS = "OURS", _("Vores opslag")
    COMPANYS = "COMPANYS", _("Virksomhedens egen annonce")


class Apply(models.TextChoices):
    LINK = "LINK", _("På virksomhedens side")
    EMAIL = "EMAIL", _("Til virksomhedens e-mail")
    OFFICE = "OFFICE", _("Til vores kontor")


class PostingQuerySet(models.QuerySet["Posting"]):
    def open(self) -> Self:
        """Neither withdrawn nor followed by a newer one; it may have run out."""
        return self.filter(OPEN)

    def public(self, day: date) -> Self:
        """What anyone may read on `day` (R15: nothing of a company in conflict)."""
        return (
            self.open()
            .filter(whose=Whose.OURS, expires_on__gte=day, order__company__in_conflict=False)
            .exclude(order__stage=Stage.CLOSED)
        )


class Posting(models.Model):
    """An order as an ad: ours on the public page, or the company's own, known by its link.

    Dates are the last days that count. `replaced_at` is when a newer posting took the place of
    one that had run out. `jobnet_number` and `jobnet_expires_on` are what Jobnet calls it.
    The three counts are of applications that the office receives as the contact: no CVs, no names.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="postings")
    whose = models.CharField(max_length=8, choices=Whose.choices, default=Whose.OURS)
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True, validators=[MaxLengthValidator(5000)])
    apply_via = models.CharField(max_length=6, choices=Apply.choices)
    apply_to = models.CharField(max_length=300, blank=True)
    apply_by = models.DateField()
    expires_on = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    jobnet_number = models.CharField(max_length=20, blank=True)
    jobnet_expires_on = models.DateField(null=True, blank=True)
    received = models.PositiveIntegerField(default=0)
    screened = models.PositiveIntegerField(default=0)
    shortlisted = models.PositiveIntegerField(default=0)
    post_key = models.UUIDField(db_default=RandomUUID(), unique=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=OPEN, name="posting_newest"),
            models.Index(fields=["order"], name="posting_of_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=OPEN & Q(whose=Whose.OURS),
                name="posting_one_open_an_order",
            ),
            models.UniqueConstraint(
                fields=["order", "apply_to"],
                condition=OPEN & Q(whose=Whose.COMPANYS),
                name="posting_own_ad_once_an_order",
            ),
            models.CheckConstraint(
                condition=Q(apply_by__lte=F("expires_on")), name="posting_dates_in_order"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="posting_has_a_title"),
            models.CheckConstraint(
                condition=Q(whose=Whose.COMPANYS) | ~Q(text=""), name="posting_has_a_text"
            ),
            models.CheckConstraint(
                condition=Q(apply_via=Apply.OFFICE) | ~Q(apply_to=""),
                name="posting_says_where_to_apply",
            ),
            models.CheckConstraint(
                condition=Q(received__gte=F("screened"), screened__gte=F("shortlisted")),
                name="posting_counts_add_up",
            ),
        ]
        triggers = [*HistoryTriggers(exclude=["title", "text", "apply_to"]), *triggers.POSTING]


class Reason(models.TextChoices):
    EXPIRY = "EXPIRY", _("Opslaget udløber")
    DEADLINE = "DEADLINE", _("Ansøgningsfristen")


class Outcome(models.TextChoices):
    EXTENDED = "EXTENDED", _("Opslaget forlænges")
    UNCHANGED = "UNCHANGED", _("Fortsætter uændret")
    WANTS_CANDIDATES = "WANTS_CANDIDATES", _("Virksomheden vil have kandidater fra os")
    FILLED = "FILLED", _("Stillingen er besat; opslaget tages ned")
    WITHDRAWN = "WITHDRAWN", _("Stillingen er opgivet; opslaget tages ned")
    NOT_REACHED = "NOT_REACHED", _("Ikke truffet; ring igen")


class Call(models.Model):
    """A call to the company about an ad, and what came of it (R14).

    `about_day` is the day that the call was about as it then stood: when the ad is extended,
    another call is due before the new one.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="calls")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    about_day = models.DateField()
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    called_at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    conversation = models.OneToOneField(
        Conversation, models.PROTECT, null=True, blank=True, related_name="about_posting"
    )
    call_key = models.UUIDField(db_default=RandomUUID(), unique=True)

    class Meta:
        ordering = ["-called_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "reason", "about_day"],
                condition=~Q(outcome=Outcome.NOT_REACHED),
                name="call_settled_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NOT_REACHED) | Q(conversation__isnull=False),
                name="call_that_settles_is_a_conversation",
            ),
        ]
        triggers = [*HistoryTriggers(), *triggers.CALL]

    @property
    def settles(self) -> bool:
        """Whether the company was reached, so that nobody has to call again."""
        return self.outcome != Outcome.NOT_REACHED
