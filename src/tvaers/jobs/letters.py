"""From a message to the mail that is sent: who, what, and the one address in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation

from tvaers.circulation import notices as circulation
from tvaers.circulation.notices import RequestNews
from tvaers.links.models import Purpose
from tvaers.links.tokens import token_of
from tvaers.messages import queries
from tvaers.messages.models import Message
from tvaers.messages.queries import Recipient
from tvaers.orders import notices as orders
from tvaers.referrals import notices as referrals
from tvaers.reporting.digest import digest_of
from tvaers.wording import mails, mails_to_candidates, mails_to_companies
from tvaers.wording.mails import Mail

DIGEST = "DIGEST"
ONE_DAY, TWO_WEEKS = timedelta(days=1), timedelta(weeks=2)


def mail_of(message: Message, recipient: Recipient, *, at: datetime) -> EmailMessage | None:
    """The mail in the recipient's language; None when there is nothing left to tell.

    The same message always has the same `Message-ID`: sent twice, it is still one mail.
    """
    with translation.override(recipient.language):
        mail = WRITERS[message.kind](message, at)
    if mail is None:
        return None
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        from_email=sender,
        to=[recipient.address],
        headers={
            "Message-ID": f"<{message.pk}.{message.key.replace(':', '.')}@{_domain(sender)}>",
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",
        },
    )


def _request(message: Message, at: datetime) -> Mail | None:
    news = circulation.request_news(message.ids["request"], message.ids["link"])
    return mails.request(news, address=_answer_address(news), at=at) if news else None


def _request_due(message: Message, at: datetime) -> Mail | None:
    news = circulation.request_news(message.ids["request"], message.ids["link"])
    if news is None or at >= news.due_at:
        return None
    return mails.request_due(news, address=_answer_address(news), at=at)


def _candidates(message: Message, at: datetime) -> Mail | None:
    news = circulation.answer_news(message.ids["answer"])
    return mails.candidates(news, address=_address("order", news.order_id), at=at) if news else None


def _handover(message: Message, at: datetime) -> Mail | None:
    news = orders.handover_news(message.ids["handover"])
    return mails.handover(news, address=_address("order", news.order_id), at=at) if news else None


def _candidate(message: Message, at: datetime) -> Mail | None:
    news = referrals.candidate_news(message.kind, message.ids["referral"], message.ids["link"])
    if news is None or at >= news.until:
        return None
    page = LINK_PAGES[Purpose(news.link.purpose)]
    return mails_to_candidates.WRITTEN[message.kind](
        news, address=_address(page, token_of(news.link)), at=at
    )


def _mine(message: Message, at: datetime) -> Mail | None:
    link = referrals.link_news(message.ids["link"])
    return (
        mails_to_candidates.mine(address=_address("mine_link", token_of(link)), at=at)
        if link
        else None
    )


def _company(message: Message, at: datetime) -> Mail | None:
    news = referrals.company_news(message.kind, message.ids["order"], message.ids["link"])
    if news is None or at >= news.link.expires_at:
        return None
    address = _address("company_link", token_of(news.link))
    return mails_to_companies.WRITTEN[message.kind](news, address=address, at=at)


def _digest(message: Message, at: datetime) -> Mail | None:
    assert message.to_user_id is not None
    since = queries.made_before(message) or message.created_at - ONE_DAY
    found = digest_of(
        message.to_user_id,
        since=max(since, message.created_at - TWO_WEEKS),
        until=message.created_at,
        at=at,
    )
    return mails.digest(found, address=_address("tasks"), at=at) if found else None


LINK_PAGES = {Purpose.CANDIDATE: "candidate_link", Purpose.LETTER: "letter_link"}

WRITERS: dict[str, Callable[[Message, datetime], Mail | None]] = {
    circulation.Notice.REQUEST: _request,
    circulation.Notice.REQUEST_DUE: _request_due,
    circulation.Notice.CANDIDATES: _candidates,
    orders.Notice.HANDOVER: _handover,
    referrals.Notice.ASKED: _candidate,
    referrals.Notice.INVITED: _candidate,
    referrals.Notice.BOUND: _candidate,
    referrals.Notice.LETTER: _candidate,
    referrals.Notice.MINE: _mine,
    referrals.Notice.COMPANY_PRESENTED: _company,
    referrals.Notice.COMPANY_STATUS: _company,
    DIGEST: _digest,
}


def _answer_address(news: RequestNews) -> str:
    if news.link is None:
        return _address("answer", news.request_id)
    return _address("answer_link", token_of(news.link))


def _address(page: str, *args: object) -> str:
    return settings.TVAERS_ADDRESS + reverse(page, args=args)


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2].strip("> ")
