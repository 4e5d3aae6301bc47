"""A list of companies becomes companies, workplaces and contacts; again it changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from tvaers.companies.models import Company, CompanyContact, Workplace
from tvaers.companies.operations import save_company, save_contact, save_workplace
from tvaers.core.actor import Actor
from tvaers.core.cvr import normalised_cvr, normalised_p_number
from tvaers.database.change import change


@dataclass(frozen=True)
class CompanyLine:
    """One line of the list: a company, one of its workplaces and perhaps a person there.

    It has the fields of `connectors.company_file.CompanyRow`.
    """

    line: int
    cvr: str
    name: str
    p_number: str
    workplace: str
    address: str
    postcode: str
    municipality: str
    contact: str
    phone: str
    email: str
    industry: str


@dataclass(frozen=True)
class Refused:
    """A line that could not be taken: its CVR number is wrong, or its P-number is another's."""

    line: int
    column: str
    text: str


@dataclass(frozen=True)
class CompaniesReport:
    """What the import did, or with `dry_run` would do: how many companies, and which lines not."""

    created: int
    changed: int
    unchanged: int
    refused: tuple[Refused, ...]


class _DryRun(Exception):
    """Undoes everything at the end of a dry run."""


class _Place(NamedTuple):
    """A workplace; without a P-number it is known by its name and address."""

    p_number: str
    name: str
    address: str
    postcode: str
    municipality: str

    @property
    def key(self) -> tuple[str, ...]:
        return (self.p_number,) if self.p_number else (self.name, self.address, self.municipality)


class _Contact(NamedTuple):
    phone: str
    email: str


@dataclass
class _Facts:
    """What a list tells of a company, or what stands in the tables."""

    name: str = ""
    industry: str = ""
    places: dict[tuple[str, ...], _Place] = field(default_factory=dict)
    contacts: dict[str, _Contact] = field(default_factory=dict)

    def says_nothing_new(self, known: "_Facts") -> bool:
        return (
            self.name == known.name
            and self.industry in ("", known.industry)
            and self.places.items() <= known.places.items()
            and self.contacts.items() <= known.contacts.items()
        )


@change
def import_companies(
    *,
    rows: Sequence[CompanyLine],
    by: Actor,
    at: datetime,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> CompaniesReport:
    """Take a list of companies; what is not in it stays. `progress` is told the companies done.

    A line with a fault stays out and is named in the report; the others go in. Where lines tell
    different things of the same, the last one counts.
    """
    told, refused = _told(rows)
    known = _known(told)
    created = changed = 0
    try:
        with transaction.atomic():
            for done, (cvr, facts) in enumerate(told.items(), start=1):
                if cvr not in known:
                    created += 1
                    _take(cvr, facts, by=by, at=at)
                elif not facts.says_nothing_new(known[cvr]):
                    changed += 1
                    _take(cvr, facts, by=by, at=at)
                if progress:
                    progress(done)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return CompaniesReport(created, changed, len(told) - created - changed, refused)


def _told(rows: Sequence[CompanyLine]) -> tuple[dict[str, _Facts], tuple[Refused, ...]]:
    """What the list tells of each company, by CVR number, and the lines that stay out."""
    told: dict[str, _Facts] = {}
    refused: list[Refused] = []
    owners = _owners(rows)
    for row in rows:
        cvr, p_number = normalised_cvr(row.cvr), normalised_p_number(row.p_number) or ""
        if cvr is None:
            refused.append(Refused(row.line, "cvr", row.cvr))
            continue
        if row.p_number and (not p_number or owners.setdefault(p_number, cvr) != cvr):
            refused.append(Refused(row.line, "p_number", row.p_number))
            continue
        facts = told.setdefault(cvr, _Facts())
        facts.name, facts.industry = row.name, row.industry or facts.industry
        place = _Place(p_number, row.workplace, row.address, row.postcode, row.municipality)
        facts.places[place.key] = place
        if row.contact:
            facts.contacts[row.contact] = _Contact(row.phone, row.email)
    return told, tuple(refused)


def _owners(rows: Iterable[CompanyLine]) -> dict[str, str]:
    """Which company has each P-number of the list already. One query."""
    numbers = {number for row in rows if (number := normalised_p_number(row.p_number))}
    found = Workplace.objects.filter(p_number__in=numbers)
    return {number: cvr for number, cvr in found.values_list("p_number", "company__cvr") if number}


def _known(cvrs: Iterable[str]) -> dict[str, _Facts]:
    """What stands in the tables of these companies, by CVR number. Three queries."""
    known = {
        company.cvr: _Facts(company.name, company.industry_code)
        for company in Company.objects.filter(cvr__in=list(cvrs))
    }
    for row in Workplace.objects.filter(company__cvr__in=known).select_related("company"):
        place = _Place(row.p_number or "", row.name, row.address, row.postcode, row.municipality_id)
        unnumbered = place._replace(p_number="")
        known[row.company.cvr].places |= {place.key: place, unnumbered.key: unnumbered}
    for one in CompanyContact.objects.filter(company__cvr__in=known).select_related("company"):
        known[one.company.cvr].contacts[one.name] = _Contact(one.phone, one.email)
    return known


def _take(cvr: str, facts: _Facts, *, by: Actor, at: datetime) -> None:
    company = save_company(cvr=cvr, name=facts.name, industry_code=facts.industry, by=by, at=at)
    for place in facts.places.values():
        save_workplace(company_id=company.pk, **place._asdict(), by=by, at=at)
    for name, contact in facts.contacts.items():
        save_contact(company_id=company.pk, name=name, **contact._asdict(), by=by, at=at)
