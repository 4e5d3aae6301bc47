"""Learns the weights of `tvaers.taxonomy.titles` and says how well they carry over.

Softmax regression over concepts with a small ridge. Prints the cross-validated measures (four
parts, each judged by weights learned on the other three, over four shuffles) and the weights
learned on all queries.
"""

import numpy as np
from melo import DEV, measures
from melo_data import SHARED, Melo, ranker, read
from scipy.optimize import minimize

from tvaers.taxonomy.titles import FEATURES, TitleRanker

RIDGE, CANDIDATES, PARTS, SEEDS = 0.25, 400, 4, (0, 1, 2, 7)


def main() -> None:
    melo = read(DEV / "queries.tsv", DEV / "corpus_elements.tsv", DEV / "annotations.tsv")
    titles = ranker(melo, concepts=DEV / "concept_mapping.tsv", esco=SHARED / "reference" / "esco")
    cases = [case(titles, melo, query) for query in melo.queries]
    rounds = [held_out(titles, melo, cases, seed) for seed in SEEDS]
    for name in rounds[0]:
        print(f"cross-validated {name:<12}{np.mean([one[name] for one in rounds]):.4f}")
    for name, weight in zip(FEATURES, learn(cases), strict=True):
        print(f"{name:<20}{weight:.2f}")


def held_out(
    titles: TitleRanker, melo: Melo, cases: list[tuple[np.ndarray, int]], seed: int
) -> dict[str, float]:
    """The measures when each query is judged by weights learned on other queries."""
    shuffled = np.random.default_rng(seed).permutation(len(cases))
    questions = list(melo.queries.values())
    orders: list[np.ndarray] = [np.empty(0)] * len(cases)
    for part in range(PARTS):
        judged = set(shuffled[part::PARTS].tolist())
        titles.weights = learn([one for place, one in enumerate(cases) if place not in judged])
        for place in judged:
            orders[place] = titles.order(questions[place])
    return measures(melo, orders)


def case(titles: TitleRanker, melo: Melo, query: str) -> tuple[np.ndarray, int]:
    """The features of the likeliest concepts and the place of the right one among them."""
    features = titles.features(melo.queries[query]).astype(float)
    label = list(melo.labels).index(min(melo.relevant[query]))
    right = titles.concept_of(label)
    rough = features @ [1, 0.6, 0.3, 0, 0.3, 0, 0, 0]
    likely = np.union1d(np.argpartition(-rough, CANDIDATES)[:CANDIDATES], [right])
    return features[likely], int(np.flatnonzero(likely == right)[0])


def learn(cases: list[tuple[np.ndarray, int]]) -> np.ndarray:
    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = RIDGE * weights @ weights, 2 * RIDGE * weights
        for features, right in cases:
            chance = np.exp((scores := features @ weights) - scores.max())
            chance /= chance.sum()
            total -= np.log(chance[right] + 1e-12)
            slope = slope + chance @ features - features[right]
        return total, slope

    return minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x.astype("f4")


if __name__ == "__main__":
    main()
