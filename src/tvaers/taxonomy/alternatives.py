"""Either of several concepts: what meets "A eller B", and where a text says so."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tvaers.taxonomy.concepts import Taxonomy
from tvaers.taxonomy.linker import Mention

_JOINED = re.compile(r"\s*(?:/|,|,?\s*(?:og\s*/\s*)?(?:eller|el\.))\s*(?:(?:en|et)\s+)?", re.I)
_OR = re.compile(r"\b(?:eller|el\.)", re.I)


def met_by(concepts: Iterable[int], taxonomy: Taxonomy) -> tuple[tuple[int, int], ...]:
    """What satisfies any of `concepts`, each at its best strength, the strongest first."""
    best: dict[int, int] = {}
    for asked in concepts:
        for concept_id, strength in taxonomy.satisfying(asked):
            best[concept_id] = max(strength, best.get(concept_id, 0))
    return tuple(sorted(best.items(), key=lambda pair: -pair[1]))


def days_to_learn(concepts: Iterable[int], taxonomy: Taxonomy) -> int | None:
    """Days of the shortest course that gives any of `concepts`; None when no course does."""
    days = [taxonomy.concept(concept).trainable_days for concept in concepts]
    return min((one for one in days if one is not None), default=None)


def in_groups(
    text: str, mentions: Sequence[Mention], taxonomy: Taxonomy
) -> list[tuple[Mention, ...]]:
    """Mentions in the order of the text, those that the text joins by "eller" together.

    Only what is of one kind is joined, and nothing that the text denies: "truckcertifikat A eller
    B", "dansk, norsk eller engelsk", but not "truckcertifikat eller god fysik".
    """
    chains: list[list[tuple[Mention, ...]]] = []
    for item in _items(text, mentions):
        last = chains[-1][-1][-1] if chains else None
        if (
            last
            and _one_kind(last, item[0], taxonomy)
            and _JOINED.fullmatch(_between(text, last, item[0]))
        ):
            chains[-1].append(item)
        else:
            chains.append([item])
    return [group for chain in chains for group in _chosen(text, chain)]


def _items(text: str, mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Mentions one by one; classes of one name ("certifikat A eller B") are one item."""
    items: list[tuple[Mention, ...]] = []
    for one in mentions:
        last = items[-1][-1] if items else None
        if (
            last
            and (last.start, last.end) == (one.start, one.end)
            and _OR.search(text[one.start : one.end])
        ):
            items[-1] += (one,)
        else:
            items.append((one,))
    return items


def _chosen(text: str, chain: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """A chain with an "eller" in it as one group; a mere list stays a list."""
    joints = [_between(text, last[-1], item[0]) for last, item in pairwise(chain)]
    if any(_OR.search(joint) for joint in joints):
        return [tuple(mention for item in chain for mention in item)]
    return list(chain)


def _between(text: str, last: Mention, one: Mention) -> str:
    return text[last.end : one.start]


def _one_kind(last: Mention, one: Mention, taxonomy: Taxonomy) -> bool:
    kinds = {taxonomy.concept(mention.concept_id).kind for mention in (last, one)}
    return len(kinds) == 1 and not last.negated and not one.negated
