"""What the public page, the order's page and the files read of postings, in fixed queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.orders.models import OrderWorkplace, Scheme
from tvaers.places.postcodes import postcode_fact
from tvaers.postings import lifecycle
from tvaers.postings.lifecycle import State, Whose
from tvaers.postings.models import Call, Posting

NEWEST = 50
"""How many postings a feed holds."""
MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class Where:
    """A place of work, as an address."""

    street: str
    postcode: str
    town: str
    municipality: str
    region: str


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """What anyone may read of an order: nothing that is not named here leaves the house."""

    public_id: UUID
    title: str
    text: str
    company: str
    cvr: str
    scheme: Scheme
    openings: int
    hours_min: int
    hours_max: int
    starts_on: date | None
    apply_via: str
    apply_to: str
    apply_by: date
    expires_on: date
    office: str
    office_phone: str
    office_email: str
    published_at: datetime
    changed_at: datetime
    places: tuple[Where, ...]

    @property
    def municipalities(self) -> str:
        """Where the work is, by name."""
        return ", ".join(dict.fromkeys(place.municipality for place in self.places))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the public list is narrowed to; empty is everything."""

    text: str = ""
    municipality: str = ""
    scheme: str = ""


def vacancies(wanted: Wanted, *, day: date, page: int = 1) -> Page[Vacancy]:
    """A page of what is public on `day`, the newest first. Three queries."""
    rows = _narrowed(Posting.objects.public(day), wanted)
    total = rows.count()
    number = nearest_page(page, total=total)
    return Page(_vacancies(rows[page_slice(number)]), number, total)


def newest(*, day: date) -> tuple[Vacancy, ...]:
    """What a feed holds on `day`. Two queries."""
    return _vacancies(Posting.objects.public(day)[:NEWEST])


def addresses(*, day: date) -> tuple[tuple[UUID, datetime], ...]:
    """Every public posting on `day`, and when it was last changed. One query."""
    return tuple(Posting.objects.public(day).values_list("public_id", "changed_at"))


@dataclass(frozen=True)
class Gone:
    """There was a posting here."""

    title: str


def vacancy(public_id: UUID, *, day: date) -> Vacancy | Gone | None:
    """The posting as it reads on `day`, that it is gone, or None where there never was one.

    Three queries at most.
    """
    rows = Posting.objects.filter(public_id=public_id, whose=Whose.OURS)
    if found := _vacancies(Posting.objects.public(day).filter(public_id=public_id)):
        return found[0]
    title = rows.values_list("title", flat=True).first()
    return None if title is None else Gone(title)


def schemes(*, day: date) -> tuple[Scheme, ...]:
    """The schemes of what is public on `day`. One query."""
    public = Posting.objects.public(day).filter(order__scheme=OuterRef("pk"))
    return tuple(Scheme.objects.filter(Exists(public)))


def _narrowed(rows: QuerySet[Posting], wanted: Wanted) -> QuerySet[Posting]:
    for word in wanted.text.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(order__company__name__icontains=word)
        )
    if wanted.scheme:
        rows = rows.filter(order__scheme__code=wanted.scheme)
    if wanted.municipality:
        there = OrderWorkplace.objects.filter(
            order=OuterRef("order"), workplace__municipality=wanted.municipality
        )
        rows = rows.filter(Exists(there))
    return rows


def _vacancies(rows: QuerySet[Posting]) -> tuple[Vacancy, ...]:
    places = OrderWorkplace.objects.select_related("workplace__municipality")
    return tuple(
        map(
            vacancy_of,
            rows.select_related("order__company", "order__scheme", "office").prefetch_related(
                Prefetch("order__places", queryset=places)
            ),
        )
    )


def vacancy_of(posting: Posting) -> Vacancy:
    """The public side of a posting whose order, company, scheme, office and places are loaded."""
    order = posting.order
    return Vacancy(
        public_id=posting.public_id,
        title=posting.title,
        text=posting.text,
        company=order.company.name,
        cvr=order.company.cvr,
        scheme=order.scheme,
        openings=order.openings,
        hours_min=order.hours_min,
        hours_max=order.hours_max,
        starts_on=order.starts_on,
        apply_via=posting.apply_via,
        apply_to=posting.apply_to,
        apply_by=posting.apply_by,
        expires_on=posting.expires_on,
        office=posting.office.name,
        office_phone=posting.office.phone,
        office_email=posting.office.email,
        published_at=posting.published_at,
        changed_at=posting.changed_at,
        places=tuple(_places(order.places.all())),
    )


def _places(rows: Iterable[OrderWorkplace]) -> Iterable[Where]:
    for row in rows:
        workplace = row.workplace
        town = postcode_fact(workplace.postcode) if workplace.postcode else None
        yield Where(
            street=workplace.address,
            postcode=workplace.postcode,
            town=town.town if town else workplace.municipality.name,
            municipality=workplace.municipality.name,
            region=workplace.municipality.region,
        )


@dataclass(frozen=True)
class FollowedAd:
    """A posting or own ad as the order's leads see it."""

    posting: Posting
    state: State
    calls: tuple[Call, ...] = ()
    """The newest first; only where one ad is asked for."""


def ads_of(order_id: int, *, day: date) -> tuple[FollowedAd, ...]:
    """The ads of an order, those that are up first, and then the newest. One query."""
    rows = Posting.objects.filter(order=order_id)
    found = [FollowedAd(row, lifecycle.state(row, day)) for row in rows]
    return tuple(sorted(found, key=lambda ad: ad.state != State.PUBLISHED))


def ad_of(posting_id: int, *, day: date) -> FollowedAd:
    """One ad with its order, company and calls. Two queries; raises `Posting.DoesNotExist`."""
    posting = Posting.objects.select_related("order__company", "office").get(pk=posting_id)
    calls = posting.calls.select_related("user", "office", "conversation")
    return FollowedAd(posting, lifecycle.state(posting, day), tuple(calls))


def posting_for_file(posting_id: int) -> Posting:
    """Our posting with all that its file says. Raises `Posting.DoesNotExist`."""
    places = OrderWorkplace.objects.select_related("workplace__municipality")
    return (
        Posting.objects.select_related(
            "order__company", "order__scheme", "order__contact", "order__lead", "office"
        )
        .prefetch_related(Prefetch("order__places", queryset=places))
        .get(pk=posting_id, whose=Whose.OURS)
    )
