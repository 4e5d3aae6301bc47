"""Ask: where to search for an order, by what rule."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import Verb
from tvaers.core.working_days import danish_date
from tvaers.matching import operations
from tvaers.matching.engine.answers import Part
from tvaers.matching.order_query import Settings, requirements_of
from tvaers.network.models import LadderStep
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.orders.queries import coverage_of, municipalities_by_step
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.search.forms import BY_HAND, SearchForm, rule_values, suggestions
from tvaers.wording.matching import SEARCH_REFUSALS

MOST_TYPED = 200
ONLY_LEADS = later("Kun jobordrens tovholder kan søge kandidater til den.")


@page(Verb.SEARCH)
def order_search(request: Request, order_id: int) -> HttpResponse:
    """Choose the scope and the rule; the search itself is kept and shown on a page of its own."""
    order = order_led(request, order_id)
    day = danish_date(request.at)
    scopes = municipalities_by_step(order, day=day)
    steps = [(step, f"{step.label} ({len(codes)})") for step, codes in scopes.items() if codes]
    start = {"step": LadderStep(order.ladder_step), **rule_values(Settings())}
    if "reset" in request.POST:
        form = SearchForm(_with_default_weights(request, start), steps=steps)
        form.errors.clear()
    else:
        form = SearchForm(request.POST or None, steps=steps, initial=start)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            scope = given["municipalities"] if given["step"] == BY_HAND else scopes[given["step"]]
            try:
                made = operations.search(
                    order_id=order.pk,
                    scope=scope,
                    settings=form.settings(),
                    by=request.reader.actor,
                    at=request.at,
                )
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


@page(Verb.SEARCH)
def search_suggest(request: Request) -> HttpResponse:
    """What may be meant by what is being typed, for the field's list: a part of the page."""
    found = suggestions(request.GET.get("extra", "")[:MOST_TYPED])
    return render(request, "search/_suggestions.html", {"found": found})


def order_led(request: Request, order_id: int) -> Order:
    """The order, for someone who leads it."""
    rows = Order.objects.select_related("company", "alliance", "scheme", "service_level")
    order = rows.filter(pk=order_id).first()
    if order is None:
        raise Http404
    if not may_lead(request.reader, order):
        raise Refused(ONLY_LEADS)
    return order


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
