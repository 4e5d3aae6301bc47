"""Terms of work in an ad: hours and kind of employment.

Danish ads write "37 timer", "30-37 t/uge", "deltid", "løntilskud".
"""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

FULL_TIME = (37, 37)
PART_TIME = (1, 36)
FEWEST, MOST = 5, 48


class Kind(StrEnum):
    """The kinds of employment an order may be for."""

    ORDINARY = "ordinary"
    WAGE_SUBSIDY = "wage_subsidy"
    TRAINEESHIP = "traineeship"
    JOB_ROTATION = "job_rotation"
    FLEX_JOB = "flex_job"
    ADULT_APPRENTICESHIP = "adult_apprenticeship"


class Shift(StrEnum):
    """When the work is, where the ad says it."""

    MORNING = auto()
    DAY = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    WEEKEND = auto()
    SHIFTS = auto()
    ON_CALL = auto()


@dataclass(frozen=True)
class AdHours:
    """Weekly hours (fewest, most), None when not told; `guessed` when only "deltid" is said."""

    week: tuple[int, int] | None
    guessed: bool = False


_KINDS = {
    Kind.WAGE_SUBSIDY: r"løntilskud\w*",
    Kind.TRAINEESHIP: r"virksomhedspraktik\w*|erhvervspraktik\w*",
    Kind.JOB_ROTATION: r"job-?\s?rotation\w*|rotationsvikar\w*",
    Kind.FLEX_JOB: r"fleks?-?\s?job\w*|flex-?\s?job\w*",
    Kind.ADULT_APPRENTICESHIP: r"voksen-?\s?(?:lærling|elev)\w*",
}
_PERHAPS = re.compile(
    r"\b(?:ikke|ingen|evt\.?|eventuelt|mulighed|muligt|kan|ej|hverken|uden|også|først|indledende|"
    r"ordinær\w*)(?!\w)[^.!?\n]*$",
    re.IGNORECASE,
)
_NUMBER = r"(\d{1,2}(?:[.,]\d+)?)"
_HOURS = re.compile(
    rf"(?<![\d.,/])(?:{_NUMBER}\s*(?:-|–|til|og|/|eller)\s*)?{_NUMBER}\+?[\s-]*"
    r"(?P<unit>timers?\b|tim\.?\b|t\b\.?|h\b)\s*"
    r"(?P<per>(?:/|pr\.?|om|per|i|hver)\s*\w+|ugentligt?|om\s+ugen)?"
    r"(?![\s)]*(?:arbejds)?(?:dag|vagt|skift|kurs|uddannelse))",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?:arbejdstid|timetal|timeantal|timer|ugentlig)\w*"
    r"(?:\s+(?:pr\.?|om)\s+uge\w*|\s+ugentligt?)?\s*(?:er|på|:|=)\s*(?:ca\.\s*)?"
    rf"(?:{_NUMBER}\s*(?:-|–|til)\s*)?{_NUMBER}(?![\d:.]|\s*%)",
    re.IGNORECASE,
)
_ELSE = re.compile(r"(?i)[^.!?\n]{0,40}?\bellers\s+(\d{1,2})(?!\d|[:.,]\d)")
"""Other hours for the others: "34 timer på nathold, ellers 37"."""
_NOT_WORK = re.compile(
    r"(?:inden\s?for|stå(?:\s+op|\s+ned)?(?:\s+i)?|efter|senest|varsel|svar\w*|(?:kurs|uddannelse)\w*\s*[(,:]?(?:\s*på)?)\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:min\.?|minimum|mindst|fra)\s*$", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:op\s+til|max\.?|maks\.?|maksimalt|højst|under)\s*$", re.IGNORECASE)
_FULL = re.compile(r"\bfuld-?\s?tid\w*|\bheltid\w*|\bfuldtids", re.IGNORECASE)
_PART = re.compile(r"\bdel-?\s?tid\w*", re.IGNORECASE)


def ad_hours(text: str) -> AdHours:
    """The weekly hours: numbers first, else "fuldtid" (37) and "deltid" (under 37)."""
    for found in (*_HOURS.finditer(text), *_BARE.finditer(text)):
        week = _week(text, found)
        if week is not None:
            return AdHours(week)
    full, part = _FULL.search(text), _PART.search(text)
    if full and part:
        return AdHours((PART_TIME[0], FULL_TIME[1]), guessed=True)
    if part:
        return AdHours(PART_TIME, guessed=True)
    return AdHours(FULL_TIME if full else None)


def ad_kind(text: str) -> tuple[Kind, bool]:
    """The kind of employment, and whether there is doubt about it.

    A supported kind that is only mentioned ("evt. løntilskud") leaves the job ordinary.
    """
    doubt = False
    for kind, pattern in _KINDS.items():
        for found in re.finditer(rf"\b(?:{pattern})", text, re.IGNORECASE):
            if not _PERHAPS.search(text[max(0, found.start() - 60) : found.start()]):
                return kind, False
            doubt = True
    return Kind.ORDINARY, doubt


def _week(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """The hours a week that a number in an ad stands for, or None when it is another number."""
    low, high = found.group(1), found.group(2)
    most = float(high.replace(",", "."))
    fewest = float(low.replace(",", ".")) if low else most
    parts = found.groupdict()
    per = (parts.get("per") or "").lower()
    weekly = "uge" in per or "ugl" in per or "unit" not in parts
    before = text[max(0, found.start() - 20) : found.start()]
    part = _PART.search(before)
    if not FEWEST <= fewest <= most <= MOST or re.search(
        r"\b(?:dag(?:en|lig\w*)?|(?:døgn|måned|kvartal|år)\w*)\b", per
    ):
        return None
    if not weekly and (_NOT_WORK.search(before) or (most in (24, 48) and not low and not part)):
        return None
    if other := _ELSE.match(text, found.end()):
        fewest, most = sorted((fewest, max(fewest, float(other[1]))))
    if _AT_LEAST.search(before):
        most = max(most, FULL_TIME[1])
    elif _AT_MOST.search(before):
        fewest = PART_TIME[0]
    return int(fewest), -int(-most // 1)
