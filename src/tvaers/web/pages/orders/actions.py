"""What the lead does with an order on its page: one form a verb."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tvaers.circulation import operations as circulation
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.network.models import LadderStep
from tvaers.network.queries import office_names
from tvaers.orders import operations
from tvaers.orders.models import Handover, Order, Subject
from tvaers.referrals.operations import send_company_link
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, DateField, FreeTextField, MomentField


class OrderAction(ActionForm):
    """A form about an order; `about` is the order."""

    about: Order


class TellCompany(OrderAction):
    action = "tell_company"
    heading = _("Spørg virksomheden, om stillingen er besat")
    button = _("Send linket »Jeres stilling«")
    done = _("Virksomheden får en mail med et link til »Jeres stilling«.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        send_company_link(order_id=self.about.pk, by=by, at=at)


class RecordWord(OrderAction):
    action = "word"
    heading = _("Virksomheden har sagt …")
    button = _("Gem det, virksomheden sagde")
    done = _("Det er skrevet ned.")

    subject = ChoiceField(
        label=_("Hvad drejer det sig om?"), choices=Subject.choices, initial=Subject.DIALOGUE
    )
    said_by = forms.CharField(label=_("Hvem sagde det?"), max_length=120)
    channel = ChoiceField(label=_("Hvordan?"), choices=Channel.choices, initial=Channel.PHONE)
    said_at = MomentField(label=_("Hvornår?"), required=False, help_text=_("Tomt betyder lige nu."))
    openings = forms.IntegerField(
        label=_("Hvor mange stillinger?"),
        required=False,
        min_value=0,
        help_text=_("Når stillinger er besat, trukket tilbage eller løst på en anden måde."),
    )
    new_date = DateField(
        label=_("Ny dag for kandidater"),
        required=False,
        help_text=_("Når I har aftalt en senere frist."),
    )
    office_id = forms.TypedChoiceField(
        label=_("Kontor, der ikke behøver svare"), coerce=int, empty_value=None, required=False
    )
    words = FreeTextField(label=_("Ordene"), required=False, max_length=2000)
    word_key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Intet kontor")),
            *office_names().items(),
        ]
        if self.about.contact:
            self.fields["said_by"].initial = self.about.contact.name

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        operations.record_word(
            order_id=self.about.pk,
            **told | {"said_at": told["said_at"] or at, "openings": told["openings"] or 0},
            by=by,
            at=at,
        )


class StartRecruiting(OrderAction):
    action = "recruit"
    button = _("Begynd rekrutteringen")
    done = _("Rekrutteringen er i gang.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.start_recruiting(order_id=self.about.pk, by=by, at=at)


class Widen(OrderAction):
    action = "widen"
    done = _("Søgningen er udvidet.")

    step = forms.ChoiceField(choices=LadderStep.choices, widget=forms.HiddenInput)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.widen(order_id=self.about.pk, to=self.cleaned_data["step"], by=by, at=at)


class Pause(OrderAction):
    action = "pause"
    heading = _("Sæt på pause")
    button = _("Sæt på pause")
    done = _("Jobordren er på pause.")

    reason = FreeTextField(label=_("Hvorfor?"), max_length=200, rows=2)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.pause(order_id=self.about.pk, reason=self.cleaned_data["reason"], by=by, at=at)


class Resume(OrderAction):
    action = "resume"
    button = _("Genoptag jobordren")
    done = _("Jobordren er genoptaget.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        circulation.resume(order_id=self.about.pk, by=by, at=at)


class RaiseOpenings(OrderAction):
    action = "openings"
    heading = _("Ret antallet af stillinger")
    button = _("Gem antallet")
    done = _("Antallet af stillinger er ændret.")

    openings = forms.IntegerField(
        label=_("Antal stillinger i alt"),
        help_text=_("Efter dialogen kan antallet kun sættes op."),
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        received = self.about.stage == "RECEIVED"
        change = operations.correct_openings if received else operations.raise_openings
        change(order_id=self.about.pk, openings=self.cleaned_data["openings"], by=by, at=at)


class AgreeNumber(OrderAction):
    action = "number"
    heading = _("Aftal, hvor mange kandidater der præsenteres")
    button = _("Gem aftalen")
    done = _("Antallet er gemt.")

    number = forms.IntegerField(label=_("Kandidater i alt"))

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.agree_number_to_present(
            order_id=self.about.pk, number=self.cleaned_data["number"], by=by, at=at
        )


class Reopen(OrderAction):
    action = "reopen"
    button = _("Genåbn jobordren")
    done = _("Jobordren er genåbnet. De ansatte er stadig ansat; resten er åbent igen.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.reopen(order_id=self.about.pk, by=by, at=at)


class HandoverAnswer(ActionForm):
    """A form about a handover that is offered; `about` is the offer."""

    about: Handover


class AcceptHandover(HandoverAnswer):
    action = "accept"
    button = _("Ja, vi er tovholder nu")
    done = _("I er tovholder nu.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.accept_handover(handover_id=self.about.pk, by=by, at=at)


class DeclineHandover(HandoverAnswer):
    action = "decline"
    button = _("Nej tak")
    done = _("I har sagt nej. Tovholderen er den samme som før.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.decline_handover(handover_id=self.about.pk, by=by, at=at)
