"""Dates in an ad: when the work starts, and when the company stops taking applications.

Danish ads write "1. marts", "1/3-2027", "uge 14", "medio april", "snarest". A date without a year
is the next one; one that passed less than two months ago is taken as passed, for the person who
reads the draft to mend.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    ("januar", "jan"),
    ("februar", "feb"),
    ("marts", "mar"),
    ("april", "apr"),
    ("maj",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTH_NUMBER = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
PASSED_LATELY = timedelta(days=60)
NEAR_YEARS = 5
_NUMBERS = {"en": 1, "to": 2, "tre": 3, "fire": 4, "fjorten": 14}
_OR_THEN = re.compile(
    r",?\s*(?:eller|el\.)\s+(?:snarest|hurtigst|straks|derefter|tidligere|før|efter\s+(?:\w+\s+)?aftale)",
    re.IGNORECASE,
)
SHORT_ORDER = 300  # in so few letters a date with no word about it is the start
WORDS_BEFORE = 60  # letters before a date that may say what it is

_MONTH_NAMES = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_NAMES})\b\.?"
_YEAR = r"(?:[\s,/.-]*(?P<year>20\d\d)(?!\d))?"
_FREE = r"(?<![\d/.,-])"
_PART = (
    r"(?P<part>primo|medio|ultimo|først i|midt i|(?:i |fra )?midten af|(?:i |fra )?slutningen af"
    r"|(?:i |fra )?(?:starten|begyndelsen) af|udgangen af|i|til|fra|pr\.)"
)
_EXACT = r"(?:\s*[-–,(]?\s*(?:helst|gerne)\s+(?:den|d\.)\s*(?P<exact>\d{1,2})\.?(?!\s*\w))?"
_SOON = (
    r"\b(?:snarest|hurtigst\s+muligt|straks|asap|med\s+det\s+samme|omgående|nu\s+og\s+her|"
    r"(?:hurtig|snarlig)\s+(?:(?:op)?start|tiltrædelse|ansættelse)|(?:ledige?|start\w*|begynde\w*|tiltræd\w*)\s+nu|nu\s+ledige?|"
    r"(?:begynde\w*|start\w*|tiltræd\w*),?\s+(?:når|så\s+snart)\s+du\s+kan|"
    r"(?:helst|gerne)\s+i\s+(?:går|dag|morgen)|fra\s+nu\s+af|(?:start\w*|begynde\w*)\s+i\s+morgen|"
    r"dags\s+varsel|uden\s+varsel|(?:start\w*|begynde\w*)\s+når\s+som\s+helst|"
    r"(?:fri|klar|til\s+rådighed|disponibel)\s+(?:fra\s+)?(?:nu|i\s+dag))\b"
)
_THE = r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|den|d\.|\s)*$"
_MEANINGS = {
    "leaving": r"fratræd|opsagt\s+(?:til|pr)|opsigelse\w*\s+til|sidste\s+(?:arbejds)?dag\b|"
    r"(?:(?<=kontrakt )|(?<=kontrakten )|(?<=vikariat )|(?<=vikariatet ))"
    r"(?:udløber|slutter|ophører|stopper)",
    "start": r"bliver\s+færdig|svendeprøve|"
    r"start|tiltræd|begynd|ansæt|besæt|ledig|mønstr|\båbner\b|\bi\s+gang\b|sæson|"
    rf"første\s+(?:arbejds)?dag|\b(?:klar|fri)\b|"
    rf"\bfra\b{_THE}|\bpr\.?\s*{_THE}",
    "last": r"frist|deadline|ansøg|udløber|søg\s+(?:inden|før|senest)|send\b|opslaget",
    "other": rf"samtale|interview|jobdag|møde[tr]?\b|åbent\s+hus|grundlagt|\bsiden\b|ophør|"
    rf"(?<!opsagt )(?<!opsigelse )\btil\b{_THE}|til\s+og\s+med|\bslut|kontakt|\bring\b|besøg|"
    r"blev\s+færdig|uddannet|udlært|konkurs|afskediget|fyret\b|nedlagt|bestod|bestået|fornyet",
    "perhaps last": r"\b(?:senest|inden|før)\b",
}


@dataclass(frozen=True)
class AdDates:
    """What an ad says of dates; None where it says nothing."""

    starts_on: date | None
    last_date: date | None


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    day: date


def ad_dates(text: str, *, today: date) -> AdDates:
    """The starting date and the last date for applying; "snarest" starts `today`."""
    days: dict[str, list[date]] = {}
    since = 0
    for item in _dates(text, today):
        words = text[max(since, item.start - WORDS_BEFORE) : item.start]
        meaning = _meaning(words) or ("start" if _OR_THEN.match(text, item.end) else "")
        days.setdefault(meaning, []).append(item.day)
        since = item.end
    lasts = days.get("last") or days.get("perhaps last")
    left = [day + timedelta(days=1) for day in days.get("leaving", ())]
    starts = days.get("start") or left or _soon(text, today)
    if not starts and len(text) <= SHORT_ORDER:
        starts = days.get("", [])
    return AdDates(starts[0] if starts else None, lasts[0] if lasts else None)


def day_in(text: str, *, today: date) -> date | None:
    """The first date in a few words, `today` for "snarest", None when there is none."""
    found = _dates(text, today)
    return found[0].day if found else (today if re.search(_SOON, text, re.IGNORECASE) else None)


def _soon(text: str, today: date) -> list[date]:
    """Today, when the work (and not the application) is wanted at once."""
    for found in re.finditer(_SOON, text, re.IGNORECASE):
        words = text[max(0, found.start() - WORDS_BEFORE) : found.start()]
        if _meaning(re.split(r"\s[-–]\s", words)[-1]) in ("start", ""):
            return [today]
    return []


def _meaning(words: str) -> str:
    """What a date is, by the nearest telling word before it in the same sentence."""
    sentence = re.split(r"[.!?]\s+(?=[A-ZÆØÅ])|\n\s*\n", words)[-1]
    nearest, place = "", -1
    for meaning, pattern in _MEANINGS.items():
        ends = [found.start() for found in re.finditer(pattern, sentence, re.IGNORECASE)]
        if meaning == "perhaps last" and nearest:
            break
        if ends and ends[-1] > place:
            nearest, place = meaning, ends[-1]
    return nearest


def _dates(text: str, today: date) -> list[_Found]:
    """Every date in the text, in order; of two that overlap, the one that says more."""
    taken: list[_Found] = []
    for pattern, read in _FORMS:
        for found in pattern.finditer(text):
            day = read(found, today)
            if day and not any(i.start < found.end() and found.start() < i.end for i in taken):
                taken.append(_Found(found.start(), found.end(), day))
    return sorted(taken, key=lambda item: item.start)


def _in_numbers(found: re.Match[str], today: date) -> date | None:
    """A day in numbers; "25/1 - 37 t" has no year in it, so two digits must be a year near by."""
    year = found.group("year")
    if len(year) == 2 and abs(_century(year) - today.year) > NEAR_YEARS:
        return None
    return _day(today, int(found["day"]), int(found["number"]), _century(year) if year else None)


def _in_words(found: re.Match[str], today: date) -> date | None:
    year = int(found["year"]) if found["year"] else None
    return _day(today, int(found["day"]), MONTH_NUMBER[found["month"].lower()], year)


def _part_of_month(found: re.Match[str], today: date) -> date | None:
    """ "Medio april" is the 15th, "ultimo april" the last day, else the first."""
    month, part = MONTH_NUMBER[found["month"].lower()], found["part"].lower()
    year = int(found["year"]) if found["year"] else None
    number = 1
    if found.groupdict().get("exact"):
        number = int(found["exact"])
    elif part.endswith(("medio", "midt i", "midten af")):
        number = 15
    elif part.endswith(("ultimo", "slutningen af", "udgangen af")):
        number = monthrange(year or 2023, month)[1]
    return _day(today, number, month, year)


def _week(found: re.Match[str], today: date) -> date | None:
    """The Monday of a week by its ISO number."""
    number = int(found["week"])
    years = [int(found["year"])] if found["year"] else [today.year, today.year + 1]
    for year in years:
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if found["year"] or monday >= today - PASSED_LATELY:
            return monday
    return None


def _weekday(found: re.Match[str], today: date) -> date | None:
    """ "Start på mandag" is the next Monday."""
    ahead = (WEEKDAYS.index(found["weekday"].lower()) - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _next_month(_found: re.Match[str], today: date) -> date | None:
    """ "Fra den 1. i måneden" is the first of the next month."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _ahead(found: re.Match[str], today: date) -> date | None:
    """ "Om 14 dage", "om to uger"; a month is the same day of the next."""
    number = _NUMBERS.get(found["count"].lower()) or int(found["count"])
    if found["unit"].lower().startswith("måned"):
        months = today.year * 12 + today.month - 1 + number
        last = monthrange(months // 12, months % 12 + 1)[1]
        return date(months // 12, months % 12 + 1, min(today.day, last))
    return today + timedelta(days=number * (7 if found["unit"].lower().startswith("uge") else 1))


def _new_year(_found: re.Match[str], today: date) -> date | None:
    """ "Efter nytår" is 1 January."""
    return date(today.year + 1, 1, 1)


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(today: date, number: int, month: int, year: int | None) -> date | None:
    """The date, or None when there is no such day; without a year the next, or lately passed."""
    try:
        if year is not None:
            return date(year, month, number)
        day = date(today.year, month, number)
        return day if day >= today - PASSED_LATELY else date(today.year + 1, month, number)
    except ValueError:
        return None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"{_FREE}(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", _in_numbers),
        (
            rf"{_FREE}(?P<day>\d{{1,2}})\s?[./-]\s?(?P<number>\d{{1,2}})\s?[-./ ]\s?"
            r"(?P<year>20\d\d|\d\d)(?![\d/.-]?\d)",
            _in_numbers,
        ),
        (rf"{_FREE}(?P<day>\d{{1,2}})(?:\.|\s)\s*{_MONTH}{_YEAR}", _in_words),
        (
            rf"{_FREE}(?!24/7)(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})(?P<year>)"
            r"(?![\d/]|-?vagt|\s*(?:års?|times?|timer|dage?|uger?)\b)",
            _in_numbers,
        ),
        (
            rf"\b(?:sæson\w*\s+)?(?P<part>){_MONTH}{_YEAR}\s*(?:-|–|til|til\s+og\s+med)\s*"
            rf"(?:{_MONTH_NAMES})\b",
            _part_of_month,
        ),
        (rf"\b{_PART}\s+{_MONTH}{_YEAR}{_EXACT}", _part_of_month),
        (rf"\b(?P<part>){_MONTH}\s*(?P<year>20\d\d)(?!\d)", _part_of_month),
        (rf"(?:(?<=start )|(?<=tiltrædelse ))(?P<part>){_MONTH}(?P<year>)", _part_of_month),
        (
            r"(?:(?<=fra )|(?<=pr\. )|(?<=start )|(?<=den )|(?<=d\. ))"
            r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>)(?!\d)",
            _in_numbers,
        ),
        (
            r"(?:(?<=start )|(?<=fra )|(?<=begynder )|(?<=begynde )|(?<=starte )|\bpå\s+)"
            rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
            r"\b(?=\s*(?:[.!;]|kl|$))",
            _weekday,
        ),
        (
            r"\b(?:(?:efter|over|fra|til)\s+nytår(?:et)?|(?:fra|ved|til|pr\.)\s+årsskiftet)\b",
            _new_year,
        ),
        (r"(?<!\d)1\.\s+i\s+(?:næste\s+)?måned(?:en)?\b", _next_month),
        (
            rf"(?:(?<=start )|(?<=starte )|(?<=begynde )|(?<=ledig )|(?<=klar )|(?<=fri ))om\s+"
            rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<unit>dage?|uger?|måned(?:er)?)\b",
            _ahead,
        ),
        (r"\buge\s+(?P<week>\d{1,2})(?!\d|\s*(?:timer|dage))[\s,/.-]*(?P<year>20\d\d)?", _week),
    )
)
