"""A saved search says quietly who has come to fit since it was seen."""

from datetime import timedelta

import pytest

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY
from tests.network.factories import GREVE, KOEGE
from tvaers.audit.models import Look
from tvaers.core.actor import Actor, ActorKind
from tvaers.matching import operations as matching
from tvaers.matching import saving
from tvaers.matching.engine.rows import Ordering
from tvaers.matching.models import SavedSearch, Search
from tvaers.matching.order_query import Settings
from tvaers.messages.models import Message
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import Openings
from tvaers.orders.models import Order, Subject

pytestmark = pytest.mark.django_db
JOB = Actor(kind=ActorKind.JOB, label="new-hits")


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


def saved(region: Sjaelland, order: Order) -> Search:
    by = {"by": region.lead.actor, "at": MONDAY}
    made = matching.search(order_id=order.pk, scope=(KOEGE, GREVE), **by)
    saving.save(search_id=made.pk, **by)
    return made


def waiting() -> int:
    saving.look_for_new(by=JOB, at=MONDAY)
    return SavedSearch.objects.get().waiting


def test_who_comes_to_fit_is_counted_and_nobody_is_looked_at(
    region: Sjaelland, order: Order
) -> None:
    region.person()
    saved(region, order)
    mails, looks = Message.objects.count(), Look.objects.count()
    assert waiting() == 0
    region.person(GREVE)
    region.person(GREVE, concepts=())
    assert waiting() == 1
    assert (Message.objects.count(), Look.objects.count()) == (mails, looks)


def test_who_has_an_outcome_is_not_new(region: Sjaelland, order: Order) -> None:
    saved(region, order)
    proposed = region.person(GREVE)
    matching.settle(
        order_id=order.pk,
        person_ids=[proposed.pk],
        outcome="PROPOSED",
        by=region.lead.actor,
        at=MONDAY,
    )
    assert waiting() == 0


def test_the_one_who_follows_has_seen_them_when_searching_again(
    region: Sjaelland, order: Order
) -> None:
    before = saved(region, order)
    region.person(GREVE)
    assert waiting() == 1
    made = saving.search_again(
        search_id=before.pk,
        settings=Settings(ordering=Ordering.TRAVEL),
        by=region.lead.actor,
        at=MONDAY + timedelta(hours=1),
    )
    row = SavedSearch.objects.get()
    assert (row.search_id, row.before_id, row.waiting) == (made.pk, before.pk, 0)
    assert (made.scope, made.settings["ordering"]) == (before.scope, "travel")
    assert waiting() == 0


def test_another_reader_who_searches_again_moves_nobodys_saved_search(
    region: Sjaelland, order: Order
) -> None:
    made = saved(region, order)
    other = region.consultant(KOEGE)
    saving.search_again(search_id=made.pk, by=other.actor, at=MONDAY)
    assert SavedSearch.objects.get().search_id == made.pk


def test_it_is_saved_once_and_forgotten(region: Sjaelland, order: Order) -> None:
    made = saved(region, order)
    by = {"search_id": made.pk, "by": region.lead.actor, "at": MONDAY}
    saving.save(**by)
    assert SavedSearch.objects.count() == 1
    saving.forget(**by)
    assert not SavedSearch.objects.exists()
    assert Search.objects.filter(pk=made.pk).exists()


def test_nothing_is_looked_for_once_the_order_is_closed(region: Sjaelland, order: Order) -> None:
    saved(region, order)
    region.person(GREVE)
    say(order, Subject.FILLED_BY_COMPANY, region.lead, openings=3)
    orders.close(
        order_id=order.pk,
        openings=Openings(filled_by_company=3),
        by=region.lead.actor,
        at=MONDAY,
    )
    assert waiting() == 0
