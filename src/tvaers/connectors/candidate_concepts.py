"""From a candidate's own words to concepts: titles, skills, papers, languages and the CV text.

The words of a list repeat from person to person, so what was found once is kept.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from tvaers.connectors.candidate_file import CandidateRow, Language
from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.linker import Linker, linker
from tvaers.taxonomy.starter import language_key, starter

SURE_TITLE = 500
SURE_WORD = 600
WISH_REACH = 60
_WISH = re.compile(
    r"\b(?:ønske[rs]?|søge[rs]?|vil\s+gerne|drømme[rs]?|interesse\w*|håbe[rs]?|kunne\s+tænke|"
    r"looking|wish|seek\w*)\b[^.!?\n]*$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:ikke(?!\s+(?:kun|bare))|intet|ingen|hverken|uden|mangler)\s+(?:\w+\s+)?$", re.IGNORECASE
)
PAPERS = (Kind.CERTIFICATE, Kind.LICENCE)
CAR = "egen-bil"


@dataclass(frozen=True)
class CandidateConcepts:
    """What a person wants, has done and has, as ids; and the words that no concept was found for.

    `held` is (occupation, whole years, last year), 0 = not known.
    """

    wanted: tuple[int, ...]
    held: tuple[tuple[int, int, int], ...]
    concepts: tuple[int, ...]
    unknown: tuple[str, ...]


class ConceptFinder:
    """Finds concepts in the words of candidates; keep one for a whole list."""

    def __init__(self, words: Linker | None = None, taxonomy: Taxonomy | None = None) -> None:
        self._linker = words or linker()
        self._taxonomy = taxonomy or starter()
        self._title = cache(self._find_title)
        self._word = cache(self._find_word)

    def concepts_of(self, row: CandidateRow) -> CandidateConcepts:
        """Everything that `row` says of the person, each concept once."""
        unknown: list[str] = []
        wanted = [self._known(self._title(title), title, unknown) for title in row.wanted]
        held = [(self._known(self._title(job.title), job.title, unknown), job) for job in row.held]
        concepts = dict.fromkeys(self._words(row, unknown))
        spells = {
            (work, int(job.years or 0), job.last_year or 0)
            for work, job in held
            if work is not None
        }
        wishes = dict.fromkeys(work for work in wanted if work is not None)
        done = {work for work, _, _ in spells}
        for concept_id, wish in self._in_text(row.text):
            is_work = self._taxonomy.concept(concept_id).kind is Kind.OCCUPATION
            if wish and is_work:
                wishes[concept_id] = None
            elif is_work and concept_id not in done:
                spells.add((concept_id, 0, 0))
            elif not is_work and not wish:
                concepts[concept_id] = None
        return CandidateConcepts(
            tuple(wishes), tuple(sorted(spells)), tuple(concepts), tuple(dict.fromkeys(unknown))
        )

    def _words(self, row: CandidateRow, unknown: list[str]) -> Iterator[int]:
        """The concepts of the columns that list what a person has."""
        if row.car:
            yield self._taxonomy.by_key(CAR).id
        listed = (
            (row.skills, (Kind.SKILL, *PAPERS)),
            (row.certificates, (*PAPERS, Kind.SKILL)),
            (tuple(f"kørekort {licence}" for licence in row.licences), (Kind.LICENCE,)),
            (row.education, (Kind.EDUCATION,)),
        )
        for phrases, kinds in listed:
            for phrase in phrases:
                found = self._known(self._word(phrase, kinds), phrase, unknown)
                if found is not None:
                    yield found
        for language in row.languages:
            found = self._known(self._language(language), language.name, unknown)
            if found is not None:
                yield found

    def _language(self, language: Language) -> int | None:
        """The language at its level; without one, as the linker understands the bare name."""
        plain = self._word(language.name, (Kind.LANGUAGE,))
        if plain is None or not language.level:
            return plain
        name = self._taxonomy.concept(plain).key.rpartition("-")[0]
        level = "native" if language.level == "modersmål" else language.level
        return self._taxonomy.by_key(language_key(name, level)).id

    def _in_text(self, text: str) -> Iterator[tuple[int, bool]]:
        """Concepts in CV text that are not denied, and whether the words are a wish."""
        for mention in self._linker.mentions(text) if text else ():
            before = text[max(0, mention.start - WISH_REACH) : mention.start]
            if not mention.negated and not _DENIED.search(before):
                yield mention.concept_id, _WISH.search(before) is not None

    def _find_title(self, title: str) -> int | None:
        found = self._linker.titles(title, top=1)
        return found[0][0] if found and found[0][1] >= SURE_TITLE else None

    def _find_word(self, phrase: str, kinds: Collection[Kind]) -> int | None:
        found = self._linker.find(phrase, kinds=kinds, top=1)
        return found[0][0] if found and found[0][1] >= SURE_WORD else None

    @staticmethod
    def _known(found: int | None, words: str, unknown: list[str]) -> int | None:
        if found is None:
            unknown.append(words)
        return found
