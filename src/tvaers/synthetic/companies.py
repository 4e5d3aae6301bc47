"""The companies of the demo: valid numbers, made-up names, workplaces, contacts, conversations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tvaers.agreements.models import Agreement, AgreementKind
from tvaers.companies import operations
from tvaers.companies.models import Channel, Company, CompanyContact, Conversation, Workplace
from tvaers.core.cvr import cvr_with_check_digit
from tvaers.core.danish_order import danish_sort_key
from tvaers.core.working_days import danish_date
from tvaers.database.change import changing
from tvaers.places.municipalities import municipality
from tvaers.places.postcodes import all_postcodes
from tvaers.synthetic import names
from tvaers.synthetic.people_who_work import LOADER, Staff
from tvaers.synthetic.tables import Branch, Draw, branches, population, words

PREFIXES = words("company")
FORMS = ("A/S", "ApS", "ApS", "I/S", "")
TITLES = ("Direktør", "HR-chef", "Driftsleder", "Afdelingsleder", "Lagerchef", "Indehaver")
NEAR_KOEGE = {"0259": 6, "0253": 2, "0265": 2, "0269": 2, "0336": 2, "0320": 2, "0330": 2}
"""How many times as many companies the demo has here as the population gives."""
CHANNELS = tuple(Channel)
CHATS = (
    "Talt om det kommende halvår; de forventer at ansætte igen.",
    "Hilst på den nye driftsleder og fortalt om servicen.",
    "Spurgt til løntilskud; materiale er sendt.",
    "Ingen behov lige nu. Vi ringer igen om et kvartal.",
    "Gennemgået forløbet efter den seneste ansættelse.",
    "Talt om fastholdelse af en medarbejder.",
)


@dataclass(frozen=True)
class Employer:
    """A company as the stories need it: the first workplace is where it has its office."""

    company_id: int
    name: str
    branch: Branch
    municipalities: tuple[str, ...]
    workplace_ids: tuple[int, ...]
    contact_ids: tuple[int, ...]
    contacts: tuple[str, ...]


def load_companies(
    chance: Random, staff: Staff, *, wanted: Sequence[tuple[str, str]], count: int, at: datetime
) -> tuple[Employer, ...]:
    """`count` companies, every eighth with several workplaces, ten with an agreement.

    The first ones are those `wanted`: each in a municipality, looking for an occupation.
    """
    drafts = list(_drafts(chance, wanted, count))
    with changing(by=LOADER, at=at):
        companies = Company.objects.bulk_create(company for company, _, _ in drafts)
        places, contacts = [], []
        for company, (_, _, codes) in zip(companies, drafts, strict=True):
            places += [_workplace(chance, company, code) for code in codes]
            contacts += _contacts(chance, company)
        for number, place in enumerate(places):
            place.p_number = str(1_900_000_000 + number)
        Workplace.objects.bulk_create(places)
        CompanyContact.objects.bulk_create(contacts)
    employers = tuple(
        _employer(company, branch, places, contacts)
        for company, (_, branch, _) in zip(companies, drafts, strict=True)
    )
    _agree(employers, staff, at=at)
    return employers


def load_conversations(
    chance: Random, staff: Staff, employers: tuple[Employer, ...], *, count: int, at: datetime
) -> None:
    """Talks of the year before `at` that were not about an order."""
    rows = []
    for _ in range(count):
        employer = chance.choice(employers)
        office_id = staff.office_of[employer.municipalities[0]]
        talked_at = at - timedelta(days=chance.randrange(1, 365), minutes=chance.randrange(500))
        rows.append(
            Conversation(
                company_id=employer.company_id,
                office_id=office_id,
                user_id=staff.actor(office_id).id,
                at=talked_at,
                channel=chance.choice(CHANNELS),
                with_whom=chance.choice(employer.contacts),
                about_recruiting=chance.random() < 0.5,
                words=chance.choice(CHATS),
            )
        )
    with changing(by=LOADER, at=at):
        Conversation.objects.bulk_create(rows)


def bring_into_conflict(employers: tuple[Employer, ...], *, at: datetime) -> None:
    """These companies are in conflict since last week (R15)."""
    since = danish_date(at) - timedelta(days=6)
    for employer in employers:
        operations.set_conflict(company_id=employer.company_id, since=since, by=LOADER, at=at)


def _drafts(
    chance: Random, wanted: Sequence[tuple[str, str]], count: int
) -> Iterator[tuple[Company, Branch, tuple[str, ...]]]:
    kinds = Draw(branches(), [branch.share for branch in branches()])
    codes = list(population())
    homes = Draw(codes, [population()[code] * NEAR_KOEGE.get(code, 1) for code in codes])
    taken: set[str] = set()
    for number in range(count):
        branch, places = kinds.one(chance), [homes.one(chance)]
        if number < len(wanted):
            places = [wanted[number][0]]
            branch = next(one for one in branches() if wanted[number][1] in one.occupations)
        elif number % 8 == 7:
            places += [homes.one(chance) for _ in range(chance.randrange(1, 4))]
        name = _name(chance, branch, places[0])
        while name in taken:
            name = _name(chance, branch, places[0])
        taken.add(name)
        company = Company(
            cvr=_cvr(number),
            name=name,
            sort_key=danish_sort_key(name),
            industry_code=branch.industry_code,
        )
        yield company, branch, tuple(dict.fromkeys(places))


def _name(chance: Random, branch: Branch, code: str) -> str:
    found = municipality(code)
    town = f" {found.town}" if found and chance.random() < 0.6 else ""
    first = f"{chance.choice(PREFIXES)}{chance.choice(('s', '', 'huset', 'gruppen'))}"
    return f"{first} {chance.choice(branch.words)}{town} {chance.choice(FORMS)}".strip()


def _cvr(number: int) -> str:
    """A valid number; the check digit skips about every eleventh beginning."""
    begin = 9_900_000 + number * 3
    return next(
        cvr for step in range(3) if (cvr := cvr_with_check_digit(str(begin + step))) is not None
    )


def _workplace(chance: Random, company: Company, code: str) -> Workplace:
    place = chance.choice([fact for fact in all_postcodes() if fact.municipality == code])
    return Workplace(
        company=company,
        name=f"{company.name}, {place.town}",
        address=names.street(chance),
        postcode=f"{place.first:04d}",
        municipality_id=code,
    )


def _contacts(chance: Random, company: Company) -> list[CompanyContact]:
    people = dict.fromkeys(names.person(chance) for _ in range(chance.randrange(1, 4)))
    return [
        CompanyContact(
            company=company,
            name=name,
            title=chance.choice(TITLES),
            phone=names.phone(chance),
            email=f"kontakt{n}@virksomhed{company.cvr}.example",
        )
        for n, name in enumerate(people, start=1)
    ]


def _employer(
    company: Company, branch: Branch, places: list[Workplace], contacts: list[CompanyContact]
) -> Employer:
    mine = [place for place in places if place.company_id == company.pk]
    people = [contact for contact in contacts if contact.company_id == company.pk]
    return Employer(
        company_id=company.pk,
        name=company.name,
        branch=branch,
        municipalities=tuple(place.municipality_id for place in mine),
        workplace_ids=tuple(place.pk for place in mine),
        contact_ids=tuple(contact.pk for contact in people),
        contacts=tuple(contact.name for contact in people),
    )


def _agree(employers: tuple[Employer, ...], staff: Staff, *, at: datetime) -> None:
    """Ten of the companies with several workplaces have chosen their lead (R9)."""
    several = [employer for employer in employers if len(employer.municipalities) > 1][:10]
    with changing(by=LOADER, at=at):
        for number, employer in enumerate(several):
            office_id = staff.office_of[employer.municipalities[0]]
            Agreement.objects.create(
                company_id=employer.company_id,
                kind=AgreementKind.NATIONAL if number % 3 == 0 else AgreementKind.REGIONAL,
                lead_office_id=office_id,
                lead_id=staff.actor(office_id).id,
                starts_on=danish_date(at),
            )
