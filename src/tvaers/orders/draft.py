"""A draft order: what was read out of an ad, for a person to confirm."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto

from tvaers.orders.ad_terms import Kind, Shift

TITLE_LENGTH = 100
DESCRIPTION_LENGTH = 5000
SURE = 700


class Doubt(StrEnum):
    """What the person should look at before the draft becomes an order."""

    NO_OCCUPATION = auto()
    OCCUPATION = auto()
    OPENINGS = auto()
    NO_PLACE = auto()
    SEVERAL_PLACES = auto()
    NO_START = auto()
    START_PASSED = auto()
    LAST_DATE_PASSED = auto()
    HOURS = auto()
    KIND = auto()
    UNKNOWN_REQUIREMENT = auto()
    TITLE_CUT = auto()
    DESCRIPTION_CUT = auto()


@dataclass(frozen=True)
class Proposal:
    """A concept that was found, and how certain (thousandths)."""

    concept_id: int
    certainty: int


@dataclass(frozen=True)
class DraftRequirement:
    """One thing asked for. `concept_id` is None for words that the taxonomy does not know.

    `either` are concepts of the same kind that do as well ("A eller B").
    """

    text: str
    concept_id: int | None
    kind: str
    must: bool
    years: int = 0
    either: tuple[int, ...] = ()


@dataclass(frozen=True)
class Draft:
    """What an ad says, as the form of an order needs it; None where it says nothing.

    `municipalities` are four-digit codes, `hours` a week (fewest, most), `experience_years` in
    the occupation. `either` are occupations that the ad takes as well ("A eller B"),
    `alternatives` other readings of its title.
    """

    title: str
    description: str
    occupation: Proposal | None
    either: tuple[Proposal, ...]
    alternatives: tuple[Proposal, ...]
    experience_years: int
    openings: int
    requirements: tuple[DraftRequirement, ...]
    municipalities: tuple[str, ...]
    postcode: str
    starts_on: date | None
    last_date: date | None
    hours: tuple[int, int] | None
    kind: Kind
    shifts: frozenset[Shift]
    doubts: frozenset[Doubt] = frozenset()

    def doubted(self, *, today: date) -> "Draft":
        """The same draft with the doubts that show in what it says and does not say."""
        shows = {
            Doubt.NO_OCCUPATION: self.occupation is None,
            Doubt.OCCUPATION: self.occupation is not None and self.occupation.certainty < SURE,
            Doubt.NO_PLACE: not self.municipalities,
            Doubt.NO_START: self.starts_on is None,
            Doubt.START_PASSED: self.starts_on is not None and self.starts_on < today,
            Doubt.LAST_DATE_PASSED: self.last_date is not None and self.last_date < today,
            Doubt.UNKNOWN_REQUIREMENT: any(r.concept_id is None for r in self.requirements),
        }
        kept = self.doubts - set(shows)
        return replace(self, doubts=kept | {doubt for doubt, is_so in shows.items() if is_so})
