"""The tile map of Denmark: one square a municipality, and the same in a table beside it.

A state is told by colour, by pattern, by a sign in the square and by words: never by colour alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tvaers.places.queries import Tile, tiles

SIZE, GAP = 40, 3
"""A square and the space between two, in units of the drawing."""


class MunicipalityState(StrEnum):
    LATE = "late"
    WAITING = "waiting"
    CANDIDATES = "candidates"
    NOBODY = "nobody"
    SEARCHED = "searched"
    NOT_ASKED = "not_asked"
    NOT_IN_AREA = "not_in_area"


NAMES: dict[MunicipalityState, Any] = {
    MunicipalityState.LATE: _("Svaret er forsinket"),
    MunicipalityState.WAITING: _("Venter på svar"),
    MunicipalityState.CANDIDATES: _("Har svaret med kandidater"),
    MunicipalityState.NOBODY: _("Har svaret: ingen egnede"),
    MunicipalityState.SEARCHED: _("Gennemsøgt og afsluttet"),
    MunicipalityState.NOT_ASKED: pgettext_lazy("kommune på kortet", "Ikke spurgt"),
    MunicipalityState.NOT_IN_AREA: _("Uden for området"),
}
SIGNS = {
    MunicipalityState.LATE: "!",
    MunicipalityState.WAITING: "…",
    MunicipalityState.CANDIDATES: "+",
    MunicipalityState.NOBODY: "0",
    MunicipalityState.SEARCHED: "✓",
    MunicipalityState.NOT_ASKED: "",
    MunicipalityState.NOT_IN_AREA: "",
}


HATCHED = {
    MunicipalityState.LATE,
    MunicipalityState.WAITING,
    MunicipalityState.NOBODY,
    MunicipalityState.SEARCHED,
}
SQUARE = (
    '<g class="tile {state}"><title>{name}: {state_name}</title>'
    '<rect x="{x}" y="{y}" width="40" height="40" rx="4"{fill}/>'
    '<text x="{middle}" y="{upper}">{short}</text>'
    '<text class="sign" x="{middle}" y="{lower}">{sign}</text></g>'
)
"""By itself and not in the template: an order's page draws ninety-eight."""


@dataclass(frozen=True, slots=True)
class Square:
    """One municipality on the drawing."""

    x: int
    y: int
    short: str
    name: str
    state: MunicipalityState

    def parts(self, state_name: str) -> dict[str, Any]:
        """What `SQUARE` is filled in with."""
        hatched = self.state in HATCHED
        return {
            "state": self.state,
            "name": self.name,
            "state_name": state_name,
            "x": self.x,
            "y": self.y,
            "fill": format_html(' fill="url(#tile-{})"', self.state) if hatched else "",
            "middle": self.x + 20,
            "upper": self.y + 17,
            "short": self.short,
            "lower": self.y + 34,
            "sign": SIGNS[self.state],
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One state in the table: how many municipalities, and which."""

    state: MunicipalityState
    municipalities: tuple[Tile, ...]

    @property
    def name(self) -> Any:
        return NAMES[self.state]

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def names(self) -> str:
        return ", ".join(tile.name for tile in self.municipalities)


@dataclass(frozen=True, slots=True)
class TileMap:
    """The drawing and its table, for `ui/tile_map.html`."""

    squares: tuple[Square, ...]
    lines: tuple[Line, ...]
    width: int
    height: int

    @property
    def drawing(self) -> SafeString:
        """The squares, as the inside of an `svg`."""
        names = {state: str(name) for state, name in NAMES.items()}
        squares = (square.parts(names[square.state]) for square in self.squares)
        return format_html_join("", SQUARE, squares)


def tile_map(states: Mapping[str, str]) -> TileMap:
    """The map with these states by municipality code; those not named lie outside the area.

    The states are the values of `MunicipalityState`; raises `ValueError` for others. One query.
    """
    of = {code: MunicipalityState(state) for code, state in states.items()}
    every = tiles()
    squares = tuple(
        Square(
            x=tile.x * (SIZE + GAP),
            y=tile.y * (SIZE + GAP),
            short=tile.name[:4],
            name=tile.name,
            state=of.get(tile.code, MunicipalityState.NOT_IN_AREA),
        )
        for tile in every
    )
    lines = tuple(
        Line(state, tuple(tile for tile in every if of.get(tile.code) == state))
        for state in MunicipalityState
        if state in of.values()
    )
    return TileMap(
        squares,
        lines,
        width=max(square.x for square in squares) + SIZE,
        height=max(square.y for square in squares) + SIZE,
    )
