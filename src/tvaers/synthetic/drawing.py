"""One made-up unemployed person: what the person can is drawn first, the words follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from tvaers.candidates.records import Record
from tvaers.places.postcodes import PostcodeFact, all_postcodes
from tvaers.synthetic import cv_text, names
from tvaers.synthetic.tables import Draw, Odds, Trade, other_occupations, trade_of, trades, words
from tvaers.taxonomy.concepts import Concept
from tvaers.taxonomy.starter import language_key, starter

LEGAL_BASIS = "Lov om en aktiv beskæftigelsesindsats"
MOTHER_TONGUES = words("language")
HOURS = (((37, 37), 55), ((30, 37), 22), ((20, 37), 12), ((15, 30), 6), ((0, 37), 5))
TRAVEL = ((30, 10), (45, 20), (60, 38), (75, 14), (90, 18))
KINDS = ((2, 0.3), (4, 0.35), (8, 0.08), (32, 0.07))
"""Wage subsidy, traineeship, job rotation, adult apprenticeship: the bit and its share."""
FLEX_JOB_ONLY = 16
LEFT_OUT = {"0360": "gaffeltruck-b", "0306": "gaffeltruck-b"}
"""Two municipalities where nobody has a paper, so that a search that asks for it finds nobody."""


@dataclass(frozen=True)
class Home:
    """Where a person lives and which office follows the person."""

    municipality: str
    office_id: int


@dataclass(frozen=True)
class Made:
    """A made-up person: the office's record, and when that office began to follow the person."""

    home: Home
    record: Record
    followed_since: date


@cache
def _trade_draw() -> Draw[Trade | None]:
    others = sum(trade.share for trade in trades()) * 0.15
    return Draw((*trades(), None), (*(trade.share for trade in trades()), others))


_hours: Draw[tuple[int, int]] = Draw([pair for pair, _ in HOURS], [weight for _, weight in HOURS])
_travel: Draw[int] = Draw([minutes for minutes, _ in TRAVEL], [weight for _, weight in TRAVEL])


def draw_person(
    chance: Random, *, number: int, home: Home, today: date, trade: Trade | None = None
) -> Made:
    """Person `number`, living in `home`, as known on `today`. A wanted `trade` makes a sure hit:
    everyone of it has its first paper, a car and time."""
    sure = trade is not None
    trade = trade or _trade_draw().one(chance) or trade_of(chance.choice(other_occupations()).key)
    known = _known(chance, trade, home, today, sure=sure)
    hours = (30, 37) if sure else _hours.one(chance)
    record = Record(
        source_id=f"S{number:07d}",
        digest=f"synthetic-{number}",
        municipality=home.municipality,
        wanted=tuple(one.id for one in known.wanted),
        held=tuple(job.id for job, _, _ in known.held),
        held_years=tuple(years for _, years, _ in known.held),
        held_until=tuple(until for _, _, until in known.held),
        concepts=_ids(known),
        hours_min=hours[0],
        hours_max=hours[1],
        max_travel_minutes=90 if sure else _travel.one(chance),
        car=known.car,
        **_words(chance, known),
        **_standing(chance, today, sure=sure),
        **_identity(chance, number, home, today),
    )
    return Made(home, record, today - timedelta(days=chance.randrange(14, 540)))


@dataclass
class Known:
    """What a person can, has done, has and wants, before it is put into words."""

    wanted: list[Concept]
    held: list[tuple[Concept, int, int]]
    skills: list[Concept]
    papers: list[Concept]
    licences: list[Concept]
    education: list[Concept]
    languages: list[Concept]
    car: bool
    thin: bool


def _known(chance: Random, trade: Trade, home: Home, today: date, *, sure: bool) -> Known:
    """The concepts of one person; one CV in fourteen is thin."""
    licences = _having(chance, trade.licences)
    known = Known(
        wanted=[trade.occupation, *_some(chance, trade.also, (0.35, 0.15))],
        held=_held(chance, trade, today),
        skills=_having(chance, trade.skills),
        papers=_papers(chance, trade, home, sure=sure),
        licences=licences,
        education=_having(chance, trade.education)[:1],
        languages=_languages(chance),
        car=sure or (bool(licences) and chance.random() < 0.62),
        thin=not sure and chance.random() < 0.07,
    )
    if known.thin:
        known.skills, known.licences = known.skills[:1], licences[:1]
        known.papers, known.education, known.languages, known.car = [], [], [], False
    return known


def _words(chance: Random, known: Known) -> dict[str, Any]:
    """The same in the person's own words."""
    return {
        "wanted_titles": cv_text.titles(chance, known.wanted)[:500],
        "held_titles": cv_text.titles(chance, [job for job, _, _ in known.held])[:1000],
        "skill_words": cv_text.words(chance, [*known.skills, *known.papers])[:2000],
        "education": cv_text.words(chance, known.education)[:500],
        "text": cv_text.text(
            chance,
            wanted=known.wanted,
            held=[(job, years) for job, years, _ in known.held],
            skills=known.skills,
            papers=known.papers,
            thin=known.thin,
        ),
    }


