"""What the leads write for those who take part: one form a verb."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tvaers.core.actor import Actor
from tvaers.leading import operations
from tvaers.network.queries import office_names
from tvaers.orders.models import Order
from tvaers.web.actions import ActionForm
from tvaers.web.forms import DateField, FreeTextField


class SharedForm(ActionForm):
    """A form about what is shared on an order."""

    about: Order


class WriteNote(SharedForm):
    action = "note"
    heading = _("Skriv en status")
    button = _("Del status med deltagerne")
    done = _("Statussen er delt. Den nævnes i deltagernes næste daglige mail.")

    words = FreeTextField(
        label=_("Hvordan står det?"),
        max_length=1000,
        help_text=_("Alle kontorer, der er spurgt, kan læse det. Nævn ingen ledige ved navn."),
    )
    note_key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        operations.write_note(
            order_id=self.about.pk,
            words=told["words"],
            note_key=told["note_key"] or uuid4(),
            by=by,
            at=at,
        )


class PlanDelivery(SharedForm):
    action = "delivery"
    heading = _("Sæt et kontor på leveringsplanen")
    button = _("Sæt på planen")
    done = _("Planen er gemt.")

    office_id = forms.TypedChoiceField(label=_("Kontor"), coerce=int)
    number = forms.IntegerField(
        label=_("Hvor mange kandidater præsenterer de?"),
        min_value=1,
        max_value=operations.MOST_PLANNED,
    )
    due_on = DateField(label=_("Senest hvornår?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].choices = [("", _("Vælg")), *office_names().items()]  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.plan_delivery(order_id=self.about.pk, **self.cleaned_data, by=by, at=at)


class DropDelivery(SharedForm):
    action = "drop_delivery"
    heading = ""
    done = _("Linjen er taget af planen.")

    delivery_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.drop_delivery(
            order_id=self.about.pk, delivery_id=self.cleaned_data["delivery_id"], by=by, at=at
        )
