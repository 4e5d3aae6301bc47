"""Whom a circulation tells what: single mails for new, nearly late, and answers with candidates."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.circulation.factories import Sjaelland, an_order, say, sjaelland
from tests.core.factories import MONDAY, SETUP
from tests.network.factories import GREVE, ROSKILDE
from tvaers.circulation import notices, operations
from tvaers.circulation.answering import AnswerRefused, Named
from tvaers.circulation.deadlines import REMINDERS, reminder
from tvaers.circulation.lifecycle import AnswerRefusal
from tvaers.circulation.models import Answer, Request, Via
from tvaers.links.models import Link
from tvaers.links.tokens import actor_of
from tvaers.messages.models import Message
from tvaers.orders import operations as orders
from tvaers.orders.models import LogEntry, Order, Subject

HOUR = timedelta(hours=1)


@pytest.fixture
def region(db: None) -> Sjaelland:
    return sjaelland()


@pytest.fixture
def order(region: Sjaelland) -> Order:
    return an_order(region.lead)


def asked(region: Sjaelland, order: Order, *codes: str) -> list[Request]:
    made = operations.send(
        order_id=order.pk,
        office_ids=[region.offices[code].pk for code in codes],
        step="ALLIANCE",
        by=region.lead.actor,
        at=MONDAY,
    )
    return list(made.requests.order_by("id"))


def keys(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("key", flat=True))


def test_each_office_that_is_asked_is_told_once(region: Sjaelland, order: Order) -> None:
    requests = asked(region, order, GREVE, ROSKILDE)
    assert keys("REQUEST") == sorted(f"request:{request.pk}" for request in requests)
    news = notices.request_news(requests[0].pk, Link.objects.get(about=requests[0].pk).pk)
    assert news is not None
    assert (news.title, news.openings, news.due_at) == (order.title, 3, requests[0].due_at)
    assert news.link is not None


def test_a_request_that_is_answered_or_withdrawn_has_nothing_left_to_tell(
    region: Sjaelland, order: Order
) -> None:
    greve, roskilde = asked(region, order, GREVE, ROSKILDE)
    operations.answer(
        request_id=greve.pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    assert notices.request_news(greve.pk, 0) is None
    operations.withdraw(circulation_id=roskilde.circulation_id, by=region.lead.actor, at=MONDAY)
    assert notices.request_news(roskilde.pk, 0) is None
    assert Link.objects.get(about=roskilde.pk).withdrawn_at == MONDAY
    assert Link.objects.get(about=greve.pk).withdrawn_at is None


def test_the_lead_is_told_of_candidates_and_not_of_nobody(region: Sjaelland, order: Order) -> None:
    greve, roskilde = asked(region, order, GREVE, ROSKILDE)
    someone = region.person(GREVE)
    operations.answer(
        request_id=greve.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=someone.pk)],
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    operations.answer(
        request_id=roskilde.pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=region.consultant(ROSKILDE).actor,
        at=MONDAY,
    )
    (message,) = Message.objects.filter(kind="CANDIDATES")
    assert message.to_user_id == region.lead.user_id
    news = notices.answer_news(message.ids["answer"])
    assert news is not None
    assert (news.office, news.candidates) == (region.offices[GREVE].name, 1)


def test_a_lead_who_writes_an_answer_down_is_not_told_of_it(
    region: Sjaelland, order: Order
) -> None:
    (greve,) = asked(region, order, GREVE)
    someone = region.person(GREVE)
    operations.answer(
        request_id=greve.pk,
        kind="CANDIDATES",
        candidates=[Named(person_id=someone.pk)],
        via=Via.PHONE,
        said_by="Karen Holm",
        by=region.lead.actor,
        at=MONDAY,
    )
    assert keys("CANDIDATES") == []


def test_an_office_is_reminded_once_at_each_time(region: Sjaelland, order: Order) -> None:
    (greve,) = asked(region, order, GREVE)
    at = MONDAY
    while at < greve.due_at + 3 * HOUR:
        operations.remind(by=SETUP, at=at)
        at += HOUR / 2
    day = greve.due_at.date()
    assert keys("REQUEST_DUE") == [f"request-due:{greve.pk}:{hours}:{day}" for hours in (24, 4)]
    first, last = Message.objects.filter(kind="REQUEST_DUE").order_by("created_at")
    assert (first.created_at, last.created_at) == (
        greve.due_at - 24 * HOUR,
        greve.due_at - 4 * HOUR,
    )


def test_nobody_is_reminded_of_what_is_answered_or_paused(region: Sjaelland, order: Order) -> None:
    (greve,) = asked(region, order, GREVE)
    soon = greve.due_at - HOUR
    say(order, Subject.ENOUGH, region.lead)
    assert operations.remind(by=SETUP, at=soon) == 0
    orders.resume(order_id=order.pk, by=region.lead.actor, at=MONDAY)
    assert operations.remind(by=SETUP, at=soon) == 1
    operations.answer(
        request_id=greve.pk,
        kind="NOBODY",
        reason="NO_HITS",
        by=region.consultant(GREVE).actor,
        at=soon,
    )
    assert operations.remind(by=SETUP, at=soon) == 0


@given(
    length=st.integers(1, 120 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    passed=st.integers(0, 140 * 60).map(lambda minutes: timedelta(minutes=minutes)),
)
def test_a_reminder_comes_before_the_due_time_and_after_the_request(
    length: timedelta, passed: timedelta
) -> None:
    request = SimpleNamespace(sent_at=MONDAY, due_at=MONDAY + length)
    at: datetime = MONDAY + passed
    hours = reminder(request, at=at)
    left = request.due_at - at
    fitting = [one for one in REMINDERS if timedelta() < left <= one * HOUR < length]
    assert hours == (min(fitting) if fitting else None)


def by_link(request: Request, **given_: str) -> Answer:
    link = Link.objects.get(about=request.pk)
    fields = {"kind": "NOBODY", "reason": "NO_HITS", "via": Via.LINK} | given_
    return operations.answer(request_id=request.pk, by=actor_of(link), at=MONDAY, **fields)


def test_a_link_says_nobody_for_its_office(region: Sjaelland, order: Order) -> None:
    (greve,) = asked(region, order, GREVE)
    made = by_link(greve)
    assert (made.via, made.user_id, made.office_id) == (Via.LINK, None, greve.office_id)
    assert made.evidence is not None
    line = LogEntry.objects.get(order=order, kind="ANSWERED")
    assert line.facts["actor"] == f"link:{Link.objects.get(about=greve.pk).pk}"


def test_a_link_neither_names_candidates_nor_takes_them_back(
    region: Sjaelland, order: Order
) -> None:
    (greve,) = asked(region, order, GREVE)
    someone = Named(person_id=region.person(GREVE).pk)
    link = actor_of(Link.objects.get(about=greve.pk))
    with pytest.raises(AnswerRefused) as refused:
        operations.answer(
            request_id=greve.pk,
            kind="CANDIDATES",
            candidates=[someone],
            via=Via.LINK,
            by=link,
            at=MONDAY,
        )
    assert refused.value.reason == AnswerRefusal.NOT_BY_LINK
    operations.answer(
        request_id=greve.pk,
        kind="CANDIDATES",
        candidates=[someone],
        by=region.consultant(GREVE).actor,
        at=MONDAY,
    )
    with pytest.raises(AnswerRefused) as refused:
        by_link(greve)
    assert refused.value.reason == AnswerRefusal.NOT_BY_LINK


def test_a_link_answers_for_no_other_office(region: Sjaelland, order: Order) -> None:
    greve, roskilde = asked(region, order, GREVE, ROSKILDE)
    other = actor_of(Link.objects.get(about=roskilde.pk))
    with pytest.raises(AnswerRefused) as refused:
        operations.answer(
            request_id=greve.pk,
            kind="NOBODY",
            reason="NO_HITS",
            via=Via.LINK,
            by=other,
            at=MONDAY,
        )
    assert refused.value.reason == AnswerRefusal.NOT_YOUR_REQUEST
