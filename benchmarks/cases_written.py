"""Written orders, CVs and stretches of real ads: is each field read as it was labelled?"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tvaers.cli.link import understood
from tvaers.orders.draft import Draft
from tvaers.orders.intake import from_ad
from tvaers.places.municipalities import all_municipalities
from tvaers.taxonomy.linker import linker
from tvaers.taxonomy.starter import starter

TODAY = date(2026, 11, 23)
FIELDS = ("title", "requirements", "must or nice", "openings", "place", "hours", "start")
ANY = "*"


@dataclass
class Fields:
    """How many of each field were right and wrong, and what was wrong."""

    counts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def tell(self, case: str, name: str, right: bool, said: object, wanted: object) -> None:
        """Count one field."""
        self.counts[name, right] += 1
        if not right:
            self.misses.append(f"{case} {name}: read {said!r}, wanted {wanted!r}")


def load(path: Path) -> dict[str, Any]:
    """A file of labels."""
    with path.open("rb") as file:
        return tomllib.load(file)


def orders(labels: Sequence[dict[str, Any]]) -> Fields:
    """The written orders through the intake."""
    fields = Fields()
    names = {one.code: one.name for one in all_municipalities()}
    for label in labels:
        draft = from_ad(label["text"], today=TODAY)
        _ad(fields, label, draft)
        place = ", ".join(names[code] for code in draft.municipalities)
        fields.tell(label["id"], "place", place == label["place"], place, label["place"])
    return fields


def stretches(labels: dict[str, Any], conll: Path) -> Fields:
    """The stretches of real ads; what a label does not name must not be there."""
    fields = Fields()
    tokens = stream(conll)
    for label in labels["stretch"]:
        words = joined(tokens[label["at"] : label["at"] + labels["length"]])
        nothing = {"title": "", "must": [], "nice": [], "openings": 1, "hours": "", "start": ""}
        _ad(fields, {"id": f"at {label['at']}"} | nothing | label, from_ad(words, today=TODAY))
    return fields


def joined(tokens: Sequence[str]) -> str:
    """Tokens as text again: marks stand at the word before them."""
    return re.sub(r" ([.,:;!?])", r"\1", " ".join(tokens))


def stream(conll: Path) -> list[str]:
    """The tokens of the file as one stream."""
    lines = conll.read_text(encoding="utf-8").splitlines()
    return [token for line in lines if (token := line.split("\t")[0].strip())]


def cvs(labels: Sequence[dict[str, Any]]) -> Fields:
    """The written CVs through `tvaers link`."""
    fields = Fields()
    for label in labels:
        answer = understood(label["text"], linker=linker(), top=1)
        told = [one for one in answer["mentions"] if not one["negated"]]
        works = [one["label"] for one in told if one["kind"] == "occupation"]
        fields.tell(label["id"], "title", has(works, label["title"]), works, label["title"])
        said = [f"{one['label']} ({one['text']})" for one in told]
        missing = [words for words in label["found"] if not has(said, words)]
        wrong = [words for words in label.get("absent", ()) if has(said, words)]
        fields.tell(label["id"], "found", not missing, said, missing)
        if "absent" in label:
            fields.tell(label["id"], "denied", not wrong, wrong, "absent")
    return fields


def _ad(fields: Fields, label: dict[str, Any], draft: Draft) -> None:
    case = label["id"]
    taxonomy = starter()
    work = taxonomy.concept(draft.occupation.concept_id) if draft.occupation else None
    if label["title"] != ANY:
        said = [f"{work.label} ({draft.title})"] if work else []
        right = has(said, label["title"]) if label["title"] else not said
        fields.tell(case, "title", right, said, label["title"])
    _requirements(fields, label, list(_asked(draft)))
    if label["openings"] != ANY:
        right = draft.openings == label["openings"]
        fields.tell(case, "openings", right, draft.openings, label["openings"])
    hours = "-".join(str(number) for number in dict.fromkeys(draft.hours or ()))
    fields.tell(case, "hours", hours in label["hours"].split("|"), hours, label["hours"])
    start = draft.starts_on.isoformat() if draft.starts_on else ""
    wanted = label["start"].split("|") if label["start"] else ["", TODAY.isoformat()]
    fields.tell(case, "start", start in wanted, start, label["start"])


def _asked(draft: Draft) -> Iterator[tuple[str, bool]]:
    taxonomy = starter()
    for asked in draft.requirements:
        label = "" if asked.concept_id is None else taxonomy.concept(asked.concept_id).label
        yield f"{label} ({asked.text}) {f'{asked.years} år' if asked.years else ''}", asked.must
    if draft.experience_years:
        yield f"erfaring {draft.experience_years} år", True


def _requirements(fields: Fields, label: dict[str, Any], asked: list[tuple[str, bool]]) -> None:
    """Two fields: all that was asked is there and nothing is invented; each is a must or not."""
    wanted = [(words, True) for words in label["must"]]
    wanted += [(words, False) for words in label["nice"]]
    said = [text for text, _ in asked]
    missing = [words for words, _ in wanted if not has(said, words)]
    known = [words for words, _ in wanted] + list(label.get("allow", ()))
    invented = [
        text for text, must in asked if must and not any(has([text], words) for words in known)
    ]
    denied = [words for words in label.get("absent", ()) if has([t for t, m in asked if m], words)]
    faults = {"missing": missing, "invented": invented, "denied": denied}
    shown = {name: values for name, values in faults.items() if values}
    fields.tell(label["id"], "requirements", not shown, said, shown)
    if wanted:
        turned = [
            words
            for words, must in wanted
            if words not in missing and not any(m is must and has([t], words) for t, m in asked)
        ]
        fields.tell(label["id"], "must or nice", not turned, asked, turned)


def has(labels: Iterable[str], words: str) -> bool:
    """Does one of the labels hold one of the wordings? Short wordings must be whole words."""
    texts = [label.casefold() for label in labels]
    for wording in words.casefold().split("|"):
        edge = r"(?<!\w){}(?!\w)" if len(wording) < 4 else "{}"
        pattern = re.compile(edge.format(re.escape(wording)))
        if any(pattern.search(text) for text in texts):
            return True
    return False
