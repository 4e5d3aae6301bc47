"""What a CV's own sentences say: titles, work told of without one, and what the person has."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tvaers.connectors.denials import denied
from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.linker import Linker, Mention
from tvaers.taxonomy.words import squeeze
from tvaers.taxonomy.work_told import Told, work_told

Span = tuple[int, int]
Said = tuple[int, bool]
"""A concept, and whether the words are a wish."""

WISH_REACH = 60
_WISH = re.compile(
    r"\b(?:ønske[rs]?|søge[rs]?|vil\s+gerne|drømme[rs]?|interesse\w*|håbe[rs]?|kunne\s+tænke|"
    r"looking|wish|seek\w*)\b(?P<since>[^.!?\n]*)$",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:mit|min|mine|har)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r",(?=\s+(?:(?:og|så|men)\s+)?(?:jeg\s+)?(?:søger|ønsker|drømmer|vil|har|kan|er|tager)\b)",
    re.IGNORECASE,
)
"""A comma after which a CV says another thing: "kan ikke stå op mere, søger kontor"."""
_CUT_SHORT = re.compile(r"\b(?:f\.eks|bl\.a|ca|m\.m|m\.fl|o\.l|p\.t|mdr)\.(?=\s+[a-zæøå0-9])")
_OF_THE_NEXT = re.compile(r"\b(?:ikke|ingen|uden|mangler|hverken|aldrig)\s*$", re.IGNORECASE)
"""A denial that ends before the next thing named is about that thing."""
UNSKILLED = "ufaglaert"
"""What nobody has: the lack of a training."""
_EMPLOYER = re.compile(r"\bhos\s+(?:en\s+|den\s+|et\s+)?$", re.IGNORECASE)
"""Before a title that is somebody else's: "12 år hos advokat"."""
_LEARNT = re.compile(r"\w{3,}uddannede?t?", re.IGNORECASE)
ACQUIRED = frozenset((Kind.CERTIFICATE, Kind.LICENCE, Kind.EDUCATION, Kind.OCCUPATION))
"""What one is without while learning it: "er under uddannelse som vagt"."""
DRIVERS = (
    ("taxachauffoer", ("taxa",)),
    ("buschauffoer", ("koerekort-d", "koerekort-de", "eu-bevis-personer")),
    ("lastbilchauffoer", ("koerekort-c", "koerekort-ce", "eu-bevis-gods")),
)
"""What a bare "chauffør" drives, by the papers that the same text names; the last that fits."""


class CandidateText:
    """Reads the free text of CVs; keep one for a whole list."""

    def __init__(self, words: Linker, taxonomy: Taxonomy) -> None:
        self._linker = words
        self._taxonomy = taxonomy
        self._educations = {
            squeeze(name): one.id
            for one in taxonomy.of_kind(Kind.EDUCATION)
            for name in (one.label, *one.synonyms)
        }
        """Educations by name: "kontoruddannet" and "datamatiker" are also titles."""

    def concepts(self, text: str) -> list[Said]:
        """Concepts that the text does not deny, in its order, and whether they are a wish."""
        if not text:
            return []
        text = _CLAUSE.sub(";", _CUT_SHORT.sub(lambda short: short.group().replace(".", " "), text))
        mentions = self._linker.mentions(text)
        told = self._told(text, mentions)
        names = [(one.start, one.end) for one in told if one.named]
        said = [
            *self._mentioned(text, mentions, names=names),
            *((one.occupation, one.wish) for one in told),
        ]
        papers = {self._taxonomy.concept(concept).key for concept, wish in said if not wish}
        return [(self._driver(concept, papers), wish) for concept, wish in said]

    def _mentioned(
        self, text: str, mentions: Sequence[Mention], *, names: Sequence[Span]
    ) -> Iterator[Said]:
        works = {one.concept_id for one in mentions if self._is_work(one.concept_id)}
        for mention, following in zip_longest(mentions, mentions[1:]):
            stop = following.start if following else len(text)
            before = text[max(0, mention.start - WISH_REACH) : mention.start]
            after = _OF_THE_NEXT.sub("", text[mention.end : stop])
            concept = self._taxonomy.concept(mention.concept_id)
            is_name = concept.kind is Kind.SKILL and any(
                start <= mention.start < end for start, end in names
            )
            if is_name or mention.negated or concept.key == UNSKILLED:
                continue
            if denied(text[: mention.start], after, paper=concept.kind in ACQUIRED):
                continue
            found = _WISH.search(before)
            is_work = self._is_work(mention.concept_id)
            if is_work and _EMPLOYER.search(before):
                continue
            wish = found is not None and (is_work or not _OWN.search(found["since"]))
            words = text[mention.start : mention.end]
            learnt = self._educations.get(squeeze(words)) if is_work else None
            if learnt:
                yield learnt, wish
            if not learnt or (len(works) == 1 and not _LEARNT.fullmatch(words)):
                yield mention.concept_id, wish

    def _told(self, text: str, mentions: Sequence[Mention]) -> list[Told]:
        """The occupations of work that is told of without a title."""
        titles = [(m.start, m.end, m.concept_id) for m in mentions if self._is_work(m.concept_id)]
        return [
            told
            for told in work_told(text, self._taxonomy, titles=titles)
            if not denied(text[: told.start], text[told.end :], paper=False)
        ]

    def _driver(self, concept: int, papers: set[str]) -> int:
        if self._taxonomy.concept(concept).key != "chauffoer":
            return concept
        fit = [driver for driver, needed in DRIVERS if papers.intersection(needed)]
        return self._taxonomy.by_key(fit[-1]).id if fit else concept

    def _is_work(self, concept_id: int) -> bool:
        return self._taxonomy.concept(concept_id).kind is Kind.OCCUPATION
