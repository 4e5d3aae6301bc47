"""One referral's page with the moves it can make, and presenting several at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.referrals import operations
from tvaers.referrals.lifecycle import NEXT, State
from tvaers.referrals.models import Referral
from tvaers.referrals.queries import visible_names
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.referrals import forms
from tvaers.wording.candidates import who
from tvaers.wording.referrals import STATES
from tvaers.wording.refusals import refused

ONLY_LEADS = gettext_lazy("Kun ordrens tovholder kan ændre formidlingen.")


@require_POST
@page(Verb.REFER)
def present(request: Request, order_id: int) -> HttpResponse:
    """Present the chosen people to the company: all of them or none."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise Http404
    if not may_lead(request.reader, order):
        raise Refused(ONLY_LEADS)
    chosen = [int(text) for text in request.POST.getlist("referral") if text.isdigit()]
    try:
        made = operations.present(
            order_id=order_id, referral_ids=chosen, by=request.reader.actor, at=request.at
        )
    except operations.ReferralRefused as refusal:
        messages.error(request, refused(refusal))
    else:
        _said_presented(request, len(made))
    return redirect("order", order_id)


def _said_presented(request: Request, number: int) -> None:
    if not number:
        messages.warning(request, _("Vælg mindst én kandidat at præsentere."))
        return
    said = ngettext(
        "%(n)s kandidat er præsenteret for virksomheden.",
        "%(n)s kandidater er præsenteret for virksomheden.",
        number,
    )
    messages.success(request, said % {"n": number})


@page(Verb.REFER)
def referral(request: Request, referral_id: int) -> HttpResponse:
    """What the lead can do with one candidate for one order."""
    found = (
        Referral.objects.select_related(
            "order__company", "order__scheme", "person__profile", "home_office", "proposed_by"
        )
        .filter(pk=referral_id)
        .first()
    )
    if found is None:
        raise Http404
    if not may_lead(request.reader, found.order):
        raise Refused(ONLY_LEADS)
    offered = list(_forms(request, found))
    if carried_out(request, offered):
        return redirect("order", found.order_id)
    record_look(
        kind=LookKind.VIEW,
        order_id=found.order_id,
        purpose="referral",
        person_ids=[found.person_id],
        by=request.reader.actor,
        at=request.at,
    )
    context: dict[str, Any] = {
        "section": "orders",
        "referral": found,
        "order": found.order,
        "who": who(
            found.person_id,
            visible_names([found.person_id]).get(found.person_id)
            or found.person.profile.wanted_titles,
        ),
        "state": STATES[State(found.state)],
        "forms": offered,
    }
    return render(request, "referrals/referral.html", context, status=status_of(offered))


def _forms(request: Request, found: Referral) -> Iterable[ActionForm]:
    """The moves that are drawn from where the referral stands."""
    for state, form in forms.OF_MOVE.items():
        if state in NEXT[State(found.state)]:
            yield form(request, about=found)
