"""Mine oplysninger: with whom the CV is shared, who has looked, and "stop" (R13)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from tvaers.audit.queries import looks_at
from tvaers.links.models import Purpose
from tvaers.referrals import operations
from tvaers.referrals.link_queries import companies_of, shared_of
from tvaers.web.addresses import page_number
from tvaers.web.link_doors import LinkVisit, back, link_page
from tvaers.wording.candidates import PURPOSES
from tvaers.wording.links import CANDIDATE_LINK_REFUSALS


@link_page(Purpose.MINE, CANDIDATE_LINK_REFUSALS)
def mine_link(request: LinkVisit) -> HttpResponse:
    """Everything a person may know of who has seen what; sharing is stopped by a button."""
    person_id = request.link.about
    shared = shared_of(person_id)
    if "stop" in request.POST:
        if request.POST["stop"] not in {str(row.referral_id) for row in shared}:
            raise Http404
        operations.stop_sharing(
            referral_id=int(request.POST["stop"]), by=request.holder, at=request.at
        )
        return back(request)
    looks = looks_at(person_id, page=page_number(request))
    companies = companies_of({look.order_id for look in looks.rows if look.order_id})
    context = {
        "by_link": True,
        "shared": [(row, row.stands(request.at)) for row in shared],
        "looks": looks,
        "look_rows": [
            {
                "at": look.at,
                "purpose": PURPOSES.get(look.purpose, look.kind.label),
                "who": companies.get(look.order_id or 0, "")
                if look.purpose == "company"
                else look.office_name,
            }
            for look in looks.rows
        ],
    }
    return render(request, "by_link/mine.html", context)
