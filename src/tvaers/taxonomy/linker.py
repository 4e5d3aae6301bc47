"""Danish text → concepts, with place, certainty and tone. It proposes; a person confirms."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from tvaers.taxonomy.classes import Found, classes
from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.languages import Languages
from tvaers.taxonomy.ranking import PartIndex, letter_parts
from tvaers.taxonomy.readings import (
    authorisations,
    driver,
    in_context,
    is_elsewhere,
    is_plain_verb,
    is_workplace,
    of_the_trade,
    trained,
)
from tvaers.taxonomy.starter import starter
from tvaers.taxonomy.surfaces import COMPOUND, PRIORITY, SYNONYM, Entry, Surfaces, phrases
from tvaers.taxonomy.told_apart import told_apart
from tvaers.taxonomy.tone import Tone, tones
from tvaers.taxonomy.words import Token, squeeze, tokens, unwrapped
from tvaers.taxonomy.workplaces import worker_of

_LONGEST_PHRASE = 8
_ENDINGS = frozenset(("e", "en", "er", "et", "ene", "erne", "s", "t", "n", "r", "ne", "te", "i"))
"""Words that joined to the one before would be an inflection, or "fisker i" a "fiskeri"."""
_QUALIFIED = frozenset(
    [
        "autoriseret",
        "autoriserede",
        "aut",
        "uddannet",
        "uddannede",
        "udlært",
        "udlærte",
        "faglært",
        "faglærte",
    ]
)
_LEARNT = re.compile(r"(?P<title>\w{3,})(?:uddannet|uddannede|udlært|udlærte)")
_LIKELY = 0.34
"""Letter likeness below this is chance."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a text, at `start`–`end` (characters).

    `certainty` is in thousandths. `negated` means the text says it is not needed (or not had);
    `must` is True or False when the text says so, None when it does not.
    """

    start: int
    end: int
    concept_id: int
    certainty: int
    negated: bool
    must: bool | None


class Linker:
    """Finds the concepts of a taxonomy in Danish text, titles and short phrases."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._surfaces = Surfaces(taxonomy)
        self._languages = Languages(taxonomy)

    def mentions(self, text: str) -> list[Mention]:
        """What an ad, an order line or a CV names, in the order of the text.

        A concept named twice is mentioned twice; longer readings win over shorter ones.
        """
        text = unwrapped(text)
        named = list(self._phrases(text))
        works = [one for one in named if one.concept_id in self._occupations]
        titles = [one.concept_id for one in works]
        found = _without_overlap(
            list(classes(text, self.taxonomy)),
            [
                *self._languages.find(text),
                *(of_the_trade(one, titles, self.taxonomy) for one in named),
                *authorisations(text, titles, self.taxonomy),
                *trained(text, works, self.taxonomy),
            ],
        )
        jobs = {place for place, one in enumerate(found) if one.concept_id in self._occupations}
        said = tones(text, [(one.start, one.end) for one in found], apart=jobs)
        return [
            Mention(
                one.start,
                one.end,
                one.concept_id,
                one.certainty,
                negated=tone is Tone.NOT,
                must=None if tone in (None, Tone.NOT) else tone is Tone.MUST,
            )
            for one, tone in zip(found, said, strict=True)
        ]

    def titles(self, title: str, *, top: int = 5) -> list[tuple[int, int]]:
        """Occupations that a job title may mean: (id, certainty in thousandths), best first."""
        return self.find(title, kinds=(Kind.OCCUPATION,), top=top)

    def find(
        self, phrase: str, *, kinds: Collection[Kind] | None = None, top: int = 5
    ) -> list[tuple[int, int]]:
        """Concepts that a short phrase may mean ("gaffeltruck B"): (id, certainty), best first."""
        wanted = frozenset(kinds or Kind)
        best: dict[int, int] = {}
        read = list(self._read(phrase, wanted))
        for concept_id, certainty in read:
            if self.taxonomy.concept(concept_id).kind in wanted:
                best[concept_id] = max(certainty, best.get(concept_id, 0))
        if not best and Kind.OCCUPATION in wanted:
            best = self._by_work(read)
        sure = max(best.values(), default=0)
        if len(best) < top and sure < SYNONYM:
            for concept_id, certainty in self._alike(phrase, wanted, top):
                best.setdefault(concept_id, min(certainty, sure - 50) if sure else certainty)
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:top]

    def suggest(
        self, prefix: str, *, kinds: Collection[Kind] | None = None, top: int = 8
    ) -> list[int]:
        """Concepts of which a name, or a word in a name, begins as typed; labels first."""
        key = squeeze(prefix)
        if not key:
            return []
        wanted = frozenset(kinds or Kind)
        ranked: dict[int, tuple[int, int, int]] = {}
        starts = self._beginnings
        for place in range(bisect_left(starts, (key,)), len(starts)):
            beginning, rank, length, concept_id = starts[place]
            if not beginning.startswith(key):
                break
            if self.taxonomy.concept(concept_id).kind in wanted:
                known = ranked.get(concept_id, (9, 0, 0))
                ranked[concept_id] = min(known, (rank, length, concept_id))
        found = sorted(ranked, key=lambda concept_id: ranked[concept_id])[:top]
        if not found and len(key) >= 4:
            return [concept_id for concept_id, _ in self.find(prefix, kinds=kinds, top=top)]
        return found

    def _phrases(self, text: str) -> Iterator[Found]:
        words = tokens(text)
        whole = 0  # where a word in hyphens that was read ends
        for place in range(len(words)):
            for part in _runs(words, place):
                if part[0].start < whole:
                    continue
                entries = self._surfaces.exact("".join(word.lower for word in part))
                if not entries or _ends_loosely(text, part):
                    continue
                span = part[0].start, part[-1].end
                readings = [
                    entry
                    for entry in entries
                    if _as_written(entry, text, part)
                    and not is_workplace(entry, text, *span, self.taxonomy)
                    and not (len(part) == 1 and is_elsewhere(entry, text, self.taxonomy))
                ]
                joined = text[part[0].start - 1 : part[0].start] == "-"
                if readings and (joined or not is_plain_verb(words, place, len(part))):
                    entry = in_context(readings, text, *span, self.taxonomy)
                    yield from self._found(told_apart(entry, text, *span, self.taxonomy), part)
                    if text[part[0].end : part[0].end + 1] == "-":
                        whole = part[-1].end
                    break
            else:
                yield from self._guesses(words[place])

    def _found(self, entry: Entry, part: list[Token]) -> Iterator[Found]:
        """One place — or two: "faglært kok" asks for an education and for a cook."""
        titles = self._surfaces.exact("".join(word.lower for word in part[1:]))
        occupations = self._occupations
        title = next((one for one in titles if one.concept_id in occupations), None)
        start, end = part[0].start, part[-1].end
        if part[0].lower in _QUALIFIED and title and entry.concept_id not in occupations:
            yield Found(start, part[0].end, entry.concept_id, entry.certainty)
            yield Found(part[1].start, end, title.concept_id, title.certainty)
        else:
            yield Found(start, end, entry.concept_id, entry.certainty)

    def _guesses(self, token: Token) -> Iterator[Found]:
        """A word that no list has: a compound, or a slip of the pen."""
        if len(token.lower) < 6 or self._surfaces.exact(token.lower):
            return
        entry = (
            self._surfaces.glued(token.lower)
            or self._surfaces.person(token.lower)
            or self._surfaces.misspelt(token.lower)
        )
        worker = None if entry else worker_of(token.lower)
        if learnt := _LEARNT.fullmatch(token.lower):
            yield from self._learnt(token, learnt["title"])
            return
        if worker:
            concept = self.taxonomy.by_key(worker)
            yield Found(token.start, token.end, concept.id, COMPOUND)
        if entry:
            entry = driver(token.lower, entry, self.taxonomy)
            yield Found(token.start, token.end, entry.concept_id, entry.certainty)

    def _learnt(self, token: Token, title: str) -> Iterator[Found]:
        """ "Tømreruddannet" has the carpenter's education, "vægteruddannet" the guard's paper."""
        for stem in (title, title.removesuffix("s"), title.removesuffix("e")):
            for entry in self._surfaces.exact(stem):
                papers = (
                    self.taxonomy.paper_of(entry.concept_id, kind)
                    for kind in (Kind.EDUCATION, Kind.CERTIFICATE)
                )
                if paper := next((one for one in papers if one is not None), None):
                    yield Found(token.start, token.end, paper, COMPOUND)
                    return

    def _read(self, phrase: str, wanted: frozenset[Kind]) -> Iterator[tuple[int, int]]:
        """Readings of a phrase: all of it, then what it mentions, surer the more it fills."""
        for entry in self._surfaces.exact(squeeze(phrase), whole=True):
            yield entry.concept_id, entry.certainty
        if wanted == {Kind.LICENCE}:
            phrase = re.sub(r"^\W*(?=[A-Z][A-Z1]?\b)", "kørekort ", phrase.upper())
        length = max(1, len(phrase.strip()))
        for mention in self.mentions(phrase):
            share = min(1.0, (mention.end - mention.start) / length)
            yield mention.concept_id, int(mention.certainty * (0.8 + 0.2 * share))

    def _by_work(self, read: list[tuple[int, int]]) -> dict[int, int]:
        """ "Trappevask" and "lagerarbejde" name no title, but the one whose work it is."""
        skills = [pair for pair in read if self.taxonomy.concept(pair[0]).kind is Kind.SKILL]
        works = ((self.taxonomy.work_of(skill), certainty) for skill, certainty in skills)
        return {work: min(certainty, COMPOUND) for work, certainty in works if work is not None}

    def _alike(self, phrase: str, wanted: frozenset[Kind], top: int) -> Iterator[tuple[int, int]]:
        if len(squeeze(phrase)) < 3:
            return
        scores = self._letters.scores(_core(phrase))
        best = np.flatnonzero(scores >= _LIKELY)
        best = best[np.argsort(-scores[best], kind="stable")][: top * 6]
        for number, score in zip(best.tolist(), scores[best].tolist(), strict=True):
            concept_id = self._ranked_names[number][1]
            if self.taxonomy.concept(concept_id).kind in wanted:
                yield concept_id, int(score * 800)

    @cached_property
    def _occupations(self) -> frozenset[int]:
        return frozenset(concept.id for concept in self.taxonomy.of_kind(Kind.OCCUPATION))

    @cached_property
    def _ranked_names(self) -> list[tuple[str, int]]:
        return [
            (phrase, concept.id)
            for kind in PRIORITY
            for concept in self.taxonomy.of_kind(kind)
            for phrase in (*(phrase for phrase, _ in phrases(concept)), *concept.more)
            if kind is not Kind.LANGUAGE
        ]

    @cached_property
    def _letters(self) -> PartIndex:
        return PartIndex([phrase for phrase, _ in self._ranked_names], letter_parts)

    @cached_property
    def _beginnings(self) -> list[tuple[str, int, int, int]]:
        """(key from some word on, rank, length, concept), sorted, for `suggest`."""
        beginnings = []
        for phrase, concept_id in self._ranked_names:
            concept = self.taxonomy.concept(concept_id)
            first = 0 if phrase == concept.label and not concept.added else 1
            for number, match in enumerate(re.finditer(r"[^\W_]+", phrase)):
                rank = first + (2 if number else 0)
                key = squeeze(phrase[match.start() :])
                beginnings.append((key, rank, len(phrase), concept_id))
        return sorted(beginnings)


