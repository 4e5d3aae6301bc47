"""Which municipality a written place name means, and which names are also ordinary words."""

import re
from functools import cache

from tvaers.places.municipalities import all_municipalities
from tvaers.places.postcodes import all_postcodes
from tvaers.places.tables import rows

WORD = re.compile(r"[^\W\d_]+")
ADDITIONS = {
    *("c", "k", "m", "n", "nv", "nø", "s", "sv", "sø", "v", "ø", "øst"),
    *("by", "djurs", "f", "fyn", "j", "jyll", "l", "midtsj", "sj", "sjælland", "st", "stevns"),
    *("sydfyn", "thy", "vestj", "ærø"),
}
"""What the post adds to a town's name: its quarter, or where it lies when two share the name."""


def words_of(name: str) -> tuple[str, ...]:
    """A name as the words it is looked up by: small letters, Aa as Å, hyphens gone."""
    return tuple(word.casefold().replace("aa", "å") for word in WORD.findall(name))


@cache
def longest_name() -> int:
    """How many words the longest place name has."""
    return max(map(len, municipality_by_name()))


@cache
def municipality_by_name() -> dict[tuple[str, ...], str]:
    """The municipality of each name; one that two municipalities share (Viby) is left out."""
    homes: dict[tuple[str, ...], set[str]] = {}
    for fact in all_postcodes():
        words = words_of(fact.town)
        homes.setdefault(words, set()).add(fact.municipality)
        if len(words) > 1 and words[-1] in ADDITIONS:
            homes.setdefault(words[:-1], set()).add(fact.municipality)
    certain = {words: codes.pop() for words, codes in homes.items() if len(codes) == 1}
    for row in rows("other_places"):
        certain[words_of(row["name"])] = row["municipality"]
    for municipality in all_municipalities():
        certain[words_of(municipality.name)] = municipality.code
    return certain


@cache
def names_also_words() -> frozenset[tuple[str, ...]]:
    """Names that are also ordinary words, people or companies: they need a context to count."""
    return frozenset(words_of(row["name"]) for row in rows("names_also_words"))
