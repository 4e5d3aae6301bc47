"""The call to the company about an ad, and what follows from its outcome (R14)."""

from datetime import date, datetime
from uuid import UUID

from tvaers.companies import operations as companies
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.change import change
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.postings import lifecycle
from tvaers.postings.lifecycle import ENDS_THE_POSTING, Outcome, Reason, Refusal
from tvaers.postings.locks import locked_open, locked_order_of
from tvaers.postings.models import Call, Posting
from tvaers.postings.refusals import PostingRefused


@change
def record_call(
    *,
    posting_id: int,
    reason: str,
    outcome: str,
    with_whom: str,
    call_key: UUID,
    by: Actor,
    at: datetime,
    words: str = "",
    extended_to: date | None = None,
) -> Call:
    """Write down a call. The same `call_key` again, or a day that was settled, is what stands.

    Extended, the ad runs and one may apply until `extended_to`; filled or given up, it is taken
    down. Raises `PostingRefused`.
    """
    locked_order_of(posting_id)
    if there := Call.objects.filter(call_key=call_key).first():
        return there
    posting = locked_open(posting_id)
    about = lifecycle.about_day(posting, Reason(reason))
    if there := _settled(posting, reason, about):
        return there
    call = Call.objects.create(
        posting=posting,
        reason=reason,
        about_day=about,
        outcome=outcome,
        called_at=at,
        user_id=by.user_id,
        office_id=by.acting_office,
        conversation_id=_talked(posting, outcome, with_whom, words, by=by, at=at),
        call_key=call_key,
    )
    _follow(posting, outcome, extended_to, at=at)
    orders.log(
        posting.order, LogKind.POSTING_CALL, by=by, at=at, posting=posting.pk, outcome=outcome
    )
    return call


def _settled(posting: Posting, reason: str, about: date) -> Call | None:
    """The call that was made already about this day."""
    made = posting.calls.filter(reason=reason, about_day=about)
    return made.exclude(outcome=Outcome.NOT_REACHED).first()


def _talked(
    posting: Posting, outcome: str, with_whom: str, words: str, *, by: Actor, at: datetime
) -> int | None:
    """The conversation that it was, for the company's page; None when nobody was reached."""
    if outcome == Outcome.NOT_REACHED:
        return None
    if not with_whom.strip():
        raise PostingRefused(Refusal.NOBODY_SAID_IT)
    return companies.record_conversation(
        company_id=posting.order.company_id,
        office_id=by.acting_office,
        channel=Channel.PHONE,
        with_whom=with_whom.strip(),
        about_recruiting=True,
        words=words,
        by=by,
        at=at,
    ).pk


def _follow(posting: Posting, outcome: str, extended_to: date | None, *, at: datetime) -> None:
    if outcome in ENDS_THE_POSTING:
        posting.withdrawn_at = at
        posting.save(update_fields=["withdrawn_at"])
    if outcome != Outcome.EXTENDED:
        return
    if extended_to is None or extended_to <= max(lifecycle.ends_on(posting), posting.apply_by):
        raise PostingRefused(Refusal.NOT_LATER)
    if lifecycle.dates_refusal(extended_to, extended_to, day=danish_date(at)):
        raise PostingRefused(Refusal.DATES_PASSED)
    posting.apply_by = extended_to
    posting.expires_on = max(extended_to, posting.expires_on)
    posting.changed_at = at
    # What Jobnet says is known again when somebody has extended the ad there.
    posting.jobnet_expires_on = None
    posting.save(update_fields=["apply_by", "expires_on", "jobnet_expires_on", "changed_at"])
