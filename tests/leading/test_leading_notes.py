"""Status notes: written once, read by those who take part, told once in a mail (R9, R16)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError

from tests.accounts.factories import consultant, partner
from tests.core.factories import MONDAY, setting_up
from tests.leading.factories import a_note, ask
from tests.network import factories as network
from tests.network.factories import GREVE, KOEGE, SOLROED
from tests.orders import factories as orders
from tvaers.circulation.models import Circulation
from tvaers.circulation.operations import withdraw
from tvaers.leading import operations
from tvaers.leading.access import may_share, takes_part
from tvaers.leading.models import StatusNote
from tvaers.leading.news import Shared, shared_with
from tvaers.leading.queries import notes_of
from tvaers.network.models import Office
from tvaers.orders import operations as orders_operations
from tvaers.orders.models import Order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def greve(db: None) -> Office:
    return network.office("Greve virksomhedsindgang", (GREVE,))


@pytest.fixture
def order(db: None) -> Order:
    return orders.an_order(office=network.office("Køge virksomhedsindgang", (KOEGE,)))


def test_two_clicks_write_one_note_and_the_log_says_so(order: Order) -> None:
    key, by = uuid4(), orders.lead_of(order)
    first, second = (
        operations.write_note(
            order_id=order.pk, words=" Godt i gang. ", note_key=key, by=by, at=MONDAY
        )
        for _ in range(2)
    )
    assert first == second
    assert notes_of(order.pk)[0].words == "Godt i gang."
    assert orders.kinds(order)[-1] == "STATUS_NOTE"


def test_the_newest_note_comes_first_and_a_closed_order_can_have_one(order: Order) -> None:
    a_note(order, "I går.")
    orders.a_word(order, "WITHDRAWN", openings=1)
    orders.closed(order, withdrawn=1)
    a_note(order, "I dag.", at=MONDAY + DAY)
    assert [note.words for note in notes_of(order.pk)] == ["I dag.", "I går."]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_keeps_a_note_as_it_was_written(order: Order, verb: str) -> None:
    a_note(order)
    rows = StatusNote.objects.all()
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), setting_up():
        rows.update(words="Noget andet") if verb == "update" else rows.delete()


def test_the_database_refuses_a_note_that_says_nothing(order: Order) -> None:
    with pytest.raises(IntegrityError, match="status_note_says_something"):
        a_note(order, "  ")


def test_the_lead_writes_and_the_offices_asked_read(order: Order, greve: Office) -> None:
    ask(order, greve)
    lead, asked = consultant(order.lead_office), consultant(greve)
    assert takes_part(lead, order)
    assert may_share(lead, order)
    assert takes_part(asked, order)
    assert takes_part(partner(greve), order)
    assert not may_share(asked, order)


def test_an_office_that_is_not_asked_or_no_longer_takes_no_part(
    order: Order, greve: Office
) -> None:
    ask(order, greve)
    solroed = network.office("Solrød virksomhedsindgang", (SOLROED,))
    assert not takes_part(consultant(solroed), order)
    withdraw(circulation_id=Circulation.objects.get().pk, by=orders.lead_of(order), at=MONDAY + DAY)
    assert not takes_part(consultant(greve), order)


def test_a_co_lead_takes_part_and_writes(order: Order, greve: Office) -> None:
    bo = orders.a_lead(greve, "Bo Friis")
    orders_operations.add_co_lead(
        order_id=order.pk, office_id=greve.pk, user_id=bo.pk, by=orders.lead_of(order), at=MONDAY
    )
    reader = consultant(greve)
    assert takes_part(reader, order)
    assert may_share(reader, order)


def test_news_are_told_to_others_than_the_writer_once_an_order(order: Order, greve: Office) -> None:
    ask(order, greve)
    a_note(order)
    a_note(order, "Og mere.")
    asked = consultant(greve)
    (news,) = shared_with(asked.user_id, [greve.pk], since=MONDAY, until=MONDAY + DAY)
    assert (news.what, news.order_id, news.title) == (Shared.NOTE, order.pk, order.title)
    assert not shared_with(order.lead_id, [order.lead_office_id], since=MONDAY, until=MONDAY + DAY)


def test_spans_that_meet_tell_a_note_once(order: Order, greve: Office) -> None:
    ask(order, greve)
    a_note(order, at=MONDAY)
    someone = consultant(greve).user_id
    told = [
        shared_with(someone, [greve.pk], since=MONDAY + n * DAY, until=MONDAY + (n + 1) * DAY)
        for n in (-1, 0, 1)
    ]
    assert [len(one) for one in told] == [0, 1, 0]


def test_a_stranger_and_a_colleague_of_the_lead_are_told_nothing(
    order: Order, greve: Office
) -> None:
    a_note(order)
    for someone in (consultant(greve), consultant(order.lead_office)):
        assert not shared_with(
            someone.user_id, [someone.office_id], since=MONDAY, until=MONDAY + DAY
        )
