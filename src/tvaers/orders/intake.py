"""Reads an ad as written into a draft order that a person confirms. Knows no Django.

Everything is taken from the words as they stand; what is uncertain is a `Doubt` on the draft.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from tvaers.orders.ad_alternatives import with_alternatives
from tvaers.orders.ad_dates import ad_dates
from tvaers.orders.ad_openings import ad_openings
from tvaers.orders.ad_place import ad_place
from tvaers.orders.ad_requirements import ad_occupations, ad_requirements, either
from tvaers.orders.ad_shifts import ad_shifts
from tvaers.orders.ad_terms import ad_hours, ad_kind
from tvaers.orders.draft import DESCRIPTION_LENGTH, TITLE_LENGTH, Doubt, Draft
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.in_use import linker_in_use, taxonomy_in_use
from tvaers.taxonomy.linker import Linker
from tvaers.taxonomy.words import unwrapped

WORK = Kind.OCCUPATION
LIKELY = 350
TITLE_LINES = 3
_LABEL = re.compile(
    r"^(?:(?:job|jobopslag|jobannonce|stillingsopslag|ledig\s+stilling)\b|"
    r"(?:stilling|titel|jobtitel)\s*:)\s*(?:[:\-–]\s*)?",
    re.IGNORECASE,
)


class EmptyAd(ValueError):
    """There are no words in the ad."""


def from_ad(text: str, *, today: date, title: str = "", words: Linker | None = None) -> Draft:
    """The draft of an ad, read on `today`; raises `EmptyAd`.

    `title` is the title where it is known; otherwise the line that names the occupation.
    """
    whole = tidy(text) or tidy(title)
    if not whole:
        raise EmptyAd
    return _draft(whole, tidy(title), words or linker_in_use(), today)


def _draft(whole: str, title: str, words: Linker, today: date) -> Draft:
    text, taxonomy = whole[:DESCRIPTION_LENGTH], taxonomy_in_use()
    mentions = words.mentions(text)
    lines, text = text, unwrapped(text)
    jobs = [(m.start, m.end) for m in mentions if taxonomy.concept(m.concept_id).kind is WORK]
    line = title or _title_line(lines, [start for start, _ in jobs])
    works = ad_occupations(text, line, mentions, linker=words, taxonomy=taxonomy)
    own = works[0] if works and works[0].certainty >= LIKELY else None
    work = own.concept_id if own else None
    asked = ad_requirements(text, mentions, occupation=work, taxonomy=taxonomy)
    asked = with_alternatives(asked, text, mentions, taxonomy)
    openings, place, hours = ad_openings(text, occupations=jobs), ad_place(text), ad_hours(text)
    (kind, kind_doubt), dates = ad_kind(text), ad_dates(text, today=today)
    uncertain = {
        Doubt.OPENINGS: openings.guessed,
        Doubt.SEVERAL_PLACES: place.doubt,
        Doubt.HOURS: hours.guessed,
        Doubt.KIND: kind_doubt,
        Doubt.TITLE_CUT: len(line) > TITLE_LENGTH,
        Doubt.DESCRIPTION_CUT: len(whole) > DESCRIPTION_LENGTH,
    }
    return Draft(
        title=shortened(title or job_of(line)),
        description=lines,
        occupation=own,
        either=either(text, mentions, work, taxonomy=taxonomy),
        alternatives=works[1:] if own else works,
        experience_years=max((r.years for r in asked if r.concept_id == work), default=0),
        openings=openings.number or 1,
        requirements=asked,
        municipalities=place.municipalities,
        postcode=place.postcode,
        starts_on=dates.starts_on,
        last_date=dates.last_date,
        hours=hours.week,
        kind=kind,
        shifts=ad_shifts(text),
        doubts=frozenset(doubt for doubt, is_so in uncertain.items() if is_so),
    ).doubted(today=today)


def tidy(text: str) -> str:
    """Text without outer space, control characters and stray carriage returns."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def job_of(line: str) -> str:
    """The job that a line of an ad names, without how many and without what follows the comma.

    "3 lagermedarbejdere, Køge, gaffeltruckcertifikat B" is about "Lagermedarbejdere": the number
    of openings and the requirements are fields of their own.
    """
    counted = re.match(r"\d+\s*(?:x|×|stk\.?)?\s+(?=[^\W\d])", line)
    if counted is None:
        return line
    job = line[counted.end() :].split(",", maxsplit=1)[0].strip()
    return job[:1].upper() + job[1:]


def shortened(title: str) -> str:
    """A title of at most 100 characters: its first sentence, else cut between words."""
    if len(title) <= TITLE_LENGTH:
        return title
    sentence = re.split(r"(?<=[a-zæøå])[.!?](?:\s|$)", title, maxsplit=1)[0]
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    whole_words = title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–")
    return f"{whole_words}…"


def _title_line(text: str, jobs: Sequence[int]) -> str:
    """The first line that names an occupation among the first few, else the first line."""
    lines: list[tuple[int, int]] = []
    for found in re.finditer(r"[^\n]*\S[^\n]*", text):
        lines.append(found.span())
    start, end = next(
        (
            (start, end)
            for start, end in lines[:TITLE_LINES]
            if any(start <= job < end for job in jobs)
        ),
        lines[0],
    )
    line = text[start:end].strip()
    return _LABEL.sub("", line) or line
