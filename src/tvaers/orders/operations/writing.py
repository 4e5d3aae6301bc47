"""Between a need as it is said and the rows it is kept in."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_

from tvaers.companies.models import CompanyContact, Workplace
from tvaers.orders.lifecycle import Refusal
from tvaers.orders.models import Order, OrderPortion, OrderWorkplace, Requirement, Scheme
from tvaers.orders.need import Asked, Need, Problem
from tvaers.orders.queries import asked_of
from tvaers.orders.refusals import NeedRefused, OrderRefused


def scheme_of(code: str, day: date) -> Scheme:
    """The scheme in force on `day`; raises `NeedRefused` when there is none."""
    scheme: Scheme | None = Scheme.objects.on(day).filter(code=code).first()
    if scheme is None:
        raise NeedRefused((Problem.NO_SUCH_SCHEME,))
    return scheme


def workplace_municipalities(need: Need, company_id: int) -> frozenset[str]:
    """Where the work is; raises `OrderRefused` for places and contacts of another company."""
    places = dict(
        Workplace.objects.filter(company_id=company_id, pk__in=need.workplace_ids).values_list(
            "pk", "municipality_id"
        )
    )
    if set(need.workplace_ids) - set(places):
        raise OrderRefused(Refusal.NO_SUCH_WORKPLACE)
    if need.contact_id is not None:
        contacts = CompanyContact.objects.filter(company_id=company_id, pk=need.contact_id)
        if not contacts.exists():
            raise OrderRefused(Refusal.NO_SUCH_CONTACT)
    return frozenset(places.values())


def write_places(order: Order, workplace_ids: tuple[int, ...]) -> None:
    """Make the order's workplaces these."""
    order.places.exclude(workplace__in=workplace_ids).delete()
    there = set(order.places.values_list("workplace_id", flat=True))
    OrderWorkplace.objects.bulk_create(
        OrderWorkplace(order=order, workplace_id=pk) for pk in workplace_ids if pk not in there
    )


def schemes_of(need: Need, day: date) -> dict[str, Scheme]:
    """The schemes of the need and its portions by code; raises `NeedRefused` as `scheme_of`."""
    return {code: scheme_of(code, day) for code in codes_of(need)}


def codes_of(need: Need) -> list[str]:
    """The order's own scheme, then those of its portions."""
    return list(dict.fromkeys((need.scheme, *(one.scheme for one in need.portions))))


def kinds_of(schemes: Iterable[Scheme]) -> int:
    """The bits by which a search knows the schemes."""
    return reduce(or_, (one.kind_bit for one in schemes), 0)


def write_portions(order: Order, need: Need, schemes: Mapping[str, Scheme]) -> None:
    """Portion the order's openings out like this; what is so already stays."""
    wanted = {(one.number, schemes[one.scheme].pk, one.workplace_id) for one in need.portions}
    there = {(row.number, row.scheme_id, row.workplace_id): row.pk for row in order.portions.all()}
    order.portions.filter(pk__in=[there[one] for one in there.keys() - wanted]).delete()
    OrderPortion.objects.bulk_create(
        OrderPortion(order=order, number=number, scheme_id=scheme, workplace_id=workplace)
        for number, scheme, workplace in sorted(
            wanted - there.keys(), key=lambda one: (one[1], one[2] or 0)
        )
    )


def write_requirements(order: Order, before: tuple[Asked, ...], after: tuple[Asked, ...]) -> None:
    """End the requirements that are gone and begin the new ones, with the order's version."""
    gone = set(before) - set(after)
    for row in order.requirements.filter(to_version__isnull=True):
        if asked_of(row) in gone:
            row.to_version = order.requirements_version
            row.save(update_fields=["to_version"])
    Requirement.objects.bulk_create(
        Requirement(
            order=order,
            kind=one.kind,
            concept=one.concept,
            text=one.text,
            must=one.must,
            years=one.years,
            either=list(one.either),
            from_version=order.requirements_version,
        )
        for one in after
        if one not in set(before)
    )
