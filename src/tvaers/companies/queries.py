"""Companies as screens read them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tvaers.companies.models import Channel, Company, CompanyContact, Conversation, Workplace
from tvaers.core.danish_order import danish_sort_key
from tvaers.core.paging import Page, nearest_page, page_slice

PROPOSALS = 10
"""How many companies are proposed while someone types."""


@dataclass(frozen=True)
class CompanyRow:
    """A company in a list, with the names of the municipalities where it has workplaces."""

    id: int
    cvr: str
    name: str
    in_conflict: bool
    municipalities: tuple[str, ...]


def find(text: str) -> tuple[CompanyRow, ...]:
    """The first companies whose CVR number or name begins like this. Two queries, or none."""
    if not text.strip():
        return ()
    return _rows(_matching(text)[:PROPOSALS])


def company_row(company_id: int) -> CompanyRow | None:
    """One company as the lists show it, or None when there is no such company. Two queries."""
    return next(iter(_rows(Company.objects.filter(pk=company_id))), None)


def companies(text: str = "", *, page: int = 1) -> Page[CompanyRow]:
    """A page of the companies whose CVR number or name begins like this. Three queries."""
    rows = _matching(text)
    total = rows.count()
    number = nearest_page(page, total=total)
    return Page(_rows(rows[page_slice(number)]), number, total)


def _matching(text: str) -> QuerySet[Company]:
    digits = re.sub(r"^DK|[\s.-]", "", text.strip(), flags=re.IGNORECASE)
    if digits.isdigit():
        return Company.objects.filter(Q(cvr__startswith=digits) | Q(name__startswith=text.strip()))
    return Company.objects.filter(sort_key__startswith=danish_sort_key(text))


def _rows(rows: QuerySet[Company]) -> tuple[CompanyRow, ...]:
    found = list(rows)
    places: dict[int, dict[str, None]] = {company.pk: {} for company in found}
    names = (
        Workplace.objects.filter(company__in=places)
        .order_by("municipality__sort_key")
        .values_list("company_id", "municipality__name")
    )
    for company_id, name in names:
        places[company_id][name] = None
    return tuple(
        CompanyRow(row.pk, row.cvr, row.name, row.in_conflict, tuple(places[row.pk]))
        for row in found
    )


@dataclass(frozen=True)
class WorkplaceFacts:
    """A workplace and where it is."""

    id: int
    name: str
    p_number: str
    address: str
    postcode: str
    municipality: str
    municipality_name: str


@dataclass(frozen=True)
class ContactFacts:
    """A person at the company."""

    id: int
    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True)
class ConversationRow:
    """One contact with the company: which office, who, with whom, about what."""

    at: datetime
    office_id: int
    office_name: str
    user_name: str
    channel: Channel
    with_whom: str
    about_recruiting: bool
    words: str


@dataclass(frozen=True)
class CompanyPage:
    """Everything a company's page shows that the company itself knows.

    The chosen lead comes from `agreements`, the orders from `orders`.
    """

    id: int
    cvr: str
    name: str
    industry_code: str
    in_conflict: bool
    conflict_since: date | None
    workplaces: tuple[WorkplaceFacts, ...]
    contacts: tuple[ContactFacts, ...]
    conversations: Page[ConversationRow]


def company_page(company_id: int, *, page: int = 1) -> CompanyPage:
    """One company, with a page of its conversations, newest first. Five queries.

    Raises `Company.DoesNotExist`.
    """
    company = Company.objects.get(pk=company_id)
    return CompanyPage(
        id=company.pk,
        cvr=company.cvr,
        name=company.name,
        industry_code=company.industry_code,
        in_conflict=company.in_conflict,
        conflict_since=company.conflict_since,
        workplaces=workplaces_of(company_id),
        contacts=contacts_of(company_id),
        conversations=conversations_with(company_id, page=page),
    )


def workplaces_of(company_id: int) -> tuple[WorkplaceFacts, ...]:
    """The company's workplaces, oldest first. One query."""
    rows = Workplace.objects.filter(company_id=company_id).select_related("municipality")
    return tuple(
        WorkplaceFacts(
            id=row.pk,
            name=row.name,
            p_number=row.p_number or "",
            address=row.address,
            postcode=row.postcode,
            municipality=row.municipality_id,
            municipality_name=row.municipality.name,
        )
        for row in rows
    )


def contacts_of(company_id: int) -> tuple[ContactFacts, ...]:
    """The people to talk to at the company. One query."""
    return tuple(
        ContactFacts(row.pk, row.name, row.title, row.phone, row.email)
        for row in CompanyContact.objects.filter(company_id=company_id)
    )


def conversations_with(company_id: int, *, page: int = 1) -> Page[ConversationRow]:
    """Who was in touch with the company last, newest first. Two queries."""
    rows = Conversation.objects.filter(company_id=company_id)
    total = rows.count()
    number = nearest_page(page, total=total)
    shown = rows.select_related("office", "user").order_by("-at", "-id")[page_slice(number)]
    return Page(
        [
            ConversationRow(
                at=row.at,
                office_id=row.office_id,
                office_name=row.office.name,
                user_name=row.user.name if row.user else "",
                channel=Channel(row.channel),
                with_whom=row.with_whom,
                about_recruiting=row.about_recruiting,
                words=row.words,
            )
            for row in shown
        ],
        number,
        total,
    )
