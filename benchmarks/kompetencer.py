"""Skill spans in real Danish ads: exact span F1 by cross-validation on Kompetencer.

python benchmarks/kompetencer.py [--file CONLL] [--folds 10]

The file has no sentence boundaries to rely on, so it is read as one stream and cut into folds of
equal length. The model is a linear-chain conditional random field over readable features
(words, endings, neighbours, and what the product's linker finds), fitted with L-BFGS; there is no
neural network and nothing is learned from people. The linker alone is shown beside it.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.linker import linker

ADS = Path(__file__).parents[2] / "shared/bench/kompetencer/kompetencer_danish_train.conll"
LAYERS = ("Skill", "Knowledge")
TAGS = ("O", "B", "I")
WINDOW = 30
RIDGE = 0.5
RARE = 5
AHEAD = 16
CUES = ("du", "vi", "at", "kan", "skal", "er", "har", "og", "forventer", "søger", "<organization>")
MISSED = 1.5
Span = tuple[int, int]


def main() -> None:
    """Print exact precision, recall and F1, and F1 of spans that touch one another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--file", type=Path, default=ADS)
    parser.add_argument("--folds", type=int, default=10)
    asked = parser.parse_args()
    if not asked.file.exists():
        print(f"Kompetencer is not here ({asked.file}); nothing was measured.")
        return
    tokens, tags = read(asked.file)
    found = mentions(tokens)
    seen = features(tokens, found)
    print(f"{len(tokens)} tokens, {asked.folds} folds")
    print(f"{'':24} {'P':>6} {'R':>6} {'F1':>6} {'overlap':>8}")
    gold: set[tuple[str, int, int]] = set()
    told: set[tuple[str, int, int]] = set()
    for layer, name in enumerate(LAYERS):
        truth = tags[:, layer]
        guess = cross_validated(seen, truth, folds=asked.folds)
        right, read_as = ({(name, *span) for span in spans(one)} for one in (truth, guess))
        _line(name, right, read_as)
        gold |= right
        told |= read_as
    _line("both", gold, told)
    alone = {("", *span) for span, _ in found}
    _line("linker alone, any kind", {("", start, end) for _, start, end in gold}, alone)


def read(path: Path) -> tuple[list[str], np.ndarray]:
    """Tokens, and for each its tag in both layers as a place in `TAGS`."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row[0].strip()]
    tags = [[TAGS.index(cell[:1]) if cell[:1] in TAGS else 0 for cell in row[1:3]] for row in rows]
    return [row[0] for row in rows], np.array(tags)


def mentions(tokens: Sequence[str]) -> list[tuple[Span, Kind]]:
    """What the linker finds, as spans of tokens."""
    starts = np.cumsum([0, *(len(token) + 1 for token in tokens)])
    words = linker()
    told = []
    for one in words.mentions(" ".join(tokens)):
        first = int(np.searchsorted(starts, one.start, side="right")) - 1
        last = int(np.searchsorted(starts, one.end, side="left"))
        told.append(((first, last), words.taxonomy.concept(one.concept_id).kind))
    return told


def features(tokens: Sequence[str], found: Iterable[tuple[Span, Kind]]) -> csr_matrix:
    """One row per token, one column per feature that is seen `RARE` times or more."""
    linked = [""] * len(tokens)
    for (first, last), kind in found:
        for place in range(first, last):
            linked[place] = f"{kind} {'B' if place == first else 'I'}"
    rows = [list(_of_token(tokens, linked, place)) for place in range(len(tokens))]
    often = Counter(name for row in rows for name in row)
    column = {name: number for number, name in enumerate(n for n in often if often[n] >= RARE)}
    pairs = [(at, column[name]) for at, row in enumerate(rows) for name in row if name in column]
    places, columns = zip(*pairs, strict=True)
    return csr_matrix((np.ones(len(pairs)), (places, columns)), (len(tokens), len(column)))


def _of_token(tokens: Sequence[str], linked: Sequence[str], place: int) -> Iterator[str]:
    around = [
        tokens[at].casefold() if 0 <= at < len(tokens) else "" for at in range(place - 2, place + 3)
    ]
    word = around[2]
    yield "always"
    for away, other in zip(range(-2, 3), around, strict=True):
        yield f"word {away} {other}"
    for away in (-1, 0, 1):
        yield f"ending {away} {around[2 + away][-3:]}"
        if 0 <= place + away < len(tokens):
            yield f"linked {away} {linked[place + away]}"
    yield f"begins {word[:4]}"
    yield f"ends {word[-2:]}"
    yield f"pair {around[1]} {word}"
    yield f"before {around[0]} {around[1]}"
    yield f"shape {tokens[place][:1].isupper()} {word.isalpha()} {any(c.isdigit() for c in word)}"
    earlier = [token.casefold() for token in tokens[max(place - AHEAD, 0) : place]]
    for cue in CUES:
        if cue in earlier:
            yield f"after {cue} {(earlier[::-1].index(cue) + 1).bit_length()}"


def cross_validated(seen: csr_matrix, truth: np.ndarray, *, folds: int) -> np.ndarray:
    """Tags for every token by a model that was fitted on the other folds."""
    guess = np.zeros_like(truth)
    edges = np.linspace(0, len(truth), folds + 1).astype(int)
    for start, end in pairwise(edges):
        others = np.r_[0:start, end : len(truth)]
        weights, steps = fitted(seen[others], truth[others])
        guess[start:end] = best_path(seen[start:end] @ weights, steps)
    return guess


def fitted(seen: csr_matrix, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of features and of steps from tag to tag, on the stream cut into windows."""
    count = len(truth) // WINDOW
    seen, truth = seen[: count * WINDOW], truth[: count * WINDOW]
    shape = (seen.shape[1], len(TAGS))
    windows = truth.reshape(count, WINDOW)
    gold = np.eye(len(TAGS))[truth]
    missed = np.outer(truth > 0, np.array(TAGS) == "O")
    gold_steps = np.zeros((len(TAGS), len(TAGS)))
    np.add.at(gold_steps, (windows[:, :-1].ravel(), windows[:, 1:].ravel()), 1)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, steps = flat[:-9].reshape(shape), flat[-9:].reshape(3, 3)
        scores = seen @ weights + MISSED * missed
        total, chances, expected = marginals(scores.reshape(count, WINDOW, -1), steps)
        value = total - (scores * gold).sum() - (steps * gold_steps).sum()
        slope = np.r_[(seen.T @ (chances - gold)).ravel(), (expected - gold_steps).ravel()]
        return value + RIDGE / 2 * (flat @ flat), slope + RIDGE * flat

    size = shape[0] * shape[1] + 9
    flat = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return flat[:-9].reshape(shape), flat[-9:].reshape(3, 3)


