"""Ranks labels by likeness to a title: words, parts of words and letters (TF-IDF)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from tvaers.taxonomy.words import squeeze

Scores = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+")


def letter_parts(text: str) -> Iterator[str]:
    """The runs of three to five letters of each word, its edges marked."""
    for word in _WORD.findall(text.lower()):
        framed = f" {word} "
        for size in (3, 4, 5):
            for start in range(len(framed) - size + 1):
                yield framed[start : start + size]


class Index:
    """An inverted index with cosine scores over any parts of texts."""

    def __init__(self, texts: Sequence[str], parts: Callable[[str], Iterator[str]]) -> None:
        self._parts = parts
        self._size = len(texts)
        bags = [Counter(parts(text)) for text in texts]
        spread = Counter(part for bag in bags for part in bag)
        self._rarity = {
            part: log((1 + len(texts)) / (1 + count)) + 1 for part, count in spread.items()
        }
        postings: dict[str, tuple[list[int], list[float]]] = {part: ([], []) for part in spread}
        for number, bag in enumerate(bags):
            weights = self._weights(bag)
            for part, weight in weights.items():
                postings[part][0].append(number)
                postings[part][1].append(weight)
        self._postings = {
            part: (np.array(numbers, np.int32), np.array(weights, np.float32))
            for part, (numbers, weights) in postings.items()
        }

    def scores(self, text: str) -> Scores:
        """The cosine of `text` with each text of the index."""
        total = np.zeros(self._size, np.float32)
        bag = Counter(part for part in self._parts(text))
        for part, weight in self._weights(bag).items():
            if part in self._postings:
                numbers, weights = self._postings[part]
                total[numbers] += weight * weights
        return total

    def _weights(self, bag: Counter[str]) -> dict[str, float]:
        unseen = log(1 + self._size) + 1
        weights = {
            part: (1 + log(count)) * self._rarity.get(part, unseen) for part, count in bag.items()
        }
        length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
        return {part: weight / length for part, weight in weights.items()}


class TitleRanker:
    """Ranks a plain list of labels for a title."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        self._letters = Index(labels, letter_parts)
        self._exact: dict[str, list[int]] = {}
        for number, label in enumerate(labels):
            self._exact.setdefault(squeeze(label), []).append(number)

    def rank(self, title: str, *, top: int = 10) -> list[tuple[int, float]]:
        """The best labels as (number, score 0–1), best first."""
        scores = self._letters.scores(title)
        for number in self._exact.get(squeeze(title), ()):
            scores[number] = 1.0
        best = np.argsort(-scores, kind="stable")[:top]
        return [(int(number), float(scores[number])) for number in best if scores[number] > 0]
