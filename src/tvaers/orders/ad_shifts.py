"""When on the day and week the work is: "treholdsskift", "aftenvagter", "ma-to 7.30-16"."""

import re
from collections.abc import Iterator

from tvaers.orders.ad_terms import Shift

_SHIFTS = {
    Shift.DAY: r"dag(?:arbejde|hold|vagt)\w*|dag-?(?:,|\s+og|\s+eller|/)\s*(?:aften|nat)\w*|"
    r"dagtime\w*|formiddag\w*|hverdage|skoledage",
    Shift.EVENING: r"aften(?:en|er|hold|vagt|arbejde|timer)?\w*",
    Shift.NIGHT: r"nat(?:ten|te\w+|hold\w*|vagt\w*|arbejde\w*|ture?n?e?\w*)?",
    Shift.WEEKEND: r"weekend\w*|lør-?\s?(?:dag\w*)?\s?(?:og|/)\s?søn\w*|"
    r"(?:lørdag|søndag)(?:e|s\w+)?(?!\s+(?:den|d\.|\d|til\s+\w*dag)|\s*[-–]\s*\w*dag)",
    Shift.SHIFTS: r"skifte?hold\w*|(?:to|tre|fem|[2-5])-?holds?\w*|turnus\w*|rulleplan\w*|"
    r"skiftende\s+(?:vagter|arbejdstider)|vagtplan\w*",
    Shift.ON_CALL: r"tilkald\w*|rådighedsvagt\w*",
}
_NONE_OF = re.compile(r"\b(?:ingen|ikke|uden|aldrig|undtagen|fri)\b[^.!?\n]*$", re.IGNORECASE)
_TIME = r"(?:kl\.?\s*)?(?P<{0}>[01]?\d|2[0-4])(?:[.:](?P<{0}_minute>[0-5]\d))?"
_CLOCK = re.compile(
    rf"(?<![\d.,/:-])\b{_TIME.format('begin')}\s*(?:-|–|til|og\s+\w+(?:\s+kl\.?)?)\s*"
    rf"{_TIME.format('stop')}(?![\d/:%-]|[.,]\d)"
    r"(?!\s*(?:t\b|timer|tim\b|år|uger|dage|stk|kr|pers|mand|km|kg|børn|elever|medarbejdere))",
    re.IGNORECASE,
)
_IS_TIME = re.compile(
    r"(?:\bkl\b\.?|\b(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?(?:e|en|ene)?\b\.?|\b(?:ma|ti|on|to|fr|lø|sø)\b|"
    r"dage|\bfra|arbejdstid\w*|mødetid\w*|møder|\bstarter|begynder|vagter?|hold(?:et)?)"
    r"[\s:(,]*(?:er\s+|fra\s+|mellem\s+|kl\.?\s*)*$",
    re.IGNORECASE,
)
_QUARTERS = {"00", "15", "30", "45"}
"""Minutes that no month has: "10.12-14.12" are dates."""
_IS_OPEN = re.compile(r"åbent?|åbningstid|telefontid|træffes|ring\w*|samtale", re.IGNORECASE)


def ad_shifts(text: str) -> frozenset[Shift]:
    """When the work is; "ingen weekendarbejde" is not a weekend, and "7-15" is a day."""
    return _by_clock(text) | frozenset(
        shift
        for shift, pattern in _SHIFTS.items()
        for found in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if not _NONE_OF.search(text[max(0, found.start() - 30) : found.start()])
    )


def _by_clock(text: str) -> frozenset[Shift]:
    """The shifts that spans of the clock are: "7.30-16" the day, "22-06" the night.

    A pair of numbers is a span of the clock after "kl.", a weekday or a word for working hours,
    and when it is written with minutes; opening hours are not the work's.
    """
    found: set[Shift] = set()
    for span in _CLOCK.finditer(text):
        before = re.split(
            r"[!?\n]|\.\s+(?=[A-ZÆØÅ])", text[max(0, span.start() - 40) : span.start()]
        )[-1]
        minutes = {span["begin_minute"], span["stop_minute"]} <= _QUARTERS
        is_time = minutes or "kl" in span.group().lower() or _IS_TIME.search(before)
        if is_time and not _IS_OPEN.search(before) and not _NONE_OF.search(before):
            found.update(_of_hours(int(span["begin"]), int(span["stop"])))
    return frozenset(found)


def _of_hours(begin: int, stop: int) -> Iterator[Shift]:
    if 5 <= begin < 12 and 11 <= stop <= 18:
        yield Shift.DAY
    if 12 <= begin < stop and 19 <= stop <= 24:
        yield Shift.EVENING
    if begin >= 20 and stop <= 9:
        yield Shift.NIGHT
