"""The evaluation: asked when the order is over, shared with those who took part."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError

from tests.accounts.factories import consultant
from tests.core.factories import MONDAY, setting_up
from tests.leading.factories import a_closed_order, an_evaluation, ask
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE
from tests.orders import factories as orders
from tvaers.companies.models import Conversation
from tvaers.leading.models import Evaluation
from tvaers.leading.news import Shared, shared_with
from tvaers.leading.queries import evaluation_of
from tvaers.network.models import Office
from tvaers.orders.lifecycle import Refusal
from tvaers.orders.models import Order
from tvaers.orders.operations import reopen
from tvaers.orders.refusals import OrderRefused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def koege(db: None) -> Office:
    return network.office("Køge virksomhedsindgang", (KOEGE,))


@pytest.fixture
def order(koege: Office) -> Order:
    return a_closed_order(office=koege)


def talks(order: Order) -> int:
    return Conversation.objects.filter(company=order.company_id).count()


def test_what_the_company_said_is_written_down_once_and_was_a_talk(order: Order) -> None:
    before = talks(order)
    an_evaluation(order)
    an_evaluation(order, at=MONDAY + DAY)
    written = evaluation_of(order.pk)
    assert written is not None
    assert (written.got_people, written.speed, written.written_at) == ("SOME", "POOR", MONDAY)
    assert talks(order) == before + 1
    assert orders.kinds(order).count("EVALUATED") == 1


def test_it_can_be_put_right(order: Order) -> None:
    an_evaluation(order)
    an_evaluation(order, speed="FAIR", at=MONDAY + DAY)
    written = Evaluation.objects.get()
    assert (written.speed, written.written_at) == ("FAIR", MONDAY + DAY)


def test_an_order_that_is_open_is_not_evaluated_in_the_code_nor_in_the_database(
    koege: Office,
) -> None:
    order = orders.an_order(office=koege)
    with pytest.raises(OrderRefused) as refused:
        an_evaluation(order)
    assert refused.value.reason == Refusal.WRONG_STAGE
    talk = Conversation.objects.filter(company=order.company_id).latest("pk")
    with pytest.raises(IntegrityError, match="evaluated when it is closed"), setting_up():
        Evaluation.objects.create(
            order=order,
            said_by="Hanne",
            got_people="ALL",
            quality="GOOD",
            speed="GOOD",
            written_at=MONDAY,
            office=koege,
            conversation=talk,
        )


def test_nobody_said_it_is_refused(order: Order) -> None:
    with pytest.raises(OrderRefused) as refused:
        an_evaluation(order, said_by="  ")
    assert refused.value.reason == Refusal.NOBODY_SAID_IT


def test_the_database_keeps_it_with_its_order_and_speaker(order: Order, koege: Office) -> None:
    an_evaluation(order)
    rows = Evaluation.objects.all()
    with pytest.raises(ProgrammingError, match="Cannot delete"), setting_up():
        rows.delete()
    with pytest.raises(ProgrammingError, match="Cannot update"), setting_up():
        rows.update(order=a_closed_order(office=koege))
    with pytest.raises(IntegrityError, match="evaluation_has_a_speaker"), setting_up():
        rows.update(said_by="")


def test_it_is_kept_when_the_closing_is_taken_back(order: Order) -> None:
    an_evaluation(order)
    reopen(order_id=order.pk, by=orders.lead_of(order), at=MONDAY)
    assert evaluation_of(order.pk)


def test_the_offices_that_took_part_are_told_once(koege: Office) -> None:
    greve = network.office("Greve virksomhedsindgang", (GREVE,))
    order = orders.an_order(office=koege)
    ask(order, greve)
    orders.a_word(order, "WITHDRAWN", openings=1)
    an_evaluation(orders.closed(order, withdrawn=1), at=MONDAY + DAY)
    someone = consultant(greve).user_id
    told = [
        shared_with(someone, [greve.pk], since=MONDAY + n * DAY, until=MONDAY + (n + 1) * DAY)
        for n in range(3)
    ]
    assert [[one.what for one in news] for news in told] == [[], [Shared.EVALUATION], []]
    stranger = consultant(network.office("Odense virksomhedsindgang", (network.ODENSE,)))
    assert not shared_with(
        stranger.user_id, [stranger.office_id], since=MONDAY, until=MONDAY + 2 * DAY
    )
