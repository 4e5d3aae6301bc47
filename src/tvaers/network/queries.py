"""Who answers for what on a day, and what they have promised. What rules and operations ask."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tvaers.core.closing_days import ClosingDays
from tvaers.network.models import (
    Alliance,
    ClosingDay,
    LadderStep,
    Membership,
    Office,
    OfficeClosure,
    OfficeContact,
    Responsibility,
    ServiceLevel,
)
from tvaers.places import queries as places
from tvaers.places.queries import area_municipalities

__all__ = ["area_municipalities"]  # asked of the network, answered by places


def closing_days(alliance_id: int | None) -> ClosingDays:
    """The days on which no term counts: the nation's and the alliance's own (R1). One query."""
    rows = ClosingDay.objects.filter(alliance__isnull=True)
    if alliance_id is not None:
        rows |= ClosingDay.objects.filter(alliance_id=alliance_id)
    return ClosingDays(added=frozenset(rows.order_by().values_list("day", flat=True)))


def responsible_municipalities(office_id: int, day: date) -> tuple[str, ...]:
    """The codes an office answers for on `day`; none for a fund or a national unit. One query."""
    return responsibilities([office_id], day)[office_id]


def responsibilities(office_ids: Collection[int], day: date) -> dict[int, tuple[str, ...]]:
    """The codes each office answers for on `day`, in order. One query."""
    rows = Responsibility.objects.on(day).filter(office__in=office_ids)
    found: dict[int, set[str]] = {office_id: set() for office_id in office_ids}
    for office_id, code in rows.values_list("office_id", "municipality_id"):
        found[office_id].add(code)
    return {office_id: tuple(sorted(codes)) for office_id, codes in found.items()}


def offices_for(municipalities: Collection[str], day: date) -> dict[str, tuple[int, ...]]:
    """The offices that answer for each municipality on `day`, if any. One query."""
    rows = Responsibility.objects.on(day).filter(
        municipality__in=municipalities, office__in=Office.objects.on(day)
    )
    found: dict[str, set[int]] = {code: set() for code in municipalities}
    for code, office_id in rows.values_list("municipality_id", "office_id"):
        found[code].add(office_id)
    return {code: tuple(sorted(offices)) for code, offices in found.items()}


def alliance_of(office_id: int, day: date) -> Alliance | None:
    """The alliance whose promises an office keeps on `day`: the one it joined first. One query."""
    return next(iter(alliances_of(office_id, day)), None)


def alliances_of(office_id: int, day: date) -> list[Alliance]:
    """All alliances an office is in on `day`, the one it joined first at the front. One query."""
    rows = Membership.objects.on(day).filter(
        office_id=office_id, alliance__in=Alliance.objects.on(day)
    )
    return [
        row.alliance for row in rows.select_related("alliance__area").order_by("starts_on", "id")
    ]


def members(alliance_id: int, day: date) -> tuple[int, ...]:
    """The offices in the alliance on `day`, in Danish order. One query."""
    rows = Membership.objects.on(day).filter(
        alliance_id=alliance_id, office__in=Office.objects.on(day)
    )
    return tuple(rows.order_by("office__sort_key").values_list("office_id", flat=True).distinct())


def share_an_alliance(one_office_id: int, other_office_id: int, day: date) -> bool:
    """Whether two offices are in the same alliance on `day`. One query."""
    others = Membership.objects.on(day).filter(office_id=other_office_id)
    return (
        Membership.objects.on(day)
        .filter(office_id=one_office_id, alliance__in=Alliance.objects.on(day))
        .filter(alliance__in=others.values("alliance"))
        .exists()
    )


def service_level(alliance: Alliance | None, day: date) -> ServiceLevel:
    """What the alliance promises on `day`, or the nation's default. One query.

    Raises `ServiceLevel.DoesNotExist` when not even the nation has one that day.
    """
    rows = ServiceLevel.objects.on(day).filter(alliance__isnull=True)
    if alliance is not None:
        rows |= ServiceLevel.objects.on(day).filter(alliance=alliance)
    found: list[ServiceLevel] = sorted(
        rows, key=lambda level: (level.alliance_id is not None, level.starts_on)
    )
    if not found:
        raise ServiceLevel.DoesNotExist(f"nobody has promised anything on {day}")
    return found[-1]


def area_of(*, office_id: int, alliance: Alliance | None, day: date) -> tuple[str, ...]:
    """The codes an office's orders must cover (R7): the alliance's area, else the office's region.

    An office without alliance and municipality (a fund, a national unit) has the whole country.
    At most three queries.
    """
    own = () if alliance else responsible_municipalities(office_id, day)
    return _area(own, alliance, day)


def _area(own: tuple[str, ...], alliance: Alliance | None, day: date) -> tuple[str, ...]:
    if alliance is not None:
        return area_municipalities(alliance.area_id, day)
    return places.regions_around(own, day) if own else places.all_codes()


def municipalities_of_step(
    step: LadderStep, *, office_id: int, alliance: Alliance | None, day: date
) -> tuple[str, ...]:
    """The codes of a step of the ladder (R8); each step holds the steps before it.

    `PART` is everything east, or everything west, of Storebælt. At most four queries.
    """
    if step == LadderStep.NATION:
        return places.all_codes()
    own = responsible_municipalities(office_id, day)
    if step == LadderStep.OWN:
        return own
    near = tuple(sorted({*own, *_area(own, alliance, day)}))
    return near if step == LadderStep.ALLIANCE else places.parts_around(near)


def municipalities_by_step(
    *, office_id: int, alliance: Alliance | None, day: date
) -> dict[LadderStep, tuple[str, ...]]:
    """The codes of every step of the ladder, nearest first. At most five queries."""
    own = responsible_municipalities(office_id, day)
    near = tuple(sorted({*own, *_area(own, alliance, day)}))
    return {
        LadderStep.OWN: own,
        LadderStep.ALLIANCE: near,
        LadderStep.PART: places.parts_around(near),
        LadderStep.NATION: places.all_codes(),
    }


@dataclass(frozen=True)
class StandIn:
    """Who answers while an office is closed (R1): an office and a named person there."""

    office_id: int
    office_name: str
    name: str
    last_day: date


def stand_ins(office_ids: Collection[int], day: date) -> dict[int, StandIn]:
    """Who stands in for those of the offices that are closed on `day`. One query."""
    rows = OfficeClosure.objects.filter(
        office__in=office_ids, first_day__lte=day, last_day__gte=day
    ).select_related("stand_in_office")
    return {
        row.office_id: StandIn(
            office_id=row.stand_in_office_id,
            office_name=row.stand_in_office.name,
            name=row.stand_in_name,
            last_day=row.last_day,
        )
        for row in rows.order_by("id")
    }


def stand_in(office_id: int, day: date) -> StandIn | None:
    """Who stands in for the office on `day`, or None when it is open. One query."""
    return stand_ins([office_id], day).get(office_id)


@dataclass(frozen=True)
class Contact:
    """A person to call at an office."""

    id: int
    name: str
    title: str
    email: str
    phone: str
    is_primary: bool


def contacts(office_ids: Collection[int]) -> dict[int, tuple[Contact, ...]]:
    """The contacts of each office, the primary one first. One query."""
    found: defaultdict[int, list[Contact]] = defaultdict(list)
    for row in OfficeContact.objects.filter(office__in=office_ids):
        found[row.office_id].append(
            Contact(row.id, row.name, row.title, row.email, row.phone, row.is_primary)
        )
    return {office_id: tuple(found[office_id]) for office_id in office_ids}


def office_names(office_ids: Collection[int] | None = None) -> dict[int, str]:
    """Names by id in Danish order, of these offices or of all. One query."""
    rows = Office.objects.all() if office_ids is None else Office.objects.filter(pk__in=office_ids)
    return dict(rows.values_list("pk", "name"))


def mail_address(office_id: int, day: date) -> str:
    """Where mail for the office goes on `day`: its first contact, else the office itself.

    An office that is closed has that of the office that stands in for it (R1). Empty when there
    is none. Three queries.
    """
    there = stand_in(office_id, day)
    asked = there.office_id if there else office_id
    addresses = [contact.email for contact in contacts([asked])[asked]]
    addresses.append(Office.objects.values_list("email", flat=True).get(pk=asked))
    return next(filter(None, addresses), "")
