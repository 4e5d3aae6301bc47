"""Who may post an order, and follow its ads.

| may               | who                                                               |
|-------------------|-------------------------------------------------------------------|
| read what is open | everyone, signed in or not                                        |
| see an order's ads, calls and counts | who may see the order                          |
| post, change, withdraw, call | the order's leads                                      |
"""

from tvaers.accounts.readers import Reader
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order


def may_post(reader: Reader, order: Order) -> bool:
    """The order's leads. One query at most."""
    return may_lead(reader, order)
