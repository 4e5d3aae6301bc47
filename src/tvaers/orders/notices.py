"""Which messages an order causes, and what each of them tells when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tvaers.core.actor import Actor
from tvaers.messages import operations as messages
from tvaers.messages.operations import Outgoing
from tvaers.orders.models import Handover, Stage


class Notice(StrEnum):
    HANDOVER = "HANDOVER"


def handover_offered(offer: Handover, *, by: Actor, at: datetime) -> None:
    """Tell the receiver that someone wants to hand an order over (R9)."""
    if by.user_id == offer.to_user_id:
        return
    messages.put(
        messages=[
            Outgoing(
                key=f"handover:{offer.pk}",
                kind=Notice.HANDOVER,
                ids={"handover": offer.pk},
                to_user_id=offer.to_user_id,
                about_order_id=offer.order_id,
            )
        ],
        by=by,
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class HandoverNews:
    """Someone wants to hand an order over."""

    order_id: int
    from_office: str
    title: str
    company: str


def handover_news(handover_id: int) -> HandoverNews | None:
    """What to tell the receiver; None when the offer is decided. One query."""
    open_offers = Handover.objects.filter(
        pk=handover_id, accepted_at__isnull=True, declined_at__isnull=True
    ).exclude(order__stage=Stage.CLOSED)
    offer = open_offers.select_related("order__company", "from_office").first()
    if offer is None:
        return None
    return HandoverNews(
        order_id=offer.order_id,
        from_office=offer.from_office.name,
        title=offer.order.title,
        company=offer.order.company.name,
    )
