"""Forslag: who to propose for which of the office's orders, so that most openings get somebody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from tvaers.accounts.access import Verb
from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_looks
from tvaers.candidates.models import Profile
from tvaers.core.paging import ROWS_PER_PAGE
from tvaers.core.working_days import danish_date
from tvaers.matching.spread import MOST_PLACES
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.referrals import operations
from tvaers.referrals.proposals import Proposal, Without, proposal_page
from tvaers.web.addresses import page_number
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.search.rows import row_of
from tvaers.wording.proposals import WITHOUT
from tvaers.wording.referrals import refused

ONLY_LEADS = later("Kun jobordrens tovholder kan foreslå nogen til den.")
Pairs = list[tuple[int, int]]
"""An order's number and a person's."""


@page(Verb.REFER)
def proposals(request: Request) -> HttpResponse:
    """The plan for the orders the office leads; those chosen are proposed, many at once."""
    if request.method == "POST":
        _propose(request, _chosen(request))
        return redirect(request.get_full_path())
    found = proposal_page(request.reader.office_id, at=request.at, page=page_number(request))
    shown: defaultdict[int, list[int]] = defaultdict(list)
    for proposal in found.proposals.rows:
        shown[proposal.order.pk].append(proposal.hit.person_id)
    record_looks(
        kind=LookKind.SEARCH,
        purpose="proposals",
        people=shown,
        by=request.reader.actor,
        at=request.at,
    )
    context = {
        "section": "proposals",
        "page": found.proposals,
        "groups": _groups(found.proposals.rows, request),
        "without": _without(found.without[:ROWS_PER_PAGE]),
        "more_without": max(0, len(found.without) - ROWS_PER_PAGE),
        "most_places": MOST_PLACES,
    }
    return render(request, "proposals/proposals.html", context)


def _groups(rows: Sequence[Proposal], request: Request) -> list[dict[str, Any]]:
    """The proposals of the page, order by order."""
    today = danish_date(request.at)
    return [
        {
            "order": order,
            "free": order.openings - order.hired,
            "people": [
                (row.first, row_of(row.hit, order, today=today, elsewhere=row.elsewhere))
                for row in of_order
            ],
        }
        for order, of_order in groupby(rows, key=lambda row: row.order)
    ]


def _without(rows: Sequence[tuple[Order, Without]]) -> list[tuple[Any, list[Order]]]:
    """The orders that get nobody, by the reason why."""
    of_reason: defaultdict[Without, list[Order]] = defaultdict(list)
    for order, why in rows:
        of_reason[why].append(order)
    return [(WITHOUT[why], orders) for why, orders in of_reason.items()]


def _chosen(request: Request) -> Pairs:
    """Those ticked, or all that were shown for the order whose button was pressed."""
    ticked, shown = (_pairs(request.POST.getlist(name)) for name in ("pair", "shown"))
    all_of = request.POST.get("all", "")
    return [pair for pair in shown if str(pair[0]) == all_of] if all_of else ticked


def _pairs(texts: Iterable[str]) -> Pairs:
    halves = [text.partition("-") for text in texts if len(text) < 32]
    return [
        (int(order), int(person))
        for order, _dash, person in halves
        if all(half.isdecimal() and len(half) < 16 for half in (order, person))
    ]


def _propose(request: Request, chosen: Pairs) -> None:
    """Propose the people, order by order; says how many, and who was refused and why."""
    people: defaultdict[int, list[int]] = defaultdict(list)
    known = set(
        Profile.objects.filter(pk__in=[who for _, who in chosen]).values_list("pk", flat=True)
    )
    for order_id, person_id in chosen:
        if person_id in known:
            people[order_id].append(person_id)
    led = Order.objects.prefetch_related("co_leads").in_bulk(list(people))
    if not all(may_lead(request.reader, order) for order in led.values()):
        raise Refused(ONLY_LEADS)
    proposed, no = 0, []
    for order_id in sorted(led):
        not_taken = operations.propose_hits(
            order_id=order_id,
            person_ids=people[order_id],
            by=request.reader.actor,
            at=request.at,
        )
        proposed += len(set(people[order_id])) - len(not_taken)
        no += not_taken
    _say(request, proposed, no)


def _say(request: Request, proposed: int, no: Sequence[operations.ReferralRefused]) -> None:
    if proposed:
        said = ngettext("%(n)s person er foreslået.", "%(n)s personer er foreslået.", proposed)
        messages.success(request, said % {"n": proposed})
    for sentence in dict.fromkeys(refused(refusal) for refusal in no):
        messages.error(request, sentence)
    if not proposed and not no:
        messages.warning(request, _("Sæt kryds ved mindst én person."))


urlpatterns = [path("forslag/", proposals, name="proposals")]
