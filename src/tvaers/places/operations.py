"""Loads what the country looks like into the tables."""

from datetime import date, datetime, timedelta

from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.places.models import Area, AreaKind, AreaMunicipality, Municipality, Part
from tvaers.places.municipalities import MunicipalityFact, all_municipalities

COUNCILS_BEGAN = date(2007, 1, 1)
MERGER = date(2027, 1, 1)
MERGED_REGIONS = frozenset({"Region Hovedstaden", "Region Sjælland"})
MERGED_REGION = "Region Østdanmark"
"""From `MERGER` on, the two regions east of Storebælt are one."""

FACTS = ("name", "sort_key", "region", "part", "latitude", "longitude", "tile_x", "tile_y")


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
        ends_on = MERGER - timedelta(days=1) if region in MERGED_REGIONS else None
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
    starts_on: date = COUNCILS_BEGAN,
) -> Area:
    """The area with this name and start, holding exactly these municipalities from its start."""
    area, _ = Area.objects.get_or_create(name=name, starts_on=starts_on, defaults={"kind": kind})
    AreaMunicipality.objects.filter(area=area).exclude(municipality__in=municipalities).delete()
    _add(area, municipalities)
    return area


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
