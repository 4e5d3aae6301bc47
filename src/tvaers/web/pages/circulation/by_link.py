"""Svar på jobordre from the link in the mail: no sign-in, no names, one answer."""

from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tvaers.circulation import operations
from tvaers.circulation.lifecycle import RequestState
from tvaers.circulation.models import AnswerKind, NobodyReason, Via
from tvaers.circulation.queries import RequestPage, request_page
from tvaers.links.models import Purpose
from tvaers.matching.queries import own_hits
from tvaers.web.forms import ChoiceField, Form
from tvaers.web.link_doors import LinkVisit, back, link_page
from tvaers.web.pages.circulation.sections import order_section
from tvaers.wording.circulation import ANSWER_REFUSALS, LINK_REFUSALS, NOBODY_REASONS, STATES


class NobodyForm(Form):
    """Why nobody fits; there is nothing to write, so that nothing is written about anyone."""

    answer_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = ChoiceField(
        label=_("Hvorfor er ingen egnede?"),
        choices=NobodyReason.choices,
        error_messages={"required": _("Vælg, hvorfor ingen er egnede.")},
    )


@link_page(Purpose.ANSWER, LINK_REFUSALS)
def answer_link(request: LinkVisit) -> HttpResponse:
    """The order, how many of the office's own fit it, and "ingen egnede"."""
    link = request.link
    shown = request_page(link.about, at=request.at)
    hits = len(own_hits(shown.order.pk, shown.request.office_id, _where(shown), at=request.at))
    initial = {"answer_key": uuid4(), "reason": "" if hits else NobodyReason.NO_HITS}
    form = NobodyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _given(request, shown, form):
        return back(request)
    valid = shown.valid
    context = order_section(shown.order) | {
        "by_link": True,
        "shown": shown,
        "form": form,
        "hits": hits,
        "state": STATES[shown.state],
        "reason": NOBODY_REASONS.get(valid.reason, "") if valid else "",
        "withdrawn": shown.state == RequestState.WITHDRAWN,
    }
    return render(request, "circulation/answer_link.html", context, status=form.status)


def _where(shown: RequestPage) -> list[str]:
    return list(shown.request.municipalities)


def _given(request: LinkVisit, shown: RequestPage, form: NobodyForm) -> bool:
    """Give the answer; False when it came back with an error on the form."""
    try:
        operations.answer(
            request_id=shown.request.pk,
            kind=AnswerKind.NOBODY,
            reason=form.cleaned_data["reason"],
            via=Via.LINK,
            answer_key=form.cleaned_data["answer_key"],
            by=request.holder,
            at=request.at,
        )
    except operations.AnswerRefused as refusal:
        form.add_error(None, ANSWER_REFUSALS[refusal.reason])
        return False
    return True
