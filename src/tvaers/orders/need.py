"""What a company needs, as a form says it, and what is wrong with it. No Django."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

TITLE_LENGTH = 100
DESCRIPTION_LENGTH = 5000
COMMENT_LENGTH = 2000
REQUIREMENT_LENGTH = 200
MOST_REQUIREMENTS = 64
HOURS_OF_A_WEEK = 168
MOST_OPENINGS = 999
"""The limits of title, description and comment are the national exchange's."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing asked for. Without a `concept` the words are all we know; `years` of it, or 0.

    `either` are concepts that do as well as the one named ("certifikat A eller B").
    """

    kind: str
    text: str
    must: bool
    concept: int | None = None
    years: int = 0
    either: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Portion:
    """So many of the openings in one scheme, at one workplace or, without one, at any."""

    number: int
    scheme: str
    workplace_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Need:
    """Everything about an order that the company decides, but for the number of openings.

    `other_occupations` do as well as the occupation ("murer eller tømrer"). What no portion holds
    is in `scheme`.
    """

    scheme: str
    title: str
    description: str
    internal_comment: str = ""
    contact_id: int | None = None
    workplace_ids: tuple[int, ...] = ()
    occupation: int | None = None
    other_occupations: tuple[int, ...] = ()
    occupation_years: int = 0
    concept_uri_da: str = ""
    concept_uri_eu: str = ""
    hours_min: int = 37
    hours_max: int = 37
    starts_on: date | None = None
    last_day: date | None = None
    requirements: tuple[Asked, ...] = ()
    portions: tuple[Portion, ...] = ()


PLAIN = (
    "title",
    "description",
    "internal_comment",
    "contact_id",
    "occupation",
    "other_occupations",
    "occupation_years",
    "concept_uri_da",
    "concept_uri_eu",
    "hours_min",
    "hours_max",
    "starts_on",
    "last_day",
)
"""The fields that need and order both have under the same name."""


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """An order as it comes in. `public_id` is made with the form, so that a double click is one."""

    public_id: UUID
    company_id: int
    openings: int
    need: Need
    lead_office_id: int
    lead_id: int
    deputy_id: int | None = None


def canonical(need: Need) -> Need:
    """The same need in the one way that compares: sets sorted, white space around words gone."""
    asked = {
        replace(one, text=one.text.strip(), either=_others(one.concept, one.either))
        for one in need.requirements
    }
    return replace(
        need,
        title=need.title.strip(),
        description=need.description.strip(),
        internal_comment=need.internal_comment.strip(),
        other_occupations=_others(need.occupation, need.other_occupations),
        workplace_ids=tuple(sorted(set(need.workplace_ids))),
        requirements=tuple(
            sorted(asked, key=lambda one: (not one.must, one.kind, one.text, one.concept or 0))
        ),
        portions=_together(need.portions),
    )


def _together(portions: Iterable[Portion]) -> tuple[Portion, ...]:
    """One portion for each scheme and workplace, however many lines named it."""
    numbers = Counter[tuple[str, int]]()
    for one in portions:
        numbers[one.scheme, one.workplace_id or 0] += one.number
    return tuple(
        Portion(number=number, scheme=scheme, workplace_id=workplace or None)
        for (scheme, workplace), number in sorted(numbers.items())
    )


def _others(concept: int | None, either: Iterable[int]) -> tuple[int, ...]:
    """What does as well as `concept`; nothing does where none is known."""
    return () if concept is None else tuple(sorted(set(either) - {concept}))


class Problem(StrEnum):
    NO_TITLE = "NO_TITLE"
    TITLE_TOO_LONG = "TITLE_TOO_LONG"
    NO_DESCRIPTION = "NO_DESCRIPTION"
    DESCRIPTION_TOO_LONG = "DESCRIPTION_TOO_LONG"
    COMMENT_TOO_LONG = "COMMENT_TOO_LONG"
    NO_OPENINGS = "NO_OPENINGS"
    TOO_MANY_OPENINGS = "TOO_MANY_OPENINGS"
    HOURS_NOT_IN_ORDER = "HOURS_NOT_IN_ORDER"
    NO_SUCH_HOURS = "NO_SUCH_HOURS"
    START_PASSED = "START_PASSED"
    LAST_DAY_PASSED = "LAST_DAY_PASSED"
    NO_SUCH_SCHEME = "NO_SUCH_SCHEME"
    REQUIREMENT_WITHOUT_WORDS = "REQUIREMENT_WITHOUT_WORDS"
    REQUIREMENT_TOO_LONG = "REQUIREMENT_TOO_LONG"
    REQUIREMENT_TWICE = "REQUIREMENT_TWICE"
    TOO_MANY_REQUIREMENTS = "TOO_MANY_REQUIREMENTS"
    PORTION_OF_NOBODY = "PORTION_OF_NOBODY"
    PORTION_ELSEWHERE = "PORTION_ELSEWHERE"
    MORE_THAN_OPENINGS = "MORE_THAN_OPENINGS"


def problems(need: Need, *, day: date, before: Need | None = None) -> tuple[Problem, ...]:
    """All that is wrong with a need on `day`, in the order of the form.

    A date that has passed is only wrong when it is new: an old order keeps its start.
    """
    kept = (before.starts_on, before.last_day) if before else (None, None)
    hours = (need.hours_min, need.hours_max)
    asked = need.requirements
    named = [(one.kind, one.concept) for one in asked if one.concept is not None]
    found = {
        Problem.NO_TITLE: not need.title.strip(),
        Problem.TITLE_TOO_LONG: len(need.title) > TITLE_LENGTH,
        Problem.NO_DESCRIPTION: not need.description.strip(),
        Problem.DESCRIPTION_TOO_LONG: len(need.description) > DESCRIPTION_LENGTH,
        Problem.COMMENT_TOO_LONG: len(need.internal_comment) > COMMENT_LENGTH,
        Problem.HOURS_NOT_IN_ORDER: hours[0] > hours[1],
        Problem.NO_SUCH_HOURS: hours[0] < 0 or not 0 < hours[1] <= HOURS_OF_A_WEEK,
        Problem.START_PASSED: _newly_passed(need.starts_on, kept[0], day),
        Problem.LAST_DAY_PASSED: _newly_passed(need.last_day, kept[1], day),
        Problem.REQUIREMENT_WITHOUT_WORDS: any(not one.text.strip() for one in asked),
        Problem.REQUIREMENT_TOO_LONG: any(len(one.text) > REQUIREMENT_LENGTH for one in asked),
        Problem.REQUIREMENT_TWICE: len(named) != len(set(named)),
        Problem.TOO_MANY_REQUIREMENTS: len(asked) > MOST_REQUIREMENTS,
        Problem.PORTION_OF_NOBODY: any(one.number < 1 for one in need.portions),
        Problem.PORTION_ELSEWHERE: any(
            one.workplace_id not in {None, *need.workplace_ids} for one in need.portions
        ),
    }
    return tuple(problem for problem, holds in found.items() if holds)


def number_problems(openings: int) -> tuple[Problem, ...]:
    """What is wrong with a number of openings."""
    if openings < 1:
        return (Problem.NO_OPENINGS,)
    return (Problem.TOO_MANY_OPENINGS,) if openings > MOST_OPENINGS else ()


def portion_problems(need: Need, openings: int) -> tuple[Problem, ...]:
    """What is wrong with how the openings are portioned out."""
    held = sum(one.number for one in need.portions)
    return (Problem.MORE_THAN_OPENINGS,) if held > openings else ()


def _newly_passed(value: date | None, before: date | None, day: date) -> bool:
    return value is not None and value != before and value < day
