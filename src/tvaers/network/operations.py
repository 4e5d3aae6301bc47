"""Every change of the network goes through this file."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tvaers.core.actor import Actor
from tvaers.core.danish_order import danish_sort_key
from tvaers.core.working_days import ONE_DAY
from tvaers.database.change import change
from tvaers.database.conflicts import refused_as
from tvaers.network import facts
from tvaers.network.models import (
    Alliance,
    ClosingDay,
    Membership,
    Office,
    OfficeClosure,
    OfficeContact,
    OfficeKind,
    Responsibility,
    ServiceLevel,
)
from tvaers.places.models import AreaKind
from tvaers.places.operations import AreaNameTaken, save_area


class NameTaken(Exception):
    """Another office or alliance has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class OnlyMunicipalOffices(Exception):
    """A fund or a national unit answers for no municipality (R6)."""

    def __init__(self, kind: OfficeKind) -> None:
        super().__init__(kind)
        self.kind = kind


class AlreadyPromised(Exception):
    """A service level that begins that day is there: promises are not edited, only followed."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


@change
def load_defaults(*, by: Actor, at: datetime) -> None:
    """What the nation promises where no alliance has promised anything; again changes nothing."""
    if not ServiceLevel.objects.filter(alliance__isnull=True).exists():
        ServiceLevel.objects.create(alliance=None)


@dataclass(frozen=True, kw_only=True)
class OfficeFields:
    """What people may say about an office."""

    name: str
    kind: OfficeKind = OfficeKind.MUNICIPAL
    email: str = ""
    phone: str = ""
    releases_by_default: bool = False
    default_legal_basis: str = ""


@change
def save_office(
    *, fields: OfficeFields, by: Actor, at: datetime, office_id: int | None = None
) -> Office:
    """A new office, or new facts about one; raises `NameTaken`."""
    if Office.objects.filter(name=fields.name).exclude(pk=office_id or 0).exists():
        raise NameTaken(fields.name)
    office = Office.objects.select_for_update().get(pk=office_id) if office_id else Office()
    for name, value in vars(fields).items():
        setattr(office, name, value)
    office.sort_key = danish_sort_key(fields.name)
    with refused_as(NameTaken(fields.name), "network_office_name_key"):
        office.save()
    return office


@change
def close_office(*, office_id: int, last_day: date, by: Actor, at: datetime) -> None:
    """The office takes part until and including `last_day`; its duties and memberships end too."""
    Office.objects.filter(pk=office_id).update(ends_on=last_day)
    for rows in (Responsibility.objects, Membership.objects):
        _end(rows.filter(office_id=office_id), last_day)


@change
def save_responsibilities(
    *, office_id: int, municipalities: tuple[str, ...], from_day: date, by: Actor, at: datetime
) -> None:
    """From `from_day` the office answers for exactly these municipalities; what was stays known.

    Raises `OnlyMunicipalOffices`.
    """
    office = Office.objects.select_for_update().get(pk=office_id)
    if municipalities and office.kind != OfficeKind.MUNICIPAL:
        raise OnlyMunicipalOffices(OfficeKind(office.kind))
    rows = Responsibility.objects.filter(office=office)
    _end(rows.exclude(municipality__in=municipalities), from_day - ONE_DAY)
    kept = set(
        rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=from_day)).values_list(
            "municipality_id", flat=True
        )
    )
    Responsibility.objects.bulk_create(
        Responsibility(office=office, municipality_id=code, starts_on=from_day)
        for code in municipalities
        if code not in kept
    )


@change
def save_alliance(
    *,
    name: str,
    municipalities: tuple[str, ...],
    by: Actor,
    at: datetime,
    alliance_id: int | None = None,
    is_example: bool = False,
    releases_by_default: bool = False,
) -> Alliance:
    """A new alliance, or a new name or area for one; raises `NameTaken`.

    A change of the area holds from the day of `at`. Orders that came before keep the area they
    were received with.
    """
    if Alliance.objects.filter(name=name).exclude(pk=alliance_id or 0).exists():
        raise NameTaken(name)
    alliance = (
        Alliance.objects.select_for_update(of=("self",)).get(pk=alliance_id)
        if alliance_id
        else Alliance()
    )
    try:
        alliance.area = save_area(
            area_id=alliance.area_id,
            name=name,
            kind=AreaKind.ALLIANCE,
            municipalities=municipalities,
            by=by,
            at=at,
        )
    except AreaNameTaken as taken:
        raise NameTaken(name) from taken
    alliance.name, alliance.is_example = name, is_example
    alliance.releases_by_default = releases_by_default
    with refused_as(NameTaken(name), "network_alliance_name_key"):
        alliance.save()
    return alliance


@change
def save_membership(
    *, alliance_id: int, office_id: int, from_day: date, by: Actor, at: datetime
) -> Membership:
    """The office is in the alliance from `from_day`; one that is in already stays as it is."""
    Office.objects.select_for_update().get(pk=office_id)
    rows = Membership.objects.filter(alliance_id=alliance_id, office_id=office_id)
    standing = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=from_day)).first()
    return standing or Membership.objects.create(
        alliance_id=alliance_id, office_id=office_id, starts_on=from_day
    )


@change
def end_membership(
    *, alliance_id: int, office_id: int, last_day: date, by: Actor, at: datetime
) -> None:
    """The office is in the alliance until and including `last_day`."""
    _end(Membership.objects.filter(alliance_id=alliance_id, office_id=office_id), last_day)


@change
def new_service_level(
    *, alliance_id: int | None, from_day: date, by: Actor, at: datetime, **promises: Any
) -> ServiceLevel:
    """New promises of an alliance (or the nation) from `from_day`; the old ones stay as they were.

    `promises` are fields of `ServiceLevel`; what is not named is promised as before. Raises
    `AlreadyPromised` when promises that begin on that day or later stand there.
    """
    rows = ServiceLevel.objects.filter(alliance=alliance_id)
    # Whoever waits here looks again afterwards, and finds what the other one promised.
    list(rows.select_for_update(of=("self",)).order_by("pk"))
    newest = rows.order_by("-starts_on").first()
    if newest and newest.starts_on >= from_day:
        raise AlreadyPromised(newest.starts_on)
    level = ServiceLevel(alliance_id=alliance_id, starts_on=from_day)
    for field in PROMISES:
        setattr(level, field, promises.pop(field, getattr(newest or level, field)))
    if promises:
        raise TypeError(f"a service level promises no {', '.join(promises)}")
    _end(rows, from_day - ONE_DAY)
    with refused_as(AlreadyPromised(from_day), "service_level_once_a_start"):
        level.save()
    return level


PROMISES = tuple(
    field.name
    for field in ServiceLevel._meta.concrete_fields
    if field.name not in {"id", "alliance", "starts_on", "ends_on"}
)


@change
def save_contact(
    *,
    office_id: int,
    name: str,
    by: Actor,
    at: datetime,
    contact_id: int | None = None,
    title: str = "",
    email: str = "",
    phone: str = "",
    is_primary: bool = False,
) -> OfficeContact:
    """A person to call at the office, by name or by id; a new primary contact follows the old."""
    Office.objects.select_for_update().get(pk=office_id)
    rows = OfficeContact.objects.filter(office_id=office_id)
    contact = rows.get(pk=contact_id) if contact_id else rows.filter(name=name).first()
    contact = contact or OfficeContact(office_id=office_id)
    if is_primary:
        rows.filter(is_primary=True).exclude(pk=contact.pk).update(is_primary=False)
    contact.name, contact.title, contact.email, contact.phone = name, title, email, phone
    contact.is_primary = is_primary
    contact.save()
    return contact


@change
def remove_contact(*, contact_id: int, by: Actor, at: datetime) -> None:
    """Nobody calls this person any more."""
    OfficeContact.objects.filter(pk=contact_id).delete()


@change
def add_closing_day(
    *, day: date, name: str, by: Actor, at: datetime, alliance_id: int | None = None
) -> ClosingDay:
    """A day that is no working day, for the nation or one alliance (R1); twice is once."""
    alliance = Alliance.objects.get(pk=alliance_id) if alliance_id is not None else None
    made, _ = ClosingDay.objects.update_or_create(
        day=day, alliance=alliance, defaults={"name": name}
    )
    return made


@change
def remove_closing_day(*, closing_day_id: int, by: Actor, at: datetime) -> None:
    """The day is a working day after all; due times that were given already stand."""
    ClosingDay.objects.filter(pk=closing_day_id).delete()


@change
def add_office_closure(
    *,
    office_id: int,
    first_day: date,
    last_day: date,
    stand_in_office_id: int,
    stand_in_name: str,
    by: Actor,
    at: datetime,
) -> OfficeClosure:
    """The office is closed, and somebody named answers instead; no clock stops (R1)."""
    return OfficeClosure.objects.create(
        office_id=office_id,
        first_day=first_day,
        last_day=last_day,
        stand_in_office_id=stand_in_office_id,
        stand_in_name=stand_in_name,
    )


@change
def remove_office_closure(*, closure_id: int, by: Actor, at: datetime) -> None:
    """The office is open after all."""
    OfficeClosure.objects.filter(pk=closure_id).delete()


@change
def install_facts(*, by: Actor, at: datetime) -> None:
    """The offices and alliances of `network.facts`, for a new installation and the demo.

    What has the name already stays as people have made it, so again changes nothing.
    """
    known = set(Office.objects.values_list("name", flat=True))
    new = {fact.name: fact for fact in facts.all_offices() if fact.name not in known}
    made = Office.objects.bulk_create(
        Office(name=fact.name, sort_key=danish_sort_key(fact.name), kind=fact.kind)
        for fact in new.values()
    )
    Responsibility.objects.bulk_create(
        Responsibility(office=office, municipality_id=code)
        for office in made
        for code in new[office.name].municipalities
    )
    for fact in facts.all_alliances():
        if not Alliance.objects.filter(name=fact.name).exists():
            _install_alliance(fact, by=by, at=at)


def _install_alliance(fact: facts.AllianceFact, *, by: Actor, at: datetime) -> None:
    alliance = save_alliance(
        name=fact.name,
        municipalities=fact.municipalities,
        is_example=fact.is_example,
        by=by,
        at=at,
    )
    if fact.starts_on:
        alliance.starts_on = fact.starts_on
        alliance.save(update_fields=["starts_on"])
    ServiceLevel.objects.create(
        alliance=alliance, starts_on=alliance.starts_on, **asdict(fact.service_level)
    )
    names = [office.name for office in fact.offices]
    Membership.objects.bulk_create(
        Membership(alliance=alliance, office_id=office_id, starts_on=alliance.starts_on)
        for office_id in Office.objects.filter(name__in=names).values_list("pk", flat=True)
    )


def _end(rows: Any, last_day: date) -> None:
    """End the dated rows on `last_day`; those that had not begun by then never were."""
    rows.filter(starts_on__gt=last_day).delete()
    rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
