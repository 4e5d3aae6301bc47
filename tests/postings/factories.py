"""Postings as tests need them, made as people make them."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from tests.core.factories import MONDAY
from tests.orders import factories as orders
from tvaers.orders.models import Order
from tvaers.postings import operations
from tvaers.postings.models import Call, Posting
from tvaers.postings.operations import Ad

APPLY_BY = date(2026, 3, 20)
EXPIRES_ON = date(2026, 3, 27)


def an_ad(**fields: Any) -> Ad:
    """Warehouse workers for the company in Køge; one applies on its page."""
    told: dict[str, Any] = {
        "title": "Lagermedarbejder til natholdet",
        "text": "Vi søger tre til natholdet.\n\nDu har gaffeltruckcertifikat B.",
        "apply_via": "LINK",
        "apply_to": "https://lager.example/job/7",
        "apply_by": APPLY_BY,
        "expires_on": EXPIRES_ON,
    }
    return Ad(**told | fields)


def an_own_ad(**fields: Any) -> Ad:
    """An ad that the company placed itself."""
    told = {"whose": "COMPANYS", "text": "", "apply_to": "https://avis.example/annonce/9"}
    return an_ad(**told | fields)


def a_posting(order: Order | None = None, *, at: datetime = MONDAY, **fields: Any) -> Posting:
    """The order's posting, published by its lead."""
    order = order or orders.an_order()
    return operations.publish(
        order_id=order.pk, ad=an_ad(**fields), post_key=uuid4(), by=orders.lead_of(order), at=at
    )


def a_followed_ad(order: Order, *, at: datetime = MONDAY, **fields: Any) -> Posting:
    """The company's own ad for the order, registered by the lead."""
    return operations.register_own_ad(
        order_id=order.pk, ad=an_own_ad(**fields), post_key=uuid4(), by=orders.lead_of(order), at=at
    )


def a_call(posting: Posting, outcome: str, *, at: datetime = MONDAY, **fields: Any) -> Call:
    """The lead calls Hanne at the company."""
    told = {"reason": "EXPIRY", "with_whom": "Hanne Vestergaard", "call_key": uuid4()} | fields
    return operations.record_call(
        posting_id=posting.pk, outcome=outcome, by=orders.lead_of(posting.order), at=at, **told
    )


def again(posting: Posting) -> Posting:
    """The posting as it is now."""
    return Posting.objects.get(pk=posting.pk)
