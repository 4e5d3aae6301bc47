"""Every change of agreements with companies goes through this file."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from tvaers.accounts.models import Appointment
from tvaers.agreements.models import Agreement, AgreementKind
from tvaers.companies.models import Company
from tvaers.core.actor import Actor
from tvaers.database.change import change


class LeadNotAtOffice(Exception):
    """The person who shall lead holds no role at the office on the day the agreement begins."""

    def __init__(self, user_id: int, office_id: int) -> None:
        super().__init__(user_id, office_id)
        self.user_id = user_id
        self.office_id = office_id


class AlreadyAgreed(Exception):
    """An agreement that begins that day or later is there: end it first."""

    def __init__(self, agreement_id: int, starts_on: date) -> None:
        super().__init__(agreement_id)
        self.agreement_id = agreement_id
        self.starts_on = starts_on


@change
def make_agreement(
    *,
    company_id: int,
    kind: AgreementKind,
    lead_office_id: int,
    starts_on: date,
    by: Actor,
    at: datetime,
    lead_id: int | None = None,
    ends_on: date | None = None,
) -> Agreement:
    """The company chooses its lead (R9); the agreement before, if any, ends the day before.

    Raises `LeadNotAtOffice` and `AlreadyAgreed`.
    """
    Company.objects.select_for_update().get(pk=company_id)
    roles = Appointment.objects.on(starts_on).filter(user=lead_id, office=lead_office_id)
    if lead_id is not None and not roles.exists():
        raise LeadNotAtOffice(lead_id, lead_office_id)
    rows = Agreement.objects.filter(company_id=company_id)
    if later := rows.filter(starts_on__gte=starts_on).order_by("starts_on").first():
        raise AlreadyAgreed(later.pk, later.starts_on)
    standing = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    standing.update(ends_on=starts_on - timedelta(days=1))
    return Agreement.objects.create(
        company_id=company_id,
        kind=kind,
        lead_office_id=lead_office_id,
        lead_id=lead_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )


@change
def end_agreement(*, agreement_id: int, last_day: date, by: Actor, at: datetime) -> None:
    """The agreement holds until and including `last_day`; one that had not begun is removed."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.starts_on > last_day:
        agreement.delete()
    else:
        agreement.ends_on = last_day
        agreement.save(update_fields=["ends_on"])
