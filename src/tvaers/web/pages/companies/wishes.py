"""What a company asked for by its link: open it as a draft of an order, or decline it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tvaers.accounts.access import Verb
from tvaers.companies import wishes
from tvaers.orders.intake import EmptyAd
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.orders.start import begin


@page(Verb.TAKE_ORDER)
def wish(request: Request, wish_id: int) -> HttpResponse:
    """The company's words, and two buttons; who comes second sees who was first."""
    found = wishes.wish_row(wish_id)
    if found is None:
        raise Http404
    if found.office_id != request.reader.office_id:
        raise Refused(_("Virksomheden har spurgt %(office)s.") % {"office": found.office.name})
    if request.method == "POST":
        told: dict[str, Any] = {"wish_id": wish_id, "by": request.reader.actor, "at": request.at}
        if "decline" in request.POST and wishes.decline(**told):
            messages.success(request, _("Ønsket er afvist. Husk at ringe til virksomheden."))
            return redirect("tasks")
        if "take" in request.POST and wishes.take(**told):
            try:
                draft = begin(request, found.company_id, found.company.name, found.words)
            except EmptyAd:
                return redirect("order_new")
            return redirect("order_draft", draft)
        return redirect("wish", wish_id)
    context = {"section": "companies", "wish": found}
    return render(request, "companies/wish.html", context)
