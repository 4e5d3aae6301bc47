"""What `tvaers match` computes: a draft order and people from a file, through the engine."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tvaers.cli.match_words import EXCLUDED, Say, why
from tvaers.connectors.candidate_concepts import ConceptFinder
from tvaers.connectors.candidate_file import CandidateRow, Status
from tvaers.matching.engine.answers import Explanation, Part, RequirementScore, Result
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import (
    EmploymentKind,
    Person,
    Query,
    Requirement,
    TravelLimit,
    TravelTable,
)
from tvaers.matching.engine.rule import part_of
from tvaers.orders.draft import SURE, Draft
from tvaers.places.municipalities import all_municipalities
from tvaers.places.travel import car_minutes, public_minutes
from tvaers.taxonomy.alternatives import days_to_learn, met_by
from tvaers.taxonomy.concepts import Concept, Taxonomy
from tvaers.taxonomy.in_use import taxonomy_in_use


@dataclass(frozen=True)
class Match:
    """The answer to one order, in the shape that is printed; `total` counts all hits."""

    order: dict[str, Any]
    hits: list[dict[str, Any]]
    near_misses: list[dict[str, Any]]
    excluded: dict[str, int]
    total: int

    def as_json(self) -> dict[str, Any]:
        """The answer as the guide of the command describes it."""
        shown = {"order": self.order, "hits": self.hits, "near_misses": self.near_misses}
        return shown | {"excluded": self.excluded}


def match(
    draft: Draft,
    candidates: Sequence[CandidateRow],
    *,
    today: date,
    scope: Sequence[str] | None,
    own_limit: bool,
    top: int,
    say: Say,
    progress: Callable[[int], None],
) -> Match:
    """The `top` best of `candidates` for `draft`, and those who lack one trainable requirement.

    `scope` are the municipalities to look in, None = all; `own_limit` keeps out those who would
    travel longer than they wish. `progress` is told how many people were read.
    """
    taxonomy = taxonomy_in_use()
    finder = ConceptFinder()
    people = []
    for number, row in enumerate(candidates):
        people.append(person(row, number, finder))
        progress(number + 1)
    index = Index.build(people, travel=_travel())
    query = query_of(draft, today=today, own_limit=own_limit, taxonomy=taxonomy)
    codes = None if scope is None else [int(code) for code in scope]
    found = index.search(query, codes, k=top)
    near = index.near_misses(query, codes, k=top)
    telling = _Telling(index, query, draft, candidates, say, taxonomy)
    return Match(
        order=order_shown(draft, say=say, taxonomy=taxonomy),
        hits=telling.people(found),
        near_misses=telling.people(near, near=True),
        excluded={name: found.excluded.get(reason, 0) for reason, name in EXCLUDED.items()},
        total=found.total,
    )


def person(row: CandidateRow, number: int, finder: ConceptFinder) -> Person:
    """A row as the engine sees a person. Someone whose car is not told of has none."""
    known = finder.concepts_of(row)
    fewest, most = row.hours or (0, 37)
    return Person(
        id=number,
        municipality=int(row.municipality),
        concepts=known.concepts,
        wanted=known.wanted,
        held=known.held,
        available_from=row.available_from.toordinal() if row.available_from else 0,
        hours_min=fewest,
        hours_max=most,
        kinds=sum(EmploymentKind[kind.upper()] for kind in row.kinds),
        max_travel=row.max_travel_minutes,
        car=bool(row.car),
        cv_updated=row.cv_updated.toordinal() if row.cv_updated else 0,
        findable=row.status is Status.ACTIVE,
    )


def query_of(draft: Draft, *, today: date, own_limit: bool, taxonomy: Taxonomy) -> Query:
    """The order as the engine asks it; requirements that no concept was found for are left out.

    An occupation that is more than a guess is a must: it, or its neighbour, wanted or held.
    """
    work = draft.occupation
    start = draft.starts_on
    return Query(
        today=today.toordinal(),
        occupation=_occupations(draft, taxonomy),
        occupation_must=work is not None and work.certainty >= SURE,
        occupation_years=draft.experience_years,
        requirements=tuple(
            Requirement(
                concept=asked.concept_id,
                must=asked.must,
                kind=asked.kind,
                satisfied_by=_satisfying((asked.concept_id, *asked.either), draft, taxonomy),
                years=asked.years,
                trainable_days=days_to_learn((asked.concept_id, *asked.either), taxonomy),
            )
            for asked in draft.requirements
            if asked.concept_id is not None
        ),
        workplaces=tuple(int(code) for code in draft.municipalities),
        start=start.toordinal() if start and start > today else 0,
        hours=draft.hours,
        kind=EmploymentKind[draft.kind.upper()],
        travel_limit=TravelLimit.OWN if own_limit else TravelLimit.NONE,
        salt=zlib.crc32(draft.title.encode()),
    )


def _occupations(draft: Draft, taxonomy: Taxonomy) -> tuple[tuple[int, int], ...]:
    """What satisfies the order's occupation, or any that the ad takes as well."""
    works = (draft.occupation, *draft.either)
    return met_by((work.concept_id for work in works if work), taxonomy)


