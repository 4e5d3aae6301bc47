"""Every change of companies, workplaces, contacts and conversations goes through this file."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from tvaers.companies.models import Channel, Company, CompanyContact, Conversation, Workplace
from tvaers.core.actor import Actor, ActorKind
from tvaers.core.cvr import normalised_cvr, normalised_p_number
from tvaers.core.danish_order import danish_sort_key
from tvaers.database.change import change


class InvalidCvr(Exception):
    """The text is no CVR number: not eight digits, or the check digit is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class InvalidPNumber(Exception):
    """The text is no P-number: ten digits, the first not zero."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class PNumberTaken(Exception):
    """Another company's workplace has the P-number."""

    def __init__(self, p_number: str, company_id: int) -> None:
        super().__init__(p_number)
        self.p_number = p_number
        self.company_id = company_id


@change
def save_company(
    *, cvr: str, name: str, by: Actor, at: datetime, industry_code: str = ""
) -> Company:
    """The company with this CVR number under this name; raises `InvalidCvr`.

    One that is known gets the new name; an industry code that is not told stays.
    """
    number = normalised_cvr(cvr)
    if number is None:
        raise InvalidCvr(cvr)
    facts = {"name": name.strip(), "sort_key": danish_sort_key(name)}
    if industry_code:
        facts["industry_code"] = industry_code
    company, made = Company.objects.select_for_update().get_or_create(cvr=number, defaults=facts)
    if not made and any(getattr(company, field) != value for field, value in facts.items()):
        for field, value in facts.items():
            setattr(company, field, value)
        company.save(update_fields=list(facts))
    return company


@change
def save_workplace(
    *,
    company_id: int,
    name: str,
    municipality: str,
    by: Actor,
    at: datetime,
    p_number: str = "",
    address: str = "",
    postcode: str = "",
    workplace_id: int | None = None,
) -> Workplace:
    """A workplace, found again by id, by P-number, or by name and address where none is told.

    Raises `InvalidPNumber` and `PNumberTaken`.
    """
    Company.objects.select_for_update().get(pk=company_id)
    number = normalised_p_number(p_number) if p_number.strip() else None
    if p_number.strip() and number is None:
        raise InvalidPNumber(p_number)
    rows = Workplace.objects.filter(company_id=company_id)
    if workplace_id is not None:
        workplace = rows.get(pk=workplace_id)
    elif number:
        workplace = rows.filter(p_number=number).first() or Workplace()
    else:
        same = rows.filter(name=name, address=address, municipality=municipality)
        workplace = same.first() or Workplace()
    other = Workplace.objects.filter(p_number=number).exclude(pk=workplace.pk or 0).first()
    if number and other:
        raise PNumberTaken(number, other.company_id)
    workplace.company_id, workplace.municipality_id = company_id, municipality
    workplace.name, workplace.address, workplace.postcode = name, address, postcode
    workplace.p_number = number or workplace.p_number
    _save_unless_taken(workplace)
    return workplace


def _save_unless_taken(workplace: Workplace) -> None:
    """Raises `PNumberTaken` when another company got the P-number in the same moment."""
    try:
        with transaction.atomic():
            workplace.save()
    except IntegrityError as error:
        number = workplace.p_number
        there = Workplace.objects.filter(p_number=number).exclude(pk=workplace.pk or 0).first()
        if number is None or there is None:
            raise
        raise PNumberTaken(number, there.company_id) from error


@change
def save_contact(
    *,
    company_id: int,
    name: str,
    by: Actor,
    at: datetime,
    title: str = "",
    phone: str = "",
    email: str = "",
    contact_id: int | None = None,
) -> CompanyContact:
    """A person at the company, found again by id or by name."""
    Company.objects.select_for_update().get(pk=company_id)
    rows = CompanyContact.objects.filter(company_id=company_id)
    contact = rows.get(pk=contact_id) if contact_id else rows.filter(name=name).first()
    contact = contact or CompanyContact(company_id=company_id)
    contact.name, contact.title, contact.phone, contact.email = name, title, phone, email
    contact.save()
    return contact


@change
def remove_contact(*, contact_id: int, by: Actor, at: datetime) -> None:
    """The person is gone from the company; orders lose the contact, conversations keep the name."""
    CompanyContact.objects.filter(pk=contact_id).delete()


@change
def set_conflict(*, company_id: int, since: date | None, by: Actor, at: datetime) -> None:
    """The company is in conflict from `since`, or no longer (R15: a hard stop meanwhile)."""
    Company.objects.filter(pk=company_id).update(
        in_conflict=since is not None, conflict_since=since
    )


@change
def record_conversation(
    *,
    company_id: int,
    office_id: int,
    channel: Channel,
    with_whom: str,
    at: datetime,
    about_recruiting: bool,
    words: str,
    by: Actor,
    talked_at: datetime | None = None,
) -> Conversation:
    """That an office was in touch with the company; the user is the actor, when a person.

    `at` is when it is written down, and when they talked unless `talked_at` says otherwise.
    """
    return Conversation.objects.create(
        company_id=company_id,
        office_id=office_id,
        user_id=by.id if by.kind == ActorKind.PERSON else None,
        channel=channel,
        with_whom=with_whom,
        at=talked_at or at,
        about_recruiting=about_recruiting,
        words=words,
    )
