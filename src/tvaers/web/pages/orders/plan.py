"""Plan og status: what the lead shares, read by those who take part and written by the leads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tvaers.accounts.access import Verb
from tvaers.accounts.models import User
from tvaers.leading.access import may_share, takes_part
from tvaers.orders.lifecycle import Stage
from tvaers.orders.queries import OrderPage
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.orders import plan_forms as forms
from tvaers.web.pages.orders.order import order_or_404
from tvaers.web.pages.orders.shared import shared_section


@page(Verb.SEE_ORDERS)
def order_plan(request: Request, order_id: int) -> HttpResponse:
    """All that is shared on an order, and for its leads the forms to share more."""
    shown = order_or_404(order_id)
    if not takes_part(request.reader, shown.order):
        raise Refused(
            _("Planen deles med de kontorer, der er spurgt. Tovholder er %(name)s, %(office)s.")
            % {"name": shown.order.lead.name, "office": shown.order.lead_office.name}
        )
    shared = shared_section(request, shown.order)
    offered = _forms(request, shown, shared)
    if carried_out(request, offered.values()):
        return redirect("order_plan", order_id)
    context = {"section": "orders", "order": shown.order, "forms": offered, **shared}
    return render(request, "orders/plan.html", context, status=status_of(offered.values()))


def _forms(request: Request, shown: OrderPage, shared: dict[str, Any]) -> dict[str, ActionForm]:
    """What the reader may write: the leads all, the others that their steps are done."""
    about = shown.order
    finishable = [step["row"].pk for step in shared["steps"] if step["finishable"]]
    offered: list[ActionForm] = [forms.FinishStep(request, about=about, steps=finishable)]
    if may_share(request.reader, about):
        offered.append(forms.WriteNote(request, about=about))
        offered.append(forms.AddStep(request, about=about, people=_people(shown)))
        offered.append(forms.DropStep(request, about=about, steps=finishable))
        if about.stage == Stage.CLOSED:
            offered.append(forms.evaluate_form(request, about, shared["evaluation"]))
        else:
            offered.append(forms.PlanDelivery(request, about=about))
            offered.append(forms.DropDelivery(request, about=about))
    return {form.action: form for form in offered}


def _people(shown: OrderPage) -> list[tuple[int, User]]:
    """Those who lead, each with the office they lead for."""
    order = shown.order
    here = [order.lead, *([order.deputy] if order.deputy else [])]
    return [
        *((order.lead_office_id, user) for user in here),
        *((one.office_id, one.user) for one in shown.co_leads),
    ]
