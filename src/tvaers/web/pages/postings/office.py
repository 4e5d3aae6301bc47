"""An order's ads: what is up where, whom to call when, and the file for Jobnet."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tvaers.accounts.access import Verb
from tvaers.connectors.jobnet_file import jobnet_file
from tvaers.core.working_days import danish_date
from tvaers.network.queries import closing_days
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Order
from tvaers.postings.access import may_post
from tvaers.postings.deadlines import call_due
from tvaers.postings.lifecycle import Reason, State, Whose, about_day
from tvaers.postings.models import Apply, Posting
from tvaers.postings.queries import FollowedAd, ad_of, ads_of, posting_for_file
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.postings import forms
from tvaers.wording.postings import ONLY_LEADS, STATES


def postings_section(request: Request, order: Order) -> dict[str, Any]:
    """For `postings/_section.html`: an order's ads. One query."""
    ads = ads_of(order.pk, day=danish_date(request.at))
    return {"ads": [{"ad": ad, "state": STATES[ad.state]} for ad in ads]}


def post_forms(request: Request, order: Order) -> list[ActionForm]:
    """The one form of the section, where nothing stands in the way for good."""
    if order.stage == Stage.CLOSED or order.company.in_conflict:
        return []
    return [forms.Post(request, about=order)]


@page(Verb.SEE_ORDERS)
def posting(request: Request, posting_id: int) -> HttpResponse:
    """One ad: how long it runs, the calls about it, and what the leads can do."""
    ad = _ad_or_404(request, posting_id)
    order = ad.posting.order
    leads = may_post(request.reader, order)
    offered = _forms(request, ad) if leads else {}
    if carried_out(request, offered.values()):
        return redirect("posting", posting_id)
    context = {
        "section": "orders",
        "order": order,
        "ad": ad,
        "posting": ad.posting,
        "state": STATES[ad.state],
        "is_ours": ad.posting.whose == Whose.OURS,
        "counts": ad.posting.apply_via == Apply.OFFICE and ad.posting.whose == Whose.OURS,
        "due": _due(ad, order),
        "forms": offered,
        "leads": leads,
    }
    return render(request, "postings/posting.html", context, status=status_of(offered.values()))


@require_safe
@page(Verb.LEAD_ORDER)
def posting_jobnet_file(request: Request, posting_id: int) -> HttpResponse:
    """The posting in the shape of STAR's job-ad service, to be put on Jobnet."""
    try:
        found = posting_for_file(posting_id)
    except Posting.DoesNotExist:
        raise Http404 from None
    if not may_post(request.reader, found.order):
        raise Refused(ONLY_LEADS)
    return HttpResponse(
        jobnet_file(found, day=danish_date(request.at)),
        content_type="application/xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="jobnet-{found.pk}.xml"'},
    )


def _ad_or_404(request: Request, posting_id: int) -> FollowedAd:
    try:
        return ad_of(posting_id, day=danish_date(request.at))
    except Posting.DoesNotExist:
        raise Http404 from None


def _forms(request: Request, ad: FollowedAd) -> dict[str, ActionForm]:
    """What can be done with an ad that is up, or has run out and could be taken up again."""
    about = ad.posting
    if ad.state is State.WITHDRAWN or about.replaced_at:
        return {}
    kinds: list[type[ActionForm]] = [forms.RecordCall, forms.ChangePosting]
    if about.whose == Whose.OURS:
        kinds.append(forms.KeepJobnet)
        if about.apply_via == Apply.OFFICE:
            kinds.append(forms.CountApplications)
    kinds.append(forms.Withdraw)
    offered = [kind(request, about=about) for kind in kinds]
    return {form.action: form for form in offered}


def _due(ad: FollowedAd, order: Order) -> dict[str, datetime]:
    """When the calls that nobody has settled are due, by their reason; a closed order has none."""
    over = ad.state is State.WITHDRAWN or ad.posting.replaced_at or order.stage == Stage.CLOSED
    if over:
        return {}
    closed = closing_days(order.alliance_id)
    settled = {(call.reason, call.about_day) for call in ad.calls if call.settles}
    posted_on = danish_date(ad.posting.published_at)
    days: dict[Reason, date] = {reason: about_day(ad.posting, reason) for reason in Reason}
    return {
        str(reason): call_due(reason, day, posted_on=posted_on, closed=closed)
        for reason, day in days.items()
        if (reason, day) not in settled
    }
