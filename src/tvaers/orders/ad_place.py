"""Where the work is: the municipalities and the postcode that an ad names."""

import re
from dataclasses import dataclass

from tvaers.places.place_in_text import Certainty, PlaceFound, places_in_text

_BETWEEN = re.compile(r"\s*(?:,|og|/|eller|&|samt)\s*(?:i\s+)?", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True)
class AdPlace:
    """Municipality codes in reading order, a postcode or "", and whether there is doubt."""

    municipalities: tuple[str, ...]
    postcode: str
    doubt: bool


def ad_place(text: str) -> AdPlace:
    """The surest place, with those named in one breath with it ("Greve og Solrød").

    Doubt when the ad names other places as surely elsewhere.
    """
    places = places_in_text(text)
    if not places:
        return AdPlace((), "", doubt=False)
    surest = max(range(len(places)), key=lambda i: (places[i].certainty, -i))
    first = last = surest
    while first > 0 and _together(text, places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and _together(text, places[last], places[last + 1]):
        last += 1
    chosen = places[first : last + 1]
    codes = tuple(dict.fromkeys(place.municipality for place in chosen))
    others = {
        place.municipality
        for place in places
        if place.certainty >= max(places[surest].certainty, Certainty.NAMED)
    }
    postcode = _POSTCODE.search(places[surest].words)
    return AdPlace(codes, postcode.group() if postcode else "", doubt=bool(others - set(codes)))


def _together(text: str, one: PlaceFound, other: PlaceFound) -> bool:
    """Whether nothing but "og", a comma or the like stands between two places."""
    return _BETWEEN.fullmatch(text[one.end : other.start]) is not None
