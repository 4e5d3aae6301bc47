"""Requirements that an ad lets people choose between: "certifikat A eller B" is one requirement."""

from collections.abc import Sequence
from dataclasses import replace

from tvaers.orders.draft import DraftRequirement
from tvaers.taxonomy.alternatives import in_groups
from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.linker import Mention

LONGEST_TEXT = 200


def with_alternatives(
    asked: Sequence[DraftRequirement], text: str, mentions: Sequence[Mention], taxonomy: Taxonomy
) -> tuple[DraftRequirement, ...]:
    """`asked`, where those that the text joins by "eller" have become one.

    The first named is the concept and the others do as well; it is a must where one of them was.
    """
    found = list(asked)
    for group in in_groups(text, [one for one in mentions if not one.negated], taxonomy):
        concepts = tuple(dict.fromkeys(one.concept_id for one in group))
        kind = taxonomy.concept(concepts[0]).kind
        if len(concepts) == 1 or kind is Kind.OCCUPATION:
            continue
        parts = [one for one in found if one.concept_id in concepts and one.kind == kind]
        if parts:
            start, end = group[0].start, max(one.end for one in group)
            joined = replace(
                parts[0],
                text=" ".join(text[start:end].split())[:LONGEST_TEXT],
                concept_id=concepts[0],
                must=any(one.must for one in parts),
                either=concepts[1:],
            )
            at = found.index(parts[0])
            found = [*found[:at], joined, *(one for one in found[at:] if one not in parts)]
    return tuple(sorted(found, key=lambda one: not one.must))
