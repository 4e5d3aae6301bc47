"""Municipalities and areas as screens and rules read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tvaers.places.models import Area, AreaKind, AreaMunicipality, Municipality


def municipality_names() -> dict[str, str]:
    """All names by code, in Danish order. One query."""
    return dict(Municipality.objects.values_list("code", "name"))


@dataclass(frozen=True, slots=True)
class Tile:
    """A municipality's square on the tile map: column and row from the north-west."""

    code: str
    name: str
    x: int
    y: int


def tiles() -> tuple[Tile, ...]:
    """The squares of all municipalities, in Danish order. One query."""
    rows = Municipality.objects.values_list("code", "name", "tile_x", "tile_y")
    return tuple(Tile(*row) for row in rows)


def all_codes() -> tuple[str, ...]:
    """The codes of all municipalities, in numerical order. One query."""
    return tuple(Municipality.objects.order_by("code").values_list("code", flat=True))


def area_municipalities(area_id: int, day: date) -> tuple[str, ...]:
    """The codes of the municipalities that lie in the area on `day`. One query."""
    return _codes(AreaMunicipality.objects.filter(area_id=area_id), day)


def regions_around(municipalities: tuple[str, ...], day: date) -> tuple[str, ...]:
    """The codes of all municipalities in the regions where `municipalities` lie. One query."""
    here = Area.objects.filter(
        _in_force(day), kind=AreaKind.REGION, parts__municipality__in=municipalities
    )
    return _codes(AreaMunicipality.objects.filter(area__in=here), day)


def parts_around(municipalities: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of all municipalities in the parts (EAST, WEST) of `municipalities`. One query."""
    here = Municipality.objects.filter(code__in=municipalities).values("part")
    found = Municipality.objects.filter(part__in=here).order_by("code")
    return tuple(found.values_list("code", flat=True))


def _codes(rows: QuerySet[AreaMunicipality], day: date) -> tuple[str, ...]:
    found = rows.filter(_in_force(day)).values_list("municipality_id", flat=True)
    return tuple(found.order_by("municipality_id").distinct())


def _in_force(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
