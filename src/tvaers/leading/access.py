"""Who may read and write what the lead shares (R9).

| may          | who                                                                     |
|--------------|-------------------------------------------------------------------------|
| read it      | the leading offices, those that are asked, planned in or have a step    |
| write it     | the order's leads                                                       |
| finish a step | the order's leads, and the office that the step is for                 |
"""

from tvaers.accounts.access import Verb, may
from tvaers.accounts.readers import Reader
from tvaers.leading.models import NextStep
from tvaers.leading.queries import offices_taking_part
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order


def takes_part(reader: Reader, order: Order) -> bool:
    """Whether the reader's office is one that the lead shares with. One query at most."""
    if not may(reader, Verb.SEE_ORDERS):
        return False
    own = reader.office_id
    return own == order.lead_office_id or own in offices_taking_part(order.pk)


def may_share(reader: Reader, order: Order) -> bool:
    """Whether the reader may write what is shared. One query at most."""
    return may_lead(reader, order)


def may_finish(reader: Reader, step: NextStep, *, shares: bool) -> bool:
    """Whether the reader may say that a step is done; `shares` is `may_share`. No query."""
    return shares or (reader.office_id == step.office_id and may(reader, Verb.ANSWER))
