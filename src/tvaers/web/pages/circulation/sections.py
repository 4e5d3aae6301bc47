"""Parts that other pages include: the order in five lines, and the answer ledger."""

from typing import Any

from django.utils.translation import get_language

from tvaers.circulation.access import may_send
from tvaers.circulation.lifecycle import RequestState
from tvaers.circulation.models import Via
from tvaers.circulation.queries import ledger
from tvaers.matching.order_query import requirements_of
from tvaers.network.models import LadderStep
from tvaers.orders.models import Order
from tvaers.orders.portions import portions_of
from tvaers.web.doors import Request
from tvaers.wording.circulation import NOBODY_REASONS, STATES
from tvaers.wording.orders import portion_words


def order_section(order: Order) -> dict[str, Any]:
    """For `circulation/_order.html`: what an office sees of an order. Three queries."""
    scheme = order.scheme
    return {
        "order": order,
        "requirements": requirements_of(order),
        "portions": portion_words(order, portions_of(order)),
        "scheme": scheme.name_en if get_language() == "en" else scheme.name_da,
    }


def ledger_section(request: Request, order: Order) -> dict[str, Any]:
    """For `circulation/_ledger.html`: order × office, with clock and answer. Five queries."""
    sendings = ledger(order.pk, at=request.at)
    return {
        "sendings": [
            {
                "sending": sending,
                "step": LadderStep(sending.step).label,
                "rows": [
                    {
                        "row": row,
                        "state": STATES[row.state],
                        "reason": NOBODY_REASONS.get(row.reason, ""),
                        "phone": row.via == Via.PHONE,
                    }
                    for row in sending.rows
                ],
                "open": sending.waiting or sending.late,
            }
            for sending in sendings
        ],
        "may_send": may_send(request.reader, order),
        "unanswered": {RequestState.WAITING, RequestState.LATE},
    }
