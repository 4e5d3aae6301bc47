"""Areas as their pages show them: which municipalities lie there, and from when to when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.places.models import Area, AreaKind, AreaMunicipality

KEPT_BY_HAND = frozenset({AreaKind.REGION, AreaKind.COUNCIL})
"""The kinds that people edit here. An alliance's area is edited with the alliance; the two parts
of the country and the nation are what the municipalities' own facts say (R8)."""


@dataclass(frozen=True)
class AreaRow:
    """An area in a list, with the number of municipalities that lie in it on the day."""

    id: int
    name: str
    kind: AreaKind
    starts_on: date
    ends_on: date | None
    municipalities: int


def areas(day: date, *, page: int = 1) -> Page[AreaRow]:
    """A page of the areas that are or will be, except those of alliances. Two queries."""
    rows = Area.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    rows = rows.exclude(kind=AreaKind.ALLIANCE)
    total = rows.count()
    number = nearest_page(page, total=total)
    in_force = Q(parts__starts_on__lte=day) & (
        Q(parts__ends_on__isnull=True) | Q(parts__ends_on__gte=day)
    )
    counted = rows.annotate(inside=Count("parts__municipality", filter=in_force, distinct=True))
    found = counted.order_by("kind", "starts_on", "name")[page_slice(number)]
    return Page([_row(area, area.inside) for area in found], number, total)


@dataclass(frozen=True)
class Span:
    """Municipalities that lie in an area over the same days (both included)."""

    starts_on: date
    ends_on: date | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class AreaPage:
    """One area: its municipalities span by span, and those that are there or will be."""

    area: AreaRow
    spans: tuple[Span, ...]
    standing: dict[str, str]


def area_page(area_id: int, day: date) -> AreaPage:
    """The page of an area on `day`. Two queries; raises `Area.DoesNotExist`."""
    area = Area.objects.get(pk=area_id)
    rows = AreaMunicipality.objects.filter(area=area).select_related("municipality")
    spans: dict[tuple[date, date | None], list[str]] = {}
    standing: dict[str, str] = {}
    inside = 0
    for row in rows.order_by("starts_on", "ends_on", "municipality__sort_key"):
        spans.setdefault((row.starts_on, row.ends_on), []).append(row.municipality.name)
        if row.ends_on is None or row.ends_on >= day:
            standing[row.municipality_id] = row.municipality.name
            inside += row.starts_on <= day
    return AreaPage(
        area=_row(area, inside),
        spans=tuple(Span(*days, tuple(names)) for days, names in spans.items()),
        standing=standing,
    )


def _row(area: Area, inside: int) -> AreaRow:
    return AreaRow(area.pk, area.name, AreaKind(area.kind), area.starts_on, area.ends_on, inside)
