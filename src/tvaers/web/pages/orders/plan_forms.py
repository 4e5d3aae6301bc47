"""What the leads write for those who take part: one form a verb."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tvaers.core.actor import Actor
from tvaers.leading import operations
from tvaers.orders.models import Order
from tvaers.web.actions import ActionForm
from tvaers.web.forms import FreeTextField


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
