"""What an order can ask for and a person can have: occupations, skills, papers, languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

FULL = 1000
"""The strength of a concept for itself, in thousandths."""

SAME_UNIT_GROUP = 800
SAME_MINOR_GROUP = 400
BROADER_SKILL = 500
SISTER_SKILL = 400


class Kind(StrEnum):
    OCCUPATION = "occupation"
    SKILL = "skill"
    CERTIFICATE = "certificate"
    LICENCE = "licence"
    LANGUAGE = "language"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that can be asked for.

    `trainable_days` is about how many days a course takes; None when no course gives it
    (an authorisation, a criminal record, a whole education). `more` are names that imported lists
    give it, and `foreign` those in another language; a concept that only they know is `added`.
    """

    id: int
    key: str
    kind: Kind
    label: str
    label_en: str
    synonyms: tuple[str, ...] = ()
    disco: str | None = None
    uri_da: str | None = None
    uri_eu: str | None = None
    trainable_days: int | None = None
    more: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    added: bool = False


class Taxonomy:
    """Concepts and what may stand in for what.

    `includes` maps a concept's key to the keys it fully covers (forklift B covers A); it is
    followed all the way down. `related` holds (asked for, met by) → strength in thousandths,
    followed one step only. Holders of a title in `regulated` cannot be replaced by neighbours
    except those that `related` names.
    """

    def __init__(
        self,
        concepts: Iterable[Concept],
        *,
        version: str,
        includes: Mapping[str, Iterable[str]] | None = None,
        related: Mapping[tuple[str, str], int] | None = None,
        regulated: Iterable[str] = (),
    ) -> None:
        self.version = version
        self.includes = dict(includes or {})
        self.related = dict(related or {})
        self.regulated = tuple(regulated)
        self._by_id = {concept.id: concept for concept in concepts}
        self._by_key = {concept.key: concept for concept in self._by_id.values()}
        if len(self._by_key) != len(self._by_id):
            raise ValueError("two concepts share a key")
        self._regulated = {self.by_key(key).id for key in self.regulated}
        self._includes = {
            self.by_key(key).id: tuple(self.by_key(part).id for part in parts)
            for key, parts in self.includes.items()
        }
        self._related: dict[int, dict[int, int]] = {}
        for (asked, met_by), strength in self.related.items():
            self._related.setdefault(self.by_key(asked).id, {})[self.by_key(met_by).id] = strength
        self._satisfying: dict[int, tuple[tuple[int, int], ...]] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def concept(self, concept_id: int) -> Concept:
        """The concept with this id; `KeyError` when there is none."""
        return self._by_id[concept_id]

    def by_key(self, key: str) -> Concept:
        """The concept with this key; `KeyError` when there is none."""
        return self._by_key[key]

    def of_kind(self, kind: Kind) -> tuple[Concept, ...]:
        return self._kinds[kind]

    @property
    def concepts(self) -> tuple[Concept, ...]:
        return tuple(self._by_id.values())

    def satisfying(self, concept_id: int) -> tuple[tuple[int, int], ...]:
        """What meets a requirement of this concept, as (id, thousandths): itself, then by strength.

        Whatever includes the concept counts fully. Occupations of the same DISCO unit group
        count 0.8 and of the same minor group 0.4, unless a law reserves the title.
        """
        if concept_id not in self._satisfying:
            self._satisfying[concept_id] = self._find_satisfying(concept_id)
        return self._satisfying[concept_id]

    def paper_of(self, occupation: int, kind: Kind) -> int | None:
        """The authorisation or education that whoever has worked in `occupation` must have."""
        return self._papers.get((occupation, kind))

    def work_of(self, skill: int) -> int | None:
        """The occupation whose daily work a skill is: cleaning is a cleaner's."""
        met_by = self._related.get(skill, {})
        return next(
            (
                held
                for held, strength in met_by.items()
                if strength == FULL and self.concept(held).kind is Kind.OCCUPATION
            ),
            None,
        )

    @cached_property
    def _papers(self) -> dict[tuple[int, Kind], int]:
        """The first authorisation and education that holding an occupation meets fully."""
        papers: dict[tuple[int, Kind], int] = {}
        for asked, met_by in self._related.items():
            for held, strength in met_by.items():
                is_work = self.concept(held).kind is Kind.OCCUPATION
                if strength == FULL and is_work:
                    papers.setdefault((held, self.concept(asked).kind), asked)
        return papers

    def _find_satisfying(self, concept_id: int) -> tuple[tuple[int, int], ...]:
        concept = self.concept(concept_id)
        strengths: dict[int, int] = {}
        if concept.kind is Kind.OCCUPATION and concept_id not in self._regulated:
            strengths |= self._neighbours(concept)
        if concept.kind is Kind.SKILL:
            strengths |= self._skill_family(concept_id)
        strengths |= self._related.get(concept_id, {})
        for wider in self._including(concept_id):
            strengths[wider] = FULL
            for other, strength in self._related.get(wider, {}).items():
                strengths[other] = max(strength, strengths.get(other, 0))
        strengths.pop(concept_id, None)
        ranked = sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0]))
        return ((concept_id, FULL), *ranked)

    def _neighbours(self, occupation: Concept) -> dict[int, int]:
        code = occupation.disco or ""
        if not code:
            return {}
        minor = dict.fromkeys(self._by_disco.get(code[:3], ()), SAME_MINOR_GROUP)
        return minor | dict.fromkeys(self._by_disco.get(code, ()), SAME_UNIT_GROUP)

    def _skill_family(self, skill_id: int) -> dict[int, int]:
        """The broader skill counts half, sisters under it a little less."""
        family: dict[int, int] = {}
        for broader in self._includes.get(skill_id, ()):
            family |= dict.fromkeys(self._included_by.get(broader, ()), SISTER_SKILL)
            family[broader] = BROADER_SKILL
        return family

    def _including(self, concept_id: int) -> set[int]:
        """Everything that fully covers the concept, however many steps away."""
        found: set[int] = set()
        waiting = [concept_id]
        while waiting:
            for wider in self._included_by.get(waiting.pop(), ()):
                if wider not in found:
                    found.add(wider)
                    waiting.append(wider)
        return found

    @cached_property
    def _kinds(self) -> dict[Kind, tuple[Concept, ...]]:
        return {
            kind: tuple(concept for concept in self._by_id.values() if concept.kind is kind)
            for kind in Kind
        }

    @cached_property
    def _included_by(self) -> dict[int, list[int]]:
        included_by: dict[int, list[int]] = {}
        for wider, parts in self._includes.items():
            for part in parts:
                included_by.setdefault(part, []).append(wider)
        return included_by

    @cached_property
    def _by_disco(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for concept in self.of_kind(Kind.OCCUPATION):
            for length in (3, 4):
                if concept.disco:
                    groups.setdefault(concept.disco[:length], []).append(concept.id)
        return groups
