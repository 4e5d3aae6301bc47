"""Who is proposed for what (formidling), and who may see a person for an order (R10, R13)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.candidates.models import Person
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Office
from tvaers.orders.models import Order
from tvaers.referrals import triggers
from tvaers.referrals.lifecycle import OPEN, State

ONE_DAY = timedelta(days=1)
CV_FIELDS = [
    "name",
    "email",
    "phone",
    "wanted_titles",
    "held_titles",
    "skill_words",
    "education",
    "text",
]
"""What a shared CV holds; none of it enters the history."""


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
    WRONG_HOURS = "WRONG_HOURS", _("Arbejdstiden passer ikke")


class Referral(models.Model):
    """One candidate for one order.

    `question_expires_at` is when a question or an invitation that nobody answered is taken back.
    `bound_at` makes it a binding henvisning too: by the home office alone, who must apply by
    `apply_by`, at least a day later (R10).
    """

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
    said_yes_at = models.DateTimeField(null=True, blank=True)
    bound_at = models.DateTimeField(null=True, blank=True)
    bound_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    apply_by = models.DateTimeField(null=True, blank=True)
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
            models.Index(
                fields=["question_expires_at"],
                condition=Q(state__in=["ASKED", "INVITED"], said_yes_at__isnull=True),
                name="referral_question_waits",
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
            models.CheckConstraint(
                condition=Q(bound_at=None, bound_by=None, apply_by=None)
                | Q(
                    bound_at__isnull=False,
                    bound_by=F("home_office"),
                    apply_by__gte=F("bound_at") + ONE_DAY,
                ),
                name="referral_bound_by_home_with_notice",
            ),
        ]
        triggers = [*HistoryTriggers(exclude=["words", "end_words"]), *triggers.REFERRAL]


class Sharing(models.Model):
    """The candidate's yes: the CV is shared with the company of one order, until it ends (R10).

    What is shared is a copy, in `SharedCv`; it is gone when the sharing has ended.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="sharings")
    home_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-shared_at", "-id"]
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(ended_at__isnull=True), name="sharing_stands"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at__isnull=True), name="sharing_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("shared_at")), name="sharing_expires_later"
            ),
        ]
        triggers = HistoryTriggers()


class SharedCv(models.Model):
    """The CV as it was when the candidate said yes: the same that the candidate was shown.

    Row-level security: the home office, and the offices that lead the order.
    """

    sharing = models.OneToOneField(Sharing, models.CASCADE, primary_key=True, related_name="cv")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    wanted_titles = models.CharField(max_length=500, blank=True)
    held_titles = models.CharField(max_length=1000, blank=True)
    skill_words = models.CharField(max_length=2000, blank=True)
    education = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        triggers = HistoryTriggers(exclude=CV_FIELDS)


class Letter(models.Model):
    """Something written to a candidate, or by one, about a referral (R13).

    The office that writes never sees the address. Row-level security as for `SharedCv`.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="letters")
    from_person = models.BooleanField(default=False)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=1000)
    written_at = models.DateTimeField()
    letter_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="letter_says_something"),
            models.CheckConstraint(
                condition=Q(from_person=True, user=None) | Q(from_person=False, user__isnull=False),
                name="letter_has_a_writer",
            ),
        ]
        triggers = HistoryTriggers(exclude=["words"])


class ReplyKind(models.TextChoices):
    """What the company says of a candidate who was presented."""

    YES = "YES", _("Vil ansætte")
    INTERVIEW = "INTERVIEW", _("Vil holde samtale")
    NO = "NO", _("Nej tak")


class CompanyReply(models.Model):
    """The company's own word on one candidate, by link. It asked for: a hire is the lead's to
    write down, when day and hours are agreed."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=9, choices=ReplyKind.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    interview_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField()
    reply_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["replied_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="NO") | ~Q(reason=""), name="company_reply_no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="INTERVIEW") | Q(interview_at__isnull=False),
                name="company_reply_interview_has_a_time",
            ),
        ]
        triggers = HistoryTriggers(exclude=["words"])


class ReleaseKind(models.TextChoices):
    NAMED_IN_ANSWER = "NAMED_IN_ANSWER", _("Nævnt i svar")
    STANDING_RULE = "STANDING_RULE", _("Stående regel")
    ASKED_FOR = "ASKED_FOR", _("Bedt om")
    CONSENT = "CONSENT", _("Kandidatens eget ja")


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
