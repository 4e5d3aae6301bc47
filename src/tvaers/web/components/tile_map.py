"""The tile map of Denmark: one square a municipality, and the same in a table beside it.

A state is told by colour, by pattern, by a sign in the square and by words: never by colour alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Square:
    """One municipality on the drawing."""

    x: int
    y: int
    short: str
    name: str
    state: MunicipalityState

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def state_name(self) -> Any:
        return NAMES[self.state]


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


@dataclass(frozen=True, slots=True)
class TileMap:
    """The drawing and its table, for `ui/tile_map.html`."""

    squares: tuple[Square, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


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
