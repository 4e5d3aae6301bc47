"""Luk jobordren: what became of each opening, and who at the company said so (R7)."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import Verb
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.network.models import LadderStep
from tvaers.orders import operations
from tvaers.orders.lifecycle import Openings, Refusal, Stage, Subject
from tvaers.orders.models import Order
from tvaers.orders.queries import OrderPage
from tvaers.orders.refusals import OrderRefused
from tvaers.places.queries import municipality_names
from tvaers.web.doors import Request, page
from tvaers.web.forms import ChoiceField, Form, FreeTextField, MomentField
from tvaers.web.pages.orders.leads import only_leads
from tvaers.web.pages.orders.order import order_or_404
from tvaers.wording.orders import not_covered, refused

NOT_WIDER = "not_wider"
ENDS: dict[str, tuple[Subject, Any]] = {
    "filled_by_company": (Subject.FILLED_BY_COMPANY, later("Besat af virksomheden selv")),
    "withdrawn": (Subject.WITHDRAWN, later("Trukket tilbage af virksomheden")),
    "other_solution": (Subject.OTHER_SOLUTION, later("Anden løsning aftalt")),
    NOT_WIDER: (Subject.NOT_WIDER, later("Virksomheden ønsker ikke at søge bredere")),
}


class EndForm(Form):
    """One outcome: of how many openings, and the company's word for it.

    `said` is for how many openings the word is written down already.
    """

    number = forms.IntegerField(
        label=later("Antal stillinger"), min_value=0, required=False, initial=0
    )
    said_by = forms.CharField(label=later("Hvem sagde det?"), max_length=120, required=False)
    said_at = MomentField(
        label=later("Hvornår?"), required=False, help_text=later("Tomt betyder lige nu.")
    )
    words = FreeTextField(label=later("Ordene"), max_length=2000, rows=2, required=False)

    def __init__(self, data: Any, *, name: str, said: int) -> None:
        super().__init__(data, prefix=name)
        self.subject, self.label = ENDS[name]
        self.said = said
        if self.subject is Subject.NOT_WIDER:
            del self.fields["number"]

    @property
    def open(self) -> bool:
        """Whether the part is unfolded: something was written in it, or is wrong with it."""
        return bool(self.is_bound and (self.errors or self._number or self._said_by))

    @property
    def _number(self) -> int:
        return self.cleaned_data.get("number") or 0

    @property
    def _said_by(self) -> str:
        return str(self.cleaned_data.get("said_by", ""))

    def record(self, order_id: int, *, channel: str, by: Actor, at: datetime) -> None:
        """Write the word down where it is new; where nobody said it, the closing is refused."""
        more = self._number - self.said
        if not self._said_by.strip() or (more <= 0 and self.subject is not Subject.NOT_WIDER):
            return
        operations.record_word(
            order_id=order_id,
            subject=self.subject,
            said_by=self._said_by,
            said_at=self.cleaned_data["said_at"] or at,
            channel=channel or Channel.PHONE,
            openings=max(more, 0),
            words=self.cleaned_data["words"],
            by=by,
            at=at,
        )


class CloseForm(Form):
    """What became of the openings that nobody is hired for; each outcome is a form in `ends`."""

    unfilled = forms.IntegerField(label=later("Ikke besat"), min_value=0)
    channel = ChoiceField(
        label=later("Hvordan sagde virksomheden det?"),
        choices=Channel.choices,
        initial=Channel.PHONE,
        required=False,
    )

    def __init__(self, data: Any, *, shown: OrderPage) -> None:
        order, said = shown.order, shown.said
        super().__init__(data, initial={"unfilled": order.openings - order.hired})
        self.shown = shown
        wanted = [name for name in ENDS if name != NOT_WIDER]
        if order.ladder_step != LadderStep.NATION and not said.not_wider:
            wanted.append(NOT_WIDER)
        self.ends = {
            name: EndForm(data, name=name, said=int(getattr(said, name))) for name in wanted
        }

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(end.is_valid() for end in self.ends.values())])

    @property
    def status(self) -> int:
        return max(super().status, *(end.status for end in self.ends.values()))

    def close(self, *, by: Actor, at: datetime) -> None:
        """Write the words down and close: all of it, or nothing. Raises `OrderRefused`."""
        order = self.shown.order
        openings = Openings(
            hired=order.hired,
            unfilled=self.cleaned_data["unfilled"],
            **{
                name: end.cleaned_data["number"] or 0
                for name, end in self.ends.items()
                if name != NOT_WIDER
            },
        )
        with transaction.atomic():
            for end in self.ends.values():
                end.record(order.pk, channel=self.cleaned_data["channel"], by=by, at=at)
            operations.close(order_id=order.pk, openings=openings, by=by, at=at)


@page(Verb.LEAD_ORDER)
def order_close(request: Request, order_id: int) -> HttpResponse:
    """Close an order, with what became of each opening."""
    shown = order_or_404(order_id)
    only_leads(request, shown)
    if shown.order.stage == Stage.CLOSED:
        return redirect("order", order_id)
    form = CloseForm(request.POST or None, shown=shown)
    names = municipality_names()
    if request.method == "POST" and form.is_valid():
        try:
            form.close(by=request.reader.actor, at=request.at)
        except OrderRefused as refusal:
            if Order.objects.get(pk=order_id).stage == Stage.CLOSED:
                return redirect("order", order_id)
            form.add_error(None, refused(refusal, municipalities=names))
        else:
            messages.success(request, _("Jobordren er lukket."))
            return redirect("order", order_id)
    why_not = shown.why_not_close()
    context = {
        "section": "orders",
        "shown": shown,
        "order": shown.order,
        "form": form,
        "missing": not_covered(shown.coverage.missing, names)
        if why_not == Refusal.NOT_COVERED
        else "",
    }
    return render(request, "orders/close.html", context, status=form.status)
