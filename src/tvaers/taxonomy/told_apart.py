"""Titles told apart by what stands right beside them: "driftsleder i svinestald".

`data/told_apart.csv` says what a title means near which words (`anywhere`: in the whole text), in
ads and CVs alike; the first row that fits counts.
"""

import re
from dataclasses import replace
from functools import cache

from tvaers.taxonomy.concepts import Taxonomy
from tvaers.taxonomy.starter import rows
from tvaers.taxonomy.surfaces import Entry

_BEFORE, _AFTER = re.compile(r"(?s)(?<!\w).{0,15}$"), re.compile(r"(?s).{0,32}(?!\w)")
_STOP = re.compile(r"[.!?;\n](?=\s|$)|,|\b(?:og|eller|samt|men|søges|hos|siden)\b")
_STOP_BEFORE = re.compile(r"[.!?;\n](?=\s|$)|,|\b(?:og|eller|samt|men|til|for|i|på|hos)\b")


def told_apart(entry: Entry, text: str, start: int, end: int, taxonomy: Taxonomy) -> Entry:
    """The occupation that the title at `start`–`end` means among its neighbours."""
    choices = _table().get(taxonomy.concept(entry.concept_id).key)
    if choices is None:
        return entry
    said = _BEFORE.search(text[max(0, start - 30) : start])
    before = _STOP_BEFORE.split(said.group())[-1] if said else ""
    follows = _AFTER.match(text, end)
    after = _STOP.split(follows.group())[0] if follows else ""
    for near, means, anywhere in choices:
        if near.search(text) if anywhere else near.search(before) or near.search(after):
            return replace(entry, concept_id=taxonomy.by_key(means).id)
    return entry


@cache
def _table() -> dict[str, list[tuple[re.Pattern[str], str, bool]]]:
    table: dict[str, list[tuple[re.Pattern[str], str, bool]]] = {}
    for row in rows("told_apart.csv"):
        words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in row["near"].split("|"))
        near = re.compile(rf"(?i)(?<![\w])(?:{words})(?![\w])")
        table.setdefault(row["occupation"], []).append((near, row["means"], bool(row["anywhere"])))
    return table
