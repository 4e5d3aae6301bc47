"""Likeness of texts by their parts, letters or words (TF-IDF, cosine), and compound splitting."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Scores = NDArray[np.float32]
Parts = Callable[[str], Iterable[str]]

_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset("og inden for i af med til på der en et eller som ikke".split())  # noqa: SIM905
_ENDINGS = ("erne", "ene", "ere", "er", "en", "et", "e", "s")


def letter_parts(text: str) -> Iterator[str]:
    """The runs of three to five letters of each word, its edges marked by a space."""
    for word in _WORD.findall(text.lower()):
        framed = f" {word} "
        for size in (3, 4, 5):
            for start in range(len(framed) - size + 1):
                yield framed[start : start + size]


class PartIndex:
    """Scores a text against many by the weighted parts they share.

    The weight of a part is (1 + ln count) · (ln((1 + n) / (1 + texts with it)) + 1), and the
    vectors have length one, so a score is a cosine in 0–1.
    """

    def __init__(self, texts: Sequence[str], parts: Parts) -> None:
        self._parts = parts
        self._size = len(texts)
        self._number: dict[str, int] = {}
        rows, columns, counts = self._counted(texts)
        spread = np.bincount(columns, minlength=len(self._number))
        self._rarity = (np.log((1 + self._size) / (1 + spread)) + 1).astype(np.float32)
        weights = (1 + np.log(counts)) * self._rarity[columns]
        lengths = np.sqrt(np.bincount(rows, weights**2, minlength=self._size))
        lengths[lengths == 0] = 1
        shape = (len(self._number), self._size)
        values = (weights / lengths[rows]).astype(np.float32)
        self._texts_of = sparse.csr_array(  # type: ignore[no-untyped-call]
            (values, (columns, rows)), shape=shape
        )

    def scores(self, text: str) -> Scores:
        """The cosine of `text` with each text of the index."""
        bag = Counter(part for part in self._parts(text) if part in self._number)
        if not bag:
            return np.zeros(self._size, np.float32)
        numbers = np.array([self._number[part] for part in bag])
        weights = np.array([1 + log(count) for count in bag.values()]) * self._rarity[numbers]
        weights = (weights / np.sqrt((weights**2).sum())).astype(np.float32)
        starts = self._texts_of.indptr
        runs = [slice(starts[number], starts[number + 1]) for number in numbers.tolist()]
        texts = np.concatenate([self._texts_of.indices[run] for run in runs])
        shares = np.concatenate(
            [self._texts_of.data[run] * weight for run, weight in zip(runs, weights, strict=True)]
        )
        return np.bincount(texts, shares, self._size).astype(np.float32)

    def _counted(
        self, texts: Sequence[str]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        number = self._number
        for row, text in enumerate(texts):
            bag = Counter(self._parts(text))
            rows.extend([row] * len(bag))
            columns.extend([number.setdefault(part, len(number)) for part in bag])
            counts.extend(bag.values())
        return np.array(rows, np.int32), np.array(columns, np.int32), np.array(counts, np.int32)


class Compounds:
    """Splits compounds with the words of a collection: truckførerkursus → truck, fører, kursus."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        total = sum(counts.values())
        self._cost = {
            word: log(total / count) + 2
            for word, count in counts.items()
            if len(word) >= 3 and count >= 3
        }
        self.split = lru_cache(maxsize=50_000)(self._split)

    def parts(self, text: str) -> Iterator[str]:
        """The stems of the words of a text and of their members, small words left out."""
        for word in _WORD.findall(text.lower()):
            if word not in _SMALL_WORDS:
                yield from (_stem(member) for member in self.split(word))

    def _split(self, word: str) -> tuple[str, ...]:
        """The cheapest way through the word; a joining s or e between members is let go."""
        if len(word) < 7:
            return (word,)
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for end in range(3, len(word) + 1):
            for start in range(end - 2):
                if start not in best or (start == 0 and end == len(word)):
                    continue
                member = word[start:end]
                joined = member[:-1] if end < len(word) and member[-1] in "se" else member
                for known in {member, joined}:
                    if known in self._cost:
                        cost = best[start][0] + self._cost[known]
                        if end not in best or cost < best[end][0]:
                            best[end] = cost, (*best[start][1], known)
        return best.get(len(word), (0.0, (word,)))[1]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
