"""What screens read of people, as frozen rows in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from tvaers.candidates.lifecycle import (
    STALE_AFTER,
    THIN_BELOW,
    Flaw,
    Hidden,
    flaws,
    why_no_search_finds,
)
from tvaers.candidates.models import CvText, Identity, ImportRun, Profile, Status
from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.database.change import as_reader
from tvaers.network.models import OfficeKind
from tvaers.network.queries import offices_for


def data_age(municipalities: Collection[str], day: date) -> dict[str, datetime | None]:
    """When each municipality's data were true, or None where nobody delivered (R6 a).

    Where several municipal offices answer for one, the oldest delivery counts. Two queries.
    """
    offices = offices_for(municipalities, day)
    everyone = {office_id for ids in offices.values() for office_id in ids}
    newest = dict(
        ImportRun.objects.filter(
            office__in=everyone, office__kind=OfficeKind.MUNICIPAL, kind=ImportRun.Kind.CANDIDATES
        )
        .values_list("office_id")
        .annotate(newest=Max("data_at"))
        .order_by()
    )
    ages: dict[str, datetime | None] = {}
    for code, ids in offices.items():
        delivered = [newest.get(office_id) for office_id in ids]
        known = [at for at in delivered if at is not None]
        ages[code] = min(known) if known and len(known) == len(delivered) else None
    return ages


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One line of an office's list of its own people."""

    person_id: int
    name: str
    titles: str
    municipality: str
    status: str
    hidden: tuple[Hidden, ...]
    flaws: tuple[Flaw, ...]
    cv_updated_on: date | None


def mail_of(person_id: int) -> str:
    """The address that mail to a person goes to, read as the home office of the moment; "" when
    nobody follows the person or no address is known. Two queries."""
    home = Profile.objects.filter(pk=person_id).values_list("home_office_id", flat=True).first()
    if home is None:
        return ""
    with as_reader(office_id=home):
        found = Identity.objects.filter(pk=person_id).values_list("email", flat=True).first()
    return found or ""


def own_people(
    office_id: int, *, day: date, text: str = "", only: str = "", page: int = 1
) -> Page[PersonRow]:
    """The people an office follows, by name; `only` is "stale", "thin", "hidden" or "" (M8).

    Names come through row-level security: read it as the office. Three queries.
    """
    rows = _only(Profile.objects.filter(home_office_id=office_id), only, day)
    if text:
        rows = rows.filter(
            Q(person__identity__name__icontains=text) | Q(wanted_titles__icontains=text)
        )
    total = rows.count()
    number = nearest_page(page, total=total)
    shown = rows.select_related("municipality", "person__identity").order_by(
        "person__identity__sort_key", "person_id"
    )[page_slice(number)]
    return Page([_person_row(profile, day) for profile in shown], number, total)


def _only(rows: QuerySet[Profile], only: str, day: date) -> QuerySet[Profile]:
    no_occupation = Q(wanted__len=0) & Q(held__len=0)
    hidden = (
        Q(status=Status.PAUSED)
        | Q(legal_basis="")
        | Q(reported_unavailable_at__isnull=False)
        | Q(hired_from__lte=day)
    )
    if only == "hidden":
        return rows.exclude(status=Status.ENDED).filter(hidden | no_occupation)
    rows = rows.filter(status=Status.ACTIVE)
    if only == "stale":
        return rows.filter(Q(cv_updated_on__isnull=True) | Q(cv_updated_on__lt=day - STALE_AFTER))
    if only == "thin":
        return rows.filter(Q(concepts__len__lt=THIN_BELOW) | no_occupation)
    return rows


@dataclass(frozen=True)
class CvFigures:
    """How an office's CVs stand (M8)."""

    active: int
    stale: int
    thin: int
    hidden: int


def cv_figures(office_id: int, *, day: date) -> CvFigures:
    """Counts behind the office's lists of stale, thin and hidden people. Four queries."""
    own = Profile.objects.filter(home_office_id=office_id)
    counts = [_only(own, only, day).aggregate(n=Count("pk"))["n"] for only in _LISTS]
    return CvFigures(*counts)


_LISTS = ("", "stale", "thin", "hidden")


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """What a reader may see of a person; who it is only where the wall lets it through."""

    profile: Profile
    identity: Identity | None
    cv_text: str | None
    hidden: tuple[Hidden, ...]
    flaws: tuple[Flaw, ...]


def person_page(person_id: int, *, day: date) -> PersonPage:
    """Raises `Profile.DoesNotExist`. Three queries; the caller records the look (R13)."""
    profile = Profile.objects.select_related("municipality", "home_office").get(pk=person_id)
    return PersonPage(
        profile=profile,
        identity=Identity.objects.filter(pk=person_id).first(),
        cv_text=CvText.objects.filter(pk=person_id).values_list("text", flat=True).first(),
        hidden=why_no_search_finds(profile, day),
        flaws=flaws(profile, day),
    )


def named_like(office_id: int, text: str, *, most: int = 10) -> tuple[int, ...]:
    """The office's own people whose name holds `text`, in order of name. One query, or none."""
    if not text:
        return ()
    rows = Identity.objects.filter(person__profile__home_office_id=office_id, name__icontains=text)
    return tuple(rows.order_by("sort_key", "pk").values_list("pk", flat=True)[:most])


def reported_unavailable(office_id: int) -> QuerySet[Profile]:
    """The office's people whom someone reported as no longer free (R12)."""
    return (
        Profile.objects.filter(home_office_id=office_id, reported_unavailable_at__isnull=False)
        .select_related("reported_by_office")
        .order_by("reported_unavailable_at")
    )


def newest_import(office_id: int) -> ImportRun | None:
    """The last list of candidates that the office delivered."""
    return ImportRun.objects.filter(office_id=office_id, kind=ImportRun.Kind.CANDIDATES).first()


def _person_row(profile: Any, day: date) -> PersonRow:
    identity = getattr(profile.person, "identity", None)
    return PersonRow(
        person_id=profile.pk,
        name=identity.name if identity else "",
        titles=profile.wanted_titles,
        municipality=profile.municipality.name,
        status=profile.status,
        hidden=why_no_search_finds(profile, day),
        flaws=flaws(profile, day),
        cv_updated_on=profile.cv_updated_on,
    )
