"""The order, its requirements, the company's words about it, its evidence and its log."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.companies.models import Company, CompanyContact, Conversation, Workplace
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Alliance, Dated, LadderStep, Office, ServiceLevel
from tvaers.orders import triggers
from tvaers.orders.lifecycle import ABOUT_OPENINGS
from tvaers.orders.querysets import OrderQuerySet
from tvaers.places.models import Part


class Scheme(Dated):
    """A kind of employment an order can be for (ordning): a list with dates."""

    code = models.CharField(max_length=20, unique=True)
    name_da = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind_bit = models.PositiveSmallIntegerField()
    is_ordinary = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        ordering = ["id"]
        triggers = HistoryTriggers()


class Stage(models.TextChoices):
    RECEIVED = "RECEIVED", _("Modtaget")
    IN_DIALOGUE = "IN_DIALOGUE", _("I dialog")
    RECRUITING = "RECRUITING", _("Rekruttering i gang")
    CLOSED = "CLOSED", _("Lukket")


class Order(models.Model):
    """A company's need: one occupation, or one of several, and n openings.

    Alliance, service level and area are frozen as they were when the order came; the area of an
    office in no alliance is its region.
    `requirements_version` counts changes of the requirements; evidence counts from
    `covered_from_version`, which moves only when a change could admit new people (R6).
    `also_kinds` are the bits of the schemes of its portions; who can be hired in any of them, or in
    the order's own scheme, can be considered.
    Words about openings up to `settled_words_to` were spent on a closing that was taken back; the
    database sets it when the order is reopened (R7).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="orders")
    contact = models.ForeignKey(
        CompanyContact, models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="orders")
    title = models.CharField(max_length=100)
    description = models.TextField(validators=[MaxLengthValidator(5000)])
    internal_comment = models.TextField(blank=True, validators=[MaxLengthValidator(2000)])
    occupation = models.IntegerField(null=True, blank=True)
    other_occupations = ArrayField(models.IntegerField(), default=list, blank=True)
    occupation_years = models.PositiveSmallIntegerField(default=0)
    concept_uri_da = models.CharField(max_length=200, blank=True)
    concept_uri_eu = models.CharField(max_length=200, blank=True)
    openings = models.PositiveSmallIntegerField()
    also_kinds = models.PositiveSmallIntegerField(default=0, editable=False)
    hours_min = models.PositiveSmallIntegerField(default=37)
    hours_max = models.PositiveSmallIntegerField(default=37)
    starts_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)

    stage = models.CharField(max_length=11, choices=Stage.choices, default=Stage.RECEIVED)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    requirements_version = models.PositiveIntegerField(default=1)
    covered_from_version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1, help_text=_("Tæller gemte ændringer"))

    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="orders"
    )
    service_level = models.ForeignKey(ServiceLevel, models.PROTECT, related_name="orders")
    area_municipalities = ArrayField(models.CharField(max_length=4))

    lead_office = models.ForeignKey(Office, models.PROTECT, related_name="orders_led")
    lead = models.ForeignKey(User, models.PROTECT, related_name="orders_led")
    deputy = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="orders_deputised"
    )

    received_at = models.DateTimeField()
    ladder_step = models.CharField(max_length=8, choices=LadderStep.choices)
    dialogue_due_at = models.DateTimeField()
    presentation_due_at = models.DateTimeField()
    present_at_most = models.PositiveSmallIntegerField(
        help_text=_("Aftalt antal kandidater, der præsenteres")
    )
    first_dialogue_at = models.DateTimeField(null=True, blank=True)
    first_presented_at = models.DateTimeField(null=True, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    hired = models.PositiveSmallIntegerField(default=0)
    filled_by_company = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.PositiveSmallIntegerField(default=0)
    other_solution = models.PositiveSmallIntegerField(default=0)
    unfilled = models.PositiveSmallIntegerField(default=0)
    covered_at_closing = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    settled_words_to = models.BigIntegerField(default=0, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["lead_office", "stage"], name="order_of_office"),
            models.Index(
                fields=["presentation_due_at"],
                condition=~Q(stage="CLOSED"),
                name="order_open_by_presentation",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(openings__gt=0), name="order_has_openings"),
            models.CheckConstraint(
                condition=Q(hired__lte=F("openings")), name="order_hired_within_openings"
            ),
            models.CheckConstraint(
                condition=Q(hours_min__lte=F("hours_max")), name="order_hours_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(stage="CLOSED")
                | Q(
                    openings=F("hired")
                    + F("filled_by_company")
                    + F("withdrawn")
                    + F("other_solution")
                    + F("unfilled")
                ),
                name="order_closed_openings_add_up",
            ),
            models.CheckConstraint(
                condition=Q(stage="CLOSED", closed_at__isnull=False)
                | (~Q(stage="CLOSED") & Q(closed_at__isnull=True)),
                name="order_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(covered_from_version__lte=F("requirements_version")),
                name="order_coverage_version_exists",
            ),
            models.CheckConstraint(condition=Q(title__gt=""), name="order_has_a_title"),
            models.CheckConstraint(
                condition=Q(area_municipalities__len__gt=0), name="order_has_an_area"
            ),
        ]
        triggers = [
            *HistoryTriggers(exclude=["description", "internal_comment", "pause_reason"]),
            *triggers.ORDER,
        ]

    @property
    def kinds(self) -> int:
        """The bits of every scheme that someone may be hired in. The scheme's query at most."""
        return int(self.scheme.kind_bit | self.also_kinds)


class OrderWorkplace(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="places")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="order_places")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "workplace"], name="order_workplace_once")
        ]
        triggers = HistoryTriggers()


