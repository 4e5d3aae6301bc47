"""Forms as Det Fælles Designsystem draws them. `{{ form }}` is a whole form's inside.

The templates are `ui/form.html` (error summary, then the fields) and `ui/field.html` (label,
hint, error, input). They are tied together by `aria-describedby`, which Django writes.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tvaers.core.cpr import cpr_spans
from tvaers.core.health_words import health_word_spans

INPUTS = {
    f"django/forms/widgets/{kind}.html"
    for kind in ("checkbox", "date", "datetime", "email", "hidden", "number", "text", "url")
}
"""Widgets that are one `input`; Django has a template for each and another for its attributes."""


class Renderer(TemplatesSetting):
    """Django's FORM_RENDERER: our templates for forms and fields.

    A plain input is written without a template: a page with thirty hits has a hundred of them.
    """

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name in INPUTS:
            return plain_input(context["widget"])
        return super().render(template_name, context, request)


def plain_input(widget: Mapping[str, Any]) -> SafeString:
    """The `input` of a widget's context, as Django's template writes it."""
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    attributes = flatatt(widget["attrs"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes
    )


class Form(forms.Form):
    """Base of every form: no colon after labels, the design system's classes on inputs."""

    undone: Any = gettext_lazy("Det blev ikke gemt. Det, du har skrevet, er bevaret.")
    """What is said above a refusal of the whole form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)
            _ask_plainly(field)

    def add_field(self, name: str, field: forms.Field) -> None:
        """Put a field beside those of the class, looking like them."""
        _dress(field)
        _ask_plainly(field)
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Point out CPR numbers and health words in free text before it is saved (R17).

        A CPR number must go; health words may stay when the writer says so. A form that
        overrides this must call it.
        """
        for name, field in list(self.fields.items()):
            if isinstance(field, FreeTextField):
                self._point_out(name, str(self.cleaned_data.get(name) or ""))
        return self.cleaned_data

    def _point_out(self, name: str, text: str) -> None:
        if cpr_spans(text):
            self.add_error(name, _("Her står et CPR-nummer. Fjern det, før du gemmer."))
        seen = f"{name}_seen"
        words = ", ".join(dict.fromkeys(f"»{span.words}«" for span in health_word_spans(text)))
        if words and self.add_prefix(seen) not in self.data:
            self.fields[seen] = forms.BooleanField(
                required=False, label=_("Ja, det er nødvendigt, at det står her")
            )
            _dress(self.fields[seen])
            self.add_error(
                name,
                _("%(words)s kan være en oplysning om helbred. Skal det stå her?")
                % {"words": words},
            )

    @property
    def status(self) -> int:
        """The status to answer with: 422 when the form came back with errors."""
        return 422 if self.is_bound and self.errors else 200


class DateField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


class MomentField(forms.DateTimeField):
    """A day and a time in Denmark."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)


class TextField(forms.CharField):
    """Several lines of free text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class FreeTextField(TextField):
    """Free text about people or companies, in which the form looks for what must not be there."""


class ChoiceField(forms.ChoiceField):
    """One of several, by radio buttons; `forms.ChoiceField` is a drop-down."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **kwargs)


class ManyField(forms.MultipleChoiceField):
    """Any of several, by check boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)


CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-checkbox"),
    (forms.RadioSelect, "form-radio"),
    (forms.CheckboxInput, "form-checkbox"),
    (forms.Select, "form-select"),
    (forms.FileInput, ""),
    (forms.HiddenInput, ""),
    (forms.Widget, "form-input"),
)
"""The first kind that fits decides; to Django, several check boxes are radio buttons too."""


def _dress(field: forms.Field) -> None:
    css = next(css for kind, css in CLASSES if isinstance(field.widget, kind))
    if css:
        field.widget.attrs["class"] = f"{css} {field.widget.attrs.get('class', '')}".strip()


def _ask_plainly(field: forms.Field) -> None:
    """Where no form has its own words for an empty field, in plainer ones than Django's."""
    if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = gettext_lazy("Feltet skal udfyldes.")
