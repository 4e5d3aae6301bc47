"""Vil du have dit cv delt til dette job? The candidate's yes or no, in two clicks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tvaers.links.models import Purpose
from tvaers.referrals import operations
from tvaers.referrals.asking import CANDIDATES_REASONS
from tvaers.referrals.link_queries import JobPage, job_page
from tvaers.referrals.sharing import own_cv
from tvaers.web.link_doors import LinkVisit, back, link_page
from tvaers.wording.links import CANDIDATE_LINK_REFUSALS, CANDIDATE_SAYS_NO
from tvaers.wording.orders import hours, scheme_name
from tvaers.wording.referrals import refused


@link_page(Purpose.CANDIDATE, CANDIDATE_LINK_REFUSALS)
def candidate_link(request: LinkVisit) -> HttpResponse:
    """The job, the question, and what is shared by a yes.

    The CV itself is shown when one asks to see it, so that a scanner of mail reads nothing of
    anyone.
    """
    shown = job_page(request.link.about)
    error = ""
    if "answer" in request.POST:
        try:
            _answer(request, request.POST["answer"], request.POST.get("reason", ""))
        except operations.ReferralRefused as refusal:
            error = refused(refusal)
        else:
            said_no = request.POST["answer"] == "no"
            # A no closes the link, so there is no page to go back to.
            return render(request, "by_link/no.html", _job(shown)) if said_no else back(request)
    context = _job(shown) | {
        "error": error,
        "cv": own_cv(shown.referral.person_id) if "cv" in request.POST else None,
        "reasons": [(reason.value, CANDIDATE_SAYS_NO[reason]) for reason in CANDIDATES_REASONS],
    }
    return render(request, "by_link/job.html", context, status=422 if error else 200)


def _answer(request: LinkVisit, said: str, reason: str) -> None:
    given: dict[str, Any] = {
        "referral_id": request.link.about,
        "by": request.holder,
        "at": request.at,
    }
    match said:
        case "yes":
            operations.say_yes(**given)
        case "no":
            operations.say_no(reason=reason, **given)
        case "applied":
            operations.applied(**given)


def _job(shown: JobPage) -> dict[str, Any]:
    order = shown.order
    return {
        "by_link": True,
        "shown": shown,
        "referral": shown.referral,
        "order": order,
        "hours": hours(order),
        "scheme": scheme_name(order.scheme),
        "places": order.places.select_related("workplace__municipality"),
    }
