"""Offices and alliances as tests need them. The 98 municipalities are there already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from tests.core.factories import setting_up
from tvaers.core.danish_order import danish_sort_key
from tvaers.network.models import (
    Alliance,
    Membership,
    Office,
    OfficeContact,
    OfficeKind,
    Responsibility,
    ServiceLevel,
)
from tvaers.places.models import Area, AreaKind, AreaMunicipality, Municipality

BEGAN = date(2020, 1, 1)
KOEGE, GREVE, SOLROED, ROSKILDE = "0259", "0253", "0269", "0265"
ODENSE, AARHUS = "0461", "0751"
SJAELLAND = "Rekrutteringssamarbejdet Sjælland"

_number = count(1)


def office(
    name: str | None = None,
    municipalities: Collection[str] = (KOEGE,),
    *,
    kind: OfficeKind = OfficeKind.MUNICIPAL,
    alliance: Alliance | None = None,
    **fields: Any,
) -> Office:
    """An office that answers for the municipalities, in the alliance if one is given."""
    name = name or f"Virksomhedsindgang {next(_number)}"
    fields.setdefault("email", f"kontor{next(_number)}@example.dk")
    with setting_up():
        made = Office.objects.create(
            name=name, sort_key=danish_sort_key(name), kind=kind, starts_on=BEGAN, **fields
        )
        if kind == OfficeKind.MUNICIPAL:
            Responsibility.objects.bulk_create(
                Responsibility(office=made, municipality_id=code, starts_on=BEGAN)
                for code in municipalities
            )
        if alliance:
            Membership.objects.create(alliance=alliance, office=made, starts_on=BEGAN)
    return made


def fund(name: str | None = None, *, alliance: Alliance | None = None, **fields: Any) -> Office:
    """An unemployment fund: it has people, and no municipality."""
    return office(name, (), kind=OfficeKind.FUND, alliance=alliance, **fields)


def alliance(
    name: str | None = None,
    municipalities: Collection[str] = (KOEGE, GREVE, SOLROED),
    *,
    offices: Collection[Office] = (),
    promises: dict[str, Any] | None = None,
    **fields: Any,
) -> Alliance:
    """An alliance with its area, its members and its service level (`promises` from 2020 on)."""
    name = name or f"Samarbejde {next(_number)}"
    with setting_up():
        area = Area.objects.create(name=name, kind=AreaKind.ALLIANCE)
        AreaMunicipality.objects.bulk_create(
            AreaMunicipality(area=area, municipality_id=code) for code in municipalities
        )
        made = Alliance.objects.create(name=name, area=area, starts_on=BEGAN, **fields)
        ServiceLevel.objects.create(alliance=made, starts_on=BEGAN, **promises or {})
        Membership.objects.bulk_create(
            Membership(alliance=made, office=member, starts_on=BEGAN) for member in offices
        )
    return made


@dataclass(frozen=True)
class AllianceWithOffices:
    """An alliance and its offices by the code of the municipality each answers for."""

    alliance: Alliance
    offices: dict[str, Office]


def alliance_sjaelland(**promises: Any) -> AllianceWithOffices:
    """The 17 municipalities of Region Sjælland, each with an office of its own."""
    names = dict(Municipality.objects.filter(region="Region Sjælland").values_list("code", "name"))
    offices = {
        code: office(f"{name} virksomhedsindgang", (code,), email=f"k{code}@example.dk")
        for code, name in names.items()
    }
    made = alliance(SJAELLAND, tuple(names), offices=tuple(offices.values()), promises=promises)
    return AllianceWithOffices(made, offices)


def contact(at_office: Office, name: str = "Karen Holm", **fields: Any) -> OfficeContact:
    """The primary contact of an office, unless `is_primary=False`."""
    with setting_up():
        return OfficeContact.objects.create(
            office=at_office, name=name, **{"is_primary": True, "phone": "56 67 00 00"} | fields
        )