def marginals(scores: np.ndarray, steps: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Log of the sum over all paths; chance of each tag; expected steps (forward-backward)."""
    forward, backward = np.empty_like(scores), np.zeros_like(scores)
    forward[:, 0] = scores[:, 0]
    for at in range(1, WINDOW):
        inner = forward[:, at - 1, :, None] + steps
        forward[:, at] = np.logaddexp.reduce(inner, axis=1) + scores[:, at]
    for at in range(WINDOW - 2, -1, -1):
        inner = steps + (scores[:, at + 1] + backward[:, at + 1])[:, None, :]
        backward[:, at] = np.logaddexp.reduce(inner, axis=2)
    total = np.logaddexp.reduce(forward[:, -1], axis=1)
    chances = np.exp(forward + backward - total[:, None, None])
    pair = forward[:, :-1, :, None] + steps + (scores + backward)[:, 1:, None, :]
    expected = np.exp(pair - total[:, None, None, None]).sum(axis=(0, 1))
    return float(total.sum()), chances.reshape(-1, len(TAGS)), expected


def best_path(scores: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """The likeliest tags (Viterbi)."""
    best, came = scores[0], []
    for row in scores[1:]:
        through = best[:, None] + steps
        came.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    path = [int(best.argmax())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    return np.array(path[::-1])


def spans(tags: np.ndarray) -> set[Span]:
    """Stretches of B and the I that follow; an I that follows nothing begins one."""
    found, start = set(), -1
    for place, tag in enumerate([*tags.tolist(), 0]):
        if start >= 0 and tag != 2:
            found.add((start, place))
            start = -1
        if tag == 1 or (tag == 2 and start < 0):
            start = place
    return found


def _line(name: str, gold: set[tuple[str, int, int]], told: set[tuple[str, int, int]]) -> None:
    right = len(gold & told)
    precision, recall = right / max(len(told), 1), right / max(len(gold), 1)
    touched = sum(any(_touch(one, other) for other in gold) for one in told)
    reached = sum(any(_touch(one, other) for other in told) for one in gold)
    loose = (touched + reached) / max(len(gold) + len(told), 1)
    exact = 2 * right / max(len(gold) + len(told), 1)
    print(f"{name:24} {precision:6.3f} {recall:6.3f} {exact:6.3f} {loose:8.3f}")


def _touch(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


if __name__ == "__main__":
    main()
