"""Links that wait in the demo for a visitor: a company's page, and a candidate's question."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from django.db.models import QuerySet

from tvaers.companies.wishes import wish
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import actor_of
from tvaers.orders.models import Order, Stage
from tvaers.referrals import operations as referrals
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Referral, ReplyKind
from tvaers.synthetic.office_hours import earlier
from tvaers.synthetic.people_who_work import KOEGE, Staff

WISH = "Vi får brug for to mere fra den første i næste måned, samme arbejdstid som de andre."


def give_links(chance: Random, staff: Staff, *, at: datetime) -> None:
    """Køge has asked a candidate; it has sent a company its page, which says yes to someone and
    wishes for more. Where nobody fits the part, the part is left out."""
    office_id = staff.office_of[KOEGE]
    led = Order.objects.filter(
        lead_office=office_id, stage=Stage.RECRUITING, paused_at=None, company__in_conflict=False
    )
    in_time = led.filter(presentation_due_at__gt=at)
    _ask_a_candidate(staff, (in_time, led), office_id, at=earlier(at, 1))
    with_company = _in_state(led, State.INTERVIEW, State.PRESENTED)
    referral = with_company.exclude(order__contact=None).first()
    if referral is None and (referral := _to_present(led, in_time)):
        lead = staff.as_user(referral.order.lead_id, office_id)
        referrals.present(
            order_id=referral.order_id, referral_ids=[referral.pk], by=lead, at=earlier(at, 4)
        )
    if referral is not None:
        _ask_a_company(chance, staff, referral, at=earlier(at, 3))


def _to_present(led: QuerySet[Order], in_time: QuerySet[Order]) -> Referral | None:
    """Somebody whom the company may be shown; the orders that are late stay late, if they can."""
    return _in_state(in_time, State.PROPOSED).first() or _in_state(led, State.PROPOSED).first()


def _in_state(orders: QuerySet[Order], *states: State) -> QuerySet[Referral]:
    rows = Referral.objects.filter(order__in=orders, state__in=states)
    return rows.select_related("order").order_by("-order__received_at", "pk")


def _ask_a_candidate(
    staff: Staff, orders: Sequence[QuerySet[Order]], office_id: int, *, at: datetime
) -> None:
    """Ask somebody by mail, for one of the first orders where there is one, the office's own first.

    The mail goes to people of other offices too; their address is nothing that the lead sees.
    """
    for led in orders:
        offered = _in_state(led, State.PROPOSED)
        if referral := offered.filter(home_office=office_id).first() or offered.first():
            by = staff.as_user(referral.order.lead_id, office_id)
            referrals.ask(referral_id=referral.pk, by=by, at=at)
            return


def _ask_a_company(chance: Random, staff: Staff, referral: Referral, *, at: datetime) -> None:
    order = referral.order
    lead = staff.as_user(order.lead_id, order.lead_office_id)
    referrals.send_company_link(order_id=order.pk, by=lead, at=at)
    link = Link.objects.filter(purpose=Purpose.COMPANY, about=order.pk).latest("id")
    company = actor_of(link)
    referrals.company_replies(
        referral_id=referral.pk, kind=ReplyKind.YES, reply_key=_key(chance), by=company, at=at
    )
    assert order.contact is not None, "the link went to the contact"
    wish(
        company_id=order.company_id,
        office_id=order.lead_office_id,
        said_by=order.contact.name,
        words=WISH,
        wish_key=_key(chance),
        by=company,
        at=at,
    )


def _key(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