class OrderPortion(models.Model):
    """Some of an order's openings: in one scheme and, where it is said, at one workplace.

    What no portion holds is of the order's own scheme, at any of its workplaces.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="portions")
    number = models.PositiveSmallIntegerField()
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    workplace = models.ForeignKey(
        Workplace, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "scheme", "workplace"],
                nulls_distinct=False,
                name="order_portion_once_a_scheme_and_place",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="order_portion_of_someone"),
        ]
        triggers = [*HistoryTriggers(), *triggers.PORTION]


class RequirementKind(models.TextChoices):
    OCCUPATION = "OCCUPATION", _("Stilling")
    SKILL = "SKILL", _("Kompetence")
    CERTIFICATE = "CERTIFICATE", _("Certifikat")
    LICENCE = "LICENCE", _("Kørekort")
    LANGUAGE = "LANGUAGE", _("Sprog")
    EDUCATION = "EDUCATION", _("Uddannelse")
    EXPERIENCE = "EXPERIENCE", _("Erfaring")


class Requirement(models.Model):
    """A requirement, from one version of the order's requirements until another took its place.

    `either` are concepts that meet it as well as `concept` does ("certifikat A eller B").
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=11, choices=RequirementKind.choices)
    concept = models.IntegerField(null=True, blank=True)
    text = models.CharField(max_length=200)
    must = models.BooleanField()
    years = models.PositiveSmallIntegerField(default=0)
    either = ArrayField(models.IntegerField(), default=list, blank=True)
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-must", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "concept", "kind"],
                condition=Q(to_version__isnull=True, concept__isnull=False),
                name="requirement_once_an_order",
            ),
            models.CheckConstraint(
                condition=Q(to_version__isnull=True) | Q(to_version__gt=F("from_version")),
                name="requirement_versions_in_order",
            ),
        ]
        triggers = [*HistoryTriggers(), *triggers.REQUIREMENT]


class CoLead(models.Model):
    """Another accountable office: one east, one west, or simply two (R9)."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="co_leads")
    office = models.ForeignKey(Office, models.PROTECT, related_name="orders_co_led")
    user = models.ForeignKey(User, models.PROTECT, related_name="orders_co_led")
    part = models.CharField(max_length=4, choices=Part.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "office"], name="co_lead_once_an_office")
        ]
        triggers = HistoryTriggers()


class Handover(models.Model):
    """The lead offered to someone else; it moves when the receiver accepts (R9)."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="handovers")
    from_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Office, models.PROTECT, related_name="handovers_received")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="handovers_received")
    words = models.CharField(max_length=500, blank=True)
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True),
                name="handover_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True),
                name="handover_one_outcome",
            ),
        ]
        triggers = HistoryTriggers(exclude=["words"])


class Subject(models.TextChoices):
    """What the company said; the words that open what is otherwise refused."""

    DIALOGUE = "DIALOGUE", _("Dialog om behovet")
    LATER_PRESENTATION = "LATER_PRESENTATION", _("Senere frist for kandidater aftalt")
    OTHER_SOLUTION = "OTHER_SOLUTION", _("Anden løsning aftalt")
    FILLED_BY_COMPANY = "FILLED_BY_COMPANY", _("Virksomheden har selv besat stillingen")
    WITHDRAWN = "WITHDRAWN", _("Virksomheden har trukket stillingen tilbage")
    NOT_WIDER = "NOT_WIDER", _("Virksomheden ønsker ikke at søge bredere")
    NO_ANSWER_NEEDED = "NO_ANSWER_NEEDED", _("Svar ikke nødvendigt fra et kontor")
    ENOUGH = "ENOUGH", _("Nok kandidater indtil videre")
    APPLICANTS = "APPLICANTS", _("Virksomheden bekræfter direkte ansøgere")


COUNTED = sorted(str(subject) for subject in ABOUT_OPENINGS)


class CompanyWord(models.Model):
    """The company's own word on an order: who said it, when, and who wrote it down.

    `openings` is how many openings the word is about, where it is about openings.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="company_words")
    subject = models.CharField(max_length=18, choices=Subject.choices)
    said_by = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    openings = models.PositiveSmallIntegerField(default=0)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    new_date = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="words_on_orders")
    word_key = models.UUIDField(db_default=RandomUUID(), unique=True)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(said_by=""), name="company_word_has_a_speaker"),
            models.CheckConstraint(
                condition=Q(subject__in=COUNTED, openings__gt=0)
                | (~Q(subject__in=COUNTED) & Q(openings=0)),
                name="company_word_says_for_how_many",
            ),
        ]
        triggers = [*HistoryTriggers(exclude=["said_by", "words"]), *triggers.COMPANY_WORD]


class EvidenceKind(models.TextChoices):
    SEARCH = "SEARCH", _("Søgning")
    ANSWER = "ANSWER", _("Svar")


class Evidence(models.Model):
    """That some municipalities were asked or searched for a version of the requirements (R6).

    A search and an answer point down to the evidence they made. Never deleted, only revoked.
    `data_at` is the age of the oldest data that a search relied on.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="evidence")
    requirements_version = models.PositiveIntegerField()
    municipalities = ArrayField(models.CharField(max_length=4))
    kind = models.CharField(max_length=6, choices=EvidenceKind.choices)
    made_at = models.DateTimeField()
    data_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["order"], name="evidence_of_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="ANSWER") | Q(data_at__isnull=False),
                name="evidence_of_search_has_data_age",
            ),
            models.CheckConstraint(
                condition=Q(municipalities__len__gt=0), name="evidence_is_of_a_place"
            ),
        ]
        triggers = [*HistoryTriggers(), *triggers.EVIDENCE]


class LogEntry(models.Model):
    """One line of the order's log: a kind and ids; the sentence is made at the door."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="log")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["order", "-at"], name="log_of_order")]
        triggers = triggers.LOG
