"""Svar på jobordre from the link in the mail: no sign-in, no names, one answer."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from tvaers.circulation import operations
from tvaers.circulation.lifecycle import RequestState
from tvaers.circulation.models import AnswerKind, NobodyReason, Via
from tvaers.circulation.queries import RequestPage, request_page
from tvaers.database.change import as_reader
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import LinkRefused, Refusal, actor_of, opened
from tvaers.matching.queries import own_hits
from tvaers.web import attempts
from tvaers.web.doors import Visit, open_page
from tvaers.web.forms import Form
from tvaers.web.pages.circulation.sections import order_section
from tvaers.wording.circulation import ANSWER_REFUSALS, LINK_REFUSALS, NOBODY_REASONS, STATES


class NobodyForm(Form):
    """Why nobody fits; there is nothing to write, so that nothing is written about anyone."""

    answer_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Hvorfor er ingen egnede?"),
        choices=[("", _("Vælg en grund")), *NobodyReason.choices],
        error_messages={"required": _("Vælg, hvorfor ingen er egnede.")},
    )


@open_page
def answer_link(request: Visit, token: str) -> HttpResponse:
    """The order, how many of the office's own fit it, and "ingen egnede".

    Opening the link changes nothing, so that a scanner of mail may open it.
    """
    keys = attempts.link_keys(token, request.META.get("REMOTE_ADDR", ""))
    if attempts.too_many(keys, at=request.at):
        return _refused(request, _("Der er prøvet for mange gange. Vent et kvarter."), status=429)
    try:
        link = opened(token, Purpose.ANSWER, at=request.at)
    except LinkRefused as refusal:
        if refusal.reason == Refusal.FORGED:
            attempts.remember(keys, at=request.at)
        return _refused(request, LINK_REFUSALS[refusal.reason], status=410)
    if request.method == "POST":
        attempts.remember([attempts.key_of_link(token)], at=request.at)
    with as_reader(office_id=link.office_id):
        response = _page(request, link, token)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: Visit, link: Link, token: str) -> HttpResponse:
    shown = request_page(link.about, at=request.at)
    hits = len(own_hits(shown.order.pk, shown.request.office_id, _where(shown), at=request.at))
    initial = {"answer_key": uuid4(), "reason": "" if hits else NobodyReason.NO_HITS}
    form = NobodyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _given(shown, form, link, at=request.at):
        return redirect("answer_link", token)
    valid = shown.valid
    context = order_section(shown.order) | {
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


def _given(shown: RequestPage, form: NobodyForm, link: Link, *, at: datetime) -> bool:
    """Give the answer; False when it came back with an error on the form."""
    try:
        operations.answer(
            request_id=shown.request.pk,
            kind=AnswerKind.NOBODY,
            reason=form.cleaned_data["reason"],
            via=Via.LINK,
            answer_key=form.cleaned_data["answer_key"],
            by=actor_of(link),
            at=at,
        )
    except operations.AnswerRefused as refusal:
        form.add_error(None, ANSWER_REFUSALS[refusal.reason])
        return False
    return True


def _refused(request: Visit, sentence: Any, *, status: int) -> HttpResponse:
    context = {"title": _("Linket kan ikke bruges"), "sentence": sentence}
    return render(request, "errors/error.html", context, status=status)
