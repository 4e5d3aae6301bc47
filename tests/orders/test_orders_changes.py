"""An order is changed: versions, coverage, openings, the second tab (R6, R8, R10, R11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.companies import factories as companies
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import ODENSE
from tests.orders import factories as orders
from tests.orders.factories import FORKLIFT, NIGHTS, again, kinds, lead_of
from tvaers.orders import operations, queries
from tvaers.orders.lifecycle import LogKind, Refusal, Subject
from tvaers.orders.models import Order
from tvaers.orders.need import Need
from tvaers.orders.refusals import NeedRefused, OrderRefused, StaleOrder

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


def save(order: Order, need: Need, *, revision: int) -> Order:
    return operations.change_order(
        order_id=order.pk, revision=revision, need=need, by=lead_of(order), at=TUESDAY
    )


def changed(order: Order, **fields: object) -> Order:
    need = replace(queries.need_of(again(order)), **fields)  # type: ignore[arg-type]
    return again(save(order, need, revision=again(order).revision))


def test_less_asked_for_opens_coverage() -> None:
    order = orders.an_order(requirements=(FORKLIFT, NIGHTS))
    orders.evidence(order)
    assert queries.coverage(order.pk).missing == ()

    order = changed(order, requirements=(FORKLIFT,))

    assert (order.requirements_version, order.covered_from_version) == (2, 2)
    assert queries.coverage(order.pk).missing == tuple(order.area_municipalities)
    assert kinds(order)[-2:] == [LogKind.CHANGED, LogKind.COVERAGE_OPENED]
    assert order.log.all()[0].facts == {"because": ["REQUIREMENTS"]}
    gone = order.requirements.get(text=NIGHTS.text)
    assert (gone.from_version, gone.to_version) == (1, 2)


def test_more_asked_for_keeps_coverage() -> None:
    order = orders.an_order()
    orders.evidence(order)

    order = changed(order, requirements=(FORKLIFT, NIGHTS))

    assert (order.requirements_version, order.covered_from_version) == (2, 1)
    assert queries.coverage(order.pk).missing == ()
    assert order.requirements.get(text=NIGHTS.text).from_version == 2


def test_evidence_of_an_older_version_counts_while_the_order_only_tightens() -> None:
    order = changed(orders.an_order(), requirements=(FORKLIFT, NIGHTS))
    orders.evidence(order, version=1)
    assert queries.coverage(order.pk).missing == ()

    order = changed(order, requirements=(NIGHTS,))
    orders.evidence(order, version=2)
    assert queries.coverage(order.pk).missing == tuple(order.area_municipalities)


def test_evidence_of_a_version_that_never_was_is_an_error() -> None:
    order = orders.an_order()

    with pytest.raises(ValueError, match="version 2"):
        orders.evidence(order, version=2)


def test_a_new_text_is_no_new_version() -> None:
    order = orders.an_order()

    order = changed(order, description="Ring gerne", title="Lagermedarbejder, nat")

    assert (order.requirements_version, order.revision) == (1, 2)
    assert order.log.all()[0].facts["fields"] == ["title", "description"]


def test_a_wish_makes_a_version_and_keeps_coverage() -> None:
    order = orders.an_order()

    order = changed(order, requirements=(FORKLIFT, replace(NIGHTS, must=False)))

    assert (order.requirements_version, order.covered_from_version) == (2, 1)


def test_other_workplaces_open_coverage() -> None:
    company = companies.company()
    order = orders.an_order(company=company)
    odense = companies.workplace(company, ODENSE)

    order = changed(order, workplace_ids=(odense.pk,))

    assert [row.workplace_id for row in order.places.all()] == [odense.pk]
    assert order.covered_from_version == 2


def test_another_kind_of_job_opens_coverage() -> None:
    order = changed(orders.an_order(), scheme="flex_job")

    assert order.scheme.code == "flex_job"
    assert order.covered_from_version == 2


def test_the_second_tab_is_shown_what_the_first_saved() -> None:
    order = orders.an_order()
    need = queries.need_of(order)
    first, second = replace(need, title="Truckfører"), replace(need, title="Chauffør")
    save(order, first, revision=1)

    with pytest.raises(StaleOrder) as stale:
        save(order, second, revision=1)

    assert (stale.value.current.title, stale.value.revision) == ("Truckfører", 2)
    assert again(order).title == "Truckfører"

    save(order, first, revision=1)  # a double click is no second change
    save(order, second, revision=2)
    assert (again(order).title, again(order).revision) == ("Chauffør", 3)


def test_a_need_that_cannot_be_kept_changes_nothing() -> None:
    order = orders.an_order()

    with pytest.raises(NeedRefused):
        changed(order, title=" ")

    assert (again(order).title, again(order).revision) == ("Lagermedarbejder", 1)


def test_an_old_order_keeps_the_start_that_has_passed() -> None:
    order = orders.an_order(starts_on=MONDAY.date())

    assert changed(order, title="Truckfører").title == "Truckfører"
    with pytest.raises(NeedRefused):
        changed(order, starts_on=MONDAY.date() - timedelta(days=1))


def test_the_company_wants_more_people() -> None:
    order = orders.an_order(openings=2)

    operations.raise_openings(order_id=order.pk, openings=3, by=lead_of(order), at=TUESDAY)

    assert (again(order).openings, again(order).present_at_most) == (3, 9)
    with pytest.raises(OrderRefused) as refused:
        operations.raise_openings(order_id=order.pk, openings=2, by=lead_of(order), at=TUESDAY)
    assert refused.value.reason is Refusal.NOT_MORE_OPENINGS


def test_a_wrong_number_is_mended_before_the_dialogue_only() -> None:
    order = orders.an_order(openings=33, stage="RECEIVED")

    operations.correct_openings(order_id=order.pk, openings=3, by=lead_of(order), at=TUESDAY)
    assert (again(order).openings, again(order).present_at_most) == (3, 9)

    orders.a_word(order)
    with pytest.raises(OrderRefused) as refused:
        operations.correct_openings(order_id=order.pk, openings=2, by=lead_of(order), at=TUESDAY)
    assert refused.value.reason is Refusal.WRONG_STAGE


def test_the_number_to_present_is_agreed() -> None:
    order = orders.an_order()

    operations.agree_number_to_present(order_id=order.pk, number=5, by=SETUP, at=TUESDAY)
    assert again(order).present_at_most == 5

    with pytest.raises(OrderRefused):
        operations.agree_number_to_present(order_id=order.pk, number=0, by=SETUP, at=TUESDAY)


def test_the_ladder_only_goes_up() -> None:
    order = orders.an_order()

    operations.widen(order_id=order.pk, to="PART", by=SETUP, at=TUESDAY)
    operations.widen(order_id=order.pk, to="PART", by=SETUP, at=TUESDAY)

    assert again(order).ladder_step == "PART"
    assert kinds(order).count(LogKind.WIDENED) == 1
    with pytest.raises(OrderRefused) as refused:
        operations.widen(order_id=order.pk, to="ALLIANCE", by=SETUP, at=TUESDAY)
    assert refused.value.reason is Refusal.NOT_A_STEP_UP


def test_a_closed_order_is_not_changed() -> None:
    order = orders.an_order()
    orders.a_word(order, Subject.WITHDRAWN, openings=1)
    orders.closed(order, withdrawn=1)

    with pytest.raises(OrderRefused) as refused:
        changed(order, title="Truckfører")

    assert refused.value.reason is Refusal.WRONG_STAGE
