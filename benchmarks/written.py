"""Fields of fifty orders and CVs and fifty stretches of real ads, labelled before the first run.

python benchmarks/written.py [--verbose] [--folder FOLDER]

`benchmarks/written/README.md` says how the labels were made and how they are counted. No table
there is used to build or tune the product.
"""

import argparse
import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cases_written import joined

from tvaers.connectors.candidate_concepts import CandidateConcepts, ConceptFinder
from tvaers.connectors.candidate_file import CandidateRow
from tvaers.connectors.candidate_file import read as read_people
from tvaers.orders.ad_terms import Shift
from tvaers.orders.draft import Draft
from tvaers.orders.intake import from_ad
from tvaers.places.municipalities import all_municipalities
from tvaers.taxonomy.concepts import FULL, Concept, Kind
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import starter

WRITTEN = Path(__file__).parent / "written"
ADS = Path(__file__).parents[2] / "shared/bench/kompetencer/kompetencer_danish_train.conll"
TODAY = date(2026, 11, 23)
FIELDS = ("title", "requirements", "must/nice", "openings", "place", "hours", "shifts", "start")
LEVELS = {"modersmål": "native"}
PAPERS = (Kind.EDUCATION, Kind.CERTIFICATE)
SHIFTS = {
    Shift.MORNING: "morgen",
    Shift.DAY: "dag",
    Shift.AFTERNOON: "eftermiddag",
    Shift.EVENING: "aften",
    Shift.NIGHT: "nat",
    Shift.WEEKEND: "weekend",
    Shift.SHIFTS: "skift",
    Shift.ON_CALL: "tilkald",
}


SHIFT_SKILLS = {"skift": "skifteholdsarbejde", "nat": "natarbejde", "weekend": "weekendarbejde"}


@dataclass(frozen=True)
class Proposed:
    """One concept that was read out of a text, and the words it was read in."""

    concept: Concept | None
    words: str
    must: bool = False
    years: int = 0


@dataclass
class Scores:
    """Fields right and wrong; `said` leaves out those that were rightly left empty."""

    all: Counter[tuple[str, bool]] = field(default_factory=Counter)
    said: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def tell(self, case: str, name: str, right: bool, read: object, wanted: object) -> None:
        """Count one field."""
        self.all[name, right] += 1
        if read or wanted:
            self.said[name, right] += 1
        if not right:
            self.misses.append(f"{case} {name}: read {read!r}, wanted {wanted!r}")


def _satisfying(concept: Concept) -> Iterator[tuple[Concept, int]]:
    for other, strength in starter().satisfying(concept.id):
        yield starter().concept(other), strength


class Labels:
    """What the plain words of a label mean in the taxonomy."""

    def __init__(self, *folders: Path) -> None:
        self._titles: dict[str, list[str]] = {}
        self._words: dict[str, list[str]] = {}
        for folder in folders:
            tables = tomllib.loads((folder / "concepts.toml").read_text(encoding="utf-8"))
            self._titles |= tables["titles"]
            self._words |= tables["requirements"]

    def title(self, label: str) -> frozenset[str]:
        """The keys of the occupations that are right."""
        return frozenset(self._titles[label])

    def meant(self, label: str, one: Proposed) -> bool:
        """Whether a proposal is what the label asks for, or one side of its "eller"."""
        return any(self._is(part, one) for part in label.split(" eller "))

    def covered(self, label: str, read: Sequence[Proposed]) -> bool:
        """Whether a proposal of the same kind gives all that the label asks (C/E over C): the
        product says such a thing once."""
        taxonomy, had = starter(), {one.concept for one in read if not one.years}
        keys = self._words.get(label, ())
        asked = [one for kind in Kind for one in taxonomy.of_kind(kind) if one.key in keys]
        return any(
            other in had and other.kind is concept.kind
            for concept in asked
            for other, strength in _satisfying(concept)
            if strength == FULL
        )

    def _is(self, label: str, one: Proposed) -> bool:
        number, _, rest = label.partition(" ")
        if rest == "års erfaring":
            return one.years == int(number)
        if one.years or one.concept is None:
            return False
        if label in self._words and one.concept.kind is not Kind.LANGUAGE:
            return one.concept.key in self._words[label]
        name, _, level = label.partition(":")
        names = self._words.get(name, [name])
        language, _, known = one.concept.key.rpartition("-")
        is_named = language in names or one.concept.label.split()[0] in names
        fits = not level or known == LEVELS.get(level, level.lower())
        return one.concept.kind is Kind.LANGUAGE and is_named and fits


