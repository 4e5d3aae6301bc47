"""Many clicks at once give one posting and one call (R16)."""

import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.core.factories import MONDAY
from tests.core.waiting import PATIENCE
from tests.orders import factories as orders
from tests.postings.factories import a_posting, an_ad
from tvaers.postings import operations
from tvaers.postings.models import Call, Posting
from tvaers.postings.operations import PostingRefused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(clicks: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each click gives, or why it was refused, when all are made at the same time."""
    results: list[Any] = [None] * len(clicks)
    gate = threading.Barrier(len(clicks))

    def click(number: int) -> None:
        try:
            gate.wait(PATIENCE)
            results[number] = clicks[number]()
        except PostingRefused as refused:
            results[number] = refused.reason
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[number]) for number in range(len(clicks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return results


def test_six_clicks_on_one_form_post_once_and_another_form_is_refused() -> None:
    order = orders.an_order()
    by, key = orders.lead_of(order), uuid4()
    keys = [key] * 6 + [uuid4()]
    found = at_once(
        [
            lambda one=one: operations.publish(
                order_id=order.pk, ad=an_ad(), post_key=one, by=by, at=MONDAY
            )
            for one in keys
        ]
    )
    standing = Posting.objects.get()
    assert found.count(standing) + found.count("ALREADY_POSTED") == 7
    assert standing in found


@pytest.mark.parametrize("outcome", ["NOT_REACHED", "FILLED"])
def test_six_clicks_on_a_call_are_one(outcome: str) -> None:
    posting = a_posting()
    by, key = orders.lead_of(posting.order), uuid4()
    found = at_once(
        [
            lambda: operations.record_call(
                posting_id=posting.pk,
                reason="EXPIRY",
                outcome=outcome,
                with_whom="Hanne Vestergaard",
                call_key=key,
                by=by,
                at=MONDAY,
            )
        ]
        * 6
    )
    assert found == [Call.objects.get()] * 6
