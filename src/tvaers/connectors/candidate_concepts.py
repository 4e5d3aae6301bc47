"""From a candidate's own words to concepts: titles, skills, papers, languages and the CV text.

The words of a list repeat from person to person, so what was found once is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tvaers.connectors.candidate_file import CandidateRow, Language
from tvaers.connectors.candidate_text import CandidateText
from tvaers.connectors.denials import denied
from tvaers.taxonomy.classes import Found
from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.in_use import linker_in_use, taxonomy_in_use
from tvaers.taxonomy.linker import Linker, Mention
from tvaers.taxonomy.readings import authorisations
from tvaers.taxonomy.starter import language_key
from tvaers.taxonomy.surfaces import SYNONYM

SURE_TITLE = 500
SURE_WORD = 600
PAPERS = (Kind.CERTIFICATE, Kind.LICENCE)
PAPER_ENDINGS = ("bevis", "sbevis", "kursus", "certifikat")
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
        self._linker = words or linker_in_use()
        self._taxonomy = taxonomy or taxonomy_in_use()
        self._text = CandidateText(self._linker, self._taxonomy)
        self._title = cache(self._find_title)
        self._word = cache(self._find_word)

    def concepts_of(self, row: CandidateRow) -> CandidateConcepts:
        """Everything that `row` says of the person, each concept once."""
        unknown: list[str] = []
        wanted = [self._known(self._title(title), title, unknown) for title in row.wanted]
        held = [(self._known(self._title(job.title), job.title, unknown), job) for job in row.held]
        own = [*(work for work, _ in held if work), *(work for work in wanted if work)]
        concepts = dict.fromkeys(self._words(row, own, unknown))
        spells = {
            (work, int(job.years or 0), job.last_year or 0)
            for work, job in held
            if work is not None
        }
        wishes = dict.fromkeys(work for work in wanted if work is not None)
        done = {work for work, _, _ in spells}
        for concept_id, wish in self._text.concepts(row.text):
            is_work = self._taxonomy.concept(concept_id).kind is Kind.OCCUPATION
            if wish and is_work:
                wishes[concept_id] = None
            elif is_work and concept_id not in done:
                spells.add((concept_id, 0, 0))
            elif not is_work and not wish:
                concepts[concept_id] = None
        barred = self._unauthorised(row.text, [work for work, _, _ in spells])
        spells = {spell for spell in spells if spell[0] not in barred}
        return CandidateConcepts(
            tuple(wishes), tuple(sorted(spells)), tuple(concepts), tuple(dict.fromkeys(unknown))
        )

    def _words(self, row: CandidateRow, own: list[int], unknown: list[str]) -> Iterator[int]:
        """The concepts of the columns that list what a person has; `own` are the occupations."""
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
                bare = list(authorisations(phrase, own, self._taxonomy))
                found = (bare[0].concept_id,) if bare else self._word(phrase, kinds)
                if not found:
                    unknown.append(phrase)
                yield from found
        for language in row.languages:
            known = self._known(self._language(language), language.name, unknown)
            if known is not None:
                yield known

    def _language(self, language: Language) -> int | None:
        """The language at its level; without one, as the linker understands the bare name."""
        plain = next(iter(self._word(language.name, (Kind.LANGUAGE,))), None)
        if plain is None or not language.level:
            return plain
        name = self._taxonomy.concept(plain).key.rpartition("-")[0]
        level = "native" if language.level == "modersmål" else language.level
        return self._taxonomy.by_key(language_key(name, level)).id

    def _unauthorised(self, text: str, own: list[int]) -> set[int]:
        """Those of the occupations `own` whose authorisation the text denies.

        Work in them does not count: whoever has worked in a reserved occupation is taken to be
        authorised, unless the CV says otherwise.
        """
        papers: list[Mention | Found] = [
            *self._linker.mentions(text),
            *authorisations(text, own, self._taxonomy),
        ]
        missing = {
            paper.concept_id
            for paper in papers
            if denied(text[: paper.start], text[paper.end :].split(".")[0], paper=True)
        }
        return {work for work in own if self._taxonomy.paper_of(work, Kind.CERTIFICATE) in missing}

    def _find_title(self, title: str) -> int | None:
        found = self._linker.titles(title, top=1)
        return found[0][0] if found and found[0][1] >= SURE_TITLE else None

    def _find_word(self, phrase: str, kinds: tuple[Kind, ...]) -> tuple[int, ...]:
        """What a cell names: all that it mentions, else what it is most like.

        A cell of papers may just name their subject ("motorsav"), one of education the trade.
        """
        if denied("", phrase, paper=True):
            return ()
        if kinds[:1] == PAPERS[:1]:
            papers = self._named(phrase, PAPERS) or self._paper_about(phrase)
            if papers:
                return papers
        named = self._named(phrase, kinds)
        if not named and kinds == (Kind.EDUCATION,):
            trade = self._find_title(phrase)
            learnt = trade and self._taxonomy.paper_of(trade, Kind.EDUCATION)
            named = (learnt,) if learnt else ()
        if named:
            return named
        found = self._linker.find(phrase, kinds=kinds, top=1)
        return (found[0][0],) if found and found[0][1] >= SURE_WORD else ()

    def _named(self, phrase: str, kinds: tuple[Kind, ...]) -> tuple[int, ...]:
        named = (
            mention.concept_id
            for mention in self._linker.mentions(phrase)
            if not mention.negated
            and mention.certainty >= SURE_WORD
            and self._taxonomy.concept(mention.concept_id).kind in kinds
        )
        return tuple(dict.fromkeys(named))

    def _paper_about(self, subject: str) -> tuple[int, ...]:
        """The paper that one word is the subject of: "stillads" is the scaffolding certificate."""
        for ending in PAPER_ENDINGS if " " not in subject else ():
            found = self._linker.find(subject + ending, kinds=PAPERS, top=1)
            if found and found[0][1] >= SYNONYM:
                return (found[0][0],)
        return ()

    @staticmethod
    def _known(found: int | None, words: str, unknown: list[str]) -> int | None:
        if found is None:
            unknown.append(words)
        return found
