"""Is the index what the database says? Person by person, each through the rows' own way in."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from tvaers.candidates.models import Profile
from tvaers.matching.engine.columns import Columns
from tvaers.matching.index_feed import current_index
from tvaers.matching.profile_rows import COLUMNS, person_of

SCALARS = (
    "municipality",
    "postcode",
    "flags",
    "kinds",
    "hours_min",
    "hours_max",
    "max_travel",
    "available_from",
    "cv_updated",
    "alphabetical",
)


def differences(day: date) -> tuple[int, list[int]]:
    """How many people were compared, and the ids of those who differ, are missing or too many.

    Whoever is changed between the two readings is looked at again.
    """
    count, differing = _look(day)
    return count, sorted(differing & _look(day)[1]) if differing else []


def _look(day: date) -> tuple[int, set[int]]:
    rows = Profile.objects.values_list(*COLUMNS)
    index = current_index(day)
    people = (person_of(row, day) for row in rows.iterator(chunk_size=5000))
    stored = by_person(Columns.from_people(people).known_to(index.travel))
    indexed = by_person(index.folded().base.columns())
    everyone = stored.keys() | indexed.keys()
    return len(everyone), {one for one in everyone if stored.get(one) != indexed.get(one)}


def by_person(columns: Columns) -> dict[int, Any]:
    """All that is known of each person, in a fixed order."""
    concepts: defaultdict[int, set[int]] = defaultdict(set)
    for entry, concept in _pairs(columns, "has_person", "has_concept"):
        concepts[entry].add(concept)
    work: defaultdict[int, set[tuple[int, ...]]] = defaultdict(set)
    names = ("work_person", "work_occupation", "work_code", "work_years")
    for entry, *spell in _pairs(columns, *names):
        work[entry].add(tuple(spell))
    facts = _pairs(columns, *SCALARS)
    people = enumerate(zip(columns.id.tolist(), facts, strict=True))
    return {id_: (fact, concepts[entry], work[entry]) for entry, (id_, fact) in people}


def _pairs(columns: Columns, *names: str) -> Iterator[tuple[int, ...]]:
    return zip(*(getattr(columns, name).tolist() for name in names), strict=True)
