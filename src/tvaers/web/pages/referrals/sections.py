"""The referral log that the order's page includes."""

from typing import Any

from tvaers.circulation.queries import lines
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order, Stage
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Reason
from tvaers.referrals.queries import of_order
from tvaers.web.doors import Request
from tvaers.wording.candidates import who
from tvaers.wording.referrals import SAID_YES, STATES


def referrals_section(request: Request, order: Order) -> dict[str, Any]:
    """For `referrals/_list.html`. Five queries and the lead's."""
    rows, local = of_order(order.pk), lines(order.pk)
    leads = may_lead(request.reader, order) and order.stage != Stage.CLOSED
    reasons, own = dict(Reason.choices), request.reader.office_id
    return {
        "referrals": [
            {
                "row": row,
                "who": who(row.person_id, row.name or row.headline),
                "state": SAID_YES
                if row.said_yes and row.state == State.ASKED
                else STATES[row.state],
                "reason": reasons.get(row.end_reason, ""),
                "presentable": leads and State.PRESENTED in row.moves,
                "movable": leads and bool(row.moves),
                "words": local.get(row.person_id, row.words)
                if leads or row.proposed_by_id == own
                else "",
            }
            for row in rows
        ],
        "presentable": leads and any(State.PRESENTED in row.moves for row in rows),
        "presented": sum(row.presented_at is not None for row in rows),
    }
