"""Everybody at once on one order: nobody waits for ever, and one story comes out (R5, R7, R16)."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.at_once import at_once
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, ROSKILDE, SOLROED
from tvaers.circulation import operations as circulation
from tvaers.circulation.models import Answer, Circulation, Request
from tvaers.circulation.operations import AnswerRefused, Named
from tvaers.orders import operations as orders
from tvaers.orders.coverage import coverage
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import Order, Subject
from tvaers.orders.queries import need_of
from tvaers.orders.refusals import OrderRefused
from tvaers.referrals import operations as referrals
from tvaers.referrals.operations import ReferralRefused

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(hours=3)
REFUSED = (AnswerRefused, OrderRefused, ReferralRefused)


def sent(region: Sjaelland, order: Order, *codes: str) -> Circulation:
    return circulation.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in codes],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )


def nobody(region: Sjaelland, request: Request, code: str, **more: Any) -> Answer:
    by = region.consultant(code).actor
    given = {"kind": "NOBODY", "reason": "NO_HITS", "by": by, "at": LATER}
    return circulation.answer(request_id=request.pk, **(given | more))


def only_refusals(results: list[Any]) -> None:
    """Whoever did not get through was told why: no deadlock, no broken constraint."""
    raised = [one for one in results if isinstance(one, Exception)]
    assert [one for one in raised if not isinstance(one, REFUSED)] == []


def test_answers_changes_withdrawal_and_closing_in_the_same_moment() -> None:
    region = sjaelland()
    person = region.person(GREVE)
    order = an_order(region.lead)
    say(order, Subject.WITHDRAWN, region.lead, openings=3)
    circulating = sent(region, order, GREVE, SOLROED, ROSKILDE)
    greve, solroed, roskilde = (
        circulating.requests.get(office=region.offices[code]) for code in (GREVE, SOLROED, ROSKILDE)
    )
    need = replace(need_of(Order.objects.get(pk=order.pk)), requirements=())
    by_greve, by_lead = region.consultant(GREVE).actor, region.lead.actor

    results = at_once(
        lambda: circulation.answer(
            request_id=greve.pk,
            kind="CANDIDATES",
            candidates=[Named(person_id=person.pk, spoken_with=True)],
            by=by_greve,
            at=LATER,
        ),
        lambda: nobody(region, greve, GREVE),
        lambda: nobody(region, solroed, SOLROED),
        lambda: nobody(region, roskilde, ROSKILDE),
        lambda: circulation.withdraw(circulation_id=circulating.pk, by=by_lead, at=LATER),
        lambda: circulation.change_order(
            order_id=order.pk, revision=1, need=need, by=by_lead, at=LATER
        ),
        lambda: referrals.propose(order_id=order.pk, person_id=person.pk, by=by_lead, at=LATER),
        lambda: orders.close(
            order_id=order.pk, openings=Openings(withdrawn=3), by=by_lead, at=LATER
        ),
    )

    only_refusals(results)
    valid = Answer.objects.filter(request__order=order, replaced_at__isnull=True)
    assert max(Counter(valid.values_list("request", flat=True)).values(), default=1) == 1
    held = Order.objects.get(pk=order.pk)
    counted = {row.requirements_version for row in held.evidence.filter(revoked_at=None)}
    if held.covered_from_version > 1 and counted == {1}:
        assert coverage(order.pk).missing == coverage(order.pk).area


def test_ten_who_answer_the_last_request_while_the_lead_closes() -> None:
    region = sjaelland()
    order = an_order(region.lead, openings=1)
    codes = [code for code in region.offices if code != GREVE]
    for request in sent(region, order, *codes).requests.select_related("office"):
        code = request.municipalities[0]
        nobody(region, request, code)
    last = sent(region, order, GREVE).requests.get()
    say(order, Subject.NOT_WIDER, region.lead)
    key = uuid4()

    results = at_once(
        *[lambda: nobody(region, last, GREVE, answer_key=key)] * 10,
        lambda: orders.close(
            order_id=order.pk, openings=Openings(unfilled=1), by=region.lead.actor, at=LATER
        ),
    )

    *answers, closing = results
    only_refusals(results)
    given = {one.pk for one in answers if isinstance(one, Answer)}
    if isinstance(closing, Order):
        assert len(given) == 1
        assert closing.covered_at_closing == sorted(region.offices)
    else:
        assert closing.missing == (GREVE,)
        assert len(given) == 1
