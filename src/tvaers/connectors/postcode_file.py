"""A list of postcodes with coordinates, read into rows.

A postcode that lies in several municipalities stands on a row for each, or on one row with the
municipalities separated by `|`.
"""

from dataclasses import dataclass
from functools import partial

from tvaers.connectors import spreadsheets, values
from tvaers.connectors.cells import Cells
from tvaers.connectors.problems import Fault, Problem
from tvaers.connectors.spreadsheets import Column, Sheet
from tvaers.connectors.values import BadValue
from tvaers.places.local_travel import kilometres_from_town
from tvaers.places.municipalities import municipality
from tvaers.places.postcode_lists import PostcodeLine
from tvaers.places.postcodes import municipality_of_postcode

COLUMNS = (
    Column("postcode", ("postnr", "postnummer", "nr")),
    Column("name", ("navn", "by", "bynavn", "postdistrikt", "town")),
    Column("municipality", ("kommune", "kommunekode", "kommunenr", "kommuner")),
    Column("latitude", ("breddegrad", "bredde", "lat", "visueltcenter_y")),
    Column("longitude", ("længdegrad", "længde", "lon", "lng", "long", "visueltcenter_x")),
)
LONGEST = {"name": 60}
FARTHEST = 80
"""Kilometres: nothing lies so far from its municipality's main town (Anholt: 50 from Grenaa)."""
NORTH, EAST = (54.0, 58.0), (7.5, 15.6)
"""The degrees between which Denmark lies."""


@dataclass(frozen=True)
class PostcodeFile:
    """The good lines, what was wrong with the others, and the columns that are not known."""

    lines: tuple[PostcodeLine, ...]
    problems: tuple[Problem, ...]
    unknown_columns: tuple[str, ...]


def read_bytes(content: bytes) -> PostcodeFile:
    """The postcodes of a file; raises `UnreadableFile` when it is no list of postcodes at all."""
    return from_sheet(spreadsheets.read_bytes(content, COLUMNS, required="postcode"))


def from_sheet(sheet: Sheet) -> PostcodeFile:
    """The postcodes of a sheet that was read; a row with any fault stays out."""
    lines: dict[tuple[str, str], PostcodeLine] = {}
    problems = list(sheet.problems)
    for row in sheet.rows:
        cells = Cells(row, longest=LONGEST)
        found = _lines(cells)
        for line in found:
            if (line.postcode, line.municipality) in lines:
                cells.fault("postcode", Fault.SEEN_BEFORE, line.postcode)
        problems += cells.problems
        if not cells.problems:
            lines |= {(line.postcode, line.municipality): line for line in found}
    problems.sort(key=lambda problem: problem.line)
    return PostcodeFile(tuple(lines.values()), tuple(problems), sheet.unknown)


def _lines(cells: Cells) -> list[PostcodeLine]:
    """A line for each municipality of the row; faults are left with `cells`."""
    postcode = cells.value("postcode", _postcode, "")
    cells.required("postcode")
    for column in ("latitude", "longitude"):
        cells.required(column)
    north = cells.value("latitude", partial(_degrees, within=NORTH), 0.0)
    east = cells.value("longitude", partial(_degrees, within=EAST), 0.0)
    codes = _municipalities(cells, postcode)
    if cells.problems:
        return []
    for code in codes:
        if kilometres_from_town(code, north, east) > FARTHEST:
            cells.fault("municipality", Fault.FAR_FROM_MUNICIPALITY, postcode)
    name = cells.text("name")
    return [PostcodeLine(postcode, name, code, north, east) for code in codes]


def _municipalities(cells: Cells, postcode: str) -> tuple[str, ...]:
    """The codes of the row's municipalities; where none is told, that of the postcode's town."""
    codes = []
    for named in values.items(cells.text("municipality")):
        fact = municipality(named)
        if fact is None:
            cells.fault("municipality", Fault.UNKNOWN_MUNICIPALITY, named)
        else:
            codes.append(fact.code)
    if codes or cells.text("municipality") or not postcode:
        return tuple(dict.fromkeys(codes))
    home = municipality_of_postcode(postcode)
    if home is None:
        cells.fault("postcode", Fault.UNKNOWN_POSTCODE, postcode)
    return (home,) if home else ()


def _postcode(text: str) -> str:
    if not (postcode := values.postcode(text)):
        raise BadValue(Fault.UNKNOWN_POSTCODE, text)
    return postcode


def _degrees(text: str, *, within: tuple[float, float]) -> float:
    try:
        degrees = values.decimal(text)
    except BadValue:
        raise BadValue(Fault.NOT_DEGREES, text) from None
    if not within[0] <= degrees <= within[1]:
        raise BadValue(Fault.NOT_DEGREES, text)
    return degrees
