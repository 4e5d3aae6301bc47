"""The requirements of an order as lines of a form: must, nice, or taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tvaers.orders.draft import DraftRequirement
from tvaers.orders.models import RequirementKind
from tvaers.orders.need import Asked
from tvaers.taxonomy.alternatives import in_groups
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.in_use import linker_in_use, taxonomy_in_use
from tvaers.wording.orders import concept_label, either_label

MUST, NICE, REMOVE = "must", "nice", "remove"
SAYS = ((MUST, _("Skal")), (NICE, _("Gerne")), (REMOVE, _("Fjern")))
MOST_YEARS = 60
SURE = 500
"""A reading below this (thousandths) is kept as words alone."""
MOST_LINES = 80
MOST_EITHER = 10
NOT_AN_OCCUPATION = tuple(kind for kind in Kind if kind is not Kind.OCCUPATION)


@dataclass(frozen=True)
class Line:
    """One requirement as the form has it, and what is to become of it."""

    text: str
    kind: str = RequirementKind.SKILL.value
    concept: int | None = None
    years: str = ""
    say: str = MUST
    either: tuple[int, ...] = ()
    """What does as well as the concept: "certifikat A eller B"."""

    @property
    def concept_label(self) -> str:
        """What we understand by the words, where it says more than they do."""
        label = either_label((self.concept, *self.either)) if self.concept else ""
        return "" if label.casefold() == self.text.casefold() else label

    @property
    def kind_label(self) -> str:
        return str(RequirementKind(self.kind).label)

    @property
    def years_are_right(self) -> bool:
        """Whether the years are empty or a number a person can have worked."""
        years = self.years.strip()
        return not years or (years.isdecimal() and int(years[:4]) <= MOST_YEARS)

    def asked(self) -> Asked:
        """The requirement in the domain's words."""
        return Asked(
            kind=self.kind,
            text=self.text.strip(),
            must=self.say == MUST,
            concept=self.concept,
            years=int(self.years.strip() or 0),
            either=tuple(self.either),
        )

    def as_dict(self) -> dict[str, Any]:
        """The line as a session can keep it."""
        return asdict(self)


def lines_in(data: Mapping[str, Any]) -> list[Line]:
    """The lines of a form that was sent, in order. Codes that nobody could choose are dropped."""
    found = []
    for number in range(MOST_LINES):
        if (text := data.get(f"asked-{number}-text")) is None:
            break
        kind, concept = data.get(f"asked-{number}-kind"), data.get(f"asked-{number}-concept", "")
        say = data.get(f"asked-{number}-say")
        found.append(
            Line(
                text=text,
                kind=kind if kind in RequirementKind.values else RequirementKind.SKILL.value,
                concept=int(concept) if concept.isdecimal() and len(concept) < 10 else None,
                years=data.get(f"asked-{number}-years", ""),
                say=say if say in (MUST, NICE, REMOVE) else MUST,
                either=_numbers(data.get(f"asked-{number}-either", "")),
            )
        )
    return found


def lines_of(requirements: Iterable[DraftRequirement]) -> list[Line]:
    """The requirements that were read out of an ad."""
    return [
        Line(
            one.text,
            _kind(one.kind),
            one.concept_id,
            _years(one.years),
            _say(one.must),
            one.either,
        )
        for one in requirements
    ]


def lines_now(requirements: Iterable[Asked]) -> list[Line]:
    """The requirements that the order has."""
    return [
        Line(one.text, one.kind, one.concept, _years(one.years), _say(one.must), one.either)
        for one in requirements
    ]


def line_from_words(words: str) -> Line:
    """A requirement that someone wrote: with its concept where the words are clear."""
    linker, taxonomy = linker_in_use(), taxonomy_in_use()
    groups = in_groups(words, linker.mentions(words), taxonomy)
    if len(groups) == 1 and len(groups[0]) > 1:
        concept, *others = dict.fromkeys(one.concept_id for one in groups[0])
        return Line(words, _kind(taxonomy.concept(concept).kind), concept, either=tuple(others))
    found = linker.find(words, kinds=NOT_AN_OCCUPATION, top=1)
    if not found or found[0][1] < SURE:
        return Line(words)
    return Line(words, _kind(taxonomy.concept(found[0][0]).kind), found[0][0])


def line_from_concept(concept_id: int) -> Line | None:
    """A requirement chosen among the suggestions; None when there is no such concept."""
    try:
        concept = taxonomy_in_use().concept(concept_id)
    except KeyError:
        return None
    return Line(concept_label(concept_id), _kind(concept.kind), concept_id)


def suggestions(words: str, *, occupations: bool) -> list[tuple[int, str]]:
    """Concepts that begin as typed: number and name."""
    kinds = (Kind.OCCUPATION,) if occupations else NOT_AN_OCCUPATION
    return [(found, concept_label(found)) for found in linker_in_use().suggest(words, kinds=kinds)]


def _numbers(text: str) -> tuple[int, ...]:
    """The concepts in a hidden field ("12 15"), those that there are."""
    told = [int(one) for one in text.split()[:MOST_EITHER] if one.isdecimal() and len(one) < 10]
    return tuple(one for one in told if line_from_concept(one))


def _kind(kind: str) -> str:
    upper = str(kind).upper()
    return upper if upper in RequirementKind.values else RequirementKind.SKILL.value


def _years(years: int) -> str:
    return str(years) if years else ""


def _say(must: bool) -> str:
    return MUST if must else NICE
