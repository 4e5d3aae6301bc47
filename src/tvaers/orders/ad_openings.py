"""How many people an ad asks for: "3 lagermedarbejdere", "to kokke", "5 stk"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

NUMBER_WORDS = (
    *("en|et|én|ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve"),
    *("tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten", "tyve"),
)
NUMBERS = {word: n for n, words in enumerate(NUMBER_WORDS, 1) for word in words.split("|")}
VAGUE = {"flere": 2, "et par": 2, "nogle": 2, "en håndfuld": 5}
MOST = 500
MOST_ADJECTIVES = 4
SHORT_ORDER = 300  # in so few letters "tre mand" needs no "vi søger"

_NUMBER = (
    r"\d{1,3}|flere|et\s+par|en\s+håndfuld|nogle"
    rf"|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
)
_COUNT = re.compile(
    rf"(?<![\w.,/:%])(?:(?P<low>{_NUMBER})\s*(?:-|–|til|eller)\s*)?(?P<number>{_NUMBER})"
    r"(?:\s*(?P<pieces>stk\b\.?|pers\b\.?|x\b|×))?\s+(?=[^\W\d])",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?P<word>[\w/-]+)(?P<gap>,?\s*)")
_ADJECTIVE = re.compile(r"\w+(?:e|ige|te|de|ere|tids|-)$|og$", re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?:antal\w*(?:\s+\w+)?|stillinger|pladser)\s*:\s*(?P<number>{_NUMBER})\b", re.IGNORECASE
)
_PIECES = re.compile(rf"(?<![\w.,/:])(?P<number>{_NUMBER})\s*(?:stk\b|pers\b|x\b|×)", re.IGNORECASE)
_BARE = re.compile(
    rf"\b(?:skal\s+bruge|brug\s+for|mangler|søger)\s+(?P<number>{_NUMBER})\s*(?=[.!?]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_TIMES = re.compile(r"(?<!\w)(?:x|×)\s?(?P<number>\d{1,3})\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:\w*stillinger|jobs?|\w*vikariater|\w*afløsere|personer|mand|\w*folk|\w*medarbejdere|kolleger|kollegaer|\w*elever|"
    r"\w*lærlinge|\w*vikarer|\w*praktikanter|\w*hjælpere|\w*assistenter|\w*svende|hænder|"
    r"kandidater|styk|mere|ekstra|gutter|piger|mænd|kvinder|typer|mennesker|ildsjæle|"
    r"\w*kræfter|stemmer|ansigter|hoveder|ressourcer|profiler|unge|makkere|holdkammerater|"
    r"\w*aspiranter|\w*piloter|\w*arbejdere|\w*førere|\w*montører|\w*operatører|\w*teknikere)$",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"(?:dygtige|engagerede|stabile|erfarne|motiverede|glade|søde|friske|flittige|rutinerede|"
    r"mødestabile|faglærte|ufaglærte|uddannede|udlærte|smilende|arbejdsomme|imødekommende)$",
    re.IGNORECASE,
)
"""Words that are said of people only: who follows them is one."""
_WANTED = re.compile(
    r"(?:søge[rs]?|mangle[rs]?|ansætte[rs]?|brug\s+for|skal\s+bruge|behov\s+for|ønske[rs]?|"
    r"efterlyse[rs]?|forstærk\w*\s+\w*\s*med|udvide\w*\s+\w*\s*med|rekruttere\w*|hyre\w*|ledige?|"
    r"starter|plads\s+til|leder\s+efter|opnormer\w*\s+med|antal\w*\s*:?)\b[^.!?\n]{0,70}$",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    rf"(?:(?:\w+e|\w+s|fast)\s+)?(?:og|samt|\+)\s+(?P<number>{_NUMBER})\s+(?=[^\W\d])",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    rf"\w+\s+(?:og|samt|\+)\s+(?P<number>{_NUMBER})\s+(?=[^\W\d])", re.IGNORECASE
)
_NOT_PEOPLE = re.compile(
    r"(?:gange?|timer?s?|dage?|uger?|måneder?|års?|km|kilometer|minutter|kr|kroner|procent|vagter|en|et)$",
    re.IGNORECASE,
)
_VACANT = re.compile(r"[^.!?\n]{0,160}?\b(?:er|bliver)\s+ledige?\b", re.IGNORECASE)
_POSTS = re.compile(r"(?i)(?:\w+e\s+)?(?:\w*stilling(?:er)?|pladser|jobs?)\b")
"""A number of posts that opens a line: "Otte stillinger i bybus"."""
_COLLEAGUES = re.compile(rf"(?i)\b(?:vi\s+er|er\s+vi)\s+(?:{_NUMBER})\b[^.!?\n]{{0,90}}$")
"""A list of who works there: "vi er tre tandlæger, to tandplejere og fire klinikassistenter"."""
_ROTA = re.compile(r"(?i)\w*vagter\s+(?:på|pr\.?|om|i|hver)\b")
""" "7 vagter på 14 dage" are no guards."""
_SERVED = re.compile(
    r"(?i)\b(?:for|til|af|blandt|(?:klasse|hold|gruppe|stue|afdeling|hus)\s+(?:med|på))\s+(?:ca\.\s*|cirka\s+|vores\s+)*$"
)
"""Whom the work is for: "mad til 80 børn", "lønkørsel for 12 mand"."""
_WE_ARE = re.compile(
    r"(?:\b(?:vi|der|i\s+dag)\s+er\b|\ber\s+vi\b|beskæftige\w*|består\s+af|sammen\s+med|"
    r"\bhar\b|blandt|\bvores\b|\bdine\b|team\s+(?:på|af|med)|afdeling\s+(?:på|med)|i\s+alt|"
    r"leder\s+for|ansvar\s+for)[^.!?\n]{0,25}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AdOpenings:
    """The number of people, None when not told; `guessed` for "flere" and for a range."""

    number: int | None
    guessed: bool = False


def ad_openings(text: str, *, occupations: Sequence[tuple[int, int]]) -> AdOpenings:
    """How many are wanted; `occupations` are the stretches of `text` that name one.

    A number counts when an occupation or a word for people follows it, and the words before it
    do not tell how many work there already. A range counts as its lower end.
    """
    starts = {start for start, _ in occupations}
    for found in _COUNT.finditer(text):
        before = text[max(0, found.start() - 90) : found.start()]
        after = text[found.end() :]
        vacant = after.lower().startswith("ledig") or bool(_VACANT.match(after))
        wanted = vacant or bool(_WANTED.search(before)) or not before.strip()
        opens = not before.rsplit("\n", 1)[-1].strip(" -•*")
        wanted = wanted or (opens and _POSTS.match(after) is not None)
        served = _SERVED.search(before) and found.end() not in starts
        if _ROTA.match(after):
            continue
        asked = _POSTS.match(after) or _WANTED.search(re.split(r"[.!?\n]", before)[-1])
        if served and not asked:
            continue
        if (_WE_ARE.search(before) or _COLLEAGUES.search(before)) and not wanted:
            continue
        if whole := _both_numbers(text, found, starts):
            return AdOpenings(whole)
        if NUMBERS.get(found["number"].lower()) == 1 and not found["low"]:
            continue
        if found["pieces"] or _names_people(
            text, found.end(), starts, wanted=wanted or len(text) <= SHORT_ORDER
        ):
            return _counted(found["low"] or found["number"], guessed=bool(found["low"]))
    loose = (
        _BARE.search(text) or _LABELLED.search(text) or _PIECES.search(text) or _TIMES.search(text)
    )
    return _counted(loose["number"]) if loose else AdOpenings(None)


def _both_numbers(text: str, first: re.Match[str], occupations: Collection[int]) -> int | None:
    """ "2 faste og 3 afløsere" are five, where people stand after the second number."""
    second = _AND_MORE.match(text, first.end())
    if not second and first.end() in occupations:
        second = _AND_OTHERS.match(text, first.end())
    if first["low"] or not second:
        return None
    if not _names_people(text, second.end(), occupations, wanted=True):
        return None
    numbers = [_counted(found["number"]).number for found in (first, second)]
    return sum(number or 0 for number in numbers)


def _names_people(text: str, at: int, occupations: Collection[int], *, wanted: bool) -> bool:
    """Whether an occupation stands at `at`, or (if `wanted`) a word for people."""
    for _ in range(MOST_ADJECTIVES + 1):
        word = _WORD.match(text, at)
        if word is None:
            return False
        if at in occupations:
            return True
        if wanted and (_PEOPLE.match(word["word"].split("/")[0]) or _OF_PEOPLE.match(word["word"])):
            return True
        if not (_ADJECTIVE.match(word["word"]) or wanted) or _NOT_PEOPLE.match(word["word"]):
            return False
        at = word.end()
    return False


def _counted(number: str, *, guessed: bool = False) -> AdOpenings:
    word = " ".join(number.lower().split())
    if word in VAGUE:
        return AdOpenings(VAGUE[word], guessed=True)
    count = NUMBERS.get(word) or int(word)
    return AdOpenings(count if 1 <= count <= MOST else None, guessed)
