"""Offices: find one, whom to call there, and keep its facts."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tvaers.accounts.access import Verb, may_edit_nation, may_edit_office
from tvaers.core.working_days import danish_date
from tvaers.network import pages
from tvaers.network.models import Office, OfficeKind
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.addresses import page_number
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.network import office_forms as forms


@page(Verb.SEE_NETWORK)
def network(request: Request) -> HttpResponse:
    """All offices by name or municipality, and the alliances they are in."""
    day, text = danish_date(request.at), request.GET.get("q", "")
    context = {
        "section": "network",
        "text": text,
        "page": pages.offices(day, text=text, page=page_number(request)),
        "alliances": pages.alliances(day),
        "may_add": may_edit_nation(request.reader),
    }
    part = "network/_offices.html" if request.htmx else "network/network.html"  # type: ignore[attr-defined]
    return render(request, part, context)


@page(Verb.EDIT_NETWORK)
def office_new(request: Request) -> HttpResponse:
    """An office that begins to take part; the administrator's to add."""
    if not may_edit_nation(request.reader):
        raise Refused
    form = forms.SaveOffice(request)
    if carried_out(request, [form]):
        return redirect("office", form.saved)
    context = {"section": "network", "form": form}
    return render(request, "network/office_new.html", context, status=form.status)


@page(Verb.SEE_NETWORK)
def office(request: Request, office_id: int) -> HttpResponse:
    """One office: whom to call, what it answers for, when it is closed."""
    day = danish_date(request.at)
    try:
        shown = pages.office_page(office_id, day)
    except Office.DoesNotExist:
        raise Http404 from None
    offered = _forms(request, shown) if may_edit_office(request.reader, office_id, day) else {}
    if carried_out(request, offered.values()):
        return redirect("office", office_id)
    context = {"section": "network", "shown": shown, "forms": offered}
    return render(request, "network/office.html", context, status=status_of(offered.values()))


def _forms(request: Request, shown: pages.OfficePage) -> dict[str, ActionForm]:
    about = shown.office.id
    offered: list[ActionForm] = [
        forms.SaveOffice(request, about=about, initial=forms.facts_of(shown)),
        forms.SaveContact(request, about=about),
        forms.RemoveContact(request, about=about, among={one.id for one in shown.contacts}),
        forms.AddClosure(request, about=about),
        forms.RemoveClosure(request, about=about, among={one.id for one in shown.closures}),
    ]
    if shown.office.kind == OfficeKind.MUNICIPAL:
        today = danish_date(request.at)
        served = {"municipalities": shown.municipality_codes, "from_day": today}
        offered.append(forms.SaveResponsibilities(request, about=about, initial=served))
    if may_edit_nation(request.reader):
        offered.append(forms.CloseOffice(request, about=about))
    return {form.action.replace("-", "_"): form for form in offered}
