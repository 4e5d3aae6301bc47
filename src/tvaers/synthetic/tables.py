"""The tables that the demo world is drawn from, and the draw itself."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

from tvaers.taxonomy.concepts import Concept, Kind
from tvaers.taxonomy.starter import starter

DATA = Path(__file__).parent / "data"

Thing = TypeVar("Thing")

Odds = tuple[tuple[Concept, float], ...]
"""Concepts, each with the share of the people who have it."""


@dataclass(frozen=True, eq=False)
class Trade:
    """What people of an occupation plausibly can, hold and want beside it."""

    occupation: Concept
    share: int
    also: tuple[Concept, ...]
    skills: Odds
    papers: Odds
    licences: Odds
    education: Odds


@cache
def trades() -> tuple[Trade, ...]:
    """The trades of most of the people, each with its share of a thousand."""
    return tuple(
        Trade(
            occupation=starter().by_key(row["occupation"]),
            share=int(row["share"]),
            also=tuple(starter().by_key(key) for key in row["also"].split("|") if key),
            skills=_odds(row["skills"]),
            papers=_odds(row["papers"]),
            licences=_odds(row["licences"]),
            education=_odds(row["education"]),
        )
        for row in _rows("trades")
    )


@cache
def trade_of(occupation: str) -> Trade:
    """The trade of an occupation's key; one that has no row is made from what everybody can."""
    for trade in trades():
        if trade.occupation.key == occupation:
            return trade
    return Trade(
        occupation=starter().by_key(occupation),
        share=0,
        also=(),
        skills=_odds("teamarbejde:45|selvstaendigt-arbejde:40|kommunikationsevner:35|excel:25"),
        papers=_odds("forstehjaelp:15"),
        licences=_odds("koerekort-b:70"),
        education=_odds("stx:20|hf:15|mvu:15|lvu:10"),
    )


@cache
def other_occupations() -> tuple[Concept, ...]:
    """The occupations without a trade of their own: some people have each of them."""
    known = {trade.occupation.id for trade in trades()}
    return tuple(one for one in starter().of_kind(Kind.OCCUPATION) if one.id not in known)


@cache
def words(kind: str) -> tuple[str, ...]:
    """The made-up words of a kind: first names, surnames, streets, beginnings of companies."""
    return tuple(row["name"] for row in _rows("names") if row["kind"] == kind)


@cache
def population() -> dict[str, int]:
    """Inhabitants of each municipality in thousands: rough figures of the middle of the 2020s."""
    return {row["municipality"]: int(row["thousands"]) for row in _rows("population")}


@dataclass(frozen=True)
class Branch:
    """A line of business: what such companies are called, and whom they look for."""

    industry_code: str
    share: int
    words: tuple[str, ...]
    occupations: tuple[str, ...]


@cache
def branches() -> tuple[Branch, ...]:
    """The lines of business of the demo's companies, each with its share."""
    return tuple(
        Branch(
            industry_code=row["industry_code"],
            share=int(row["share"]),
            words=tuple(row["words"].split("|")),
            occupations=tuple(row["occupations"].split("|")),
        )
        for row in _rows("branches")
    )


class Draw(Generic[Thing]):
    """Things drawn by weight; the same random numbers give the same things."""

    def __init__(self, things: Sequence[Thing], weights: Sequence[float]) -> None:
        self._things, self._weights = things, list(accumulate(weights))

    def one(self, chance: Random) -> Thing:
        return chance.choices(self._things, cum_weights=self._weights)[0]


def _odds(cell: str) -> Odds:
    pairs = (pair.split(":") for pair in cell.split("|") if pair)
    return tuple((starter().by_key(key), int(percent) / 100) for key, percent in pairs)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
