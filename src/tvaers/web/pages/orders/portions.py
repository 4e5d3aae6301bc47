"""How an order's openings are portioned out, as lines of its form: number, scheme, workplace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as later

from tvaers.orders.need import MOST_OPENINGS, Portion
from tvaers.web.forms import Form

PREFIX = "portion"
FIELDS = ("number", "scheme", "workplace")
EMPTY, MOST = 3, 60
"""So many lines stand ready to be filled in, and so many are read at most."""
Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Line:
    """The fields of one line."""

    number: forms.BoundField
    scheme: forms.BoundField
    workplace: forms.BoundField


def add_fields(form: Form, told: Mapping[str, Any], *, schemes: Choices, places: Choices) -> int:
    """Put the lines' fields into a form; returns how many lines."""
    lines = min(MOST, _lines(told) + EMPTY)
    for line in range(lines):
        fields: tuple[forms.Field, ...] = (
            forms.IntegerField(
                label=later("Antal"), min_value=1, max_value=MOST_OPENINGS, required=False
            ),
            forms.ChoiceField(label=later("Ordning"), choices=schemes, required=False),
            forms.ChoiceField(label=later("Arbejdssted"), choices=places, required=False),
        )
        for name, field in zip(FIELDS, fields, strict=True):
            form.add_field(f"{PREFIX}_{line}_{name}", field)
    return lines


def lines_of(form: Form, lines: int) -> list[Line]:
    """The lines of a form that `add_fields` put there."""
    return [Line(*(form[f"{PREFIX}_{line}_{name}"] for name in FIELDS)) for line in range(lines)]


def portions_in(told: Mapping[str, Any], lines: int) -> tuple[Portion, ...]:
    """What the lines that have a number say; without a scheme it is the order's own."""
    return tuple(
        Portion(
            number=number,
            scheme=told[f"{PREFIX}_{line}_scheme"] or told["scheme"],
            workplace_id=int(told[f"{PREFIX}_{line}_workplace"] or 0) or None,
        )
        for line in range(lines)
        if (number := told.get(f"{PREFIX}_{line}_number"))
    )


def told_of(portions: Iterable[Portion]) -> dict[str, Any]:
    """What the lines begin with."""
    told: dict[str, Any] = {}
    for line, one in enumerate(portions):
        values = (one.number, one.scheme, str(one.workplace_id or ""))
        told |= {
            f"{PREFIX}_{line}_{name}": value for name, value in zip(FIELDS, values, strict=True)
        }
    return told


def is_of_a_line(name: str) -> bool:
    """Whether a field belongs to a line."""
    return name.startswith(f"{PREFIX}_")


def _lines(told: Mapping[str, Any]) -> int:
    """How many lines there are up to the last one with a number."""
    filled = [
        line for line in range(MOST) if str(told.get(f"{PREFIX}_{line}_number") or "").strip()
    ]
    return max(filled, default=-1) + 1
