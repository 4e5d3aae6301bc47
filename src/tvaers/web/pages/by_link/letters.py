"""A message about a job, and the candidate's reply: neither sees the other's address."""

from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tvaers.links.models import Purpose
from tvaers.referrals import operations
from tvaers.referrals.link_queries import job_page, letters_of
from tvaers.web.forms import Form, FreeTextField
from tvaers.web.link_doors import LinkVisit, back, link_page
from tvaers.wording.links import CANDIDATE_LINK_REFUSALS
from tvaers.wording.referrals import refused


class Reply(Form):
    """A few lines; the key makes two clicks one reply."""

    letter_key = forms.UUIDField(widget=forms.HiddenInput)
    words = FreeTextField(
        label=_("Dit svar"),
        max_length=1000,
        rows=4,
        help_text=_("Skriv ikke CPR-nummer eller noget om helbred."),
    )


@link_page(Purpose.LETTER, CANDIDATE_LINK_REFUSALS)
def letter_link(request: LinkVisit) -> HttpResponse:
    """What was written about the job, and a form to reply with."""
    shown = job_page(request.link.about)
    form = Reply(request.POST or None, initial={"letter_key": uuid4()})
    if form.is_bound and form.is_valid():
        try:
            operations.reply(
                referral_id=request.link.about,
                **{name: form.cleaned_data[name] for name in ("words", "letter_key")},
                by=request.holder,
                at=request.at,
            )
        except operations.ReferralRefused as refusal:
            form.add_error(None, refused(refusal))
        else:
            return back(request)
    context = {
        "by_link": True,
        "shown": shown,
        "order": shown.order,
        "letters": letters_of(request.link.about),
        "form": form,
    }
    return render(request, "by_link/letters.html", context, status=form.status)
