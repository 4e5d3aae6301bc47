"""Beside the hits of a search: who came close, and why someone is not there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tvaers.accounts.access import Verb
from tvaers.core.paging import ROWS_PER_PAGE
from tvaers.core.working_days import danish_date
from tvaers.matching import queries
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.pages.search.result import look, order_of
from tvaers.web.pages.search.rows import rows_of
from tvaers.wording import absence
from tvaers.wording import matching as words
from tvaers.wording.candidates import who

LACKING = "mangler"


@page(Verb.SEARCH)
def close(request: Request, search_id: int) -> HttpResponse:
    """Those who lack one thing that a course gives, grouped by what it is."""
    order = order_of(request, search_id)
    text = request.GET.get(LACKING, "")
    lacking = int(text) if text.isdecimal() and len(text) < 10 else None
    found = queries.near_misses(
        search_id, at=request.at, lacking=lacking, page=page_number(request)
    )
    people = [hit for group in found for hit in group.people.rows]
    look(request, search_id, people)
    rows = {row.hit.person_id: row for row in rows_of(people, order, today=danish_date(request.at))}
    groups = [
        {
            "heading": words.lacking(group.requirement, group.people.total),
            "rows": [rows[hit.person_id] for hit in group.people.rows],
            "page": group.people,
            "all": f"?{LACKING}={group.requirement.pk}",
        }
        for group in found
    ]
    context = {
        "section": "orders",
        "order": order,
        "search_id": search_id,
        "groups": groups,
        "one_group": lacking is not None,
    }
    return render(request, "search/close.html", context)


@page(Verb.SEARCH)
def why(request: Request, search_id: int) -> HttpResponse:
    """Why one person is not among the hits."""
    order = order_of(request, search_id)
    text = request.GET.get("person", "").strip()
    context: dict[str, Any] = {
        "section": "orders",
        "order": order,
        "search_id": search_id,
        "text": text,
        "unknown": False,
    }
    if text:
        try:
            found = queries.absent(search_id, int(text), at=request.at)
        except (LookupError, ValueError, OverflowError):
            context["unknown"] = True
        else:
            look(request, search_id, [found.hit])
            context |= {
                "found": found,
                "who": who(found.hit.person_id, found.hit.name),
                "fit": words.fit(found.hit),
                "reasons": absence.reasons(found, order),
                "place": absence.place_among(found),
                "page_of_hits": _page_of_hits(search_id, found),
            }
    return render(request, "search/why.html", context)


def _page_of_hits(search_id: int, found: queries.Absent) -> str:
    """The address of the page of hits where the person stands; "" for someone who is no hit."""
    if found.number is None:
        return ""
    number = (found.number - 1) // ROWS_PER_PAGE + 1
    return f"{reverse('search', args=[search_id])}?page={number}"