def main() -> None:
    """Read every text and print the share of each field that was right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--verbose", action="store_true", help="list what was wrong")
    parser.add_argument("--folder", type=Path, default=WRITTEN)
    asked = parser.parse_args()
    labels = Labels(WRITTEN, asked.folder)
    orders, cvs = Scores(), Scores()
    for label in _load(asked.folder / "orders.toml", "order"):
        _ad(orders, labels, label | {"titles": [label["title"]]}, label["text"])
    people = _load(asked.folder / "cvs.toml", "cv")
    for label, row in zip(people, _imported(people), strict=True):
        _cv(cvs, labels, label, ConceptFinder().concepts_of(row))
    both = Scores(orders.all + cvs.all, orders.said + cvs.said, orders.misses + cvs.misses)
    told = {"orders": orders, "CVs": cvs, "both": both}
    if (asked.folder / "stretches.toml").exists() and ADS.exists():
        told["real ads"] = Scores()
        lines = ADS.read_text(encoding="utf-8").splitlines()
        for label in _load(asked.folder / "stretches.toml", "stretch"):
            part = (line.split("\t")[0] for line in lines[slice(*label["tokens"])])
            words = joined([token for token in part if token.strip()])
            _ad(told["real ads"], labels, label, words)
    _print(told)
    if asked.verbose:
        print("\n".join(miss for name in told if name != "both" for miss in told[name].misses))


def _load(path: Path, name: str) -> list[dict[str, Any]]:
    labels: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    return labels


def _ad(scores: Scores, labels: Labels, label: dict[str, Any], text: str) -> None:
    draft = from_ad(text, today=TODAY)
    asked = list(_asked(draft))
    mentioned = _mentioned(text)
    titles = label.get("titles", [])
    work = starter().concept(draft.occupation.concept_id) if draft.occupation else None
    right = work is None if not titles else False
    if work and not right:
        right = any(work.key in labels.title(title) for title in titles) or (
            not titles and _either(label, Proposed(work, mentioned.get(work.id, "")))
        )
    scores.tell(label["id"], "title", right, work and work.label, titles)
    _requirements(scores, labels, label, asked)
    openings = label.get("openings", 1)
    said = (0, 0) if openings == draft.openings == 1 else (draft.openings, openings)
    scores.tell(label["id"], "openings", draft.openings == openings, *said)
    _terms(scores, label, draft)


def _imported(people: Sequence[dict[str, Any]]) -> tuple[CandidateRow, ...]:
    """The CVs as rows of a candidate file that has nothing but them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cvs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file, delimiter=";")
            sheet.writerow(("id", "kommune", "cv"))
            sheet.writerows((one["id"], "0101", one["text"]) for one in people)
        return read_people(path).rows


def _cv(scores: Scores, labels: Labels, label: dict[str, Any], found: CandidateConcepts) -> None:
    """Titles and requirements as the import reads them; the rest as an ad would be read."""
    works = {*found.wanted, *(work for work, _, _ in found.held)}
    mentioned, taxonomy = _mentioned(label["text"]), starter()
    titles = [Proposed(taxonomy.concept(one), mentioned.get(one, "")) for one in sorted(works)]
    known = frozenset[str]().union(*(labels.title(title) for title in label["titles"]))
    for title in label["titles"]:
        right = any(one.concept and one.concept.key in labels.title(title) for one in titles)
        scores.tell(label["id"], "title", right, [_told(one) for one in titles], title)
    for one in titles:
        if not (one.concept and one.concept.key in known) and not _either(label, one):
            scores.tell(label["id"], "title", False, _told(one), "")
    has = [Proposed(taxonomy.concept(one), mentioned.get(one, "")) for one in found.concepts]
    _requirements(scores, labels, label, has)
    _terms(scores, label, from_ad(label["text"], today=TODAY))


