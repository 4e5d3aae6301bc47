"""Forms as Det Fælles Designsystem draws them. `{{ form }}` is a whole form's inside.

The templates are `ui/form.html` (error summary, then the fields) and `ui/field.html` (label,
hint, error, input). They are tied together by `aria-describedby`, which Django writes.
"""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's FORM_RENDERER: our templates for forms and fields."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class Form(forms.Form):
    """Base of every form: no colon after labels, the design system's classes on inputs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)

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


class ChoiceField(forms.ChoiceField):
    """One of several, by radio buttons; `forms.ChoiceField` is a drop-down."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **kwargs)


class ManyField(forms.MultipleChoiceField):
    """Any of several, by check boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)


CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, "form-radio"),
    (forms.CheckboxSelectMultiple, "form-checkbox"),
    (forms.CheckboxInput, "form-checkbox"),
    (forms.Select, "form-select"),
    (forms.FileInput, ""),
    (forms.HiddenInput, ""),
    (forms.Widget, "form-input"),
)
"""The first kind that fits decides."""


def _dress(field: forms.Field) -> None:
    css = next(css for kind, css in CLASSES if isinstance(field.widget, kind))
    if css:
        field.widget.attrs["class"] = f"{css} {field.widget.attrs.get('class', '')}".strip()
