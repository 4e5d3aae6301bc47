"""What to ask for in a search, and what became of its hits."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.matching.engine.answers import Part
from tvaers.matching.engine.rows import Ordering, TravelLimit, Weights
from tvaers.matching.models import Settled
from tvaers.matching.order_query import Settings
from tvaers.places.queries import municipality_names
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.in_use import linker_in_use
from tvaers.web.forms import ChoiceField, Form, FreeTextField, ManyField
from tvaers.wording.matching import ORDERINGS, PARTS, TRAVEL_LIMITS
from tvaers.wording.orders import concept_label

BY_HAND = "HAND"
SURE = 600
"""From this score the linker's reading of an extra requirement is taken."""
EXTRA_KINDS = tuple(kind for kind in Kind if kind is not Kind.OCCUPATION)


class RuleForm(Form):
    """In what order, by which weights, and with what narrowing."""

    ordering = forms.ChoiceField(label=later("Rækkefølge"), choices=list(ORDERINGS.items()))
    travel_limit = ChoiceField(label=later("Transporttid"), choices=list(TRAVEL_LIMITS.items()))
    extra = forms.CharField(
        label=later("Ekstra krav"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "list": "extra-words",
                "autocomplete": "off",
                "hx-get": reverse_lazy("search_suggest"),
                "hx-trigger": "input changed delay:150ms",
                "hx-target": "#extra-words",
            }
        ),
        help_text=later(
            "Kun dem, der også har dette; flere deles med komma. Det gør søgningen snævrere, end "
            "virksomheden har bedt om, så den er intet bevis for, at en kommune er dækket."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[f"weight_{part}"] = forms.IntegerField(
                label=PARTS[part],
                min_value=0,
                max_value=100,
                widget=forms.NumberInput(attrs={"class": "form-input"}),
            )

    @property
    def weight_fields(self) -> list[Any]:
        return [self[f"weight_{part}"] for part in Part]

    @property
    def weight_sum(self) -> int:
        """What the weights add up to, as they stand in the form."""
        texts = [str(field.value()) for field in self.weight_fields]
        return sum(int(text) for text in texts if text.isdigit())

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.weight_sum != 100:
            self.add_error(
                None,
                _("Vægtene giver %(sum)s tilsammen. De skal give 100.") % {"sum": self.weight_sum},
            )
        given["concepts"] = self._concepts(given.get("extra") or "")
        return given

    def _concepts(self, text: str) -> tuple[int, ...]:
        """The extra requirements as concepts; those that nobody knows are pointed out."""
        found = []
        for words in filter(None, map(str.strip, text.split(","))):
            best = linker_in_use().find(words, kinds=EXTRA_KINDS, top=1)
            if best and best[0][1] >= SURE:
                found.append(best[0][0])
            else:
                self.add_error(
                    "extra",
                    _("»%(words)s« kendes ikke. Prøv et andet ord for det.") % {"words": words},
                )
        return tuple(dict.fromkeys(found))

    def settings(self) -> Settings:
        given = self.cleaned_data
        return Settings(
            weights=Weights(*(given[f"weight_{part}"] * 10 for part in Part)),
            ordering=Ordering(given["ordering"]),
            travel_limit=TravelLimit(given["travel_limit"]),
            extra=given["concepts"],
        )


class SearchForm(RuleForm):
    """Where to search, and by what rule."""

    step = ChoiceField(label=later("Hvor vil du søge?"))
    municipalities = ManyField(
        label=later("Kommuner"),
        required=False,
        help_text=later("Bruges, når du selv vælger kommuner ovenfor."),
    )

    def __init__(self, *args: Any, steps: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [*steps, (BY_HAND, _("Kommuner, jeg selv vælger"))]  # type: ignore[attr-defined]
        self.fields["municipalities"].choices = list(municipality_names().items())  # type: ignore[attr-defined]
        self.fields["municipalities"].widget.attrs["class"] += " checkbox-choices"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("step") == BY_HAND and not given.get("municipalities"):
            self.add_error("municipalities", _("Vælg mindst én kommune."))
        return given


def rule_values(settings: Settings) -> dict[str, Any]:
    """What the form of the rule begins with."""
    weights = zip(Part, settings.weights.as_tuple(), strict=True)
    return {
        "ordering": settings.ordering,
        "travel_limit": settings.travel_limit,
        "extra": ", ".join(concept_label(concept) for concept in settings.extra),
        **{f"weight_{part}": weight // 10 for part, weight in weights},
    }


def suggestions(text: str) -> list[str]:
    """What the field of extra requirements may say when its last word begins as typed."""
    before, comma, begun = text.rpartition(",")
    found = linker_in_use().suggest(begun.strip(), kinds=EXTRA_KINDS)
    start = f"{before}{comma} " if comma else ""
    return [f"{start}{concept_label(concept)}" for concept in found]


CHECKED, WHOLE_PAGE, OPEN_IN = "CHECKED", "PAGE", "IN:"
PROPOSE, INVITE = "PROPOSE", "INVITE"


class OutcomeForm(Form):
    """What became of which hits: those ticked, all on the page, or all open ones of a place."""

    person = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.MultipleHiddenInput
    )
    shown = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.MultipleHiddenInput
    )
    whom = forms.ChoiceField(label=later("Hvem gælder det?"), initial=CHECKED)
    outcome = forms.ChoiceField(
        label=later("Hvad blev det til?"),
        choices=[
            ("", later("Vælg udfald")),
            (PROPOSE, later("Foreslå til jobordren")),
            (INVITE, later("Invitér til selv at søge hos virksomheden")),
            *((code, name) for code, name in Settled.choices if code != Settled.PROPOSED),
        ],
        error_messages={"required": later("Vælg, hvad det blev til.")},
    )
    words = FreeTextField(label=later("Bemærkning"), required=False, max_length=300, rows=1)

    def __init__(
        self, *args: Any, people: frozenset[int], places: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "shown"):
            self.fields[name].choices = [(person, "") for person in people]  # type: ignore[attr-defined]
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            (CHECKED, _("De afkrydsede")),
            (WHOLE_PAGE, _("Alle på siden")),
            *((f"{OPEN_IN}{code}", text) for code, text in places),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        whom, outcome = given.get("whom"), given.get("outcome")
        if whom == CHECKED and not given.get("person"):
            self.add_error("whom", _("Sæt kryds ved mindst én person."))
        if outcome in (PROPOSE, INVITE) and str(whom).startswith(OPEN_IN):
            self.add_error("whom", _("Foreslå og invitér en side ad gangen, så alle er set."))
        return given

    @property
    def municipality(self) -> str:
        """The municipality whose open hits are meant; "" when the people are named."""
        whom = str(self.cleaned_data["whom"])
        return whom.removeprefix(OPEN_IN) if whom.startswith(OPEN_IN) else ""

    @property
    def people(self) -> list[int]:
        """The people named: ticked, or the whole page."""
        given = self.cleaned_data
        named: list[int] = given["shown" if given["whom"] == WHOLE_PAGE else "person"]
        return named
