"""What the leads write for those who take part: one form a verb."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.models import User
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.leading import operations
from tvaers.leading.models import Evaluation, GotPeople, Rating
from tvaers.network.queries import office_names
from tvaers.orders.models import Order
from tvaers.web.actions import ActionForm
from tvaers.web.forms import ChoiceField, DateField, FreeTextField


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


class AddStep(SharedForm):
    """`people` are those who lead: office, its name, user, name."""

    action = "step"
    heading = _("Aftal et næste skridt")
    button = _("Gem skridtet")
    done = _("Skridtet er gemt. Det står i deres opgaver ugen før dagen.")

    what = FreeTextField(label=_("Hvad skal gøres?"), max_length=200, rows=2)
    who = forms.ChoiceField(label=_("Hvem?"))
    due_on = DateField(label=_("Senest hvornår?"))
    step_key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Iterable[tuple[int, User]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", _("Vælg")),
            (_("Tovholdere"), [(f"{office}:{user.pk}", user.name) for office, user in people]),
            (_("Kontorer"), [(f"{office}:", name) for office, name in office_names().items()]),
        ]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        office_id, _colon, user_id = told["who"].partition(":")
        operations.add_step(
            order_id=self.about.pk,
            what=told["what"],
            office_id=int(office_id),
            user_id=int(user_id) if user_id else None,
            due_on=told["due_on"],
            step_key=told["step_key"] or uuid4(),
            by=by,
            at=at,
        )


class StepForm(SharedForm):
    """A button beside a step; `steps` are those that it stands beside."""

    heading = ""
    step_id = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, steps: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step_id"].choices = [(step, step) for step in steps]  # type: ignore[attr-defined]


class FinishStep(StepForm):
    action = "finish_step"
    done = _("Skridtet er gjort.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.finish_step(
            order_id=self.about.pk, step_id=self.cleaned_data["step_id"], by=by, at=at
        )


class DropStep(StepForm):
    action = "drop_step"
    done = _("Skridtet er opgivet.")

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.drop_step(
            order_id=self.about.pk, step_id=self.cleaned_data["step_id"], by=by, at=at
        )


class Evaluate(SharedForm):
    action = "evaluation"
    heading = _("Skriv, hvad virksomheden sagde")
    button = _("Del evalueringen")
    done = _("Evalueringen er delt. Den nævnes i deltagernes næste daglige mail.")

    said_by = forms.CharField(label=_("Hvem sagde det?"), max_length=120)
    channel = ChoiceField(label=_("Hvordan?"), choices=Channel.choices, initial=Channel.PHONE)
    got_people = ChoiceField(
        label=_("Fik virksomheden de folk, den søgte?"), choices=GotPeople.choices
    )
    quality = ChoiceField(label=_("Hvordan var kandidaternes kvalitet?"), choices=Rating.choices)
    speed = ChoiceField(label=_("Hvordan var hastigheden?"), choices=Rating.choices)
    differently = FreeTextField(
        label=_("Hvad skal vi gøre anderledes næste gang?"), required=False, max_length=2000
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = dict(self.cleaned_data)
        told.pop("differently_seen", None)
        operations.evaluate(
            order_id=self.about.pk,
            channel=told.pop("channel"),
            opinion=operations.Opinion(**told),
            by=by,
            at=at,
        )


def evaluate_form(request: HttpRequest, order: Order, written: Evaluation | None) -> Evaluate:
    """The form with what is written down, or with the contact as the one who said it."""
    said_by = order.contact.name if order.contact else ""
    told = (
        {name: getattr(written, name) for name in Evaluate.base_fields if name != "channel"}
        if (written)
        else {"said_by": said_by}
    )
    return Evaluate(request, about=order, initial=told)
