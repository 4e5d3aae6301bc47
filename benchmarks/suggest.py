"""The search box as it is typed in: milliseconds for a list of suggestions.

python benchmarks/suggest.py [--labels 20000] [--words 400] [--seed 1]

Asked of the starter taxonomy, and of one blown up to `--labels` names by joining its own words two
and two. Every beginning, from one letter to the whole, of `--words` names is typed, and each name
once more with two letters swapped, which no beginning fits, so that the likeness of letters must
answer. Counted is the time of the thread's own work, so that a busy machine tells the same.
The goal is 30 ms; "first" is the making of the tables, which a server does when it starts.
"""

from __future__ import annotations

import argparse
import time
from random import Random

import numpy as np

from tvaers.taxonomy.concepts import Concept, Kind, Taxonomy
from tvaers.taxonomy.linker import Linker
from tvaers.taxonomy.starter import starter

NOT_AN_OCCUPATION = tuple(kind for kind in Kind if kind is not Kind.OCCUPATION)


def blown_up(labels: int, chance: Random) -> Taxonomy:
    """The starter taxonomy and made-up skills, `labels` names in all."""
    known = [concept for kind in Kind for concept in starter().of_kind(kind)]
    names = {name for concept in known for name in (concept.label, *concept.synonyms)}
    words = sorted({word for name in names for word in name.lower().split() if len(word) > 3})
    made: dict[str, Concept] = {}
    while len(names) + len(made) < labels:
        name = f"{chance.choice(words)} {chance.choice(words)} {chance.choice(words)}"
        number = len(made)
        concept = Concept(9_000_000 + number, f"made-up-{number}", Kind.SKILL, name, name)
        made.setdefault(name, concept)
    return Taxonomy([*known, *made.values()], version="benchmark")


def typed(taxonomy: Taxonomy, words: int, chance: Random) -> list[str]:
    """What is in the box after each letter, and once with a slip of the pen."""
    concepts = [concept for kind in NOT_AN_OCCUPATION for concept in taxonomy.of_kind(kind)]
    box = []
    for concept in chance.sample(concepts, words):
        name = concept.label
        box += [name[:end] for end in range(1, len(name) + 1)]
        if len(name) > 5:
            at = chance.randrange(1, len(name) - 2)
            box.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
    return box


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--labels", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("| names | asked | p50 ms | p99 ms | most ms | first ms |")
    print("|---|---|---|---|---|---|")
    for taxonomy in (starter(), blown_up(given.labels, Random(given.seed))):
        linker = Linker(taxonomy)
        box = typed(taxonomy, given.words, Random(given.seed))
        began = time.thread_time()
        linker.suggest("gaffeltrukc", kinds=NOT_AN_OCCUPATION)
        first, took = time.thread_time() - began, []
        for text in box:
            start = time.thread_time()
            linker.suggest(text, kinds=NOT_AN_OCCUPATION)
            took.append(time.thread_time() - start)
        ms = np.array(took) * 1000
        names = sum(1 + len(one.synonyms) for kind in Kind for one in taxonomy.of_kind(kind))
        print(
            f"| {names:,} | {len(box):,} | {np.percentile(ms, 50):.2f} "
            f"| {np.percentile(ms, 99):.1f} | {ms.max():.1f} | {first * 1000:.0f} |"
        )


if __name__ == "__main__":
    main()
