"""Who leads an order: handing over, deputy and co-leads (R9)."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import PERMISSIONS, Verb
from tvaers.accounts.queries import Colleague, colleagues
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.orders import operations
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.orders.queries import OrderPage
from tvaers.places.models import Part
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.forms import FreeTextField
from tvaers.web.pages.orders.order import order_or_404

LEADERS = PERMISSIONS[Verb.LEAD_ORDER]
Choices = list[tuple[str, list[tuple[str, str]]]]


def only_leads(request: Request, shown: OrderPage) -> None:
    """Raises `Refused` for those who do not lead the order; names who does."""
    if not may_lead(request.reader, shown.order):
        raise Refused(
            _("Kun tovholderen kan ændre jobordren. Det er %(name)s, %(office)s.")
            % {"name": shown.order.lead.name, "office": shown.order.lead_office.name}
        )


def by_office(people: tuple[Colleague, ...]) -> Choices:
    """People as choices under their offices; the value is "office:user"."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in people:
        found.setdefault(one.office_name, []).append((f"{one.office_id}:{one.user_id}", one.name))
    return list(found.items())


class PersonForm(ActionForm):
    """A form in which someone at some office is chosen."""

    about: Order
    person = forms.ChoiceField(label=later("Hvem?"))

    def __init__(self, *args: Any, people: tuple[Colleague, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", later("Vælg")), *by_office(people)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[int, int]:
        """Office and user."""
        office_id, _colon, user_id = self.cleaned_data["person"].partition(":")
        return int(office_id), int(user_id)


class OfferHandover(PersonForm):
    action = "offer"
    heading = later("Overdrag jobordren")
    button = later("Tilbyd jobordren")
    done = later("Jobordren er tilbudt. I er tovholder, til de siger ja.")

    words = FreeTextField(label=later("Besked"), required=False, max_length=500, rows=2)

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        office_id, user_id = self.chosen
        operations.offer_handover(
            order_id=self.about.pk,
            to_office_id=office_id,
            to_user_id=user_id,
            words=self.cleaned_data["words"],
            by=by,
            at=at,
        )


class WithdrawHandover(ActionForm):
    action = "withdraw-offer"
    button = later("Træk tilbuddet tilbage")
    done = later("Tilbuddet er trukket tilbage.")

    about: Order

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.withdraw_handover(order_id=self.about.pk, by=by, at=at)


class SetDeputy(PersonForm):
    action = "deputy"
    heading = later("Vælg stedfortræder")
    button = later("Gem stedfortræderen")
    done = later("Stedfortræderen er gemt.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].required = False
        self.fields["person"].choices[0] = ("", later("Ingen"))  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        deputy_id = self.chosen[1] if self.cleaned_data["person"] else None
        operations.set_deputy(order_id=self.about.pk, deputy_id=deputy_id, by=by, at=at)


class AddCoLead(PersonForm):
    action = "co-lead"
    heading = later("Tilføj en medtovholder")
    button = later("Tilføj medtovholderen")
    done = later("Medtovholderen er tilføjet.")

    part = forms.ChoiceField(
        label=later("Gælder"),
        choices=[("", later("Hele jobordren")), *Part.choices],
        required=False,
    )

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        office_id, user_id = self.chosen
        operations.add_co_lead(
            order_id=self.about.pk,
            office_id=office_id,
            user_id=user_id,
            part=self.cleaned_data["part"],
            by=by,
            at=at,
        )


class RemoveCoLead(ActionForm):
    action = "remove-co-lead"
    done = later("Medtovholderen er fjernet.")

    about: Order
    office_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        operations.remove_co_lead(
            order_id=self.about.pk, office_id=self.cleaned_data["office_id"], by=by, at=at
        )


@page(Verb.LEAD_ORDER)
def order_leads(request: Request, order_id: int) -> HttpResponse:
    """Hand over, choose a deputy, share the lead."""
    shown = order_or_404(order_id)
    only_leads(request, shown)
    offered = _forms(request, shown, danish_date(request.at))
    if carried_out(request, offered.values()):
        return redirect("order", order_id)
    context = {"section": "orders", "shown": shown, "order": shown.order, "forms": offered}
    return render(request, "orders/leads.html", context, status=status_of(offered.values()))


def _forms(request: Request, shown: OrderPage, day: date) -> dict[str, ActionForm]:
    about = shown.order
    people = colleagues(LEADERS, day)
    here = tuple(
        one
        for one in people
        if one.office_id == about.lead_office_id and one.user_id != about.lead_id
    )
    elsewhere = tuple(one for one in people if one.office_id != about.lead_office_id)
    others = tuple(
        one
        for one in people
        if (one.office_id, one.user_id) != (about.lead_office_id, about.lead_id)
    )
    deputy = f"{about.lead_office_id}:{about.deputy_id}" if about.deputy_id else ""
    offered: list[ActionForm] = [
        WithdrawHandover(request, about=about)
        if shown.handover
        else OfferHandover(request, about=about, people=others),
        SetDeputy(request, about=about, people=here, initial={"person": deputy}),
        AddCoLead(request, about=about, people=elsewhere),
        RemoveCoLead(request, about=about),
    ]
    return {form.action.replace("-", "_"): form for form in offered}
