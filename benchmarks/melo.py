"""MELO Danish: rank every label of the corpus for each job title.

    python benchmarks/melo.py --queries F --corpus F --annotations F [--concepts F] [--esco FOLDER]

With no arguments it reads the development half beside the project. Prints MRR, success@1/5/10,
MAP and milliseconds a query (after one warm-up query; building is not counted): of the clock, and
of the processor, which a busy machine disturbs less. No neural model
and no mapping from national titles is used. This service uses the ESCO classification of the
European Commission.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from melo_data import SHARED, Melo, ranker, read

DEV = SHARED / "bench" / "melo_da_dev"


def main() -> None:
    options = _options()
    if not options.queries.exists():
        print(f"MELO is not here ({options.queries}); nothing was measured.")
        return
    melo = read(options.queries, options.corpus, options.annotations)
    start = time.perf_counter()
    titles = ranker(melo, concepts=options.concepts, esco=options.esco)
    print(f"{len(melo.queries)} queries, {len(melo.labels)} labels, "
          f"built in {time.perf_counter() - start:.1f} s")  # fmt: skip
    titles.order("opvarmning")
    start, worked = time.perf_counter(), time.process_time()
    orders = [titles.order(title) for title in melo.queries.values()]
    clock = (time.perf_counter() - start) / len(orders) * 1000
    processor = (time.process_time() - worked) / len(orders) * 1000
    for name, value in measures(melo, orders).items():
        print(f"{name:<12}{value:.4f}")
    print(f"{'ms/query':<12}{clock:.2f}")
    print(f"{'CPU ms/query':<12} {processor:.2f}")


def measures(melo: Melo, orders: list[np.ndarray]) -> dict[str, float]:
    """Means over queries; ranks count labels, as MELO does."""
    number = {label: place for place, label in enumerate(melo.labels)}
    firsts, precisions = [], []
    for query, order in zip(melo.queries, orders, strict=True):
        rank = np.empty(len(order), int)
        rank[order] = np.arange(1, len(order) + 1)
        right = np.sort(rank[[number[label] for label in melo.relevant[query]]])
        firsts.append(right[0])
        precisions.append(np.mean(np.arange(1, len(right) + 1) / right))
    first = np.array(firsts)
    return {
        "MRR": float(np.mean(1 / first)),
        **{f"success@{k}": float(np.mean(first <= k)) for k in (1, 5, 10)},
        "MAP": float(np.mean(precisions)),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    own = len(sys.argv) == 1
    parser.add_argument("--queries", type=Path, default=DEV / "queries.tsv")
    parser.add_argument("--corpus", type=Path, default=DEV / "corpus_elements.tsv")
    parser.add_argument("--annotations", type=Path, default=DEV / "annotations.tsv")
    parser.add_argument(
        "--concepts", type=Path, default=DEV / "concept_mapping.tsv" if own else None
    )
    parser.add_argument("--esco", type=Path, default=SHARED / "reference" / "esco" if own else None)
    return parser.parse_args()


if __name__ == "__main__":
    main()
