"""Find a company; see and keep what is known of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tvaers.accounts.access import Verb, may
from tvaers.agreements.queries import ChosenLead, chosen_lead, warns
from tvaers.companies import operations, queries
from tvaers.companies.models import Company
from tvaers.core.working_days import danish_date
from tvaers.orders.models import Stage
from tvaers.orders.queries import OrderFilter, order_list
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.pages.companies import forms
from tvaers.wording.refusals import refused


@page(Verb.SEE_COMPANIES)
def companies(request: Request) -> HttpResponse:
    """Companies by the beginning of a name or CVR number; the list follows the typing."""
    text = request.GET.get("q", "")
    context = {
        "section": "companies",
        "text": text,
        "page": queries.companies(text, page=page_number(request)),
        "may_edit": may(request.reader, Verb.EDIT_COMPANIES),
    }
    part = "companies/_list.html" if request.htmx else "companies/companies.html"  # type: ignore[attr-defined]
    return render(request, part, context)


@page(Verb.EDIT_COMPANIES)
def company_new(request: Request) -> HttpResponse:
    """A company that nobody has met before; one with the same CVR number gets the new name."""
    form = forms.NewCompany(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.save_company(
                **form.cleaned_data, by=request.reader.actor, at=request.at
            )
        except operations.InvalidCvr as refusal:
            form.add_error("cvr", refused(refusal))
        else:
            return redirect("company", made.pk)
    context = {"section": "companies", "form": form}
    return render(request, "companies/company_new.html", context, status=form.status)


@page(Verb.SEE_COMPANIES)
def company(request: Request, company_id: int) -> HttpResponse:
    """One company: places, people, chosen lead, orders and conversations."""
    try:
        shown = queries.company_page(company_id, page=page_number(request))
    except Company.DoesNotExist:
        raise Http404 from None
    lead = chosen_lead(company_id, danish_date(request.at))
    offered = _forms(request, shown, lead)
    if carried_out(request, offered.values()):
        return redirect("company", company_id)
    context = {
        "section": "companies",
        "company": shown,
        "lead": lead,
        "warned": warns(request.reader.office_id, lead, about_recruiting=True),
        "orders": [
            {"order": row, "stage": Stage(row.stage).label}
            for row in order_list(OrderFilter(company_id=company_id)).rows
        ],
        "forms": offered,
    }
    return render(request, "companies/company.html", context, status=status_of(offered.values()))


def _forms(
    request: Request, shown: queries.CompanyPage, lead: ChosenLead | None
) -> dict[str, ActionForm]:
    """What the reader may do with the company as it stands."""
    offered: list[type[ActionForm]] = []
    if may(request.reader, Verb.EDIT_COMPANIES):
        offered += [
            forms.RecordConversation,
            forms.SaveContact,
            forms.RemoveContact,
            forms.AddWorkplace,
        ]
    if may(request.reader, Verb.SET_CONFLICT):
        offered.append(forms.EndConflict if shown.in_conflict else forms.SetConflict)
    if may(request.reader, Verb.MAKE_AGREEMENT):
        offered += [forms.MakeAgreement, *([forms.EndAgreement] if lead else [])]
    return {form.action.replace("-", "_"): form(request, about=shown.id) for form in offered}
