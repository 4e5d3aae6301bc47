"""When on the day and week the work is: "treholdsskift", "aftenvagter", "ma-to 7.30-16"."""

import re
from collections.abc import Iterator

from tvaers.orders.ad_terms import Shift

_SHIFTS = {
    Shift.MORNING: r"(?<!god )(?<!i )morgen(?:en|er)?|morgen(?:vagt|hold|tim|tur|rute|rengøring|"
    r"arbejd|job|levering)\w*|tidligt? om morgenen",
    Shift.AFTERNOON: r"eftermiddag(?:en|e|s\w+)?",
    Shift.DAY: r"dag(?:arbejde|hold|vagt)\w*|dag-?(?:,|\s+og|\s+eller|/)\s*(?:aften|nat)\w*|"
    r"(?<=, )dag(?=\s*(?:[.,;]|$))|dagtim\w*|dagtid\w*|formiddag\w*|hverdage|skoledage|"
    r"(?:helst|kun|arbejde|tage|gerne|søger|ønsker|foretrækker)\s+(?:om\s+)?dag(?:en)?"
    r"(?!\s+(?:til|for|\d))",
    Shift.EVENING: r"aften(?:en|er|hold|vagt|arbejde|timer)?\w*",
    Shift.NIGHT: r"nat(?:ten|te\w+|hold\w*|vagt\w*|arbejde\w*|ture?n?e?\w*)?",
    Shift.WEEKEND: r"(?<!god )weekend(?!fri)\w*|lør-?\s?(?:dag\w*)?\s?(?:og|/)\s?søn\w*|"
    r"(?:lørdag|søndag)(?:e|s\w+)?(?!\s+(?:den|d\.|\d{1,2}(?:\.\s|/)|til\s+\w*dag)|\s*[-–]\s*\w*dag)",
    Shift.SHIFTS: r"skifte?hold\w*|(?:to|tre|fem|[2-5])-?holds?\w*|turnus\w*|rulleplan\w*|"
    r"skiftende\s+(?:vagter|arbejdstider)|(?:efter|i|på|ifølge|følge[rs]?)\s+(?:\w+\s+){0,2}vagtplan\w*|"
    r"vagtplan(?:en)?\s+(?:går|kører|ligger|dækker|er|med)\b",
    Shift.ON_CALL: r"tilkald\w*|rådighedsvagt\w*",
}
_NONE_OF = re.compile(
    r"\b(?:ingen|ikke|uden|aldrig|undtagen|fri|undgår?|slipper?)\b(?:(?!\bmen\b)[^.!?\n])*$|"
    r"\bhjemme\s+(?:igen\s+)?(?:i|hver|om)\s+$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"(?:\s+(?:og|eller)\s+\w+)?\s*[:?,]?\s*(?:er\s+)?(?:nej\b|(?:kan|vil|ønsker|tager|arbejder|magter)\s+"
    r"jeg\s+(?:\w+\s+)?(?:ikke|aldrig)|(?:duer|dur|går|passer|fungerer)\s+(?:\w+\s+)?ikke)",
    re.IGNORECASE,
)
"""What denies a shift after it: "aften og weekend kan jeg ikke", "nat duer ikke"."""
_ONE_OF_MANY = re.compile(r"\b(?:en|én)\s+(?:sen|lang|tidlig)\s+$", re.IGNORECASE)
"""One long day in the week is not when the work is."""
_THE_PARTS = re.compile(r"(?i)(?<=skift)\s*\([^)]*\)|\bpå\s+\w*hold(?=,?\s+ellers\b)")
"""The parts of a rota: "treholdsskift (dag, aften, nat)" and "34 timer på nathold ellers 37"."""
_TIME = r"(?:kl\.?\s*)?(?P<{0}>[01]?\d|2[0-4])(?:[.:](?P<{0}_minute>[0-5]\d))?"
_CLOCK = re.compile(
    rf"(?<![\d.,/:-])\b{_TIME.format('begin')}\s*"
    r"(?:-|–|til|(?<=mellem \d )og|(?<=mellem \d\d )og|og\s+\w+(?:\s+kl\.?)?)\s*"
    rf"{_TIME.format('stop')}(?![\d/:%-]|[.,]\d)"
    r"(?!\s*(?:t\b|timer|tim\b|år|uger|dage|stk|kr|pers|mand|km|kg|børn|elever|medarbejdere))",
    re.IGNORECASE,
)
_IS_TIME = re.compile(
    r"(?:\bkl\b\.?|\b(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?(?:e|en|ene)?\b\.?|\b(?:ma|ti|on|to|fr|lø|sø)\b|"
    r"dage|\bfra|arbejdstid\w*|mødetid\w*|møder|\bstarter|begynder|vagt\w*|hold(?:et)?|morgen(?:en)?|"
    r"aften(?:en)?|eftermiddag(?:en)?|ugen)"
    r"[\s:(,]*(?:(?:er|ligger|går|typisk)\s+|fra\s+|mellem\s+|kl\.?\s*)*$",
    re.IGNORECASE,
)
_QUARTERS = {"00", "15", "30", "45"}
"""Minutes that no month has: "10.12-14.12" are dates."""
_AND_ANOTHER = re.compile(r"(?i)\s*(?:og|eller|samt|,|/|\+)\s*(?:kl\.?\s*)?")
_IS_OPEN = re.compile(
    r"åbent?|åbningstid|telefontid|træffes|\bring(?:e|er)?\b|samtale", re.IGNORECASE
)


def ad_shifts(text: str) -> frozenset[Shift]:
    """When the work is; "ingen weekendarbejde" is not a weekend, and "7-15" is a day."""
    text = _THE_PARTS.sub(" ", text)
    return _by_clock(text) | frozenset(
        shift
        for shift, pattern in _SHIFTS.items()
        for found in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if not _is_not_meant(text[max(0, found.start() - 30) : found.start()])
        and not _NOT_AFTER.match(text, found.end())
    )


def _is_not_meant(before: str) -> bool:
    return bool(_NONE_OF.search(before) or _ONE_OF_MANY.search(before))


def _by_clock(text: str) -> frozenset[Shift]:
    """The shifts that spans of the clock are: "7.30-16" the day, "22-06" the night.

    A pair of numbers is a span of the clock after "kl.", a weekday or a word for working hours,
    and when it is written with minutes; opening hours are not the work's.
    """
    found: set[Shift] = set()
    last = -1
    for span in _CLOCK.finditer(text):
        before = re.split(
            r"[!?\n]|\.\s+(?=[A-ZÆØÅ])", text[max(0, span.start() - 40) : span.start()]
        )[-1]
        minutes = {span["begin_minute"], span["stop_minute"]} <= _QUARTERS
        another = last >= 0 and _AND_ANOTHER.fullmatch(text, last, span.start())
        is_time = another or minutes or "kl" in span.group().lower() or _IS_TIME.search(before)
        if is_time and not _IS_OPEN.search(before) and not _NONE_OF.search(before):
            found.update(_of_hours(int(span["begin"]), int(span["stop"])))
            last = span.end()
    return frozenset(found)


def _of_hours(begin: int, stop: int) -> Iterator[Shift]:
    if 3 <= begin < stop <= 10:
        yield Shift.MORNING
    if 5 <= begin < 12 and 19 <= stop <= 23:
        yield from (Shift.DAY, Shift.EVENING)
    if 5 <= begin < 12 and 11 <= stop <= 18:
        yield Shift.DAY
    if 12 <= begin < stop and 19 <= stop <= 24:
        yield Shift.EVENING
    if begin >= 20 and stop <= 9:
        yield Shift.NIGHT
