"""Agreements with companies; so far the lead that a company has chosen (R9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.companies.models import Company
from tvaers.database.history import HistoryTriggers
from tvaers.network.models import Dated, Office


class AgreementKind(models.TextChoices):
    REGIONAL = "REGIONAL", _("Rekrutteringsaftale")
    NATIONAL = "NATIONAL", _("Jobserviceaftale")


class Agreement(Dated):
    """A company's agreement with one lead; others are warned before they call about vacancies."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=8, choices=AgreementKind.choices)
    lead_office = models.ForeignKey(Office, models.PROTECT, related_name="agreements")
    lead = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="agreements")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["company", "starts_on"], name="agreement_once_a_start"),
        ]
        triggers = HistoryTriggers()
