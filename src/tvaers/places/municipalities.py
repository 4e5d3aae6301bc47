"""The 98 municipalities as facts that need no database."""

import re
from dataclasses import dataclass
from functools import cache

from tvaers.core.danish_order import danish_sort_key
from tvaers.places.tables import rows

OWN_TITLES = {"0101": "Københavns Kommune", "0400": "Bornholms Regionskommune"}
CODE = re.compile(r"0?(\d{3})(?:\.0)?")
OTHER_NAMES = {"copenhagen": "0101", "mors": "0773"}


@dataclass(frozen=True, slots=True)
class MunicipalityFact:
    """One municipality: `part` is EAST or WEST of Storebælt, the coordinate is the main town's.

    The main town gives the name or is the largest; the middle one where several are of a size.
    """

    code: str
    name: str
    region_code: str
    region: str
    landsdel: str
    part: str
    town: str
    latitude: float
    longitude: float
    tile_x: int
    tile_y: int

    @property
    def sort_key(self) -> str:
        """The place in the Danish alphabet."""
        return danish_sort_key(self.name)

    @property
    def title(self) -> str:
        """The name as the municipality writes it: "Køge Kommune", "Bornholms Regionskommune"."""
        return OWN_TITLES.get(self.code, f"{self.name} Kommune")


@cache
def all_municipalities() -> tuple[MunicipalityFact, ...]:
    """All 98, by code; the position in this tuple is the row in the travel-time tables."""
    return tuple(
        MunicipalityFact(
            code=row["code"],
            name=row["name"],
            region_code=row["region_code"],
            region=row["region"],
            landsdel=row["landsdel"],
            part=row["part"],
            town=row["town"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            tile_x=int(row["tile_x"]),
            tile_y=int(row["tile_y"]),
        )
        for row in rows("municipalities")
    )


def municipality(code_or_name: str | int) -> MunicipalityFact | None:
    """The municipality with this code or name, or None.

    A spreadsheet may have eaten the leading zero (259 is "0259"), and names come in any case,
    with or without "Kommune", a genitive s, or Aa for Å.
    """
    text = str(code_or_name).strip()
    if code := CODE.fullmatch(text):
        return _by_code().get(f"0{code.group(1)}")
    return _by_name().get(_name_key(text))


def _name_key(name: str) -> str:
    """What is left of a name when its spellings are laid together."""
    words = re.sub(r"\b(regions)?kommune\b", "", name.casefold())
    return danish_sort_key(words).removesuffix("s")


@cache
def _by_code() -> dict[str, MunicipalityFact]:
    return {fact.code: fact for fact in all_municipalities()}


@cache
def _by_name() -> dict[str, MunicipalityFact]:
    named = {_name_key(fact.name): fact for fact in all_municipalities()}
    return named | {_name_key(name): _by_code()[code] for name, code in OTHER_NAMES.items()}
