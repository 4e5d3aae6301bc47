"""Companies, their workplaces, the people we talk to, and what was talked about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Office
from tvaers.places.models import Municipality


class Company(models.Model):
    """A company by CVR number. `in_conflict` is a hard stop for referrals and postings (R15)."""

    cvr = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=150)
    sort_key = models.CharField(max_length=150, db_index=True)
    industry_code = models.CharField(max_length=6, blank=True)
    in_conflict = models.BooleanField(default=False)
    conflict_since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cvr__regex=r"^[0-9]{8}$"), name="cvr_has_eight_digits"
            )
        ]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.name


class Workplace(models.Model):
    """A place where people work (P-enhed)."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="workplaces")
    p_number = models.CharField(max_length=10, null=True, blank=True, unique=True)
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=150, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="workplaces")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(p_number__isnull=True) | Q(p_number__regex=r"^[0-9]{10}$"),
                name="p_number_has_ten_digits",
            )
        ]
        triggers = HistoryTriggers()

    def __str__(self) -> str:
        return self.name


class CompanyContact(models.Model):
    company = models.ForeignKey(Company, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="company_contact_once")
        ]
        triggers = HistoryTriggers(exclude=["name", "phone", "email"])

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """What a company asks for by its link: the beginning of an order, which an office confirms.

    Taken when somebody at the office opens it as a draft, or declined: never both.
    """

    company = models.ForeignKey(Company, models.CASCADE, related_name="wishes")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=5000)
    wished_at = models.DateTimeField()
    wish_key = models.UUIDField(unique=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["wished_at", "id"]
        indexes = [
            models.Index(
                fields=["office"],
                condition=Q(taken_at__isnull=True, declined_at__isnull=True),
                name="wish_waits",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(declined_at__isnull=True),
                name="wish_one_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(said_by=""), name="wish_says_what_and_who"
            ),
        ]
        triggers = HistoryTriggers(exclude=["said_by", "phone", "words"])


class Channel(models.TextChoices):
    PHONE = "PHONE", _("Telefon")
    MAIL = "MAIL", _("E-mail")
    MEETING = "MEETING", _("Møde")
    VISIT = "VISIT", _("Besøg")


class Conversation(models.Model):
    """A contact with the company: what the overview "who was in touch last" is made of."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="conversations")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    with_whom = models.CharField(max_length=120)
    about_recruiting = models.BooleanField(default=True)
    words = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-at"]
        triggers = HistoryTriggers(exclude=["with_whom", "words"])
