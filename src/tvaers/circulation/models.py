"""An order sent round, one request per office, and their answers: the answer ledger."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.candidates.models import Person
from tvaers.circulation import triggers
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import LadderStep, Office
from tvaers.orders.models import CompanyWord, Evidence, Order


class Question(models.TextChoices):
    FULL = "FULL", _("Har I egnede kandidater?")
    CHANGED = "CHANGED", _("Ændrer det jeres svar?")


class Circulation(models.Model):
    """One sending of an order's current requirements to chosen offices (rundsending)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="circulations")
    requirements_version = models.PositiveIntegerField()
    question = models.CharField(max_length=7, choices=Question.choices, default=Question.FULL)
    step = models.CharField(max_length=8, choices=LadderStep.choices)
    message = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_by_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    send_key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["sent_at", "id"]
        triggers = [*HistoryTriggers(exclude=["message"]), *triggers.CIRCULATION]


class Request(models.Model):
    """What one office was asked, and by when it answers (R4).

    `municipalities` are those the office is responsible for on the day it was sent.
    """

    circulation = models.ForeignKey(Circulation, models.PROTECT, related_name="requests")
    order = models.ForeignKey(Order, models.PROTECT, related_name="requests")
    office = models.ForeignKey(Office, models.PROTECT, related_name="requests")
    municipalities = ArrayField(models.CharField(max_length=4), default=list)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["office", "due_at"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="request_waiting",
            ),
            models.Index(fields=["order"], name="request_of_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["circulation", "office"], name="request_once_an_office"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("sent_at")), name="request_due_after_sent"
            ),
        ]
        triggers = [*HistoryTriggers(), *triggers.REQUEST]


class Excused(models.Model):
    """An office marked "svar ikke nødvendigt" before sending, with the company's word (R5)."""

    circulation = models.ForeignKey(Circulation, models.PROTECT, related_name="excused")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    word = models.ForeignKey(CompanyWord, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circulation", "office"], name="excused_once_an_office")
        ]
        triggers = [*HistoryTriggers(), *triggers.EXCUSED]


class AnswerKind(models.TextChoices):
    CANDIDATES = "CANDIDATES", _("Kandidater")
    NOBODY = "NOBODY", _("Ingen egnede")


class NobodyReason(models.TextChoices):
    NO_HITS = "NO_HITS", _("Ingen med de krævede kvalifikationer")
    NOT_AVAILABLE = "NOT_AVAILABLE", _("Kan ikke starte til tiden")
    NOT_REACHED = "NOT_REACHED", _("De mulige kandidater kunne ikke træffes")
    NOT_INTERESTED = "NOT_INTERESTED", _("De mulige kandidater ønsker ikke jobbet")
    TRANSPORT = "TRANSPORT", _("For langt at rejse")
    USED_ELSEWHERE = "USED_ELSEWHERE", _("Kandidaterne er i gang med andre forløb")
    OTHER = "OTHER", _("Andet")


class Via(models.TextChoices):
    SCREEN = "SCREEN", _("Skærm")
    PHONE = "PHONE", _("Telefon")
    LINK = "LINK", _("Link i mail")
    UNCHANGED = "UNCHANGED", _("Uændret svar")


class Answer(models.Model):
    """One office's answer. A newer one replaces it and both are kept; one is valid (R5).

    What all who may see the order may know of it, `named` being how many people it names. Who they
    are, and what was written, is in `AnswerWords` and `AnswerCandidate` (R13).
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind.choices)
    reason = models.CharField(max_length=15, choices=NobodyReason.choices, blank=True)
    named = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField()
    late = models.BooleanField()
    via = models.CharField(max_length=9, choices=Via.choices, default=Via.SCREEN)
    said_by = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    answer_key = models.UUIDField(default=uuid.uuid4, unique=True)
    evidence = models.OneToOneField(
        Evidence, models.PROTECT, null=True, blank=True, related_name="made_by_answer"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(replaced_at__isnull=True), name="answer_one_valid"
            ),
            models.CheckConstraint(
                condition=Q(kind="CANDIDATES") | ~Q(reason=""), name="answer_nobody_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["CANDIDATES", "NOBODY"]), name="answer_is_yes_or_no"
            ),
            models.CheckConstraint(
                condition=Q(kind="CANDIDATES", named__gt=0) | Q(kind="NOBODY", named=0),
                name="answer_names_someone_or_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(via="PHONE") | ~Q(said_by=""), name="answer_by_phone_names_the_speaker"
            ),
        ]
        triggers = [*HistoryTriggers(exclude=["said_by"]), *triggers.ANSWER]

    @property
    def words(self) -> str:
        """What the office wrote beside it; empty where the acting office may not read it."""
        written: AnswerWords | None = getattr(self, "written", None)
        return written.words if written else ""


class AnswerWords(models.Model):
    """What an office wrote beside its answer.

    Row-level security: the asked office, who stands in for it that day, who wrote the answer down,
    and the offices that lead the order.
    """

    answer = models.OneToOneField(Answer, models.PROTECT, primary_key=True, related_name="written")
    words = models.CharField(max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="answer_words_say_something")
        ]
        triggers = [*HistoryTriggers(exclude=["words"]), *triggers.ANSWER_WORDS]


class AnswerCandidate(models.Model):
    """A person named in an answer, with "spoken with" and a line of local knowledge.

    Row-level security as for `AnswerWords`.
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="answers")
    spoken_with = models.BooleanField(default=False)
    line = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "person"], name="answer_person_once")
        ]
        triggers = HistoryTriggers(exclude=["line"])
