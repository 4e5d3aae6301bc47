"""Which messages a circulation causes, and what each of them tells.

Putting is done in the operation's transaction. Telling is asked for when the message is sent: the
facts as they are then, or None when there is nothing left to tell.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tvaers.circulation.models import Answer, AnswerKind, Question, Request
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.database.live import tell
from tvaers.links import operations as links
from tvaers.links.models import Link, Purpose
from tvaers.messages import operations as messages
from tvaers.messages.operations import Outgoing
from tvaers.orders.models import Order, Stage


class Notice(StrEnum):
    REQUEST = "REQUEST"
    REQUEST_DUE = "REQUEST_DUE"
    CANDIDATES = "CANDIDATES"


LINK_LASTS = timedelta(days=30)
"""How long after the due time a link still answers: late answers are taken (R5)."""


def requested(requests: Collection[Request], *, by: Actor, at: datetime) -> None:
    """Tell each office that it is asked, with a link that answers for it."""
    made = links.make(
        links=[
            links.NewLink(
                purpose=Purpose.ANSWER,
                about=request.pk,
                office_id=request.office_id,
                expires_at=request.due_at + LINK_LASTS,
            )
            for request in requests
        ],
        by=by,
        at=at,
    )
    link_of = {link.about: link.pk for link in made}
    tell([f"office:{request.office_id}" for request in requests])
    messages.put(
        messages=[
            Outgoing(
                key=f"request:{request.pk}",
                kind=Notice.REQUEST,
                ids={"request": request.pk, "link": link_of[request.pk]},
                to_office_id=request.office_id,
                about_order_id=request.order_id,
            )
            for request in requests
        ],
        by=by,
        at=at,
    )


def about_to_be_late(requests: Collection[tuple[Request, int]], *, by: Actor, at: datetime) -> None:
    """Remind the office of each request, with the hours before it is due that it is about.

    A request that is due another day by now is reminded of anew.
    """
    about = [request.pk for request, _ in requests]
    made = Link.objects.filter(purpose=Purpose.ANSWER, about__in=about, withdrawn_at=None)
    link_of = dict(made.order_by("id").values_list("about", "pk"))
    messages.put(
        messages=[
            Outgoing(
                key=f"request-due:{request.pk}:{hours}:{danish_date(request.due_at)}",
                kind=Notice.REQUEST_DUE,
                ids={"request": request.pk, "link": link_of.get(request.pk, 0)},
                to_office_id=request.office_id,
                about_order_id=request.order_id,
            )
            for request, hours in requests
        ],
        by=by,
        at=at,
    )


def withdrawn(request_ids: Collection[int], *, by: Actor, at: datetime) -> None:
    """Nobody is to answer these requests: their links open nothing any more."""
    links.withdraw(purpose=Purpose.ANSWER, about=request_ids, by=by, at=at)


def answered(answer: Answer, order: Order, *, by: Actor, at: datetime) -> None:
    """Tell the lead of an answer with candidates, unless the lead wrote it down."""
    if answer.kind != AnswerKind.CANDIDATES or by.user_id == order.lead_id:
        return
    messages.put(
        messages=[
            Outgoing(
                key=f"answer:{answer.pk}",
                kind=Notice.CANDIDATES,
                ids={"answer": answer.pk},
                to_user_id=order.lead_id,
                about_order_id=order.pk,
            )
        ],
        by=by,
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class RequestNews:
    """An office is asked. `link` is None when it must sign in to answer."""

    request_id: int
    link: Link | None
    changed: bool
    title: str
    openings: int
    company: str
    asked_by: str
    due_at: datetime


def request_news(request_id: int, link_id: int) -> RequestNews | None:
    """What to tell an office of a request; None when it needs no answer any more. Two queries."""
    waiting = Request.objects.filter(
        pk=request_id, answered_at__isnull=True, withdrawn_at__isnull=True
    ).exclude(order__stage=Stage.CLOSED)
    request = waiting.select_related("circulation__sent_by_office", "order__company").first()
    if request is None:
        return None
    return RequestNews(
        request_id=request.pk,
        link=Link.objects.filter(pk=link_id, withdrawn_at=None).first(),
        changed=request.circulation.question == Question.CHANGED,
        title=request.order.title,
        openings=request.order.openings,
        company=request.order.company.name,
        asked_by=request.circulation.sent_by_office.name,
        due_at=request.due_at,
    )


@dataclass(frozen=True, kw_only=True)
class AnswerNews:
    """An office has answered with candidates."""

    order_id: int
    office: str
    candidates: int
    title: str
    company: str
    presentation_due_at: datetime | None


def answer_news(answer_id: int) -> AnswerNews | None:
    """What to tell a lead of an answer; None when it was replaced or the order is closed.

    `presentation_due_at` is given while nobody was presented (R3). One query.
    """
    valid = Answer.objects.filter(pk=answer_id, replaced_at__isnull=True)
    answer = (
        valid.exclude(request__order__stage=Stage.CLOSED)
        .select_related("request__office", "request__order__company")
        .first()
    )
    if answer is None:
        return None
    order = answer.request.order
    return AnswerNews(
        order_id=order.pk,
        office=answer.request.office.name,
        candidates=answer.named,
        title=order.title,
        company=order.company.name,
        presentation_due_at=order.presentation_due_at if not order.first_presented_at else None,
    )
