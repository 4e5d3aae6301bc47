"""Loads what the country looks like into the tables."""

from datetime import date, datetime

from django.db.models import Q

from tvaers.core.actor import Actor
from tvaers.core.working_days import ONE_DAY, danish_date
from tvaers.database.change import change
from tvaers.database.conflicts import refused_as
from tvaers.places.models import Area, AreaKind, AreaMunicipality, Municipality, Part
from tvaers.places.municipalities import MunicipalityFact, all_municipalities

COUNCILS_BEGAN = date(2007, 1, 1)
MERGER = date(2027, 1, 1)
MERGED_REGIONS = frozenset({"Region Hovedstaden", "Region Sjælland"})
MERGED_REGION = "Region Østdanmark"
"""From `MERGER` on, the two regions east of Storebælt are one."""

FACTS = ("name", "sort_key", "region", "part", "latitude", "longitude", "tile_x", "tile_y")


class AreaNameTaken(Exception):
    """Another area has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@change
def load_reference(*, by: Actor, at: datetime) -> None:
    """Load municipalities, the nation, its two parts and its regions; again changes nothing."""
    facts = all_municipalities()
    Municipality.objects.bulk_create(
        [
            Municipality(code=fact.code, **{name: getattr(fact, name) for name in FACTS})
            for fact in facts
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=list(FACTS),
    )
    _load_area("Hele landet", AreaKind.NATION, facts)
    for part in Part:
        _load_area(str(part.label), AreaKind.PART, [fact for fact in facts if fact.part == part])
    for region in sorted({fact.region for fact in facts}):
        inside = [fact for fact in facts if fact.region == region]
        ends_on = MERGER - ONE_DAY if region in MERGED_REGIONS else None
        _load_area(region, AreaKind.REGION, inside, ends_on=ends_on)
    merged = [fact for fact in facts if fact.region in MERGED_REGIONS]
    _load_area(MERGED_REGION, AreaKind.REGION, merged, starts_on=MERGER)


@change
def save_area(
    *,
    name: str,
    kind: AreaKind,
    municipalities: tuple[str, ...],
    by: Actor,
    at: datetime,
    area_id: int | None = None,
) -> Area:
    """A new area, or a new name and new municipalities for one, from the day of `at` on.

    Raises `AreaNameTaken`. What lay in the area before is still known for the days before.
    """
    if Area.objects.filter(name=name).exclude(pk=area_id or 0).exists():
        raise AreaNameTaken(name)
    if area_id is None:
        with refused_as(AreaNameTaken(name), "area_name_once_a_start"):
            area = Area.objects.create(name=name, kind=kind)
        _add(area, municipalities)
        return area
    area = Area.objects.select_for_update().get(pk=area_id)
    if area.name != name:
        area.name = name
        area.save(update_fields=["name"])
    today = danish_date(at)
    rows = AreaMunicipality.objects.filter(area=area)
    standing = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    left = standing.exclude(municipality__in=municipalities)
    left.filter(starts_on__gte=today).delete()
    left.update(ends_on=today - ONE_DAY)
    kept = set(standing.values_list("municipality_id", flat=True))
    AreaMunicipality.objects.bulk_create(
        AreaMunicipality(area=area, municipality_id=code, starts_on=today)
        for code in municipalities
        if code not in kept
    )
    return area


@change
def found_area(
    *,
    name: str,
    kind: AreaKind,
    from_day: date,
    municipalities: tuple[str, ...],
    by: Actor,
    at: datetime,
) -> Area:
    """An area that begins on `from_day` with these municipalities; raises `AreaNameTaken`."""
    if Area.objects.filter(name=name).exists():
        raise AreaNameTaken(name)
    with refused_as(AreaNameTaken(name), "area_name_once_a_start"):
        area = Area.objects.create(name=name, kind=kind, starts_on=from_day)
    _add(area, municipalities)
    return area


@change
def join_area(
    *, area_id: int, municipalities: tuple[str, ...], from_day: date, by: Actor, at: datetime
) -> None:
    """The municipalities lie in the area from `from_day`; one that does, or will, stays so."""
    area = Area.objects.select_for_update().get(pk=area_id)
    standing = AreaMunicipality.objects.filter(area=area).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=from_day)
    )
    kept = set(standing.values_list("municipality_id", flat=True))
    AreaMunicipality.objects.bulk_create(
        AreaMunicipality(area=area, municipality_id=code, starts_on=from_day)
        for code in municipalities
        if code not in kept
    )


@change
def leave_area(
    *, area_id: int, municipalities: tuple[str, ...], last_day: date, by: Actor, at: datetime
) -> None:
    """The municipalities lie in the area until and including `last_day`."""
    Area.objects.select_for_update().get(pk=area_id)
    rows = AreaMunicipality.objects.filter(area_id=area_id, municipality__in=municipalities)
    rows.filter(starts_on__gt=last_day).delete()
    rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)


def _load_area(
    name: str,
    kind: AreaKind,
    inside: tuple[MunicipalityFact, ...] | list[MunicipalityFact],
    *,
    starts_on: date = COUNCILS_BEGAN,
    ends_on: date | None = None,
) -> None:
    area, _ = Area.objects.get_or_create(
        name=name, starts_on=starts_on, defaults={"kind": kind, "ends_on": ends_on}
    )
    _add(area, tuple(fact.code for fact in inside))


def _add(area: Area, municipalities: tuple[str, ...]) -> None:
    AreaMunicipality.objects.bulk_create(
        [
            AreaMunicipality(
                area=area, municipality_id=code, starts_on=area.starts_on, ends_on=area.ends_on
            )
            for code in municipalities
        ],
        ignore_conflicts=True,
    )
