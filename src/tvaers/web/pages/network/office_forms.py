"""What people write on an office's page."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tvaers.core.actor import Actor
from tvaers.network import operations
from tvaers.network.models import OfficeKind
from tvaers.network.operations import OfficeFields
from tvaers.network.pages import OfficePage
from tvaers.network.queries import office_names
from tvaers.places.queries import municipality_names
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, DateField, ManyField


class SaveOffice(ActionForm):
    """The office's own facts; without `about` it is a new office."""

    action = "office"
    heading = _("Ret kontorets oplysninger")
    button = _("Gem kontoret")
    done = _("Kontoret er gemt.")

    name = forms.CharField(
        label=_("Kontorets navn"), max_length=120, help_text=_("Det navn, kontoret selv bruger.")
    )
    kind = ChoiceField(label=_("Slags"), choices=OfficeKind.choices, initial=OfficeKind.MUNICIPAL)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False)
    releases_by_default = forms.BooleanField(
        label=_("Andre kontorer må se navnet på vores kandidater til deres jobordrer"),
        required=False,
    )
    default_legal_basis = forms.CharField(
        label=_("Retsgrundlag for nye kandidater"), max_length=200, required=False
    )

    saved: int

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        fields = OfficeFields(**self.cleaned_data)
        self.saved = operations.save_office(fields=fields, office_id=self.about, by=by, at=at).pk


def facts_of(page: OfficePage) -> dict[str, Any]:
    """What `SaveOffice` begins with."""
    return {
        "name": page.office.name,
        "kind": page.office.kind,
        "email": page.office.email,
        "phone": page.office.phone,
        "releases_by_default": page.releases_by_default,
        "default_legal_basis": page.default_legal_basis,
    }


class SaveResponsibilities(ActionForm):
    action = "responsibilities"
    heading = _("Ret, hvilke kommuner kontoret svarer for")
    button = _("Gem kommunerne")
    done = _("Kommunerne er gemt.")

    from_day = DateField(label=_("Gælder fra"))
    municipalities = ManyField(label=_("Kommuner"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = list(municipality_names().items())  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.save_responsibilities(
            office_id=self.about,
            municipalities=tuple(self.cleaned_data["municipalities"]),
            from_day=self.cleaned_data["from_day"],
            by=by,
            at=at,
        )


class SaveContact(ActionForm):
    action = "contact"
    heading = _("Tilføj eller ret en kontaktperson")
    button = _("Gem kontaktpersonen")
    done = _("Kontaktpersonen er gemt.")

    name = forms.CharField(
        label=_("Navn"), max_length=120, help_text=_("Et navn, der står her i forvejen, rettes.")
    )
    title = forms.CharField(label=_("Titel"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    is_primary = forms.BooleanField(label=_("Ring til denne person først"), required=False)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.save_contact(office_id=self.about, **self.cleaned_data, by=by, at=at)


class RemoveContact(ActionForm):
    action = "remove-contact"
    done = _("Kontaktpersonen er fjernet.")

    contact_id = forms.IntegerField()

    def __init__(self, *args: Any, among: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among

    def clean_contact_id(self) -> int:
        return _one_of(self.cleaned_data["contact_id"], self.among)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.remove_contact(**self.cleaned_data, by=by, at=at)


class AddClosure(ActionForm):
    action = "closure"
    heading = _("Tilføj lukkede dage med en stedfortræder")
    button = _("Gem de lukkede dage")
    done = _("De lukkede dage er gemt. Fristerne løber videre, og stedfortræderen får opgaverne.")

    first_day = DateField(label=_("Første dag"))
    last_day = DateField(label=_("Sidste dag"))
    stand_in_office_id = forms.TypedChoiceField(label=_("Stedfortræderens kontor"), coerce=int)
    stand_in_name = forms.CharField(label=_("Stedfortræderens navn"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in_office_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Vælg kontor")),
            *((pk, name) for pk, name in office_names().items() if pk != self.about),
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if {"first_day", "last_day"} <= told.keys() and told["last_day"] < told["first_day"]:
            self.add_error("last_day", _("Den sidste dag ligger før den første."))
        return told

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.add_office_closure(office_id=self.about, **self.cleaned_data, by=by, at=at)


class RemoveClosure(ActionForm):
    action = "remove-closure"
    done = _("Kontoret er åbent de dage.")

    closure_id = forms.IntegerField()

    def __init__(self, *args: Any, among: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among

    def clean_closure_id(self) -> int:
        return _one_of(self.cleaned_data["closure_id"], self.among)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.remove_office_closure(**self.cleaned_data, by=by, at=at)


class CloseOffice(ActionForm):
    action = "close"
    heading = _("Kontoret deltager ikke længere")
    button = _("Gem den sidste dag")
    done = _("Den sidste dag er gemt.")

    last_day = DateField(label=_("Sidste dag"))

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.close_office(office_id=self.about, **self.cleaned_data, by=by, at=at)


def _one_of(wanted: int, among: set[int]) -> int:
    """The reader's right is to this office, so what is removed must be the office's own."""
    if wanted not in among:
        raise ValidationError(_("Det er allerede fjernet."))
    return wanted