@cache
def linker() -> Linker:
    """The linker over the starter taxonomy; made once and kept."""
    return Linker(starter())


def _runs(words: list[Token], place: int) -> Iterator[list[Token]]:
    """The runs of words from `place` that may be one phrase, longest first."""
    stop = place + 1
    while stop < len(words) and stop - place < _LONGEST_PHRASE and not words[stop].opens:
        stop += 1
    return (words[place:end] for end in range(stop, place, -1))


def _as_written(entry: Entry, text: str, part: list[Token]) -> bool:
    """Acronyms count in capitals only; cut-off words need their dot."""
    if entry.acronym and not part[0].text[:2].isupper():
        return False
    return not entry.dotted or text[part[-1].end : part[-1].end + 1] == "."


def _ends_loosely(text: str, part: list[Token]) -> bool:
    """ "kørekort er" is not an inflected "kørekort", but "SSA'er" is a plural."""
    return len(part) > 1 and part[-1].lower in _ENDINGS and text[part[-1].start - 1] not in "'’-"


def _core(phrase: str) -> str:
    """The phrase without places, numbers and what follows a comma or bracket."""
    return re.split(r"[,(;:]|\d+\s*(?:stk|t/uge|timer)", phrase, maxsplit=1)[0] or phrase


def _without_overlap(*sources: list[Found]) -> list[Found]:
    """Earlier sources first, longest first; classes from one place ("kran D/G") share it."""
    kept: list[Found] = []
    for source in sources:
        for one in sorted(source, key=lambda one: (one.start - one.end, -one.certainty)):
            if all(_apart(one, other) for other in kept):
                kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.concept_id))


def _apart(one: Found, other: Found) -> bool:
    return (
        one.end <= other.start
        or one.start >= other.end
        or (
            one.from_class
            and other.from_class
            and one.start == other.start
            and one.end == other.end
            and one.concept_id != other.concept_id
        )
    )
