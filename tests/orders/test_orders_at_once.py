"""Several people in the same moment: one result, and the others are told (R16)."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.companies import factories as companies
from tests.core.factories import MONDAY, SETUP
from tests.core.waiting import PATIENCE
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, ODENSE, SOLROED
from tests.orders import factories as orders
from tests.orders.factories import actor, again, kinds
from tests.orders.hires import hire
from tvaers.orders import operations, queries
from tvaers.orders.lifecycle import LogKind, Openings, Refusal, Subject
from tvaers.orders.models import Order
from tvaers.orders.refusals import AllFilled, CloseRefused, OrderRefused, StaleOrder

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*clicks: Callable[[], Any]) -> list[Any]:
    """What each of the clicks gave: its result, or the refusal it was told."""
    barrier = threading.Barrier(len(clicks))
    results: list[Any] = [None] * len(clicks)

    def click(number: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=PATIENCE)
            results[number] = clicks[number]()
        except (OrderRefused, AllFilled, StaleOrder) as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[number]) for number in range(len(clicks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return results


def of_kind(results: Sequence[Any], kind: type) -> list[Any]:
    return [result for result in results if isinstance(result, kind)]


def test_eight_clicks_on_a_new_order_are_one() -> None:
    office, company = network.office(), companies.company()
    orders.with_defaults()
    new = orders.a_new_order(company=company, office=office, lead=orders.a_lead(office))

    found = at_once(*[lambda: operations.receive(new=new, by=SETUP, at=MONDAY)] * 8)

    assert {order.pk for order in found} == {Order.objects.get().pk}
    assert kinds(found[0]) == [LogKind.RECEIVED]


def test_two_who_close_differently_close_once() -> None:
    order = orders.an_order()
    orders.evidence(order)
    orders.a_word(order, Subject.NOT_WIDER)
    orders.a_word(order, Subject.WITHDRAWN, openings=1)

    def close(**openings: int) -> Callable[[], Order]:
        return lambda: operations.close(
            order_id=order.pk, openings=Openings(**openings), by=SETUP, at=MONDAY
        )

    results = at_once(*[close(unfilled=1)] * 3, *[close(withdrawn=1)] * 3)

    told = of_kind(results, CloseRefused)
    assert {refused.reason for refused in told} == {Refusal.WRONG_STAGE}
    assert len(told) == 3
    assert len(of_kind(results, Order)) == 3
    assert kinds(order).count(LogKind.CLOSED) == 1


def test_evidence_that_goes_while_someone_closes_is_seen_or_comes_too_late() -> None:
    order = orders.an_order(office=network.office(alliance=network.alliance()))
    proof = orders.evidence(order)
    orders.a_word(order, Subject.NOT_WIDER)

    closing, _ = at_once(
        lambda: operations.close(
            order_id=order.pk, openings=Openings(unfilled=1), by=SETUP, at=MONDAY
        ),
        lambda: operations.revoke_evidence(
            evidence_id=proof.pk, because="ANSWER_REPLACED", by=SETUP, at=MONDAY
        ),
    )

    if isinstance(closing, CloseRefused):
        assert closing.missing == (GREVE, KOEGE, SOLROED)
        assert again(order).stage == "RECRUITING"
    else:
        assert again(order).covered_at_closing == sorted([GREVE, KOEGE, SOLROED])
        lines = kinds(order)
        assert lines.index(LogKind.CLOSED) < lines.index(LogKind.COVERAGE_REVOKED)


def test_the_last_opening_is_filled_once() -> None:
    order = orders.an_order(openings=2)

    results = at_once(*[lambda: hire(order)] * 5)

    assert len(of_kind(results, AllFilled)) == 3
    assert again(order).hired == 2


def test_two_who_accept_the_lead_take_it_over_once() -> None:
    order = orders.an_order()
    odense = network.office("Odense", (ODENSE,))
    birthe = orders.a_lead(odense)
    offer = operations.offer_handover(
        order_id=order.pk, to_office_id=odense.pk, to_user_id=birthe.pk, by=SETUP, at=MONDAY
    )
    by = actor(birthe, odense)

    def accept() -> Order:
        return operations.accept_handover(handover_id=offer.pk, by=by, at=MONDAY)

    def decline() -> Order:
        return operations.decline_handover(handover_id=offer.pk, by=by, at=MONDAY)

    results = at_once(accept, accept, decline)

    decided = (
        LogKind.HANDOVER_ACCEPTED if again(order).lead == birthe else LogKind.HANDOVER_DECLINED
    )
    assert kinds(order)[-1] == decided
    assert {refused.reason for refused in of_kind(results, OrderRefused)} == {
        Refusal.ALREADY_DECIDED
    }


def test_two_tabs_saved_at_once_keep_both_texts() -> None:
    order = orders.an_order()

    def save(title: str) -> Callable[[], Order]:
        need = orders.a_need(order.company, title=title)
        return lambda: operations.change_order(
            order_id=order.pk, revision=1, need=need, by=SETUP, at=MONDAY + timedelta(hours=1)
        )

    results = at_once(save("Truckfører"), save("Chauffør"))

    (stale,) = of_kind(results, StaleOrder)
    assert stale.current.title == again(order).title
    assert again(order).title in ("Truckfører", "Chauffør")
    assert queries.order_page(order.pk).order.revision == stale.revision == 2
