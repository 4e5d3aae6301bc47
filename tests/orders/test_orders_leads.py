"""Lead, deputy, co-leads, and the lead that is handed over (R9); who may do what."""

from datetime import timedelta

import pytest

from tests.accounts import factories as people
from tests.core.factories import MONDAY
from tests.network import factories as network
from tests.network.factories import AARHUS, GREVE, ODENSE
from tests.orders import factories as orders
from tests.orders.factories import actor, again, kinds, lead_of
from tvaers.accounts.models import User
from tvaers.network.models import Office
from tvaers.orders import access, operations, queries
from tvaers.orders.lifecycle import LogKind, Refusal
from tvaers.orders.models import Handover, Order
from tvaers.orders.refusals import OrderRefused

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def greve() -> Office:
    return network.office("Greve", (GREVE,))


@pytest.fixture
def birthe(greve: Office) -> User:
    return orders.a_lead(greve, "Birthe")


@pytest.fixture
def order() -> Order:
    return orders.an_order()


def offered(order: Order, office: Office, user: User) -> Handover:
    return operations.offer_handover(
        order_id=order.pk, to_office_id=office.pk, to_user_id=user.pk, by=lead_of(order), at=TUESDAY
    )


def test_the_lead_moves_when_the_receiver_accepts(
    order: Order, greve: Office, birthe: User
) -> None:
    deputy = orders.a_lead(order.lead_office)
    operations.set_deputy(order_id=order.pk, deputy_id=deputy.pk, by=lead_of(order), at=MONDAY)

    offer = offered(order, greve, birthe)
    assert again(order).lead == order.lead
    assert [one.id for one in queries.offered_handovers(greve.pk)] == [offer.pk]

    for _ in range(2):
        operations.accept_handover(handover_id=offer.pk, by=actor(birthe, greve), at=TUESDAY)

    order = again(order)
    assert (order.lead_office, order.lead, order.deputy) == (greve, birthe, None)
    assert kinds(order)[-2:] == [LogKind.HANDOVER_OFFERED, LogKind.HANDOVER_ACCEPTED]
    assert queries.offered_handovers(greve.pk) == ()


def test_only_the_receiver_answers(order: Order, greve: Office, birthe: User) -> None:
    offer = offered(order, greve, birthe)

    for answer in (operations.accept_handover, operations.decline_handover):
        with pytest.raises(OrderRefused) as refused:
            answer(handover_id=offer.pk, by=lead_of(order), at=TUESDAY)
        assert refused.value.reason is Refusal.NOT_THE_RECEIVER


def test_a_declined_lead_stays_and_can_be_offered_again(
    order: Order, greve: Office, birthe: User
) -> None:
    offer = offered(order, greve, birthe)
    by = actor(birthe, greve)

    for _ in range(2):
        operations.decline_handover(handover_id=offer.pk, by=by, at=TUESDAY)

    assert again(order).lead == order.lead
    with pytest.raises(OrderRefused) as refused:
        operations.accept_handover(handover_id=offer.pk, by=by, at=TUESDAY)
    assert refused.value.reason is Refusal.ALREADY_DECIDED
    assert offered(order, greve, birthe) != offer


def test_one_offer_at_a_time(order: Order, greve: Office, birthe: User) -> None:
    odense = network.office("Odense", (ODENSE,))
    other = orders.a_lead(odense)
    offer = offered(order, greve, birthe)

    assert offered(order, greve, birthe) == offer
    with pytest.raises(OrderRefused) as refused:
        offered(order, odense, other)
    assert refused.value.reason is Refusal.ALREADY_OFFERED

    operations.withdraw_handover(order_id=order.pk, by=lead_of(order), at=TUESDAY)
    assert offered(order, odense, other).to_user == other


def test_nobody_is_offered_what_is_theirs(order: Order) -> None:
    with pytest.raises(OrderRefused) as refused:
        offered(order, order.lead_office, order.lead)

    assert refused.value.reason is Refusal.ALREADY_LEADS


def test_a_deputy_is_someone_else(order: Order) -> None:
    with pytest.raises(OrderRefused) as refused:
        operations.set_deputy(
            order_id=order.pk, deputy_id=order.lead_id, by=lead_of(order), at=TUESDAY
        )

    assert refused.value.reason is Refusal.ALREADY_LEADS


def test_an_office_in_the_west_leads_too(order: Order) -> None:
    aarhus = network.office("Aarhus", (AARHUS,))
    jens, lise = orders.a_lead(aarhus, "Jens"), orders.a_lead(aarhus, "Lise")
    for user in (jens, jens, lise):
        operations.add_co_lead(
            order_id=order.pk,
            office_id=aarhus.pk,
            user_id=user.pk,
            part="WEST",
            by=lead_of(order),
            at=TUESDAY,
        )

    assert [co_lead.user for co_lead in order.co_leads.all()] == [lise]
    assert kinds(order).count(LogKind.CO_LEAD_ADDED) == 2
    assert [row.id for row in queries.due_presentations(aarhus.pk)] == [order.pk]

    for _ in range(2):
        operations.remove_co_lead(
            order_id=order.pk, office_id=aarhus.pk, by=lead_of(order), at=TUESDAY
        )
    assert not order.co_leads.exists()
    assert kinds(order).count(LogKind.CO_LEAD_REMOVED) == 1


def test_the_lead_office_is_no_co_lead(order: Order, greve: Office, birthe: User) -> None:
    with pytest.raises(OrderRefused):
        operations.add_co_lead(
            order_id=order.pk,
            office_id=order.lead_office_id,
            user_id=order.lead_id,
            by=lead_of(order),
            at=TUESDAY,
        )
    operations.add_co_lead(
        order_id=order.pk, office_id=greve.pk, user_id=birthe.pk, by=lead_of(order), at=TUESDAY
    )

    offer = offered(order, greve, birthe)
    operations.accept_handover(handover_id=offer.pk, by=actor(birthe, greve), at=TUESDAY)

    assert not order.co_leads.exists()


def test_who_may_see_take_and_lead(order: Order, greve: Office) -> None:
    own, other = people.consultant(order.lead_office), people.consultant(greve)
    partner, administrator = people.partner(greve), people.administrator(order.lead_office)
    birthe = orders.a_lead(greve)

    assert [access.may_see_order(one, order) for one in (own, other, partner)] == [True] * 3
    assert not access.may_see_order(administrator, order)
    assert access.may_take_order(own)
    assert not access.may_take_order(partner)
    assert access.may_lead(own, order)
    assert not access.may_lead(other, order)

    offer = offered(order, greve, birthe)
    assert access.may_accept_handover(other, offer)
    assert not access.may_accept_handover(own, offer)
    assert not access.may_accept_handover(partner, offer)

    operations.add_co_lead(
        order_id=order.pk, office_id=greve.pk, user_id=birthe.pk, by=lead_of(order), at=TUESDAY
    )
    assert access.may_lead(other, order)
    assert not access.may_lead(partner, order)
