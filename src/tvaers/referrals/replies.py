"""What the company says of those who were presented, and the link by which it does."""

from datetime import datetime
from uuid import UUID

from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import Order
from tvaers.referrals import lifecycle, notices
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import CompanyReply, Reason, Referral, ReplyKind
from tvaers.referrals.moves import end, locked, locked_order, moved
from tvaers.referrals.refusals import ReferralRefused

COMPANYS_REASONS = (
    Reason.COMPANY_CHOSE_OTHER,
    Reason.LACKS_SKILLS,
    Reason.LACKS_EXPERIENCE,
    Reason.TRANSPORT,
    Reason.WRONG_HOURS,
)
"""Why a company says no."""


class NoMailToCompany(Exception):
    """The order has no contact with an e-mail address."""


@change
def company_replies(
    *,
    referral_id: int,
    kind: str,
    reply_key: UUID,
    by: Actor,
    at: datetime,
    reason: str = "",
    words: str = "",
    interview_at: datetime | None = None,
) -> CompanyReply:
    """The company wants to hire, wants an interview, or says no with a reason. Taken once.

    An interview and a no move the referral. A yes does not: the lead writes the hire down when day
    and hours are agreed. Raises `ReferralRefused`.
    """
    order, referral = locked(referral_id)
    if there := _there(referral, kind, reply_key, interview_at):
        return there
    refused = lifecycle.reply_refusal(
        order, referral, kind=kind, reason=reason, interview_at=interview_at, at=at
    )
    if refused:
        raise ReferralRefused(refused, referral.person_id)
    made = CompanyReply.objects.create(
        referral=referral,
        kind=kind,
        reason=reason if kind == ReplyKind.NO else "",
        words=words,
        interview_at=interview_at if kind == ReplyKind.INTERVIEW else None,
        replied_at=at,
        reply_key=reply_key,
    )
    _follow(order, referral, made, by=by, at=at)
    return made


@change
def send_company_link(*, order_id: int, by: Actor, at: datetime) -> None:
    """Mail the company the page "jeres stilling", and ask how things stand; once a day.

    Raises `NoMailToCompany`.
    """
    order = locked_order(order_id)
    key = f"company-status:{order.pk}:{danish_date(at)}"
    if not notices.to_company(order, notices.Notice.COMPANY_STATUS, key=key, by=by, at=at):
        raise NoMailToCompany


def _there(
    referral: Referral, kind: str, reply_key: UUID, interview_at: datetime | None
) -> CompanyReply | None:
    """The same reply, given before: by the same click, or by another that says the same."""
    last = referral.replies.last()
    if last is not None and last.kind == kind and last.interview_at == interview_at:
        return last
    return CompanyReply.objects.filter(reply_key=reply_key).first()


def _follow(
    order: Order, referral: Referral, made: CompanyReply, *, by: Actor, at: datetime
) -> None:
    """What the reply does to the referral."""
    match made.kind:
        case ReplyKind.NO:
            end(order, referral, State.REJECTED, made.reason, made.words, by=by, at=at)
        case ReplyKind.INTERVIEW:
            referral.interview_at = made.interview_at
            moved(order, referral, State.INTERVIEW, by=by, at=at)
        case ReplyKind.YES:
            orders.log(
                order,
                LogKind.REFERRAL,
                by=by,
                at=at,
                referral=referral.pk,
                state="COMPANY_YES",
            )
