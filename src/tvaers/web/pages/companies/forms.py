"""What people write on a company's page."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tvaers.agreements import operations as agreements
from tvaers.agreements.models import AgreementKind
from tvaers.companies import operations
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.network.queries import office_names
from tvaers.places.queries import municipality_names
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, DateField, Form, FreeTextField, MomentField


class NewCompany(Form):
    cvr = forms.CharField(label=_("CVR-nummer"), max_length=12)
    name = forms.CharField(label=_("Navn"), max_length=150)


class RecordConversation(ActionForm):
    action = "conversation"
    heading = _("Skriv en samtale ned")
    button = _("Gem samtalen")
    done = _("Samtalen er gemt.")

    with_whom = forms.CharField(label=_("Hvem talte du med?"), max_length=120)
    channel = ChoiceField(label=_("Hvordan?"), choices=Channel.choices, initial=Channel.PHONE)
    about_recruiting = forms.BooleanField(
        label=_("Samtalen handlede om ledige stillinger"), required=False, initial=True
    )
    talked_at = MomentField(
        label=_("Hvornår?"), required=False, help_text=_("Tomt betyder lige nu.")
    )
    words = FreeTextField(label=_("Hvad aftalte I?"), required=False, max_length=2000)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        assert by.office_id is not None
        operations.record_conversation(
            company_id=self.about, office_id=by.office_id, **self.cleaned_data, by=by, at=at
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

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.save_contact(company_id=self.about, **self.cleaned_data, by=by, at=at)


class RemoveContact(ActionForm):
    action = "remove-contact"
    done = _("Kontaktpersonen er fjernet.")

    contact_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.remove_contact(**self.cleaned_data, by=by, at=at)


class AddWorkplace(ActionForm):
    action = "workplace"
    heading = _("Tilføj et arbejdssted")
    button = _("Gem arbejdsstedet")
    done = _("Arbejdsstedet er gemt.")

    name = forms.CharField(label=_("Navn"), max_length=150)
    p_number = forms.CharField(label=_("P-nummer"), max_length=12, required=False)
    address = forms.CharField(label=_("Adresse"), max_length=150, required=False)
    postcode = forms.RegexField("^[0-9]{4}$", label=_("Postnummer"), required=False)
    municipality = forms.ChoiceField(label=_("Kommune"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = [  # type: ignore[attr-defined]
            ("", _("Vælg kommune")),
            *municipality_names().items(),
        ]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.save_workplace(company_id=self.about, **self.cleaned_data, by=by, at=at)


class SetConflict(ActionForm):
    action = "conflict"
    heading = _("Meld virksomheden konfliktramt")
    button = _("Stop henvisninger og opslag")
    done = _("Virksomheden er meldt konfliktramt.")

    since = DateField(label=_("Konflikten begyndte"))

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.set_conflict(
            company_id=self.about, since=self.cleaned_data["since"], by=by, at=at
        )


class EndConflict(ActionForm):
    action = "conflict-ended"
    heading = _("Konflikten er slut")
    button = _("Tillad henvisninger og opslag igen")
    done = _("Virksomheden er ikke længere konfliktramt.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.set_conflict(company_id=self.about, since=None, by=by, at=at)


class MakeAgreement(ActionForm):
    action = "agreement"
    heading = _("Virksomheden vælger tovholder")
    button = _("Gem aftalen")
    done = _("Aftalen er gemt.")

    kind = ChoiceField(label=_("Aftale"), choices=AgreementKind.choices)
    lead_office_id = forms.TypedChoiceField(label=_("Tovholderens kontor"), coerce=int)
    starts_on = DateField(label=_("Gælder fra"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_office_id"].choices = list(office_names().items())  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        agreements.make_agreement(company_id=self.about, **self.cleaned_data, by=by, at=at)


class EndAgreement(ActionForm):
    action = "agreement-ended"
    done = _("Aftalen er afsluttet i dag.")

    agreement_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        agreements.end_agreement(**self.cleaned_data, last_day=danish_date(at), by=by, at=at)
