"""Openings at several workplaces, and ordinary and supported side by side, in one order (M10)."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, ProgrammingError

from tests.candidates import factories as candidates
from tests.circulation.factories import forklift, occupation
from tests.companies import factories as companies
from tests.core.factories import MONDAY, setting_up
from tests.network import factories as network
from tests.orders import factories as orders
from tvaers.candidates.models import Profile
from tvaers.companies.models import Company
from tvaers.core.working_days import danish_date
from tvaers.matching import operations as matching
from tvaers.matching.order_query import query_of
from tvaers.orders import operations
from tvaers.orders.lifecycle import Refusal
from tvaers.orders.models import Order, OrderPortion
from tvaers.orders.need import Need, Portion, Problem, canonical
from tvaers.orders.queries import need_of
from tvaers.orders.refusals import NeedRefused, OrderRefused
from tvaers.referrals import operations as referrals
from tvaers.wording.orders import portion_words

pytestmark = pytest.mark.django_db
ORDINARY, FLEX, SUBSIDY = 1, 16, 2


@pytest.fixture
def company(db: None) -> Company:
    return companies.company(workplaces=2)


def places(company: Company) -> list[int]:
    return list(company.workplaces.order_by("pk").values_list("pk", flat=True))


def mixed(company: Company, **fields: object) -> Order:
    """Five openings: two ordinary at the first workplace, one flex job at any, and two more."""
    first, _second = places(company)
    portions = (
        Portion(number=2, scheme="ordinary", workplace_id=first),
        Portion(number=1, scheme="flex_job"),
    )
    return orders.an_order(company=company, openings=5, portions=portions, **fields)


def change(order: Order, **fields: object) -> Order:
    need: Need = replace(need_of(order), **fields)  # type: ignore[arg-type]
    by = orders.lead_of(order)
    return operations.change_order(
        order_id=order.pk, revision=orders.again(order).revision, need=need, by=by, at=MONDAY
    )


def said(order: Order) -> list[tuple[int, str, str]]:
    order = orders.again(order)
    rows = tuple(order.portions.select_related("scheme", "workplace__municipality"))
    return [(one.number, one.scheme, one.place) for one in portion_words(order, rows)]


def test_an_order_says_how_its_openings_are_portioned_out_and_what_is_left(
    company: Company,
) -> None:
    order = mixed(company)
    place = company.workplaces.select_related("municipality").order_by("pk")[0]
    where = ", ".join(filter(None, (place.municipality.name, place.address)))
    assert said(order) == [
        (2, "Ordinært job", where),
        (1, "Fleksjob", ""),
        (2, "Ordinært job", "ikke fordelt"),
    ]
    assert order.kinds == ORDINARY | FLEX


def test_an_order_that_is_not_portioned_out_says_nothing_of_it() -> None:
    order = orders.an_order(openings=2)
    assert said(order) == []
    assert order.kinds == ORDINARY


def test_lines_of_the_same_scheme_and_place_are_one_portion() -> None:
    need = replace(
        orders.A_NEED,
        portions=(
            Portion(number=1, scheme="flex_job"),
            Portion(number=2, scheme="flex_job"),
            Portion(number=1, scheme="flex_job", workplace_id=7),
        ),
    )
    assert [one.number for one in canonical(need).portions] == [3, 1]


@pytest.mark.parametrize(
    ("portion", "problem"),
    [
        (Portion(number=6, scheme="flex_job"), Problem.MORE_THAN_OPENINGS),
        (Portion(number=0, scheme="flex_job"), Problem.PORTION_OF_NOBODY),
        (Portion(number=1, scheme="flex_job", workplace_id=999_999), Problem.PORTION_ELSEWHERE),
        (Portion(number=1, scheme="nonsense"), Problem.NO_SUCH_SCHEME),
    ],
)
def test_what_cannot_be_kept_is_refused_for_a_new_order_and_a_change(
    company: Company, portion: Portion, problem: Problem
) -> None:
    for attempt in (
        lambda: orders.an_order(company=company, openings=5, portions=(portion,)),
        lambda: change(mixed(company), portions=(portion,)),
    ):
        with pytest.raises(NeedRefused) as refused:
            attempt()
        assert refused.value.problems == (problem,)


def test_another_scheme_opens_coverage_and_one_less_does_not(company: Company) -> None:
    order = mixed(company)
    fewer = change(order, portions=())
    assert (fewer.kinds, fewer.requirements_version, fewer.covered_from_version) == (ORDINARY, 2, 1)
    more = change(order, portions=(Portion(number=1, scheme="wage_subsidy"),))
    assert (more.kinds, more.covered_from_version) == (ORDINARY | SUBSIDY, 3)


def test_the_same_schemes_in_other_numbers_ask_nobody_again(company: Company) -> None:
    order = mixed(company)
    one = Portion(number=4, scheme="flex_job", workplace_id=places(company)[1])
    changed = change(order, portions=(one,))
    assert changed.requirements_version == 1
    assert need_of(orders.again(order)).portions == (one,)
    assert orders.kinds(order)[-1] == "CHANGED"


def test_saving_the_same_portions_changes_nothing(company: Company) -> None:
    order = mixed(company)
    before = set(OrderPortion.objects.values_list("pk"))
    change(order)
    assert orders.again(order).revision == order.revision
    assert set(OrderPortion.objects.values_list("pk")) == before


def test_the_openings_do_not_fall_below_the_portions(company: Company) -> None:
    order = mixed(company, stage="RECEIVED")
    by = orders.lead_of(order)
    with pytest.raises(OrderRefused) as refused:
        operations.correct_openings(order_id=order.pk, openings=2, by=by, at=MONDAY)
    assert refused.value.reason == Refusal.NO_SUCH_NUMBER
    operations.correct_openings(order_id=order.pk, openings=3, by=by, at=MONDAY)
    with pytest.raises(IntegrityError, match="more than its openings"), setting_up():
        Order.objects.filter(pk=order.pk).update(openings=2)


def test_the_database_keeps_the_portions_within_the_openings(company: Company) -> None:
    order = mixed(company)
    told = {"order": order, "scheme": order.scheme}
    with pytest.raises(IntegrityError, match="more than its openings"), setting_up():
        OrderPortion.objects.create(number=3, **told)
    with pytest.raises(IntegrityError, match="order_portion_of_someone"), setting_up():
        OrderPortion.objects.create(number=0, **told)
    flex = order.portions.get(workplace=None)
    with pytest.raises(IntegrityError, match="once_a_scheme_and_place"), setting_up():
        OrderPortion.objects.create(order=order, scheme=flex.scheme, number=1)
    with pytest.raises(ProgrammingError, match="Cannot update"), setting_up():
        OrderPortion.objects.update(number=1)


def test_a_search_finds_who_can_be_hired_in_any_of_the_schemes() -> None:
    koege = network.office("Køge virksomhedsindgang", (network.KOEGE,))
    fitting = {
        "municipality": network.KOEGE,
        "wanted": (occupation(),),
        "concepts": (forklift(),),
    }

    def person(kinds: int) -> Profile:
        return candidates.person(koege, kinds=kinds, **fitting)

    ordinary, flex, _trainee = person(ORDINARY), person(FLEX), person(4)
    order = orders.an_order(
        office=koege,
        openings=2,
        occupation=occupation(),
        requirements=(),
        portions=(Portion(number=1, scheme="flex_job"),),
    )
    query = query_of(order, (), workplaces=(), day=danish_date(MONDAY))
    assert int(query.kind) == ORDINARY | FLEX
    by = orders.lead_of(order)
    found = matching.search(order_id=order.pk, scope=(network.KOEGE,), by=by, at=MONDAY)
    assert set(found.hits) == {ordinary.pk, flex.pk}


@pytest.mark.parametrize(
    ("scheme", "still"), [("flex_job", True), ("ordinary", False), ("", False)]
)
def test_only_an_ordinary_hire_ends_the_search(company: Company, scheme: str, still: bool) -> None:
    order = mixed(company)
    told = {"by": orders.lead_of(order), "at": MONDAY}
    person = candidates.person(order.lead_office)
    made = referrals.propose(order_id=order.pk, person_id=person.pk, **told)
    referrals.present(order_id=order.pk, referral_ids=[made.pk], **told)
    day = danish_date(MONDAY)
    referrals.hire(referral_id=made.pk, starts_on=day, hours=37, scheme=scheme, **told)
    person.refresh_from_db()
    assert (person.hired_from is None) == still
