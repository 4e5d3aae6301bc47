"""One order from the call to a closing that is provably fair, told without a screen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import KOEGE
from tvaers.circulation import operations as circulation
from tvaers.circulation.lifecycle import RequestState
from tvaers.circulation.models import Request
from tvaers.circulation.operations import Named
from tvaers.circulation.queries import ledger, map_states
from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import changing
from tvaers.matching import operations as matching
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Openings, Refusal
from tvaers.orders.models import LadderStep, Order, Subject
from tvaers.orders.refusals import CloseRefused
from tvaers.referrals import operations as referrals
from tvaers.referrals.models import Referral

pytestmark = pytest.mark.django_db

TUESDAY_TEN = MONDAY + timedelta(days=1, hours=1)
FRIDAY = MONDAY + timedelta(days=4)


def answer(region: Sjaelland, request: Request, *people: int, **more: object) -> None:
    """The office answers: with these people, or that it has nobody."""
    kind = "CANDIDATES" if people else "NOBODY"
    circulation.answer(
        request_id=request.pk,
        kind=kind,
        reason="" if people else "NO_HITS",
        candidates=[Named(person_id=person, spoken_with=True) for person in people],
        **({"by": region.consultant(request.municipalities[0]).actor, "at": TUESDAY_TEN} | more),
    )


def test_an_order_is_not_closed_unfilled_before_everyone_was_searched() -> None:
    region = sjaelland()
    region.deliver_everywhere()
    order, requests = sent_to_the_sixteen_others(region)
    eleven_answer_and_three_late(region, requests)

    rows = ledger(order.pk, at=FRIDAY)[0].rows
    assert sum(row.late for row in rows) == 3
    assert sum(row.state is RequestState.LATE for row in rows) == 2
    states = map_states(order.pk, at=FRIDAY)
    assert states[KOEGE] == "searched"
    assert states[requests[0].municipalities[0]] == "candidates"

    hire_everyone_proposed(order, region)
    missing = sorted(request.municipalities[0] for request in requests[14:])
    for label in ("unfilled", "filled_by_company", "withdrawn", "other_solution"):
        refused = refused_closing(order, region, label)
        assert refused.reason is Refusal.NOT_COVERED
        assert sorted(refused.missing) == missing
        assert_raw_sql_is_refused(order, label)

    search_everyone_and_settle(order, region)
    say(order, Subject.NOT_WIDER, region.lead)
    closed = orders.close(
        order_id=order.pk,
        openings=Openings(hired=2, unfilled=1),
        by=region.lead.actor,
        at=FRIDAY,
    )
    assert (closed.stage, closed.unfilled) == ("CLOSED", 1)
    force_deferred_rules()


def sent_to_the_sixteen_others(region: Sjaelland) -> tuple[Order, list[Request]]:
    """Køge searches its own, proposes one, and sends the order to the rest of the alliance."""
    own = region.person(KOEGE)
    order = an_order(region.lead)
    matching.search(order_id=order.pk, scope=[KOEGE], by=region.lead.actor, at=MONDAY)
    referrals.propose(order_id=order.pk, person_id=own.pk, by=region.lead.actor, at=MONDAY)
    circulation.send(
        order_id=order.pk,
        office_ids=[office.pk for office in region.others],
        step=LadderStep.ALLIANCE,
        by=region.lead.actor,
        at=MONDAY,
    )
    requests = list(Request.objects.filter(order=order).order_by("office__sort_key"))
    assert len(requests) == 16
    return order, requests


def eleven_answer_and_three_late(region: Sjaelland, requests: list[Request]) -> None:
    """One with a candidate, nine with nobody, one by telephone, three late, two never."""
    found = region.person(requests[0].municipalities[0])
    answer(region, requests[0], found.pk)
    for request in requests[1:10]:
        answer(region, request)
    by_phone = {"by": region.lead.actor, "via": "PHONE", "said_by": "Konsulenten i Ringsted"}
    answer(region, requests[10], **by_phone)
    for request in requests[11:14]:
        answer(region, request, at=FRIDAY)


def refused_closing(order: Order, region: Sjaelland, label: str) -> CloseRefused:
    openings = Openings(hired=2, **{label: 1})
    with pytest.raises(CloseRefused) as refused:
        orders.close(order_id=order.pk, openings=openings, by=region.lead.actor, at=FRIDAY)
    return refused.value


def search_everyone_and_settle(order: Order, region: Sjaelland) -> None:
    codes, by = list(region.offices), region.lead.actor
    made = matching.search(order_id=order.pk, scope=codes, by=by, at=MONDAY)
    matching.settle(
        order_id=order.pk, person_ids=made.hits, outcome="NOT_REACHED", by=by, at=FRIDAY
    )


def hire_everyone_proposed(order: Order, region: Sjaelland) -> None:
    proposed = list(Referral.objects.filter(order=order).values_list("pk", flat=True))
    referrals.present(order_id=order.pk, referral_ids=proposed, by=region.lead.actor, at=FRIDAY)
    for referral_id in proposed:
        referrals.hire(
            referral_id=referral_id,
            starts_on=FRIDAY.date() + timedelta(days=10),
            hours=37,
            by=region.lead.actor,
            at=FRIDAY,
        )


def assert_raw_sql_is_refused(order: Order, label: str) -> None:
    with pytest.raises(IntegrityError, match="not searched in"):
        close_by_raw_sql(order, label)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")


def close_by_raw_sql(order: Order, label: str) -> None:
    with changing(by=lead_of(order)), connection.cursor() as cursor:
        cursor.execute(
            f"update orders_order set stage = 'CLOSED', closed_at = now(), {label} = 1"
            " where id = %s",
            [order.pk],
        )
        cursor.execute("set constraints all immediate")


def lead_of(order: Order) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=order.lead_id, office_id=order.lead_office_id)


def force_deferred_rules() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
