"""What the company says, and the stages and clocks that its words move (R2, R3)."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import Q

from tvaers.companies import operations as companies
from tvaers.companies.models import Channel
from tvaers.core.actor import Actor
from tvaers.database.change import change
from tvaers.orders import deadlines, lifecycle
from tvaers.orders.lifecycle import ABOUT_OPENINGS, PRESENTS, LogKind, Refusal, Stage, Subject
from tvaers.orders.models import CompanyWord, Order
from tvaers.orders.operations.trace import locked, locked_open, log
from tvaers.orders.refusals import OrderRefused

ENOUGH = "ENOUGH"
"""The reason of a pause that the company asked for because it has candidates enough."""


@change
def record_word(
    *,
    order_id: int,
    subject: str,
    said_by: str,
    said_at: datetime,
    channel: str,
    by: Actor,
    at: datetime,
    words: str = "",
    openings: int = 0,
    office_id: int | None = None,
    new_date: date | None = None,
    word_key: UUID | None = None,
) -> CompanyWord:
    """Write down what the company said on the order, who said it and when.

    The same `word_key` again, or the very same words of openings, are there already (R16).
    Any word is a contact, so the first is the dialogue of R2. A later presentation moves that
    clock to the end of `new_date`; confirmed applicants and another solution keep its promise
    (R3); "enough" pauses the order. `openings` is how many it accounts for. Raises `OrderRefused`.
    """
    order = locked(order_id)
    word = CompanyWord(
        order=order,
        subject=Subject(subject),
        said_by=said_by.strip(),
        said_at=said_at,
        openings=openings if subject in ABOUT_OPENINGS else 0,
        office_id=office_id,
        new_date=new_date,
        words=words,
        word_key=word_key or uuid4(),
    )
    if there := _there(word):
        return there
    if reason := lifecycle.word_refusal(order, word, at=at):
        raise OrderRefused(reason)
    _follow(order, word, by=by, at=at)
    return _kept(word, channel=Channel(channel), by=by, at=at)


def _there(word: CompanyWord) -> CompanyWord | None:
    """The same word written down before, so that its openings are not counted twice (R7, R16)."""
    same = Q(word_key=word.word_key)
    if word.subject in ABOUT_OPENINGS:
        names = ("subject", "said_by", "said_at", "openings", "words")
        facts = {name: getattr(word, name) for name in names}
        same |= Q(**facts, pk__gt=word.order.settled_words_to)
    return word.order.company_words.filter(same).order_by("id").first()


def _kept(word: CompanyWord, *, channel: Channel, by: Actor, at: datetime) -> CompanyWord:
    """The word saved, with the conversation it was said in and a line in the log."""
    order = word.order
    word.conversation = companies.record_conversation(
        company_id=order.company_id,
        office_id=by.office_id or order.lead_office_id,
        channel=channel,
        with_whom=word.said_by,
        at=at,
        talked_at=word.said_at,
        about_recruiting=True,
        words=word.words,
        by=by,
    )
    word.save()
    log(order, LogKind.WORD, by=by, at=at, word=word.pk, subject=word.subject)
    return word


def _follow(order: Order, word: CompanyWord, *, by: Actor, at: datetime) -> None:
    """What the word does to the order."""
    # The call that brings the order in may have begun before the order was written down.
    said_at = max(word.said_at, order.received_at)
    if order.stage == Stage.RECEIVED:
        order.stage = Stage.IN_DIALOGUE
    order.first_dialogue_at = order.first_dialogue_at or said_at
    if word.subject in PRESENTS:
        order.first_presented_at = order.first_presented_at or said_at
    if word.subject == Subject.LATER_PRESENTATION:
        order.presentation_due_at = _later(order, word.new_date)
    order.save()
    if word.subject == Subject.ENOUGH and order.paused_at is None:
        pause(order_id=order.pk, reason=ENOUGH, by=by, at=at)


def _later(order: Order, new_date: date | None) -> datetime:
    due_at = order.presentation_due_at
    later = deadlines.agreed_presentation(due_at, agreed=new_date) if new_date else None
    if later is None:
        raise OrderRefused(Refusal.NOT_A_LATER_DATE)
    return later


@change
def start_recruiting(*, order_id: int, by: Actor, at: datetime) -> Order:
    """Begin to recruit, after the dialogue; an order that is recruiting already stays so.

    Raises `OrderRefused`.
    """
    order = locked(order_id)
    if order.stage == Stage.RECRUITING:
        return order
    # A closed order comes back by `reopen`, which takes the closing back.
    if order.stage == Stage.CLOSED or lifecycle.refusal(order, Stage.RECRUITING):
        raise OrderRefused(Refusal.WRONG_STAGE)
    order.stage = Stage.RECRUITING
    order.save(update_fields=["stage"])
    log(order, LogKind.RECRUITING, by=by, at=at)
    return order


@change
def pause(*, order_id: int, reason: str, by: Actor, at: datetime) -> Order:
    """Ask for no more candidates for now. `reason` is `ENOUGH` or a person's own words."""
    order = locked_open(order_id)
    if not reason.strip():
        raise OrderRefused(Refusal.NO_REASON)
    if order.paused_at is None:
        order.paused_at, order.pause_reason = at, reason.strip()
        order.save(update_fields=["paused_at", "pause_reason"])
        log(order, LogKind.PAUSED, by=by, at=at, enough=order.pause_reason == ENOUGH)
    return order


@change
def resume(*, order_id: int, by: Actor, at: datetime) -> Order:
    """Go on after a pause; an order that is not paused stays as it is."""
    order = locked_open(order_id)
    if order.paused_at is not None:
        order.paused_at, order.pause_reason = None, ""
        order.save(update_fields=["paused_at", "pause_reason"])
        log(order, LogKind.RESUMED, by=by, at=at)
    return order
