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
from tvaers.candidates.access import may_edit
from tvaers.circulation.queries import lines
from tvaers.messages.queries import last_to_person
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.referrals import operations
from tvaers.referrals.lifecycle import MAY_BIND, NEXT, State
from tvaers.referrals.link_queries import letters_of
from tvaers.referrals.models import Referral
from tvaers.referrals.queries import visible_names
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.referrals import forms
from tvaers.wording.candidates import who
from tvaers.wording.mails import FAILURES, KINDS
from tvaers.wording.referrals import STATES
from tvaers.wording.refusals import refused

ONLY_LEADS = gettext_lazy("Kun ordrens tovholder kan ændre formidlingen.")
ONLY_CONCERNED = gettext_lazy(
    "Kun ordrens tovholder og det kontor, der følger kandidaten, kan åbne formidlingen."
)


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


@page(Verb.REFER, Verb.EDIT_OWN_PEOPLE)
def referral(request: Request, referral_id: int) -> HttpResponse:
    """What the lead, and the home office, can do with one candidate for one order."""
    found = _found(referral_id)
    leads = may_lead(request.reader, found.order)
    at_home = may_edit(request.reader, found.person.profile)
    if not leads and not at_home:
        raise Refused(ONLY_CONCERNED)
    offered = list(_forms(request, found, leads=leads, at_home=at_home))
    if carried_out(request, offered):
        return redirect("order", found.order_id) if leads else redirect("referral", found.pk)
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
        "words": lines(found.order_id).get(found.person_id, found.words),
        "state": STATES[State(found.state)],
        "forms": offered,
        "letters": letters_of(found.pk),
        "mail": _mail(found),
    }
    return render(request, "referrals/referral.html", context, status=status_of(offered))


def _found(referral_id: int) -> Referral:
    rows = Referral.objects.select_related(
        "order__company",
        "order__scheme",
        "person__profile",
        "home_office",
        "proposed_by",
        "bound_by",
    )
    found = rows.filter(pk=referral_id).first()
    if found is None:
        raise Http404
    return found


def _forms(
    request: Request, found: Referral, *, leads: bool, at_home: bool
) -> Iterable[ActionForm]:
    """The moves that are drawn from where the referral stands: the lead's, and the home's own."""
    drawn = NEXT[State(found.state)]
    for state, form in forms.OF_MOVE.items():
        if state in drawn and (leads or state is State.ASKED):
            yield form(request, about=found)
    if not drawn:
        return
    yield forms.Write(request, about=found)
    if at_home and found.bound_at is None and found.home_office.kind in MAY_BIND:
        yield forms.Bind(request, about=found)


def _mail(found: Referral) -> dict[str, Any] | None:
    """How the newest mail to the candidate stands. One query."""
    mail = last_to_person(found.person_id, order_id=found.order_id)
    if mail is None:
        return None
    return {
        "kind": KINDS.get(mail.kind, mail.kind),
        "sent_at": mail.sent_at,
        "why": FAILURES[mail.failure] if mail.failure else "",
    }
