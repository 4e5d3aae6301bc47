"""Ny jobordre, second step: confirm what was understood, and take the order in."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import Verb
from tvaers.agreements.queries import chosen_lead, warns
from tvaers.companies.models import Channel
from tvaers.companies.queries import company_row
from tvaers.core.working_days import danish_date
from tvaers.orders import operations
from tvaers.orders.draft import Doubt
from tvaers.orders.lifecycle import Refusal
from tvaers.orders.models import Order, Subject
from tvaers.orders.need import NewOrder, number_problems, portion_problems, problems
from tvaers.orders.queries import order_id_of
from tvaers.orders.refusals import NeedRefused, OrderRefused
from tvaers.web.doors import Request, page
from tvaers.web.forms import ChoiceField, FreeTextField, MomentField
from tvaers.web.pages.orders import asked, drafts
from tvaers.web.pages.orders.need_form import NeedForm, amended, told_in
from tvaers.wording.orders import DOUBTS, refused


class NewOrderForm(NeedForm):
    """The need, the number of openings, and the company's word that makes it a dialogue."""

    openings = forms.IntegerField(label=later("Antal stillinger"))
    said_by = forms.CharField(
        label=later("Hvem har du talt med?"),
        max_length=120,
        required=False,
        help_text=later("Udfyld det, så er dialogen i gang med det samme."),
    )
    said_channel = ChoiceField(
        label=later("Hvordan?"), choices=Channel.choices, initial=Channel.PHONE, required=False
    )
    said_at = MomentField(
        label=later("Hvornår?"), required=False, help_text=later("Tomt betyder lige nu.")
    )
    said_words = FreeTextField(
        label=later("Hvad sagde virksomheden?"), required=False, max_length=2000, rows=3
    )

    def receive(self, request: Request, public_id: UUID) -> Order:
        """Take the order in and write the word down: all of it, or nothing.

        Raises `NeedRefused` and `OrderRefused`.
        """
        by, at, told = request.reader.actor, request.at, self.cleaned_data
        need = self.need()
        number = told["openings"]
        if wrong := (
            *problems(need, day=danish_date(at)),
            *number_problems(number),
            *portion_problems(need, number),
        ):
            raise NeedRefused(wrong)
        with transaction.atomic():
            new = NewOrder(
                public_id=public_id,
                company_id=self.company.id,
                openings=told["openings"],
                need=self.save_what_is_new(need, by=by, at=at),
                lead_office_id=request.reader.office_id,
                lead_id=request.reader.user_id,
            )
            order = operations.receive(new=new, by=by, at=at)
            # Another click may have been first: then the word is written down already.
            if told["said_by"].strip() and order.first_dialogue_at is None:
                operations.record_word(
                    order_id=order.pk,
                    subject=Subject.DIALOGUE,
                    said_by=told["said_by"],
                    said_at=told["said_at"] or at,
                    channel=told["said_channel"] or Channel.PHONE,
                    words=told["said_words"],
                    by=by,
                    at=at,
                )
        return order


@page(Verb.TAKE_ORDER)
def order_draft(request: Request, public_id: UUID) -> HttpResponse:
    """Confirm, correct, save. What was typed is kept in the session on the way."""
    if there := order_id_of(public_id):
        drafts.drop(request, public_id)
        return redirect("order", there)
    told = _told(request, public_id)
    if told is None:
        messages.info(request, _("Kladden findes ikke længere. Begynd på en ny."))
        return redirect("order_new")
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            drafts.drop(request, public_id)
            return redirect("order_new")
        part = amended(told, request.POST)
        kept = drafts.keep(request, public_id, told)
        if request.POST.get("do") == "keep":
            return render(request, "orders/_kept.html", {"kept": kept})
        if not part:
            return _save(request, public_id, told)
        if request.htmx:  # type: ignore[attr-defined]
            form = _form(request, told, None)
            return render(request, f"orders/_{part}.html", {"form": form, "says": asked.SAYS})
    return _shown(request, public_id, told, _form(request, told, None))


@page(Verb.TAKE_ORDER)
def order_suggest(request: Request) -> HttpResponse:
    """Requirements, or occupations, that begin as typed: a part of the page."""
    occupations = "occupation_words" in request.GET
    words = request.GET.get("occupation_words" if occupations else "add_words", "")
    context = {
        "name": "pick_occupation" if occupations else "add_concept",
        "found": asked.suggestions(words, occupations=occupations),
        "target": "#occupation" if occupations else "#requirements",
    }
    return render(request, "orders/_suggestions.html", context)


def _told(request: Request, public_id: UUID) -> dict[str, Any] | None:
    """What the form says: what was sent, with what the draft knows beside it."""
    before = drafts.draft(request, public_id)
    if request.method != "POST":
        return before
    company_id = request.POST.get("company_id", "")
    if before is None and not company_id.isdecimal():
        return None
    kept = before or {"company_id": int(company_id)}
    beside = {name: kept[name] for name in ("company_id", "company_name", "doubts") if name in kept}
    return told_in(request.POST) | beside


def _form(request: Request, told: dict[str, Any], data: QueryDict | None) -> NewOrderForm:
    row = company_row(told["company_id"])
    if row is None:
        raise Http404
    return NewOrderForm(
        data,
        told=told,
        company=row,
        day=danish_date(request.at),
    )


def _save(request: Request, public_id: UUID, told: dict[str, Any]) -> HttpResponse:
    form = _form(request, told, request.POST)
    if form.is_valid():
        try:
            order = form.receive(request, public_id)
        except NeedRefused as refusal:
            form.refuse(refusal)
        except OrderRefused as refusal:
            at_word = refusal.reason == Refusal.SAID_IN_THE_FUTURE
            form.add_error("said_at" if at_word else None, refused(refusal))
        else:
            drafts.drop(request, public_id)
            messages.success(request, _("Jobordren er oprettet."))
            return redirect("order", order.pk)
    return _shown(request, public_id, told, form)


def _shown(
    request: Request, public_id: UUID, told: dict[str, Any], form: NewOrderForm
) -> HttpResponse:
    lead = chosen_lead(form.company.id, danish_date(request.at))
    context = {
        "section": "orders",
        "form": form,
        "says": asked.SAYS,
        "public_id": public_id,
        "company": form.company,
        "doubts": [DOUBTS[Doubt(doubt)] for doubt in told.get("doubts", ())],
        "chosen_lead": lead,
        "warned": warns(request.reader.office_id, lead, about_recruiting=True),
    }
    return render(request, "orders/draft.html", context, status=form.status)
