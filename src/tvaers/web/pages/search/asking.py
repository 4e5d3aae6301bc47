"""Ask: where to search for an order, by what rule."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.core.working_days import danish_date
from tvaers.matching import operations
from tvaers.matching.engine.answers import Part
from tvaers.matching.models import Search
from tvaers.matching.order_query import Settings, requirements_of
from tvaers.network.models import LadderStep
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.orders.queries import coverage_of, municipalities_of_step
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.search.forms import BY_HAND, SearchForm, first_values
from tvaers.wording.matching import SEARCH_REFUSALS

ONLY_LEADS = later("Kun jobordrens tovholder kan søge kandidater til den.")


@page(Verb.SEARCH)
def order_search(request: Request, order_id: int) -> HttpResponse:
    """Choose the scope and the rule; the search itself is kept and shown on a page of its own."""
    order = order_led(request, order_id)
    day = danish_date(request.at)
    scopes = {step: municipalities_of_step(order, step, day=day) for step in LadderStep}
    steps = [(step, f"{step.label} ({len(codes)})") for step, codes in scopes.items() if codes]
    start = first_values(order.ladder_step, Settings())
    if "reset" in request.POST:
        form = SearchForm(_with_default_weights(request, start), steps=steps)
        form.errors.clear()
    else:
        form = SearchForm(request.POST or None, steps=steps, initial=start)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            scope = given["municipalities"] if given["step"] == BY_HAND else scopes[given["step"]]
            try:
                made = _search(request, order, scope, form.settings())
            except operations.SearchRefused as refusal:
                form.add_error(None, SEARCH_REFUSALS[refusal.reason])
            else:
                return redirect("search", made.pk)
    context = {
        "section": "orders",
        "order": order,
        "form": form,
        "requirements": requirements_of(order),
        "missing": len(coverage_of(order).missing),
        "searches": _earlier(order),
        "day": day,
    }
    return render(request, "search/order_search.html", context, status=form.status)


@require_POST
@page(Verb.SEARCH)
def search_again(request: Request, search_id: int) -> HttpResponse:
    """The same search as the order and the people are now."""
    before = Search.objects.filter(pk=search_id).first()
    if before is None:
        raise Http404
    order = order_led(request, before.order_id)
    made = _search(request, order, before.scope, Settings.from_json(before.settings))
    return redirect("search", made.pk)


def order_led(request: Request, order_id: int) -> Order:
    """The order, for someone who leads it."""
    rows = Order.objects.select_related("company", "alliance", "scheme", "service_level")
    order = rows.filter(pk=order_id).first()
    if order is None:
        raise Http404
    if not may_lead(request.reader, order):
        raise Refused(ONLY_LEADS)
    return order


def _search(request: Request, order: Order, scope: Collection[str], settings: Settings) -> Search:
    return operations.search(
        order_id=order.pk,
        scope=scope,
        settings=settings,
        by=request.reader.actor,
        at=request.at,
    )


def _with_default_weights(request: Request, start: dict[str, Any]) -> Any:
    """What was typed, with the weights as they are by default."""
    typed = request.POST.copy()
    for part in Part:
        typed[f"weight_{part}"] = str(start[f"weight_{part}"])
    return typed


def _earlier(order: Order, most: int = 5) -> list[dict[str, Any]]:
    """The newest searches of the order. One query."""
    rows = order.searches.defer("hits_in", "data_at").select_related("office", "user")[:most]
    return [
        {
            "search": row,
            "municipalities": len(row.scope),
            "hits": len(row.hits),
            "outdated": row.requirements_version < order.covered_from_version,
        }
        for row in rows
    ]
