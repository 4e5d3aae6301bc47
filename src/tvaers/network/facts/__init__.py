"""Offices and alliances to begin with: our own tables, which a coordinator edits in the system.

`certainty` says how well a fact is known: CONFIRMED by public documents; PARTLY, where they are
old or name the cooperation but not its form; EXAMPLE, where it is plausible and for show only.
Some neighbours share an office; each such pair is at most PARTLY known.
"""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


class Certainty(StrEnum):
    """How well a fact of the network is known."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """An office: MUNICIPAL, FUND or NATIONAL; only the first kind serves municipalities."""

    name: str
    kind: str
    municipalities: tuple[str, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ServiceLevelFact:
    """What an alliance promises, under the names that the service level has in the database.

    Days are working days (R2, R3, R6), hours are working hours of 24 to the day (R4).
    """

    dialogue_days: int
    presentation_days: int
    answer_hours: int
    freshness_days: int
    presented_per_opening: int
    starts_at_alliance: bool


@dataclass(frozen=True, slots=True)
class AllianceFact:
    """An alliance, the municipalities of its area and its promises.

    `known_as` is the name in the documents. `starts_on` is None where they give no day.
    `figures_agreed` is false where the promises are the nation's defaults.
    """

    key: str
    name: str
    known_as: str
    starts_on: date | None
    certainty: Certainty
    figures_agreed: bool
    municipalities: tuple[str, ...]
    service_level: ServiceLevelFact

    @property
    def is_example(self) -> bool:
        """Whether the members are a plausible guess, shown as such."""
        return self.certainty is Certainty.EXAMPLE

    @property
    def offices(self) -> tuple[OfficeFact, ...]:
        """The offices that serve the alliance's municipalities, each once."""
        return tuple(dict.fromkeys(office_of(code) for code in self.municipalities))


@cache
def all_offices() -> tuple[OfficeFact, ...]:
    """The municipal offices by municipality code, then the funds and the national contact point."""
    return tuple(
        OfficeFact(
            name=row["name"],
            kind=row["kind"],
            municipalities=tuple(row["municipalities"].split("|")) if row["municipalities"] else (),
            certainty=Certainty(row["certainty"]),
        )
        for row in _rows("offices")
    )


def office_of(municipality: str) -> OfficeFact:
    """The office that serves the municipality; raises `KeyError` for an unknown code."""
    return _office_by_municipality()[municipality]


@cache
def all_alliances() -> tuple[AllianceFact, ...]:
    """The alliances, the confirmed ones first."""
    return tuple(
        AllianceFact(
            key=row["key"],
            name=row["name"],
            known_as=row["known_as"],
            starts_on=date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
            certainty=Certainty(row["certainty"]),
            figures_agreed=row["figures"] == "agreed",
            municipalities=_members(row["key"]),
            service_level=_service_level(row),
        )
        for row in _rows("alliances")
    )


def _service_level(row: dict[str, str]) -> ServiceLevelFact:
    return ServiceLevelFact(
        dialogue_days=int(row["dialogue_days"]),
        presentation_days=int(row["presentation_days"]),
        answer_hours=int(row["answer_hours"]),
        freshness_days=int(row["freshness_days"]),
        presented_per_opening=int(row["presented_per_opening"]),
        starts_at_alliance=row["starts_at_alliance"] == "yes",
    )


def _members(alliance: str) -> tuple[str, ...]:
    members = _rows("alliance_members")
    return tuple(row["municipality"] for row in members if row["alliance"] == alliance)


@cache
def _office_by_municipality() -> dict[str, OfficeFact]:
    return {code: office for office in all_offices() for code in office.municipalities}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