def _requirements(
    scores: Scores, labels: Labels, label: dict[str, Any], read: Sequence[Proposed]
) -> None:
    """Every requirement that is labelled or proposed; the mark of those that are both."""
    wanted = [(words, kind) for kind in ("must", "nice", "has") for words in label.get(kind, ())]
    for words, kind in wanted:
        found = [one for one in read if labels.meant(words, one)]
        stricter = [one for one in read if one.must or kind != "must"]
        covered = not found and labels.covered(words, stricter)
        told = [_told(one) for one in found]
        scores.tell(label["id"], "requirements", bool(found) or covered, told, words)
        if found and kind != "has":
            musts = sum(one.must for one in found)
            most = 1 if " eller " in words else len(found)
            right = 1 <= musts <= most if kind == "must" else musts == 0
            scores.tell(label["id"], "must/nice", right, [_told(one) for one in found], words)
    own = _own_papers(labels, label) | _shift_skills(label)
    for one in read:
        known = any(labels.meant(words, one) for words, _ in wanted)
        allowed = not one.must and any(labels.meant(w, one) for w in label.get("at_most_nice", ()))
        if not known and not allowed and not _either(label, one):
            if one.concept and one.concept.id in own:
                continue
            scores.tell(label["id"], "requirements", False, _told(one), "")


def _own_papers(labels: Labels, label: dict[str, Any]) -> set[int]:
    """The education and authorisation of the labelled occupations: said with the title."""
    taxonomy = starter()
    titles = label.get("titles", [])
    keys = {key for title in titles for key in labels.title(title)}
    works = [work.id for work in taxonomy.of_kind(Kind.OCCUPATION) if work.key in keys]
    papers = {taxonomy.paper_of(work, kind) for work in works for kind in PAPERS}
    return {paper for paper in papers if paper} | {taxonomy.by_key("eud").id}


def _shift_skills(label: dict[str, Any]) -> set[int]:
    """The wishes "weekendarbejde" and the like, which say the labelled shifts once more."""
    keys = (SHIFT_SKILLS[shift] for shift in label.get("shifts", ()) if shift in SHIFT_SKILLS)
    return {starter().by_key(key).id for key in keys}


def _terms(scores: Scores, label: dict[str, Any], draft: Draft) -> None:
    """Place, hours, shifts and start."""
    names = {one.code: one.name for one in all_municipalities()}
    start = draft.starts_on.isoformat() if draft.starts_on else ""
    terms = {
        "place": ", ".join(names[code] for code in draft.municipalities),
        "hours": "-".join(str(number) for number in dict.fromkeys(draft.hours or ())),
        "shifts": sorted(SHIFTS[shift] for shift in draft.shifts),
        "start": "now" if draft.starts_on == TODAY else start,
    }
    for name, read in terms.items():
        wanted = label.get(name, "") if name != "shifts" else sorted(label.get(name, []))
        scores.tell(label["id"], name, read == wanted, read, wanted)


def _asked(draft: Draft) -> Iterator[Proposed]:
    for one in draft.requirements:
        concept = starter().concept(one.concept_id) if one.concept_id else None
        yield Proposed(concept, one.text, one.must, one.years)
        # What does as well is on the form too, on the same line: the mark is the line's first.
        yield from (Proposed(starter().concept(other), one.text) for other in one.either)


def _mentioned(text: str) -> dict[int, str]:
    """The words in which each concept stands in the text."""
    words: dict[int, list[str]] = {}
    for one in linker().mentions(text):
        words.setdefault(one.concept_id, []).append(text[one.start : one.end])
    return {concept: " ".join(parts) for concept, parts in words.items()}


def _either(label: dict[str, Any], one: Proposed) -> bool:
    """Whether the label leaves it open that this is proposed."""
    said = f"{one.words} {one.concept.label if one.concept else ''}".casefold()
    return any(word.casefold() in said for word in label.get("either", ()))


def _told(one: Proposed) -> str:
    name = one.concept.key if one.concept else "?"
    years = f" {one.years} år" if one.years else ""
    return f"{name}{years}{' must' if one.must else ''} «{one.words}»"


def _print(told: dict[str, Scores]) -> None:
    print(f"{'field':14}" + "".join(f"{name:>20}" for name in told))
    for name in FIELDS:
        cells = [_share(scores.all, (name,)) for scores in told.values()]
        print(f"{name:14}" + "".join(f"{cell:>20}" for cell in cells))
    for title, counts in (("all fields", "all"), ("fields said", "said")):
        cells = [_share(getattr(scores, counts), FIELDS) for scores in told.values()]
        print(f"{title:14}" + "".join(f"{cell:>20}" for cell in cells))


def _share(counts: Counter[tuple[str, bool]], names: Iterable[str]) -> str:
    names = list(names)
    right = sum(counts[name, True] for name in names)
    total = right + sum(counts[name, False] for name in names)
    return f"{right / total:.3f} ({right}/{total})" if total else "-"


if __name__ == "__main__":
    main()
