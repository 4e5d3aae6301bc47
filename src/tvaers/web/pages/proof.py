"""Bevis for søgning: how, when and by whom every municipality was covered for an order."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from tvaers.accounts.access import Verb
from tvaers.core.paging import page_of
from tvaers.orders.models import Order
from tvaers.proof.paper import paper
from tvaers.proof.sheet import Sheet, sheet_of
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page


@page(Verb.SEE_PROOF)
def order_proof(request: Request, order_id: int) -> HttpResponse:
    """The page; nothing on it is about a person, so no look is recorded."""
    sheet = _sheet_or_404(order_id)
    context = {
        "section": "orders",
        "sheet": sheet,
        "order": sheet.order,
        "page": page_of(sheet.municipalities, page_number(request)),
    }
    return render(request, "proof/proof.html", context)


@page(Verb.SEE_PROOF)
def order_proof_pdf(request: Request, order_id: int) -> HttpResponse:
    """The same on paper, to keep and to verify."""
    printed = paper(_sheet_or_404(order_id), office=request.reader.office_name, at=request.at)
    headers = {"Content-Disposition": f'attachment; filename="bevis-{order_id}.pdf"'}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)


def _sheet_or_404(order_id: int) -> Sheet:
    try:
        return sheet_of(order_id)
    except Order.DoesNotExist:
        raise Http404 from None


urlpatterns = [
    path("jobordrer/<int:order_id>/bevis/", order_proof, name="order_proof"),
    path("jobordrer/<int:order_id>/bevis.pdf", order_proof_pdf, name="order_proof_pdf"),
]
