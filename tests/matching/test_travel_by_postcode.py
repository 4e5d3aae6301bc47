"""Travel from postcode to postcode in a search, once a list of postcodes was imported."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.candidates.factories import importer
from tests.circulation.factories import Sjaelland, an_order, sjaelland
from tests.core.factories import MONDAY, setting_up
from tests.core.waiting import PATIENCE
from tests.network.factories import GREVE, KOEGE
from tvaers.companies.models import Workplace
from tvaers.matching import index_feed
from tvaers.matching import operations as matching
from tvaers.matching.index_check import differences
from tvaers.matching.index_feed import current_index
from tvaers.matching.order_query import Settings
from tvaers.matching.queries import result_page
from tvaers.orders.models import Order
from tvaers.places.models import PostcodeList
from tvaers.places.postcode_lists import PostcodeLine, PostcodesTaken, take_postcodes

pytestmark = pytest.mark.django_db(transaction=True)

LINES = (
    PostcodeLine("4600", "Køge", KOEGE, 55.458, 12.182),
    PostcodeLine("4140", "Borup", KOEGE, 55.494, 11.976),
    PostcodeLine("2670", "Greve", GREVE, 55.587, 12.299),
    PostcodeLine("4140", "Borup", GREVE, 55.494, 11.976),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[None]:
    """An empty folder for the index, and a process that has read nothing yet."""
    settings.TVAERS_INDEX = tmp_path
    index_feed._newest = None
    yield
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(PATIENCE)
    index_feed._newest = None


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    """An order of a workplace in Køge town."""
    made = an_order(region.lead)
    with setting_up():
        Workplace.objects.filter(pk__in=made.places.values("workplace")).update(
            municipality_id=KOEGE, postcode="4600"
        )
    return made


def take(region: Sjaelland, *lines: PostcodeLine, **more: Any) -> PostcodesTaken:
    given = {"file_name": "postnumre.csv", "sha256": "0" * 64, "at": MONDAY}
    return take_postcodes(lines=lines, by=importer(region.offices[KOEGE]), **(given | more))


def minutes(region: Sjaelland, order: Order) -> dict[int, int | None]:
    """How far each hit has, as the page of the search tells."""
    made = matching.search(
        order_id=order.pk,
        scope=(KOEGE, GREVE),
        settings=Settings(),
        by=region.lead.actor,
        at=MONDAY,
    )
    page = result_page(made.pk, at=MONDAY)
    return {hit.person_id: hit.travel_minutes for hit in page.hits.rows}


def test_postcodes_count_from_the_moment_a_list_is_imported(
    region: Sjaelland, order: Order
) -> None:
    town = region.person(postcode="4600", car=True)
    village = region.person(postcode="4140", car=True)
    nowhere = region.person(postcode="", car=True)
    unlisted = region.person(postcode="4681", car=True)
    before = minutes(region, order)
    assert len(set(before.values())) == 1

    take(region, *LINES)

    after = minutes(region, order)
    assert (after[town.pk], after[village.pk]) == (5, 18)
    assert after[nowhere.pk] == after[unlisted.pk]
    assert differences(MONDAY.date()) == (4, [])


def test_a_corrected_list_counts_at_once_and_the_same_one_changes_nothing(
    region: Sjaelland, order: Order
) -> None:
    person = region.person(postcode="4140", car=True)
    assert take(region, *LINES) == PostcodesTaken(4, 0, 0)
    assert minutes(region, order)[person.pk] == 18
    built = current_index(MONDAY.date())
    assert take(region, *LINES) == PostcodesTaken(0, 0, 4)
    assert current_index(MONDAY.date()) is built
    moved = PostcodeLine("4140", "Borup", KOEGE, 55.458, 12.182)
    assert take(region, moved, dry_run=True) == PostcodesTaken(0, 1, 0)
    assert current_index(MONDAY.date()) is built
    assert take(region, moved) == PostcodesTaken(0, 1, 0)
    assert minutes(region, order)[person.pk] == 5
    assert PostcodeList.objects.count() == 2


def test_who_moves_is_measured_anew_without_a_new_index(region: Sjaelland, order: Order) -> None:
    person = region.person(postcode="4600", car=True)
    take(region, *LINES)
    assert minutes(region, order)[person.pk] == 5
    with setting_up():
        type(person).objects.filter(pk=person.pk).update(postcode="4140")
    assert minutes(region, order)[person.pk] == 18
    assert differences(MONDAY.date()) == (1, [])


def test_another_process_takes_the_new_minutes_too(region: Sjaelland, order: Order) -> None:
    person = region.person(postcode="4140", car=True)
    before = minutes(region, order)[person.pk]
    old = index_feed._newest
    take(region, *LINES)
    assert minutes(region, order)[person.pk] == 18 != before
    index_feed._newest = old
    assert minutes(region, order)[person.pk] == 18
