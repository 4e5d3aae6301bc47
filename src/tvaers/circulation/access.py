"""Who may send an order round, answer, and write down an answer taken by telephone (R5, R9)."""

from datetime import date

from tvaers.accounts.access import Verb, may
from tvaers.accounts.readers import Reader
from tvaers.circulation.models import Request
from tvaers.network.queries import stand_in
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order


def may_send(reader: Reader, order: Order) -> bool:
    """The order's leads."""
    return may(reader, Verb.CIRCULATE) and may_lead(reader, order)


def may_answer(reader: Reader, request: Request, day: date) -> bool:
    """The office that was asked, or the one that stands in for it that day (R1)."""
    if not may(reader, Verb.ANSWER):
        return False
    if reader.office_id == request.office_id:
        return True
    there = stand_in(request.office_id, day)
    return there is not None and there.office_id == reader.office_id


def may_answer_by_phone(reader: Reader, request: Request) -> bool:
    """The order's leads, for an office that answered by telephone."""
    return may(reader, Verb.ANSWER_BY_PHONE) and may_lead(reader, request.order)
