"""Who is proposed for what (formidling), and who may see a person for an order (R10, R13)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.candidates.models import Person
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.referrals import triggers
from tvaers.referrals.lifecycle import OPEN, State


class Reason(models.TextChoices):
    """Why a referral ended without a hire."""

    COMPANY_CHOSE_OTHER = "COMPANY_CHOSE_OTHER", _("Virksomheden valgte en anden")
    LACKS_SKILLS = "LACKS_SKILLS", _("Mangler kvalifikationer")
    LACKS_EXPERIENCE = "LACKS_EXPERIENCE", _("Mangler erfaring")
    CANDIDATE_DECLINED = "CANDIDATE_DECLINED", _("Kandidaten ønsker ikke jobbet")
    FOUND_OTHER_JOB = "FOUND_OTHER_JOB", _("Kandidaten har fundet andet job")
    NOT_REACHED = "NOT_REACHED", _("Kandidaten kunne ikke træffes")
    TRANSPORT = "TRANSPORT", _("Transporten er for lang")
    ORDER_CLOSED = "ORDER_CLOSED", _("Ordren er lukket")
    NOT_ANSWERED_IN_TIME = "NOT_ANSWERED_IN_TIME", _("Svarede ikke i tide")


class Referral(models.Model):
    """One candidate for one order."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="referrals")
    proposed_by = models.ForeignKey(Office, models.PROTECT, related_name="referrals_proposed")
    home_office = models.ForeignKey(Office, models.PROTECT, related_name="referrals_of_own")
    state = models.CharField(max_length=9, choices=[(state, state) for state in State])
    spoken_with = models.BooleanField(default=False)
    words = models.CharField(max_length=500, blank=True)
    proposed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    question_expires_at = models.DateTimeField(null=True, blank=True)
    presented_at = models.DateTimeField(null=True, blank=True)
    interview_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    end_words = models.CharField(max_length=500, blank=True)
    hired_from = models.DateField(null=True, blank=True)
    hired_hours = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        indexes = [
            models.Index(fields=["order", "state"], name="referral_of_order"),
            models.Index(
                fields=["person"],
                condition=Q(state__in=sorted(OPEN)),
                name="referral_open_of_person",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person"],
                condition=Q(state__in=sorted({*OPEN, State.HIRED})),
                name="referral_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["HIRED", "REJECTED", "WITHDRAWN"])
                | Q(ended_at__isnull=False),
                name="referral_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | ~Q(end_reason=""),
                name="referral_rejected_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="HIRED") | Q(hired_from__isnull=False),
                name="referral_hired_has_a_start",
            ),
        ]
        triggers = [*HistoryTriggers(exclude=["words", "end_words"]), *triggers.REFERRAL]


class ReleaseKind(models.TextChoices):
    NAMED_IN_ANSWER = "NAMED_IN_ANSWER", _("Nævnt i svar")
    STANDING_RULE = "STANDING_RULE", _("Stående regel")
    ASKED_FOR = "ASKED_FOR", _("Bedt om")


class Release(models.Model):
    """The home office lets the order's leads see who a person is, for that order (R13)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="releases")
    person = models.ForeignKey(Person, models.CASCADE, related_name="releases")
    home_office = models.ForeignKey(Office, models.PROTECT, related_name="releases_given")
    kind = models.CharField(max_length=15, choices=ReleaseKind.choices)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    granted_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(granted_at__isnull=False, ended_at__isnull=True),
                name="release_in_force",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person"],
                condition=Q(refused_at__isnull=True, ended_at__isnull=True),
                name="release_once",
            ),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True) | Q(refused_at__isnull=True),
                name="release_one_outcome",
            ),
        ]
        triggers = HistoryTriggers()
