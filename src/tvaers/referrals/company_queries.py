"""What a company reads by its link, "jeres stilling", each in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from tvaers.orders.models import Order, Stage
from tvaers.referrals.lifecycle import WITH_COMPANY, State
from tvaers.referrals.models import CompanyReply, Referral, SharedCv, Sharing


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A candidate as the company sees one before it asks for the CV: a number and the work."""

    referral_id: int
    number: int
    headline: str
    state: State
    shares_until: datetime | None
    reply: CompanyReply | None

    @property
    def waits(self) -> bool:
        """Whether the company can still say something of the candidate."""
        return self.state in WITH_COMPANY


@dataclass(frozen=True, kw_only=True)
class CompanyPage:
    """One order as its company sees it. `searched` is how many are in play beside those."""

    order: Order
    candidates: tuple[Presented, ...]
    in_play: int

    @property
    def is_closed(self) -> bool:
        return bool(self.order.stage == Stage.CLOSED)


def company_order(order_id: int) -> Order:
    """The order, with the company and its lead office. One query."""
    return Order.objects.select_related("company", "contact", "lead_office", "lead").get(
        pk=order_id
    )


def company_page(order: Order, *, at: datetime) -> CompanyPage:
    """Who was presented, with what the company has said of each. Four queries."""
    rows = list(Referral.objects.filter(order=order).select_related("person__profile"))
    states = Counter(row.state for row in rows)
    shown = [row for row in rows if row.presented_at is not None]
    ids = [row.pk for row in shown]
    shares = Sharing.objects.filter(
        referral__in=ids, ended_at__isnull=True, expires_at__gt=at
    ).values_list("referral_id", "expires_at")
    until = dict(shares)
    replies = {row.referral_id: row for row in CompanyReply.objects.filter(referral__in=ids)}
    closed = order.stage == Stage.CLOSED
    return CompanyPage(
        order=order,
        candidates=tuple(
            Presented(
                referral_id=row.pk,
                number=number,
                headline=row.person.profile.wanted_titles.split("|")[0].strip(),
                state=State(row.state),
                shares_until=None if closed else until.get(row.pk),
                reply=replies.get(row.pk),
            )
            for number, row in enumerate(shown, start=1)
        ),
        in_play=states[State.PROPOSED] + states[State.ASKED],
    )


def shared_cv(referral_id: int, *, order_id: int, at: datetime) -> tuple[int, SharedCv] | None:
    """The person and the CV that is shared for the order, or None when nothing is (any more).

    Behind row-level security: read it as the order's lead office. One query.
    """
    found = (
        SharedCv.objects.filter(
            sharing__referral=referral_id,
            sharing__referral__order=order_id,
            sharing__referral__state__in=sorted(WITH_COMPANY),
            sharing__referral__presented_at__isnull=False,
            sharing__ended_at__isnull=True,
            sharing__expires_at__gt=at,
        )
        .exclude(sharing__referral__order__stage=Stage.CLOSED)
        .select_related("sharing__referral")
        .first()
    )
    return (found.sharing.referral.person_id, found) if found else None
