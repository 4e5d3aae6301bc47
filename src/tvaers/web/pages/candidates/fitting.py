"""The open orders that fit a person, nearest first: a search read from the person's side."""

from collections.abc import Container, Iterable
from typing import Any

from tvaers.candidates.models import Profile
from tvaers.core.paging import ROWS_PER_PAGE
from tvaers.core.working_days import danish_date
from tvaers.matching.open_orders import FittingOrder, fitting_orders
from tvaers.orders.access import may_lead, may_see_order
from tvaers.referrals.lifecycle import OPEN
from tvaers.referrals.queries import PersonReferral
from tvaers.web.doors import Request
from tvaers.wording import matching as words

SHOWN = 5
"""So many are shown at once; the others are folded."""


def fitting_section(
    request: Request, profile: Profile, referrals: Iterable[PersonReferral]
) -> dict[str, Any]:
    """For `candidates/_fitting.html`; `referrals` are the person's. Five queries."""
    in_play = {row.order_id for row in referrals if row.state in OPEN}
    found = fitting_orders(profile, day=danish_date(request.at))
    rows = [_row(fitting, request, in_play) for fitting in found[:ROWS_PER_PAGE]]
    return {
        "nearest": rows[:SHOWN],
        "farther": rows[SHOWN:],
        "total": len(found),
        "most": ROWS_PER_PAGE,
    }


def _row(fitting: FittingOrder, request: Request, in_play: Container[int]) -> dict[str, Any]:
    order, hit = fitting.order, fitting.hit
    already = order.pk in in_play
    return {
        "order": order,
        "may_open": may_see_order(request.reader, order),
        "in_play": already,
        "may_propose": not already and may_lead(request.reader, order),
        "free": order.openings - order.hired,
        "travel": words.travel(hit.travel_minutes),
        "fit": words.fit(hit),
        "occupation": words.occupation(hit, order.occupation, also=order.other_occupations),
        "marks": words.marks(hit),
    }
