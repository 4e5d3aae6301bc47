"""All ways to write the taxonomy's concepts, and the concepts behind a written word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tvaers.taxonomy.concepts import Concept, Kind, Taxonomy
from tvaers.taxonomy.words import forms, is_acronym, squeeze
from tvaers.taxonomy.workplaces import worker_of

LABEL, INFLECTED, SYNONYM, COMPOUND, MISSPELT, LEARNER = 1000, 990, 950, 750, 650, 600
"""How certain a reading is, by how the word was recognised."""

LONG = 8
"""Letters of a word that hardly means anything else."""

PRIORITY = (
    Kind.OCCUPATION,
    Kind.CERTIFICATE,
    Kind.LICENCE,
    Kind.EDUCATION,
    Kind.LANGUAGE,
    Kind.SKILL,
)

_TAILS = (
    "certifikat", "certifikater", "bevis", "kursus", "kort", "uddannelse",
    "erfaring", "kendskab", "kundskab", "kundskaber", "opgaver", "arbejde",
    "færdigheder", "kompetencer", "kompetence", "flair", "baggrund", "evner",
    "viden", "rutine", "afsnit", "systemer", "branchen", "vant",
)  # fmt: skip
"""What may be glued after a skill or paper without changing it: "truckerfaring"."""

_LEARNERS = ("studerende", "elev", "elever", "lærling", "lærlinge", "vikar", "vikarer", "afløser")
"""What may follow a title in a word for someone near it: "pædagogstuderende"."""

_PERSON = re.compile(
    r"(?P<stem>\w{2,}?)s?(?P<who>mand(?:en)?|mænd|folk|dame[nr]?|kone[nr]?|pige[nr]?|dreng(?:en|e)?"
    r"|svende?|(?:arbejder|medarbejder|medhjælper|hjælper|medhjælp|hjælp)(?:e|en|ne)?"
    r"|assistent(?:en|er|erne)?|(?P<job>job(?:bet|s)?|stilling(?:en|er)?|vikariat(?:et|er)?|faget))"
)
_WORKERS = (
    "medarbejder", "assistent", "montør", "arbejder", "medhjælper", "hjælper", "hjælp", "dækker",
    "lægger", "chauffør", "fører", "mester", "tekniker", "sælger", "passer", "",
)  # fmt: skip
"""How else who works with the same is called: "tagmand" is "tagdækker"."""

_HEADS_TOO_WIDE = {
    "bestyrer", "direktør", "formand", "konsulent", "model", "officer", "pakker", "guide",
    "soldat", "sanger", "kunstner", "designer", "officerer", "trykker", "plejer", "danser",
    "dykker", "underviser", "projektleder", "koordinator", "controller", "lærling",
    "fisker", "maskine", "tjener", "sekretær", "minister", "menig", "udvikler", "vagter",
    "vejleder", "formidler", "leder", "vægter", "operatør", "medarbejder",
    "klipper",
}  # fmt: skip
"""Titles that do not carry over to longer words ("forretningsmodel", "lønpakker")."""

_SHORT = {"assistent": "ass.", "medarbejder": "medarb.", "medhjælper": "medhj."}
_VERB = re.compile(r"(?:læse|betjene|beherske|programmere)(?= )")
"""An infinitive of what one is able to: "læse tegninger" is also "læser tegninger"."""
_PAPERS = (Kind.CERTIFICATE, Kind.LICENCE)

_SHORT_HEADS = {"kok", "smed", "læge", "lærer", "maler", "murer", "bager", "pedel"}


@dataclass(frozen=True, slots=True)
class Entry:
    concept_id: int
    certainty: int
    acronym: bool
    dotted: bool


class Surfaces:
    """A dictionary from squeezed phrases, in all their inflections, to concepts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.entries: dict[str, list[Entry]] = {}
        for kind in PRIORITY:
            for concept in taxonomy.of_kind(kind):
                for phrase, certainty in phrases(concept):
                    self._add(concept.id, phrase, certainty, concept.label_en)
                    for other in _shortened(phrase) if kind is Kind.OCCUPATION else ():
                        self._add(concept.id, other, SYNONYM, concept.label_en)
                    if kind in (Kind.SKILL, *_PAPERS) and (verb := _VERB.match(phrase)):
                        present = f"{verb.group()}r{phrase[verb.end() :]}"
                        self._add(concept.id, present, SYNONYM, concept.label_en)
        self._taken: dict[str, list[Entry]] = {}
        self._looked_up: dict[str, list[Entry]] = {}
        for kind in PRIORITY:
            for concept in taxonomy.of_kind(kind):
                self._take(concept)

    def exact(self, key: str, *, whole: bool = False) -> list[Entry]:
        """The entries of a squeezed phrase, also in the genitive; our own words before imported.

        `whole` says that the phrase is all there is, not a stretch of a text: then imported words
        count that would be noise in a text.
        """
        for entries in (self.entries, self._taken, self._looked_up if whole else {}):
            if found := entries.get(key):
                return found
            if key.endswith("s") and len(key) > 4 and (found := entries.get(key[:-1])):
                return found
        return []

    def _own(self, key: str) -> list[Entry]:
        return self.entries.get(key) or (
            self.entries.get(key[:-1], []) if key.endswith("s") and len(key) > 4 else []
        )

    def glued(self, word: str) -> Entry | None:
        """A compound whose last part is a known title, or that ends in a word like "erfaring"."""
        for tail in _TAILS:
            if word.endswith(tail) and len(word) - len(tail) >= 3:
                stem = word[: -len(tail)]
                for part in (stem, stem.removesuffix("s"), stem.removesuffix("e")):
                    for entry in self._own(part):
                        if self._kind(entry) is not Kind.OCCUPATION:
                            return self._weaker(entry, COMPOUND)
        for tail in _LEARNERS:
            if word.endswith(tail):
                for entry in self._own(word[: -len(tail)].removesuffix("s")):
                    if self._kind(entry) is Kind.OCCUPATION:
                        return self._weaker(entry, LEARNER)
        for cut in range(3, len(word) - 2):
            head = word[cut:]
            if len(head) < 6 and head not in self._short_heads:
                continue
            for entry in self._own(head):
                if self._carries_over(entry, head):
                    return self._weaker(entry, COMPOUND)
        return None

    def person(self, word: str) -> Entry | None:
        """Everyday names for who works with a thing: "rengøringskone", "tagmand", "kokkejob"."""
        found = _PERSON.fullmatch(word)
        if found is None:
            return None
        for stem in (found["stem"], found["stem"] + "s", found["stem"].removesuffix("e")):
            for worker in ("",) if found["job"] else _WORKERS:
                for entry in self._own(stem + worker):
                    if self._carries_over(entry, stem + worker):
                        return self._weaker(entry, COMPOUND)
        return None

    def misspelt(self, word: str) -> Entry | None:
        """A title, paper or language one slip of the pen away from `word` (eight letters up)."""
        if len(word) < 8 or word.endswith(("lig", "ligt", "lige")):
            return None
        for ending in ("", "e", "r", "n", "ne", "en", "er", "erne", "s", "et"):
            if not word.endswith(ending):
                continue
            base = word[: len(word) - len(ending)] if ending else word
            if len(base) >= 8:
                for shorter in (base, *_deletions(base)):
                    for known in self._slips.get(shorter, ()):
                        if known[-2:] == base[-2:] and one_slip_apart(base, known):
                            return self._weaker(self._own(known)[0], MISSPELT)
        return None

    def _add(self, concept_id: int, phrase: str, certainty: int, english: str) -> None:
        key = squeeze(phrase)
        acronym = is_acronym(phrase)
        cut_off = phrase.endswith(".")
        dotted = cut_off and len(key) <= 4
        if len(key) < 2 or ("/" in phrase and len(key) <= 3):
            return
        inflects = not cut_off and len(phrase.split()[-1]) > 2 and phrase != english
        for form in forms(key) if inflects else (key,):
            known = self.entries.setdefault(form, [])
            if all(other.concept_id != concept_id for other in known):
                # "krancertifikat E" is that class, not an inflection of "krancertifikat".
                sure = certainty if form == key else min(certainty, INFLECTED)
                known.append(Entry(concept_id, sure, acronym, dotted))

    def _take(self, concept: Concept) -> None:
        """The names of an imported list. In a text, a word that we read already is ours.

        One word alone is read in a text only as an occupation, and if it is the list's own label
        or long: "musik" is seldom asked for, and whoever "hjælper" may be anybody.
        """
        is_work = concept.kind is Kind.OCCUPATION
        for phrase in concept.more:
            key, one_word = squeeze(phrase), " " not in phrase
            if len(key) < 4 or self.exact(key) or (one_word and self._read_as_compound(key)):
                continue
            telling = is_work and (phrase == concept.label or len(key) >= LONG)
            shelf = self._looked_up if one_word and not telling else self._taken
            entry = Entry(concept.id, SYNONYM, is_acronym(phrase), dotted=False)
            for form in forms(key) if is_work else (key,):
                shelf.setdefault(form, []).append(entry)
        for phrase in concept.foreign:
            entry = Entry(concept.id, SYNONYM, acronym=False, dotted=False)
            self._looked_up.setdefault(squeeze(phrase), []).append(entry)

    def _read_as_compound(self, word: str) -> bool:
        return self.glued(word) is not None or worker_of(word) is not None

    def _kind(self, entry: Entry) -> Kind:
        return self.taxonomy.concept(entry.concept_id).kind

    def _carries_over(self, entry: Entry, head: str) -> bool:
        return (
            self._kind(entry) is Kind.OCCUPATION
            and not entry.acronym
            and not entry.dotted
            and head not in self._wide_heads
        )

    @staticmethod
    def _weaker(entry: Entry, certainty: int) -> Entry:
        return Entry(entry.concept_id, certainty, entry.acronym, entry.dotted)

    @cached_property
    def _short_heads(self) -> set[str]:
        return {form for head in _SHORT_HEADS for form in forms(head)}

    @cached_property
    def _wide_heads(self) -> set[str]:
        return {form for head in _HEADS_TOO_WIDE for form in forms(head)}

    @cached_property
    def _slips(self) -> dict[str, list[str]]:
        """Each long base word under itself and all its one-letter deletions."""
        slips: dict[str, list[str]] = {}
        for kind in PRIORITY[:-1]:
            for concept in self.taxonomy.of_kind(kind):
                for phrase, _ in phrases(concept):
                    key = squeeze(phrase)
                    if len(key) >= 8 and key.isalpha():
                        for shorter in {key, *_deletions(key)}:
                            slips.setdefault(shorter, []).append(key)
        return slips


def _shortened(title: str) -> Iterator[str]:
    """A title as one notes it down: "optikerass.", "lagermedarb."."""
    for ending, short in _SHORT.items():
        if title.endswith(ending):
            yield title.removesuffix(ending) + short


def phrases(concept: Concept) -> Iterator[tuple[str, int]]:
    """The label and synonyms of a concept of ours with their certainty."""
    if concept.added:
        return
    yield concept.label, LABEL
    yield from ((synonym, SYNONYM) for synonym in concept.synonyms)
    if concept.kind is not Kind.LANGUAGE and len(concept.label_en) > 3:
        yield concept.label_en, SYNONYM


def one_slip_apart(left: str, right: str) -> bool:
    """One letter added, dropped, changed, or two neighbours swapped."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest, other = left[start:], right[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped == other


def _deletions(word: str) -> Iterable[str]:
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))
