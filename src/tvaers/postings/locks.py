"""The locks that every operation on a posting takes: the order first, then the posting."""

from typing import Any

from tvaers.orders.models import Order
from tvaers.postings.lifecycle import Refusal
from tvaers.postings.models import Posting
from tvaers.postings.refusals import PostingRefused


def locked_order(order_id: int) -> Order:
    """The order with its company, for this transaction alone."""
    with_company: Any = Order.objects.select_related("company")
    found: Order = with_company.select_for_update(of=("self",)).get(pk=order_id)
    return found


def locked_order_of(posting_id: int) -> Order:
    """The order of a posting, as `locked_order`."""
    return locked_order(Posting.objects.values_list("order_id", flat=True).get(pk=posting_id))


def locked_open(posting_id: int) -> Posting:
    """The posting and its order; raises `PostingRefused` when it is taken down."""
    order = locked_order_of(posting_id)
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting_id)
    if posting.withdrawn_at or posting.replaced_at:
        raise PostingRefused(Refusal.NOT_PUBLISHED)
    posting.order = order
    return posting
