"""The offices of the demo: the known facts, and made-up contacts, closures and standing rules."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from tvaers.core.working_days import danish_date
from tvaers.network import operations as network
from tvaers.network.models import Alliance, Office, OfficeKind, Responsibility
from tvaers.network.operations import OfficeFields
from tvaers.orders.operations import load_schemes
from tvaers.synthetic import names
from tvaers.synthetic.people_who_work import KOEGE, LOADER

RELEASING_ALLIANCE = "Rekrutteringssamarbejdet Fyn"
"""All its offices release their people by a standing rule (R13)."""
RELEASING_OFFICES = ("0253", "0330", "0657")
STEVNS = "0336"


def install_offices(chance: Random, *, at: datetime) -> None:
    """Offices, funds and alliances with whom to call, who stands in, and who releases."""
    network.install_facts(by=LOADER, at=at)
    load_schemes(by=LOADER, at=at)
    releasing = _offices_of(RELEASING_OFFICES)
    for number, office in enumerate(Office.objects.order_by("pk")):
        _describe(chance, office, number, releases=office.pk in releasing, at=at)
    fyn = Alliance.objects.get(name=RELEASING_ALLIANCE)
    network.save_alliance(
        alliance_id=fyn.pk,
        name=fyn.name,
        municipalities=tuple(fyn.area.parts.values_list("municipality_id", flat=True)),
        is_example=fyn.is_example,
        releases_by_default=True,
        by=LOADER,
        at=at,
    )


def close_some_offices(*, at: datetime) -> None:
    """Stevns is closed these days and Køge stands in; Faxe will be closed in three weeks."""
    today = danish_date(at)
    stand_in = _office_of(KOEGE)
    closures = ((STEVNS, today - timedelta(days=1), 4), ("0320", today + timedelta(days=21), 5))
    for code, first, days in closures:
        network.add_office_closure(
            office_id=_office_of(code),
            first_day=first,
            last_day=first + timedelta(days=days),
            stand_in_office_id=stand_in,
            stand_in_name="Kim Demosen",
            by=LOADER,
            at=at,
        )


def _describe(chance: Random, office: Office, number: int, *, releases: bool, at: datetime) -> None:
    fields = OfficeFields(name=office.name, kind=OfficeKind(office.kind))
    network.save_office(
        office_id=office.pk,
        fields=replace(
            fields,
            email=f"virksomhedsservice@kontor{number}.example",
            phone=names.phone(chance),
            releases_by_default=releases,
            default_legal_basis="Lov om en aktiv beskæftigelsesindsats",
        ),
        by=LOADER,
        at=at,
    )
    for primary in (True, False)[: 1 + number % 2]:
        network.save_contact(
            office_id=office.pk,
            name=names.person(chance),
            title="Virksomhedskonsulent" if primary else "Teamleder",
            email=f"kontakt{1 + primary}@kontor{number}.example",
            phone=names.phone(chance),
            is_primary=primary,
            by=LOADER,
            at=at,
        )


def _offices_of(codes: tuple[str, ...]) -> set[int]:
    rows = Responsibility.objects.filter(municipality__in=codes)
    return set(rows.values_list("office_id", flat=True))


def _office_of(code: str) -> int:
    (office_id,) = _offices_of((code,))
    return office_id
