"""The tile map tells the same by squares and in its table."""

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from tests.network.factories import AARHUS, GREVE, KOEGE
from tvaers.web.components.tile_map import MunicipalityState, tile_map

pytestmark = pytest.mark.django_db


def test_every_municipality_has_a_square_of_its_own(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        map_ = tile_map({})
    assert len({(square.x, square.y) for square in map_.squares}) == 98
    assert {square.state for square in map_.squares} == {MunicipalityState.NOT_IN_AREA}


def test_the_table_says_what_the_squares_show() -> None:
    states = {KOEGE: "candidates", GREVE: "late", AARHUS: "late"}
    html = render_to_string("ui/tile_map.html", {"map": tile_map(states)})
    late, candidates = tile_map(states).lines
    assert [tile.name for tile in late.municipalities] == ["Greve", "Aarhus"]
    assert [tile.name for tile in candidates.municipalities] == ["Køge"]
    assert "<title>Greve: Svaret er forsinket</title>" in html
    assert "Greve, Aarhus" in html


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="asleep"):
        tile_map({KOEGE: "asleep"})
