"""Jeres stilling: the company sees how it stands, says yes or no, and asks for more people."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.core.actor import Actor
from tvaers.database.change import as_reader
from tvaers.links.models import Purpose
from tvaers.orders.models import Order
from tvaers.referrals.company_queries import (
    CompanyPage,
    company_order,
    company_page,
    shared_cv,
)
from tvaers.referrals.models import SharedCv
from tvaers.web import attempts
from tvaers.web.actions import status_of
from tvaers.web.link_doors import LinkVisit, back, link_page
from tvaers.web.pages.by_link.company_forms import CompanyForm, Reply, Status, WishForm
from tvaers.wording.links import COMPANY_LINK_REFUSALS, candidate_state, company_status
from tvaers.wording.orders import scheme_name
from tvaers.wording.refusals import REFUSALS, refused


@link_page(Purpose.COMPANY, COMPANY_LINK_REFUSALS, forms=attempts.PER_COMPANY_LINK)
def company_link(request: LinkVisit) -> HttpResponse:
    """The page of one order for its company. It reads as the office that leads the order today.

    No candidate is named before the company asks to see the CV by a form, and that look is
    written down: a scanner of mail sees nobody (R13).
    """
    order = company_order(request.link.about)
    with as_reader(office_id=order.lead_office_id):
        return _page(request, order, replace(request.holder, office_id=order.lead_office_id))


def _page(request: LinkVisit, order: Order, by: Actor) -> HttpResponse:
    shown = company_page(order, at=request.at)
    cards: list[dict[str, Any]] = [
        {"row": row, "state": candidate_state(row), "form": Reply(request, about=row)}
        for row in shown.candidates
    ]
    forms: dict[str, CompanyForm] = {"wish": WishForm(request, about=order)}
    if not shown.is_closed:
        forms["status"] = Status(request, about=order)
    replies: list[CompanyForm] = [card["form"] for card in cards]
    if _carried_out(request, [*forms.values(), *replies], by):
        return back(request)
    seen, cv = _cv(request, shown, by)
    context = {
        "by_link": True,
        "shown": shown,
        "order": order,
        "status": company_status(shown),
        "scheme": scheme_name(order.scheme),
        "cards": cards,
        "forms": forms,
        "seen": seen,
        "cv": cv,
    }
    bound = [*forms.values(), *replies]
    return render(request, "by_link/company.html", context, status=status_of(bound))


def _carried_out(request: LinkVisit, forms: list[Any], by: Actor) -> bool:
    """Do what the form that was sent asks for; False when none was, or it came back."""
    for form in forms:
        if form.is_bound and form.is_valid():
            try:
                form.carry_out(by=by, at=request.at)
            except REFUSALS as refusal:
                form.add_error(None, refused(refusal))
            else:
                messages.success(request, form.done)
                return True
    return False


def _cv(request: LinkVisit, shown: CompanyPage, by: Actor) -> tuple[int, SharedCv | None]:
    """The CV that the company asks to see, and of whom; the look is written down first."""
    wanted = request.POST.get("cv", "")
    if not wanted:
        return 0, None
    seen = next((row for row in shown.candidates if str(row.referral_id) == wanted), None)
    if seen is None:
        raise Http404
    found = shared_cv(seen.referral_id, order_id=shown.order.pk, at=request.at)
    if found is None:
        return seen.referral_id, None
    person_id, cv = found
    record_look(
        kind=LookKind.VIEW,
        purpose="company",
        order_id=shown.order.pk,
        person_ids=[person_id],
        by=by,
        at=request.at,
    )
    return seen.referral_id, cv
