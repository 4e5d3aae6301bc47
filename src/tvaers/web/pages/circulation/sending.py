"""Send til andre kommuner: choose offices, see what each receives, send."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.circulation import operations
from tvaers.circulation.access import may_send
from tvaers.circulation.choices import OfficeChoice, office_choices
from tvaers.circulation.lifecycle import RequestState, SendRefusal
from tvaers.circulation.models import Circulation
from tvaers.companies.models import Channel
from tvaers.network.models import LadderStep
from tvaers.orders.models import Order
from tvaers.web.doors import Refused, Request, page
from tvaers.web.forms import ChoiceField, Form, FreeTextField, MomentField
from tvaers.web.pages.circulation.sections import order_section
from tvaers.wording.circulation import SEND_REFUSALS, STATES

ONLY_LEADS = gettext_lazy("Kun ordrens tovholder kan sende den til andre kommuner.")
DONE = {RequestState.WAITING, RequestState.CANDIDATES, RequestState.NOBODY, RequestState.LATE}
"""Offices that were asked already are not chosen beforehand."""


class SendForm(Form):
    """Which offices, which of them need not answer, and the company's word for that."""

    send_key = forms.UUIDField(widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=LadderStep.choices, widget=forms.HiddenInput)
    message = FreeTextField(
        label=gettext_lazy("Besked til kontorerne"),
        required=False,
        max_length=1000,
        rows=3,
        help_text=gettext_lazy("Skriv ikke navne på ledige her."),
    )
    said_by = forms.CharField(
        label=gettext_lazy("Hvem i virksomheden har sagt, at svar ikke er nødvendigt?"),
        required=False,
        max_length=120,
    )
    said_at = MomentField(label=gettext_lazy("Hvornår?"), required=False)
    channel = ChoiceField(
        label=gettext_lazy("Hvordan?"), required=False, choices=Channel.choices, initial="PHONE"
    )

    def __init__(self, *args: Any, choices: tuple[OfficeChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {choice.office_id for choice in choices}
        self.office_ids = self._chosen("office", known)
        self.excused_ids = self._chosen("excused", known)

    def _chosen(self, name: str, known: set[int]) -> set[int]:
        sent = self.data.getlist(name) if self.is_bound else []  # type: ignore[attr-defined]
        return {int(text) for text in sent if text.isdigit()} & known

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.excused_ids and not cleaned.get("said_by"):
            self.add_error("said_by", SEND_REFUSALS[SendRefusal.EXCUSED_WITHOUT_WORD])
        return cleaned


@page(Verb.CIRCULATE)
def order_send(request: Request, order_id: int) -> HttpResponse:
    """Choose by step of the ladder, by where hits are, or by hand."""
    order = _order(request, order_id)
    choices = office_choices(order, at=request.at)
    step = _step(request, order)
    form = SendForm(
        request.POST or None, choices=choices, initial={"send_key": uuid4(), "step": step}
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = _send(request, order, form)
        except operations.SendRefused as refused:
            form.add_error(None, SEND_REFUSALS[refused.reason])
        else:
            asked = sent.requests.count()
            messages.success(
                request,
                ngettext("Sendt til %(n)s kontor.", "Sendt til %(n)s kontorer.", asked)
                % {"n": asked},
            )
            return redirect("order", order.pk)
    context = order_section(order) | {
        "section": "orders",
        "form": form,
        "step": step,
        "steps": LadderStep.choices[1:],
        "groups": _groups(form, choices, step),
    }
    return render(request, "circulation/send.html", context, status=form.status)


@require_POST
@page(Verb.CIRCULATE)
def circulation_withdraw(request: Request, circulation_id: int) -> HttpResponse:
    """Take a sending back."""
    found = Circulation.objects.select_related("order").filter(pk=circulation_id).first()
    if found is None:
        raise Http404
    if not may_send(request.reader, found.order):
        raise Refused(ONLY_LEADS)
    operations.withdraw(circulation_id=circulation_id, by=request.reader.actor, at=request.at)
    messages.success(request, _("Rundsendingen er trukket tilbage. Svar, der er kommet, gælder."))
    return redirect("order", found.order_id)


def _order(request: Request, order_id: int) -> Order:
    rows = Order.objects.select_related("company", "service_level", "alliance", "scheme")
    order = rows.filter(pk=order_id).first()
    if order is None:
        raise Http404
    if not may_send(request.reader, order):
        raise Refused(ONLY_LEADS)
    return order


def _step(request: Request, order: Order) -> str:
    """The step whose offices are chosen beforehand: asked for, or the order's own."""
    wanted = request.POST.get("step") or request.GET.get("trin", "")
    if wanted in LadderStep.values:
        return wanted
    own = order.ladder_step == LadderStep.OWN
    return LadderStep.ALLIANCE if own else order.ladder_step


def _send(request: Request, order: Order, form: SendForm) -> Circulation:
    given = form.cleaned_data
    return operations.send(
        order_id=order.pk,
        office_ids=form.office_ids | form.excused_ids,
        excused=[
            operations.ExcusedOffice(
                office_id=office_id,
                said_by=given["said_by"],
                said_at=given["said_at"] or request.at,
                channel=given["channel"] or Channel.PHONE,
            )
            for office_id in sorted(form.excused_ids)
        ],
        step=given["step"],
        message=given["message"],
        send_key=given["send_key"],
        by=request.reader.actor,
        at=request.at,
    )


def _groups(
    form: SendForm, choices: tuple[OfficeChoice, ...], step: str
) -> list[dict[str, object]]:
    """The offices by step, each with whether it is ticked."""
    order_of = LadderStep.values
    groups = []
    for of_step, label in LadderStep.choices[1:]:
        rows = [
            {
                "choice": choice,
                "state": STATES[choice.state] if choice.state else None,
                "chosen": choice.office_id in form.office_ids
                if form.is_bound
                else order_of.index(of_step) <= order_of.index(step) and choice.state not in DONE,
                "excused": choice.office_id in form.excused_ids,
            }
            for choice in choices
            if choice.step == of_step
        ]
        if rows:
            near = order_of.index(of_step) <= order_of.index(step)
            groups.append({"label": label, "rows": rows, "open": near or form.is_bound})
    return groups
