"""Finds the place that a job ad or a line of notes speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from tvaers.places.place_names import (
    WORD,
    longest_name,
    municipality_by_name,
    names_also_words,
    words_of,
)
from tvaers.places.postcodes import municipality_of_postcode

PLACE_FOLLOWS = re.compile(
    r"(?:\b(?:i|ved|gennem|nær|til|fra|omkring|på|(?:nord|syd|øst|vest) for|"
    r"arbejdssted(?:et)?|arbejdsplads|sted|by|beliggende|adresse|lokation)\s*:?|[,(–/])\s*$",
    re.IGNORECASE,
)
SENTENCE_BEGINS = re.compile(r"(?:^|[\n.!?])\s*$")
THE_ROAD = re.compile(r"\s+som\s+arbejdsplads", re.IGNORECASE)
LINE_ENDS = re.compile(r"\s*(?:$|[\n,;)/.])")
POSTCODE_BEFORE = re.compile(r"(?<!\d)(\d{4})\s+$")
LABELLED_POSTCODE = re.compile(r"\bpost(?:nr|nummer)\b[.:]?\s*(\d{4})(?!\d)", re.IGNORECASE)
BARE_POSTCODE = re.compile(
    r"(?:^|[\n,.(–-]\s*|\b(?:i|ved|til|fra|på|udgår\s+fra|bor|bopæl|hjemme\s+i)\s+)"
    r"(?<![\d.,/+-])(?P<code>(?!19\d\d|20\d\d)[1-9]\d{3})(?=\s*(?:[.,;:)\n]|$))(?![.,]\d)",
    re.IGNORECASE,
)
"""A postcode without its town ("autoværksted, 8700."), which is no year."""
NAME_BEFORE = re.compile(r"\b[A-ZÆØÅ][a-zæøåé]+\s+$")
SHORTEST_SMALL = 4


class Certainty(IntEnum):
    """How surely the words are meant as the place."""

    WEAK = 1
    NAMED = 2
    IN_CONTEXT = 3
    POSTCODE = 4


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The municipality that `text[start:end]` names, and how surely."""

    municipality: str
    words: str
    start: int
    end: int
    certainty: Certainty


def place_in_text(text: str) -> PlaceFound | None:
    """The place that `text` most surely names, the first of equals; None when it names none."""
    return max(
        places_in_text(text), key=lambda place: (place.certainty, -place.start), default=None
    )


def places_in_text(text: str) -> tuple[PlaceFound, ...]:
    """Every place that `text` names, in reading order."""
    found = [*_labelled_postcodes(text), *_bare_postcodes(text), *_named(text)]
    return tuple(sorted(found, key=lambda place: place.start))


def _labelled_postcodes(text: str) -> Iterator[PlaceFound]:
    for label in LABELLED_POSTCODE.finditer(text):
        if code := municipality_of_postcode(label.group(1)):
            yield PlaceFound(code, label.group(1), *label.span(1), Certainty.POSTCODE)


def _bare_postcodes(text: str) -> Iterator[PlaceFound]:
    for found in BARE_POSTCODE.finditer(text):
        if code := municipality_of_postcode(found["code"]):
            yield PlaceFound(code, found["code"], *found.span("code"), Certainty.WEAK)


def _named(text: str) -> Iterator[PlaceFound]:
    """Names of one to three words, the longest first, each word used once."""
    tokens = list(WORD.finditer(text))
    at = 0
    while at < len(tokens):
        length = 1
        for size in range(min(longest_name(), len(tokens) - at), 0, -1):
            start, end = tokens[at].start(), tokens[at + size - 1].end()
            place = _place(text, start, end)
            if place:
                yield place
                length = size
                break
        at += length


def _place(text: str, start: int, end: int) -> PlaceFound | None:
    written = text[start:end]
    if "\n" in written or "," in written:
        return None
    name = _known_name(words_of(written))
    if not name or THE_ROAD.match(text, end):
        return None
    code = municipality_by_name()[name]
    if postcode := POSTCODE_BEFORE.search(text, max(0, start - 8), start):
        code = municipality_of_postcode(postcode.group(1)) or code
        return PlaceFound(
            code, text[postcode.start(1) : end], postcode.start(1), end, Certainty.POSTCODE
        )
    certainty = _certainty(text, start, end, name)
    return PlaceFound(code, written, start, end, certainty) if certainty else None


def _known_name(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words themselves, or without a genitive s, when they name a place."""
    if words in municipality_by_name():
        return words
    without_s = (*words[:-1], words[-1].removesuffix("s"))
    return without_s if without_s in municipality_by_name() else None


def _certainty(text: str, start: int, end: int, name: tuple[str, ...]) -> Certainty | None:
    """How surely the name is meant as a place; None when it is more likely an ordinary word."""
    before = text[max(0, start - 30) : start]
    follows = PLACE_FOLLOWS.search(before) is not None
    alone = SENTENCE_BEGINS.search(before) is not None and LINE_ENDS.match(text, end) is not None
    also_word = name in names_also_words()
    if not text[start].isupper():
        plain = len("".join(name)) >= SHORTEST_SMALL and not also_word
        return Certainty.NAMED if plain else None
    if follows or alone:
        return Certainty.IN_CONTEXT
    if also_word:
        return None
    return Certainty.WEAK if NAME_BEFORE.search(before) else Certainty.NAMED
