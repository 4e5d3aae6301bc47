"""Danish words: tokens with their places, keys that forgive hyphens and spaces, inflected forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"\.NET\b|§|[^\W_]+[#+]*")
_BREAK = re.compile(r"[,;:()\n•|\"!?–]|\.\s+(?=[A-ZÆØÅ])")
_NARROWEST, _WIDEST = 50, 200  # between these a text may have been broken at a width
_RAGGED = 15  # how uneven a hand breaks its lines
_BREAKS_OFF = re.compile(r"[\w,)/&-]$")
_LEANS = re.compile(r"(?:,|\b(?:og|eller|samt|at|som|med|til|i|på|en|et|kan|har|er|af|for))$")
"""A line that cannot end there: whatever its width, the sentence goes on in small letters."""
_FIRST_WORD = re.compile(r"[ ]*([(\w]\S*)")
_VOWELS = "aeiouyæøå"


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str
    lower: str
    opens: bool
    """True when a phrase cannot run over from the word before."""


def tokens(text: str) -> list[Token]:
    """The words of a text; numbers, § and programming languages (C#, .NET) are words too."""
    found: list[Token] = []
    previous_end = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        opens = not found or _BREAK.search(text, previous_end, start + 1) is not None
        word = match.group()
        found.append(Token(start, end, word, word.lower(), opens))
        previous_end = end
    return found


def unwrapped(text: str) -> str:
    """The text with line breaks inside sentences as spaces; every letter keeps its place.

    A mail breaks its lines at a width: where the next word had no room, the sentence goes on.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    at_a_width = _NARROWEST <= width <= _WIDEST
    parts = [lines[0]]
    for line, following in pairwise(lines):
        word = _FIRST_WORD.match(following)
        room = width - len(line) - 1 - len(word[1]) if word and at_a_width else width
        small = word is not None and word[1][0].islower()
        goes_on = room < 0 or (small and (room < _RAGGED or _leans(line)))
        parts.append((" " if goes_on and _BREAKS_OFF.search(line[-1:]) else "\n") + following)
    return "".join(parts)


def _leans(line: str) -> bool:
    """Whether a long line ends in a word or comma that must have something after it."""
    return len(line) >= _NARROWEST and _LEANS.search(line) is not None


def squeeze(text: str) -> str:
    """The key of a phrase: its words in lower case without spaces, hyphens and dots.

    "SOSU-assistent", "sosu assistent" and "Sosuassistent" share one key.
    """
    return "".join(match.group().lower() for match in _TOKEN.finditer(text))


def is_acronym(phrase: str) -> bool:
    """SSA, HF, L-AUS: short and all in capitals, so common words are not taken for them."""
    letters = [char for char in phrase if char.isalpha()]
    return 1 < len(letters) <= 5 and all(char.isupper() for char in letters)


def forms(key: str) -> Iterator[str]:
    """The key and its regular inflections (number, definiteness, adjective) without genitives.

    Some forms do not exist in Danish; they do no harm because nobody writes them.
    """
    yield key
    if not key[-1:].isalpha() or len(key) < 3:
        return
    yield from _endings(key)


def _endings(key: str) -> Iterator[str]:
    stem = key[:-2]
    if key.endswith("mand"):
        yield key + "en"
        yield key[:-4] + "mænd"
        yield key[:-4] + "mændene"
    elif key.endswith("er"):
        yield from (key + "e", key + "en", key + "et", key + "ne", stem + "re")
    elif key.endswith("e"):
        yield from (key + "n", key + "r", key + "t", key + "rne")
    else:
        yield from (key + ending for ending in ("en", "et", "er", "erne", "e", "ene", "t"))
        if key.endswith("el"):
            yield stem + "le"
        if len(key) > 2 and key[-1] not in _VOWELS and key[-2] in _VOWELS:
            double = key + key[-1]
            yield from (double + ending for ending in ("en", "et", "er", "erne", "e", "ene"))
