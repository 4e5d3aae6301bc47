"""What candidates read by their links, each in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tvaers.orders.models import Order, Stage
from tvaers.referrals.lifecycle import ENDS, State
from tvaers.referrals.models import Letter, Referral, Sharing


@dataclass(frozen=True, kw_only=True)
class JobPage:
    """A job as a candidate sees it who is asked, invited or bound."""

    referral: Referral
    order: Order
    is_over: bool

    @property
    def asks(self) -> bool:
        """Whether the page asks for a yes or a no to sharing the CV."""
        return not self.is_over and self.referral.state == State.ASKED and not self.said_yes

    @property
    def invites(self) -> bool:
        """Whether the candidate may say that the application is sent."""
        return not self.is_over and self.referral.state == State.INVITED

    @property
    def said_yes(self) -> bool:
        return self.referral.said_yes_at is not None

    @property
    def is_with_company(self) -> bool:
        """Whether the company has the next word, without a yes given by this page."""
        return not self.is_bound and self.referral.state in (State.PRESENTED, State.INTERVIEW)

    @property
    def is_bound(self) -> bool:
        """A binding henvisning: there is no "no", only a call to one's own office."""
        return self.referral.bound_at is not None and not self.is_over


def job_page(referral_id: int) -> JobPage:
    """Two queries."""
    referral = Referral.objects.select_related(
        "home_office",
        "order__company",
        "order__contact",
        "order__scheme",
        "order__lead_office",
    ).get(pk=referral_id)
    order = referral.order
    over = order.stage == Stage.CLOSED or State(referral.state) in ENDS
    return JobPage(referral=referral, order=order, is_over=over or order.company.in_conflict)


def letters_of(referral_id: int) -> tuple[Letter, ...]:
    """What was written, the oldest first; behind row-level security. One query."""
    rows = Letter.objects.filter(referral_id=referral_id)
    return tuple(rows.select_related("office", "user"))


@dataclass(frozen=True, kw_only=True)
class SharedWith:
    """A company that a candidate's CV is, or was, shared with."""

    referral_id: int
    company: str
    title: str
    shared_at: datetime
    expires_at: datetime
    ended_at: datetime | None

    def stands(self, at: datetime) -> bool:
        """Whether the company can read the CV at this moment."""
        return self.ended_at is None and at < self.expires_at


def companies_of(order_ids: Collection[int]) -> dict[int, str]:
    """The names of the companies of orders. One query."""
    rows = Order.objects.filter(pk__in=order_ids)
    return dict(rows.values_list("pk", "company__name"))


def shared_of(person_id: int) -> tuple[SharedWith, ...]:
    """Every company that the person's CV was shared with, the newest first. One query."""
    rows = Sharing.objects.filter(referral__person_id=person_id)
    return tuple(
        SharedWith(
            referral_id=row.referral_id,
            company=row.referral.order.company.name,
            title=row.referral.order.title,
            shared_at=row.shared_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
        )
        for row in rows.select_related("referral__order__company")
    )
