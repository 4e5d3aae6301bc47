"""What the pages of "Kommuner og kontakter" show, in a fixed number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from tvaers.core.closing_days import closing_day_names
from tvaers.core.danish_order import danish_sort_key
from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.network.models import (
    Alliance,
    ClosingDay,
    Membership,
    Office,
    OfficeClosure,
    OfficeKind,
    Responsibility,
    ServiceLevel,
)
from tvaers.network.queries import Contact, StandIn, contacts, members, stand_ins
from tvaers.places.models import AreaMunicipality

SHOWN_BACK, SHOWN_AHEAD = timedelta(days=31), timedelta(days=365)
"""How far around the day closing days are listed."""


@dataclass(frozen=True)
class OfficeRow:
    """An office in a list: what it answers for, whom to call, and who stands in today."""

    id: int
    name: str
    kind: OfficeKind
    email: str
    phone: str
    municipalities: tuple[str, ...]
    alliances: tuple[str, ...]
    contact: Contact | None
    stand_in: StandIn | None


def offices(
    day: date, *, text: str = "", alliance_id: int | None = None, page: int = 1
) -> Page[OfficeRow]:
    """A page of the offices that take part on `day`; `text` is in the name or a municipality's.

    Six queries.
    """
    rows = Office.objects.on(day)
    if alliance_id is not None:
        rows = rows.filter(pk__in=members(alliance_id, day))
    if key := danish_sort_key(text):
        serving = Responsibility.objects.on(day).filter(municipality__sort_key__startswith=key)
        rows = rows.filter(Q(sort_key__contains=key) | Q(pk__in=serving.values("office")))
    total = rows.count()
    number = nearest_page(page, total=total)
    return Page(_office_rows(rows[page_slice(number)], day), number, total)


def office_rows(office_ids: Collection[int], day: date) -> tuple[OfficeRow, ...]:
    """These offices in Danish order, as in the list. Five queries."""
    return _office_rows(Office.objects.filter(pk__in=office_ids), day)


def _office_rows(rows: QuerySet[Office], day: date) -> tuple[OfficeRow, ...]:
    found = list(rows)
    ids = [office.pk for office in found]
    served = _names(
        Responsibility.objects.on(day)
        .filter(office__in=ids)
        .order_by("municipality__sort_key")
        .values_list("office_id", "municipality__name")
    )
    joined = _names(
        Membership.objects.on(day)
        .filter(office__in=ids)
        .order_by("starts_on", "id")
        .values_list("office_id", "alliance__name")
    )
    called, standing_in = contacts(ids), stand_ins(ids, day)
    return tuple(
        OfficeRow(
            id=office.pk,
            name=office.name,
            kind=OfficeKind(office.kind),
            email=office.email,
            phone=office.phone,
            municipalities=served.get(office.pk, ()),
            alliances=joined.get(office.pk, ()),
            contact=next((one for one in called[office.pk] if one.is_primary), None),
            stand_in=standing_in.get(office.pk),
        )
        for office in found
    )


def _names(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """The names of each, once each and in the order they come."""
    found: dict[int, dict[str, None]] = {}
    for key, name in pairs:
        found.setdefault(key, {})[name] = None
    return {key: tuple(names) for key, names in found.items()}


@dataclass(frozen=True)
class Closure:
    """Days an office is closed, and who answers instead."""

    id: int
    first_day: date
    last_day: date
    stand_in_office: str
    stand_in_name: str


@dataclass(frozen=True)
class OfficePage:
    """One office: its row, its contacts, its coming closures and its settings."""

    office: OfficeRow
    municipality_codes: tuple[str, ...]
    contacts: tuple[Contact, ...]
    closures: tuple[Closure, ...]
    releases_by_default: bool
    default_legal_basis: str
    ends_on: date | None


def office_page(office_id: int, day: date) -> OfficePage:
    """The page of an office, as things are on `day`. Nine queries; raises `Office.DoesNotExist`."""
    office = Office.objects.get(pk=office_id)
    closures = OfficeClosure.objects.filter(office=office, last_day__gte=day)
    codes = Responsibility.objects.on(day).filter(office=office).order_by("municipality")
    return OfficePage(
        office=office_rows([office_id], day)[0],
        municipality_codes=tuple(codes.values_list("municipality_id", flat=True)),
        contacts=contacts([office_id])[office_id],
        closures=tuple(
            Closure(
                row.pk, row.first_day, row.last_day, row.stand_in_office.name, row.stand_in_name
            )
            for row in closures.select_related("stand_in_office").order_by("first_day")
        ),
        releases_by_default=office.releases_by_default,
        default_legal_basis=office.default_legal_basis,
        ends_on=office.ends_on,
    )


@dataclass(frozen=True)
class AllianceRow:
    """An alliance in a list."""

    id: int
    name: str
    is_example: bool
    offices: int


def alliances(day: date) -> tuple[AllianceRow, ...]:
    """The alliances on `day` with the number of their offices. One query."""
    in_force = Q(memberships__starts_on__lte=day) & (
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=day)
    )
    rows = Alliance.objects.on(day).annotate(
        offices=Count("memberships__office", filter=in_force, distinct=True)
    )
    return tuple(
        AllianceRow(pk, name, is_example, offices)
        for pk, name, is_example, offices in rows.values_list("pk", "name", "is_example", "offices")
    )


@dataclass(frozen=True)
class ClosingDayRow:
    """A day that is no working day; `id` is None for a holiday, which nobody can take away."""

    day: date
    name: str
    id: int | None
    of_alliance: bool


@dataclass(frozen=True)
class AlliancePage:
    """One alliance: its area, its members, its promises (newest first) and its closing days."""

    id: int
    name: str
    is_example: bool
    releases_by_default: bool
    municipalities: dict[str, str]
    members: tuple[OfficeRow, ...]
    service_levels: tuple[ServiceLevel, ...]
    current: ServiceLevel | None
    closing_days: tuple[ClosingDayRow, ...]


def alliance_page(alliance_id: int, day: date) -> AlliancePage:
    """The page of an alliance on `day`. Ten queries; raises `Alliance.DoesNotExist`."""
    alliance = Alliance.objects.get(pk=alliance_id)
    area = AreaMunicipality.objects.filter(area=alliance.area_id, starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    levels = service_levels(alliance_id)
    return AlliancePage(
        id=alliance.pk,
        name=alliance.name,
        is_example=alliance.is_example,
        releases_by_default=alliance.releases_by_default,
        municipalities=dict(
            area.order_by("municipality__sort_key").values_list(
                "municipality_id", "municipality__name"
            )
        ),
        members=office_rows(members(alliance_id, day), day),
        service_levels=levels,
        current=next((level for level in levels if _holds(level, day)), None),
        closing_days=closing_days_from(alliance_id, day),
    )


def service_levels(alliance_id: int | None) -> tuple[ServiceLevel, ...]:
    """All promises of an alliance, or of the nation, newest first. One query."""
    return tuple(ServiceLevel.objects.filter(alliance=alliance_id).order_by("-starts_on"))


def closing_days_from(alliance_id: int | None, day: date) -> tuple[ClosingDayRow, ...]:
    """The holidays of a year from `day`, and all closing days that people have added from then on.

    Those of the last month are there too: clocks may still run that count them. One query.
    """
    first, last = day - SHOWN_BACK, day + SHOWN_AHEAD
    rows = ClosingDay.objects.filter(alliance__isnull=True)
    if alliance_id is not None:
        rows |= ClosingDay.objects.filter(alliance=alliance_id)
    added = [
        ClosingDayRow(row.day, row.name, row.pk, row.alliance_id is not None)
        for row in rows.filter(day__gte=first)
    ]
    holidays = [
        ClosingDayRow(on, name, None, False)
        for year in range(first.year, last.year + 1)
        for on, name in closing_day_names(year).items()
        if first <= on < last
    ]
    return tuple(sorted([*holidays, *added], key=lambda row: (row.day, row.id or 0)))


def _holds(level: ServiceLevel, day: date) -> bool:
    return level.starts_on <= day and (level.ends_on is None or level.ends_on >= day)
