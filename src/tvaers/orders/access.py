"""Who may see and do what with an order; roles are in `accounts.access` (R9).

| may              | who                                                                       |
|------------------|---------------------------------------------------------------------------|
| see an order     | consultant, coordinator, manager, partner: orders are common to all offices |
| take an order in | consultant, coordinator, manager, for their office                        |
| lead it          | the same, at the lead office or at a co-leading one                       |
| accept the lead  | the same, at the office that it was offered to                            |
"""

from tvaers.accounts.access import Verb, may
from tvaers.accounts.readers import Reader
from tvaers.orders.models import Handover, Order


def may_see_order(reader: Reader, order: Order) -> bool:
    """Whether the reader may open the order's page."""
    return may(reader, Verb.SEE_ORDERS)


def may_take_order(reader: Reader) -> bool:
    """Whether the reader may write down a new order for the own office."""
    return may(reader, Verb.TAKE_ORDER)


def may_lead(reader: Reader, order: Order) -> bool:
    """Whether the reader may do what a lead does with the order. One query at most."""
    if not may(reader, Verb.LEAD_ORDER):
        return False
    if reader.office_id == order.lead_office_id:
        return True
    return any(co_lead.office_id == reader.office_id for co_lead in order.co_leads.all())


def may_accept_handover(reader: Reader, handover: Handover) -> bool:
    """Whether the reader may accept or decline the lead that was offered."""
    return may(reader, Verb.LEAD_ORDER) and reader.office_id == handover.to_office_id
