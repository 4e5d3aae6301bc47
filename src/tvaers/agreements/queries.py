"""The lead that a company has chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tvaers.agreements.models import Agreement, AgreementKind


@dataclass(frozen=True)
class ChosenLead:
    """The office, and the person there if one is named, that leads for the company (R9)."""

    agreement_id: int
    kind: AgreementKind
    office_id: int
    office_name: str
    office_phone: str
    user_id: int | None
    user_name: str
    since: date


def chosen_lead(company_id: int, day: date) -> ChosenLead | None:
    """The lead the company has chosen, as of `day`, or None. One query."""
    return chosen_leads([company_id], day).get(company_id)


def chosen_leads(company_ids: Collection[int], day: date) -> dict[int, ChosenLead]:
    """The chosen leads of those of the companies that have one. One query."""
    rows = Agreement.objects.on(day).filter(company__in=company_ids)
    return {
        row.company_id: ChosenLead(
            agreement_id=row.pk,
            kind=AgreementKind(row.kind),
            office_id=row.lead_office_id,
            office_name=row.lead_office.name,
            office_phone=row.lead_office.phone,
            user_id=row.lead_id,
            user_name=row.lead.name if row.lead else "",
            since=row.starts_on,
        )
        for row in rows.select_related("lead_office", "lead").order_by("starts_on")
    }


def warns(reader_office_id: int, chosen_lead: ChosenLead | None, *, about_recruiting: bool) -> bool:
    """Whether an office is warned before it contacts the company (R9).

    Only about vacancies, and only offices that are not the chosen lead; in other matters, such
    as sickness-benefit cases, everyone is free.
    """
    return (
        about_recruiting and chosen_lead is not None and chosen_lead.office_id != reader_office_id
    )
