"""Saved searches: follow one, follow it no longer, and the list of those one follows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tvaers.accounts.access import Verb
from tvaers.core.paging import page_of
from tvaers.matching import queries, saving
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.pages.search.result import order_of


@require_POST
@page(Verb.SEARCH)
def search_save(request: Request, search_id: int) -> HttpResponse:
    """Follow a search of an order that one leads."""
    order_of(request, search_id)
    saving.save(search_id=search_id, by=request.reader.actor, at=request.at)
    messages.success(
        request, _("Søgningen er gemt. Kommer der nye, der passer, står det i Mine opgaver.")
    )
    return redirect("search", search_id)


@require_POST
@page(Verb.SEARCH)
def search_forget(request: Request, search_id: int) -> HttpResponse:
    """Follow a search no longer."""
    saving.forget(search_id=search_id, by=request.reader.actor, at=request.at)
    messages.success(
        request, _("Søgningen er ikke gemt mere. Resultatet står stadig på jobordren.")
    )
    return redirect("saved_searches")


@page(Verb.SEARCH)
def saved_searches(request: Request) -> HttpResponse:
    """The searches that the reader follows, those with new people first."""
    rows = queries.saved_searches(request.reader.user_id, request.reader.office_id)
    context = {"section": "orders", "page": page_of(rows, page_number(request))}
    return render(request, "search/saved.html", context)
