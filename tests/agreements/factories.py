"""Agreements between companies and their leads."""

from datetime import date

from tests.core.factories import setting_up
from tvaers.accounts.readers import Reader
from tvaers.agreements.models import Agreement, AgreementKind
from tvaers.companies.models import Company


def agreement(company: Company, lead: Reader, *, starts_on: date = date(2026, 1, 1)) -> Agreement:
    """The company has chosen the reader and the reader's office as its lead."""
    with setting_up():
        return Agreement.objects.create(
            company=company,
            kind=AgreementKind.REGIONAL,
            lead_office_id=lead.office_id,
            lead_id=lead.user_id,
            starts_on=starts_on,
        )
