"""The country in the tables: municipalities, parts and regions with dates."""

from datetime import date

import pytest

from tests.core.factories import MONDAY, SETUP
from tvaers.audit.models import Change
from tvaers.places import queries
from tvaers.places.models import Area, AreaKind, AreaMunicipality, Municipality
from tvaers.places.operations import load_reference

pytestmark = pytest.mark.django_db


def test_there_are_98_municipalities_in_danish_order_on_their_own_tiles() -> None:
    names = list(queries.municipality_names().values())

    assert len(names) == 98
    assert (names[0], names[-1]) == ("Albertslund", "Aarhus")
    assert set(names) > {"Køge", "Læsø", "Bornholm"}
    assert Municipality.objects.values("tile_x", "tile_y").distinct().count() == 98


def test_the_country_falls_in_two_parts_and_in_regions_that_change_in_2027() -> None:
    sizes = {
        (area.kind, area.name): area.parts.count()
        for area in Area.objects.exclude(kind=AreaKind.ALLIANCE)
    }

    assert sizes == {
        ("NATION", "Hele landet"): 98,
        ("PART", "Øst for Storebælt"): 46,
        ("PART", "Vest for Storebælt"): 52,
        ("REGION", "Region Hovedstaden"): 29,
        ("REGION", "Region Midtjylland"): 19,
        ("REGION", "Region Nordjylland"): 11,
        ("REGION", "Region Sjælland"): 17,
        ("REGION", "Region Syddanmark"): 22,
        ("REGION", "Region Østdanmark"): 46,
    }
    for day, regions in ((date(2026, 12, 31), 5), (date(2027, 1, 1), 4)):
        assert len(queries.all_codes()) == 98
        found = {
            area.pk
            for area in Area.objects.filter(kind=AreaKind.REGION)
            if queries.area_municipalities(area.pk, day)
        }
        assert len(found) == regions


def test_loading_again_changes_nothing() -> None:
    before = (Change.objects.count(), AreaMunicipality.objects.count())
    load_reference(by=SETUP, at=MONDAY)
    assert (Change.objects.count(), AreaMunicipality.objects.count()) == before
