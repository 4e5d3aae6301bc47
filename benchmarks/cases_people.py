"""Orders with thirty labelled people each: who is found, who nearly, and why the others are not."""

import tempfile
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tvaers.cli import match_files, match_run
from tvaers.cli.match_words import speaker
from tvaers.connectors.candidate_file import CandidateRow

TODAY = date(2026, 11, 23)
NAMES = {"findable": "not_findable"}
SAY = speaker("da")


@dataclass
class Tally:
    """What was right and wrong; every number counts pairs of order and person."""

    counts: Counter[str] = field(default_factory=Counter)
    causes: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        self.counts += other.counts
        self.causes += other.causes
        self.misses += other.misses


def trades(folder: Path) -> list[Path]:
    """The folders that hold people and orders."""
    return sorted(orders.parent for orders in folder.glob("*/orders.toml"))


def scored(folder: Path) -> Tally:
    """All orders of one trade through the functions of `tvaers match`."""
    reader = match_files.Reader(today=TODAY, language="da", say=SAY)
    people = reader.people(folder / "people.csv")
    tally = Tally()
    with (folder / "orders.toml").open("rb") as file:
        orders = tomllib.load(file)["order"]
    for order in orders:
        tally.add(_scored(order, people, reader))
    return tally


def _matched(
    order: dict[str, Any], people: Sequence[CandidateRow], reader: match_files.Reader
) -> match_run.Match:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "order.txt"
        path.write_text(order.get("text") or order["json"], encoding="utf-8")
        draft = reader.order(
            path, municipality=order.get("municipality", ""), start=order.get("start", "")
        )
    return match_run.match(
        draft,
        people,
        today=TODAY,
        scope=reader.codes(order.get("scope", "all")),
        own_limit=True,
        top=len(people),
        say=SAY,
        progress=lambda _: None,
    )


def _scored(
    order: dict[str, Any], people: Sequence[CandidateRow], reader: match_files.Reader
) -> Tally:
    found = _matched(order, people, reader)
    hits = {hit["id"] for hit in found.hits}
    near = {hit["id"]: "; ".join(hit["lacks"]) for hit in found.near_misses}
    tally = Tally()
    wrong: list[str] = []

    def count(name: str, ids: set[str]) -> None:
        tally.counts[name] += len(ids)
        if ids and not name.endswith("right"):
            said = (f"{one} ({near[one]})" if one in near else one for one in sorted(ids))
            wrong.append(f"    {name}: {', '.join(said)}")

    wanted, nearly, free = set(order["hits"]), set(order["near"]), set(order["open"])
    count("hit right", hits & wanted)
    count("hit missed", wanted - hits)
    count("hit wrong", hits - wanted - free)
    count("near right", near.keys() & nearly)
    count("near missed", nearly - near.keys())
    count("near wrong", near.keys() - nearly - free - set(order["not_hit"]))
    for cause, ids in order["excluded"].items():
        if cause != "many":
            told = _told(order, people, reader, ids).get(NAMES.get(cause, cause), 0)
            tally.causes[cause, True] += told
            tally.causes[cause, False] += len(ids) - told
            if told < len(ids):
                wrong.append(f"    {cause}: {told} of {len(ids)} ({', '.join(ids)})")
    if wrong:
        tally.misses.append((_faults(tally), "\n".join([_understood(order, found), *wrong])))
    return tally


def _told(
    order: dict[str, Any],
    people: Sequence[CandidateRow],
    reader: match_files.Reader,
    ids: Sequence[str],
) -> dict[str, int]:
    """The causes that are counted when only those people are there."""
    return _matched(order, [row for row in people if row.id in ids], reader).excluded


def _faults(tally: Tally) -> int:
    wrong = sum(number for (_, right), number in tally.causes.items() if not right)
    return wrong + sum(n for name, n in tally.counts.items() if not name.endswith("right"))


def _understood(order: dict[str, Any], found: match_run.Match) -> str:
    occupation = (found.order["occupation"] or {}).get("label", "no occupation")
    asked = ", ".join(
        ("must " if one["must"] else "nice ") + one["label"] for one in found.order["requirements"]
    )
    return f"{order['id']}: {order['tests']}\n    read as: {occupation}; {asked or 'nothing asked'}"