def _satisfying(
    concepts: Sequence[int], draft: Draft, taxonomy: Taxonomy
) -> tuple[tuple[int, int], ...]:
    """What meets a requirement; the paper of one occupation is, in "A eller B", also the other's.

    An ad for a nurse or an assistant "med autorisation" asks each for her own.
    """
    asked = concepts[0]
    kind = taxonomy.concept(asked).kind
    works = [work.concept_id for work in (draft.occupation, *draft.either) if work]
    papers = [taxonomy.paper_of(work, kind) for work in works]
    others = [paper for paper in papers if paper is not None] if asked in papers else []
    return met_by((*concepts, *others), taxonomy)


def order_shown(draft: Draft, *, say: Say, taxonomy: Taxonomy) -> dict[str, Any]:
    """The order as it was understood; a requirement that is not known keeps its own words."""
    occupation = None
    if draft.occupation:
        concept = taxonomy.concept(draft.occupation.concept_id)
        occupation = {"uri": concept.uri_da or concept.uri_eu, "label": label(concept, say)}
    requirements = [
        {
            "label": asked.text
            if asked.concept_id is None
            else either_label((asked.concept_id, *asked.either), asked.years, say, taxonomy),
            "must": asked.must,
            "kind": str(asked.kind),
        }
        for asked in draft.requirements
    ]
    return {"title": draft.title, "occupation": occupation, "requirements": requirements}


def label(concept: Concept, say: Say) -> str:
    """A concept's name in the chosen language."""
    return say(concept.label, concept.label_en)


def asked_label(concept: Concept, years: int, say: Say) -> str:
    """A requirement's name, with the years where they are asked for."""
    name = label(concept, say)
    return say(f"{name}: {years} år", f"{name}: {years} years") if years else name


def either_label(concepts: Sequence[int], years: int, say: Say, taxonomy: Taxonomy) -> str:
    """The names of what does equally well, joined by "eller"."""
    names = [asked_label(taxonomy.concept(concept), years, say) for concept in concepts]
    return say(" eller ", " or ").join(names)


@dataclass(frozen=True)
class _Telling:
    """Turns the engine's numbers into words and the source's own ids."""

    index: Index
    query: Query
    draft: Draft
    candidates: Sequence[CandidateRow]
    say: Say
    taxonomy: Taxonomy

    def people(self, result: Result, *, near: bool = False) -> list[dict[str, Any]]:
        return [self._person(int(number), near=near) for number in result.ids]

    def _person(self, number: int, *, near: bool) -> dict[str, Any]:
        told = self.index.explain(self.query, number)
        unmet = [r for r in told.requirements if not r.met]
        lacks = [self._asked(r) for r in unmet if r.must]
        head: dict[str, Any] = {"id": self.candidates[number].id}
        if near:
            head |= {"lacks": lacks, "trainable": True}
        return head | {
            "fit": round(told.fit / 1000, 3),
            "met": [self._met(r) for r in told.requirements if r.met],
            "unmet": [self._asked(r) for r in unmet],
            "travel_minutes": told.travel if told.travel >= 0 else None,
            "ready": date.fromordinal(told.ready).isoformat(),
            "why": [self._why(told, part.part) for part in told.parts],
        }

    def _why(self, told: Explanation, which: Part) -> dict[str, Any]:
        part = next(part for part in told.parts if part.part is which)
        asked = [
            r for r in told.requirements if part_of(self.query.requirements[r.number]) is which
        ]
        work = self.draft.occupation
        text = why(
            part,
            say=self.say,
            by=self._label(part.by) if part.by is not None else "",
            asked=self._label(work.concept_id) if work else "",
            met=sum(r.met for r in asked),
            of=len(asked),
            start=self.draft.starts_on,
            today=date.fromordinal(self.query.today),
        )
        return {"part": str(which), "value": round(part.value / 1000, 3), "text": text}

    def _met(self, score: RequirementScore) -> str:
        """The requirement, and what stands in for it where that is something else."""
        name = self._asked(score)
        return name if score.by in (None, score.concept) else f"{name} ({self._label(score.by)})"

    def _asked(self, score: RequirementScore) -> str:
        known = [one for one in self.draft.requirements if one.concept_id is not None]
        concepts = (score.concept, *known[score.number].either)
        years = self.query.requirements[score.number].years
        return either_label(concepts, years, self.say, self.taxonomy)

    def _label(self, concept_id: int | None) -> str:
        return "" if concept_id is None else label(self.taxonomy.concept(concept_id), self.say)


def _travel() -> TravelTable:
    codes = tuple(int(municipality.code) for municipality in all_municipalities())
    return TravelTable(codes, car_minutes().astype(np.uint16), public_minutes().astype(np.uint16))
