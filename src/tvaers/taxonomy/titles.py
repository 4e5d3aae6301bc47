"""Ranks a plain list of labels, or the concepts behind them, for a Danish job title."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tvaers.taxonomy.ranking import Compounds, PartIndex, Scores, letter_parts
from tvaers.taxonomy.words import squeeze

UnitGroups = Callable[[str], Iterable[tuple[str, float]]]
"""Title → (DISCO unit group, certainty 0–1): what the starter taxonomy knows of the title."""

_LEARNER = re.compile(r"(?i)(?<=\w{3})s?(?:elev|lærling|studerende|trainee)\b")
_NEAREST, _SHARPNESS, _PAGE = 60, 8, 10

FEATURES = (
    "label", "text", "preferred", "exact", "group", "group_if_new", "unit_group",
    "unit_group_if_new",
)  # fmt: skip
WEIGHTS = np.array([2.22, 5.52, 2.08, 3.62, 2.43, 0.84, 1.41, 1.46], np.float32)
"""Learned by `benchmarks/melo_weights.py`; one weight for each of FEATURES."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a label: its concept, and of the concept some text and its unit group."""

    concept: str
    preferred: bool = True
    text: str = ""
    unit_group: str = ""
    is_group: bool = False


class TitleRanker:
    """Ranks labels for a title; the more `extra` says of them, the better.

    Each concept is shown first by its best label, ten concepts at a time: another name of a
    concept already shown tells nothing new.
    """

    def __init__(
        self,
        labels: Sequence[str],
        extra: Sequence[About] | None = None,
        *,
        unit_groups: UnitGroups | None = None,
        weights: NDArray[np.float32] = WEIGHTS,
    ) -> None:
        about = extra or [About(concept=str(number)) for number in range(len(labels))]
        self.labels = labels
        self.concepts = list(dict.fromkeys(one.concept for one in about))
        self.weights = weights
        self._unit_groups = unit_groups or (lambda _: ())
        self._index(labels, about)

    def rank(self, title: str, *, top: int = 10) -> list[tuple[int, float]]:
        """The best labels as (number, likeness of the letters 0–1), best first."""
        order, likeness = self._order(title)
        alike = [(int(one), float(likeness[self._slot[one]])) for one in order[:top]]
        return [(one, value) for one, value in alike if value > 0]

    def order(self, title: str) -> NDArray[np.int64]:
        """The numbers of all labels, best first."""
        return self._order(title)[0]

    def concept_of(self, label: int) -> int:
        """The number of the concept (in `concepts`) that a label names."""
        return int(self._concept_of[label])

    def features(self, title: str) -> NDArray[np.float32]:
        """One row of FEATURES for each concept."""
        return self._features(title, self._letters.scores(title))

    def _order(self, title: str) -> tuple[NDArray[np.int64], Scores]:
        """All labels in order, placed by counting (sorting them would take as long as the rest).

        The likeness beside it is by slot, as everything inside: labels stand by their concept.
        """
        likeness = self._letters.scores(title)
        ranked = _best_first(self._features(title, likeness) @ self.weights)
        best = likeness == self._best(likeness)[self._concept_at]
        first = np.minimum.reduceat(np.where(best, self._nth, len(likeness)), self._starts)
        names = self._names[ranked]
        before = np.cumsum(names) - names
        began = before[self._page]
        lead, rest = np.empty((2, len(ranked)), np.int64)
        lead[ranked] = began + self._on_page
        rest[ranked] = before + self._still_to_show
        later = rest[self._concept_at] + self._nth
        later -= self._nth > first[self._concept_at]
        later[self._starts + first] = lead
        order = np.empty(len(likeness), np.int64)
        order[later] = self._by_concept
        return order, likeness

    def _features(self, title: str, likeness: Scores) -> NDArray[np.float32]:
        core = _LEARNER.sub("", re.split(r"[,(]", title)[0])
        label = self._best(likeness)
        text = self._texts.scores(title)
        preferred = likeness[self._preferred]
        members = self._best(self._members.scores(_LEARNER.sub("", title)))
        main = label if core == title else self._best(self._letters.scores(core))
        near = label + 0.6 * text + 0.3 * preferred + 0.3 * members + 0.3 * main
        for code, certainty in self._unit_groups(title):
            near += 0.5 * certainty * (self._group_of == self._group_number.get(code, -2))
        group = self._neighbourhood(near)
        exact, exact_preferred = self._exact(title)
        new = np.float32(not exact.any())
        text = np.where(self._is_group, 0, text)
        return np.stack(
            [label, text, preferred, exact_preferred, group, new * group,
             self._is_unit_group, new * self._is_unit_group],
            axis=1,
        ).astype(np.float32)  # fmt: skip

    def _neighbourhood(self, near: Scores) -> Scores:
        """How much of the nearest concepts stand in the unit group of each concept."""
        nearest = np.argpartition(-near, min(_NEAREST, len(near) - 1))[:_NEAREST]
        weight = (near[nearest] / (near[nearest].max() + 1e-9)) ** _SHARPNESS
        groups = self._group_of[nearest] + 1
        share = np.bincount(groups, weight, len(self._group_number) + 1).astype(np.float32)
        share[0] = 0
        total = float(share.sum()) or 1.0
        found: Scores = share[self._group_of + 1] / np.float32(total)
        return found

    def _exact(self, title: str) -> tuple[Scores, Scores]:
        any_name = np.zeros(len(self.concepts), np.float32)
        own_name = np.zeros(len(self.concepts), np.float32)
        for slot in self._same.get(squeeze(title), ()):
            concept = self._concept_at[slot]
            any_name[concept] = 1
            own_name[concept] = max(own_name[concept], float(self._preferred[concept] == slot))
        return any_name, own_name

    def _best(self, scores: Scores) -> Scores:
        """The best of each concept's labels."""
        found: Scores = np.maximum.reduceat(scores, self._starts)
        return found

    def _index(self, labels: Sequence[str], about: Sequence[About]) -> None:
        number = {concept: place for place, concept in enumerate(self.concepts)}
        self._concept_of = np.array([number[one.concept] for one in about])
        self._by_concept = np.argsort(self._concept_of, kind="stable")
        slots = np.arange(len(about))
        self._slot = np.empty(len(about), np.int64)
        self._slot[self._by_concept] = slots
        self._concept_at = self._concept_of[self._by_concept]
        self._starts = np.searchsorted(self._concept_at, np.arange(len(self.concepts)))
        self._names = np.bincount(self._concept_of)
        self._nth = slots - self._starts[self._concept_at]
        place = np.arange(len(self.concepts))
        self._page = place // _PAGE * _PAGE
        self._on_page = place - self._page
        shown = np.minimum(self._page + _PAGE, len(place)) - self._page
        self._still_to_show = shown - self._on_page
        first: dict[int, int] = {}
        for which, one in enumerate(about):
            if one.preferred or number[one.concept] not in first:
                first[number[one.concept]] = which
        preferred = np.array([first[concept] for concept in place.tolist()])
        self._preferred = self._slot[preferred]
        known = [about[which] for which in preferred]
        codes = sorted({one.unit_group for one in known if one.unit_group})
        self._group_number = {code: group for group, code in enumerate(codes)}
        self._group_of = np.array([self._group_number.get(one.unit_group, -1) for one in known])
        self._is_group = np.array([one.is_group for one in known])
        self._is_unit_group = self._is_group & (self._group_of >= 0)
        names: dict[str, list[str]] = {}
        self._same: dict[str, list[int]] = {}
        for slot, label, one in zip(self._slot.tolist(), labels, about, strict=True):
            names.setdefault(one.concept, []).append(label)
            self._same.setdefault(squeeze(label), []).append(slot)
        texts = [" ".join([*names[one.concept], one.text]) for one in known]
        ordered = [labels[which] for which in self._by_concept]
        self._letters = PartIndex(ordered, letter_parts)
        self._texts = PartIndex(texts, letter_parts)
        self._members = PartIndex(ordered, Compounds(texts).parts)


def _best_first(scores: Scores) -> NDArray[np.int64]:
    """The places of the scores from high to low, equals by place.

    A stable argsort, twice as fast: each score becomes a number that sorts the same way,
    with the place behind it.
    """
    bits = (0 - scores).view(np.int32)
    rising = bits ^ (bits >> 31 & 0x7FFFFFFF)
    return np.sort(rising.astype(np.int64) << 32 | np.arange(len(scores))) & 0xFFFFFFFF