def _held(chance: Random, trade: Trade, today: date) -> list[tuple[Concept, int, int]]:
    """Occupations with years and last year, the newest first; one in nine has had no job."""
    if chance.random() < 0.11:
        return []
    jobs = [trade.occupation, *_some(chance, trade.also, (0.45, 0.2))]
    until, held = today.year - chance.choices((0, 1, 2, 5), (55, 30, 10, 5))[0], []
    for job in jobs:
        years = min(1 + int(chance.expovariate(0.22)), 30)
        held.append((job, years, until))
        until -= years
    return held


def _papers(chance: Random, trade: Trade, home: Home, *, sure: bool) -> list[Concept]:
    papers = _having(chance, trade.papers)
    if sure and trade.papers and trade.papers[0][0] not in papers:
        papers.insert(0, trade.papers[0][0])
    return [one for one in papers if one.key != LEFT_OUT.get(home.municipality)]


def _languages(chance: Random) -> list[Concept]:
    """Danish as mother tongue for three in four; the others have another, and Danish to a level."""
    if chance.random() < 0.76:
        spoken = [("dansk", "native")]
    else:
        level = chance.choices(("A2", "B1", "B2", "C1"), (20, 40, 28, 12))[0]
        spoken = [("dansk", level), (chance.choice(MOTHER_TONGUES), "native")]
    if chance.random() < 0.7 and all(language != "engelsk" for language, _ in spoken):
        spoken.append(("engelsk", chance.choices(("A2", "B1", "B2", "C1"), (20, 40, 28, 12))[0]))
    if chance.random() < 0.12 and all(language != "tysk" for language, _ in spoken):
        spoken.append(("tysk", chance.choice(("A2", "B1"))))
    return [starter().by_key(language_key(*one)) for one in spoken]


def _standing(chance: Random, today: date, *, sure: bool) -> dict[str, Any]:
    """Whether the person can be found, from when, for which kinds, and how old the CV is."""
    age = chance.choices((20, 75, 180, 400), (66, 19, 11, 4))[0]
    later = chance.random() < 0.18
    kinds = 1 + sum(bit for bit, share in KINDS if chance.random() < share)
    if chance.random() < 0.025:
        kinds = FLEX_JOB_ONLY
    status = chance.choices(("ACTIVE", "PAUSED", "ENDED"), (94, 4, 2))[0]
    known, undated = chance.random() > 0.015, chance.random() < 0.02
    return {
        "status": "ACTIVE" if sure else status,
        "legal_basis": LEGAL_BASIS if known or sure else "",
        "available_from": today + timedelta(days=chance.randrange(3, 60)) if later else None,
        "kinds": kinds | 1 if sure else kinds,
        "cv_updated_on": None if undated else today - timedelta(days=chance.randrange(age)),
    }


def _identity(chance: Random, number: int, home: Home, today: date) -> dict[str, Any]:
    """Name, contact and address; one in 170 has a protected address."""
    place = _postcode(chance, home.municipality)
    birth = today - timedelta(days=chance.randrange(18 * 365, 64 * 365))
    return {
        "name": names.person(chance),
        "email": f"kandidat{number}@eksempel.example",
        "phone": names.phone(chance),
        "address": f"{names.street(chance)}, {place.first:04d} {place.town}",
        "postcode": f"{place.first:04d}",
        "birth_date": birth,
        "protected": chance.random() < 0.006,
    }


def _postcode(chance: Random, municipality: str) -> PostcodeFact:
    return chance.choice(_postcodes()[municipality])


@cache
def _postcodes() -> dict[str, list[PostcodeFact]]:
    found: dict[str, list[PostcodeFact]] = {}
    for fact in all_postcodes():
        found.setdefault(fact.municipality, []).append(fact)
    return found


def _having(chance: Random, odds: Odds) -> list[Concept]:
    return [concept for concept, share in odds if chance.random() < share]


def _some(chance: Random, things: Sequence[Concept], shares: Sequence[float]) -> list[Concept]:
    """The first of `things` in a drawn order, one for each share that comes true in a row."""
    count = 0
    for share in shares:
        if chance.random() >= share:
            break
        count += 1
    return chance.sample(things, min(count, len(things)))


def _ids(known: Known) -> tuple[int, ...]:
    parts = (known.skills, known.papers, known.licences, known.education, known.languages)
    own_car = [starter().by_key("egen-bil")] if known.car else []
    return tuple(sorted({one.id for part in (*parts, own_car) for one in part}))
