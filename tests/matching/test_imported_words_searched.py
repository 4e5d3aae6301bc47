"""Imported words in orders and profiles: searched for at once, and what is stored stays right."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.circulation.factories import Sjaelland, an_order, forklift, occupation, sjaelland
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import KOEGE
from tests.taxonomy.word_files import ESCO, a_folder
from tvaers.connectors.word_folder import read_folder
from tvaers.matching import index_feed
from tvaers.matching import operations as matching
from tvaers.matching.index_check import differences
from tvaers.orders.models import Order
from tvaers.taxonomy.models import ImportedConcept
from tvaers.taxonomy.operations import take_words
from tvaers.taxonomy.queries import put_in_use
from tvaers.wording.orders import concept_label

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TVAERS_INDEX = tmp_path / "index"
    monkeypatch.setattr(index_feed, "_newest", None)


@pytest.fixture
def region() -> Sjaelland:
    return sjaelland()


def take(folder: Path) -> None:
    read = read_folder(folder)
    take_words(lists=read.lists, concepts=read.concepts, titles=read.titles, by=SETUP, at=MONDAY)
    put_in_use()


def number(name: str) -> int:
    return ImportedConcept.objects.get(uri_eu=f"{ESCO}/occupation/{name}").id


def hits(region: Sjaelland, order: Order) -> set[int]:
    made = matching.search(order_id=order.pk, scope=(KOEGE,), by=region.lead.actor, at=MONDAY)
    return set(made.hits)


def test_an_import_between_two_searches_needs_no_new_index(
    region: Sjaelland, tmp_path: Path
) -> None:
    before = region.person()
    warehouse = an_order(region.lead)
    assert hits(region, warehouse) == {before.pk}
    take(a_folder(tmp_path / "esco"))
    wire, rope = (region.person(wanted=(number(name),), concepts=()) for name in ("wire", "rope"))
    asked = an_order(region.lead, occupation=number("wire"), requirements=())
    assert hits(region, asked) == {wire.pk, rope.pk}
    assert hits(region, warehouse) == {before.pk}
    assert differences(MONDAY.date()) == (3, [])


def test_a_withdrawn_word_is_still_searched_for_and_named(
    region: Sjaelland, tmp_path: Path
) -> None:
    take(a_folder(tmp_path / "esco"))
    rope = number("rope")
    has = region.person(wanted=(rope,), concepts=(forklift(),))
    asked = an_order(region.lead, occupation=rope)
    newer = "conceptUri,iscoGroup,preferredLabel,altLabels\n" + (
        f"{ESCO}/occupation/wire,8121,trådtrækker,\n"
    )
    take(a_folder(tmp_path / "newer", occupations=newer, star=None))
    assert ImportedConcept.objects.get(pk=rope).withdrawn
    assert hits(region, asked) == {has.pk}
    assert concept_label(rope) == "rebslager"
    assert region.person(wanted=(occupation(),)).pk not in hits(region, asked)
