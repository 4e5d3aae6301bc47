"""Years of experience that an ad asks for: "min. 2 års erfaring som svejser"."""

import re
from dataclasses import dataclass

from tvaers.orders.ad_openings import NUMBERS

MOST_YEARS = 40
A_COUPLE = 2
_NUMBER = rf"(?P<years>\d{{1,2}}|et\s+par|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_YEARS = re.compile(
    rf"(?<![\w.,/]){_NUMBER}(?:\s*(?:-|–|til)\s*\d{{1,2}})?\+?\s*(?:års?|år)\b\.?\+?\s*"
    r"(?:\w+\s+){0,3}?(?:erfaring|anciennitet|praksis|erhvervserfaring|\w+erfaring)"
    r"|\w*erfaring\w*\s+(?:på|i|af)\s+(?:mindst|minimum|min\.?)?\s*(?P<after>\d{1,2})\s*år",
    re.IGNORECASE,
)
_NICE = re.compile(
    r"\bgerne\b|fordel|\bplus\b|ønskelig|\bhelst\b|foretrække|ideelt|ikke\s+(?:et\s+)?krav",
    re.IGNORECASE,
)

_INSTEAD = re.compile(r"ikke\s+(?:et\s+|noget\s+)?krav,?\s+(?:hvis|når|såfremt)", re.IGNORECASE)
"""What is no demand for those who have the years: the years are one."""


@dataclass(frozen=True)
class AdExperience:
    """Years asked for, whether they are a must, and where in the text it says so."""

    years: int
    must: bool
    start: int
    end: int


def ad_experience(text: str) -> tuple[AdExperience, ...]:
    """Every number of years of experience in the text; a range counts as its lower end."""
    found = []
    for match in _YEARS.finditer(text):
        number = (match["years"] or match["after"]).lower()
        years = A_COUPLE if number.startswith("et ") else NUMBERS.get(number) or int(number)
        if 0 < years <= MOST_YEARS:
            sentence = _sentence(text, match.start(), match.end())
            must = not _NICE.search(_INSTEAD.sub("", sentence))
            found.append(AdExperience(years, must, match.start(), match.end()))
    return tuple(found)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence or line around a stretch of text, up to the next thing asked for."""
    before = re.split(r"[!?\n;]|\.\s+(?=[A-ZÆØÅ])", text[:start])[-1]
    after = re.split(r"[!?\n;]|\.(?:\s|$)|,\s+(?:at|og|samt|gerne)\b", text[end:], maxsplit=1)[0]
    return before + text[start:end] + after
