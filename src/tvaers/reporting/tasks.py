"""What a reader must do now: late first, then in order of time left (Mine opgaver)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from tvaers.accounts.access import Verb, may
from tvaers.accounts.models import Role
from tvaers.accounts.readers import Reader
from tvaers.candidates.models import Profile, Status
from tvaers.circulation.models import Request
from tvaers.companies.models import Wish
from tvaers.core.working_days import danish_date, end_of_day, end_of_term
from tvaers.leading.queries import steps_waiting
from tvaers.matching.models import SavedSearch
from tvaers.network import queries as network
from tvaers.network.models import OfficeClosure
from tvaers.orders.models import Handover, Order, Stage
from tvaers.orders.queries import next_steps
from tvaers.postings.due import calls_to_make
from tvaers.referrals.lifecycle import WITH_COMPANY
from tvaers.referrals.models import CompanyReply, Release, ReplyKind

STEPS_AHEAD = timedelta(weeks=1)
"""A step that was agreed on shows up so long before its day."""


class TaskKind(StrEnum):
    ANSWER = "ANSWER"
    DIALOGUE = "DIALOGUE"
    PRESENTATION = "PRESENTATION"
    RELEASE = "RELEASE"
    HANDOVER = "HANDOVER"
    UNAVAILABLE = "UNAVAILABLE"
    NEW_HITS = "NEW_HITS"
    COMPANY_YES = "COMPANY_YES"
    WISH = "WISH"
    WIDEN = "WIDEN"
    CALL = "CALL"
    STEP = "STEP"


class Place(StrEnum):
    """Where a task is done."""

    ORDER = "ORDER"
    REQUEST = "REQUEST"
    PERSON = "PERSON"
    SEARCH = "SEARCH"
    WISH = "WISH"
    POSTING = "POSTING"
    PLAN = "PLAN"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do: `id` is that of the order, request, person, search, wish or posting where
    it is done; a plan is its order's.

    `facts` are the values of its sentence. A task without `due_at` comes after those with one.
    """

    kind: TaskKind
    place: Place
    id: int
    due_at: datetime | None = None
    late: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def my_tasks(reader: Reader, *, at: datetime) -> tuple[Task, ...]:
    """Everything that waits for the reader at the acting office. At most
    twenty queries, and six for each further alliance that orders are led in.
    """
    tasks: list[Task] = []
    if may(reader, Verb.ANSWER):
        tasks += _requests(reader, at=at)
        tasks += _agreed_steps(reader, at=at)
    if may(reader, Verb.LEAD_ORDER):
        tasks += _promises(reader, at=at)
        tasks += _handovers(reader)
        tasks += _new_hits(reader)
        tasks += _company_says_yes(reader)
        tasks += _steps(reader, at=at)
        tasks += _calls(reader, at=at)
    if may(reader, Verb.TAKE_ORDER):
        tasks += _wishes(reader, at=at)
    if may(reader, Verb.DECIDE_RELEASE):
        tasks += _releases(reader, at=at)
    if may(reader, Verb.CONFIRM_UNAVAILABLE):
        tasks += _unavailable(reader, at=at)
    return tuple(sorted(tasks, key=_urgency))


def _urgency(task: Task) -> tuple[bool, datetime | int, int]:
    return (task.due_at is None, task.due_at or 0, task.id)


def _requests(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """Requests to the office, and to offices that are closed today and it stands in for (R1)."""
    today = danish_date(at)
    stood_in_for = OfficeClosure.objects.filter(
        stand_in_office=reader.office_id, first_day__lte=today, last_day__gte=today
    )
    rows = (
        Request.objects.filter(
            Q(office=reader.office_id) | Q(office__in=stood_in_for.values("office")),
            answered_at=None,
            withdrawn_at=None,
            circulation__withdrawn_at=None,
            order__paused_at=None,
        )
        .exclude(order__stage=Stage.CLOSED)
        .select_related("order__company", "office", "circulation")
    )
    for row in rows:
        yield Task(
            kind=TaskKind.ANSWER,
            place=Place.REQUEST,
            id=row.pk,
            due_at=row.due_at,
            late=at >= row.due_at,
            facts=_about(row.order)
            | {
                "question": row.circulation.question,
                "for_office": row.office.name if row.office_id != reader.office_id else "",
            },
        )


def _agreed_steps(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """What the office or the reader has agreed to do next, a week before its day (M10)."""
    until = danish_date(at) + STEPS_AHEAD
    for step in steps_waiting(office_id=reader.office_id, user_id=reader.user_id, until=until):
        due_at = end_of_day(step.due_on)
        yield Task(
            kind=TaskKind.STEP,
            place=Place.PLAN,
            id=step.order_id,
            due_at=due_at,
            late=at >= due_at,
            facts=_about(step.order) | {"what": step.what, "step_id": step.pk},
        )


def _promises(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """Dialogues (R2) and presentations (R3) that are not done, on the reader's own orders."""
    rows = (
        _led_by(reader)
        .exclude(stage=Stage.CLOSED)
        .filter(paused_at=None, filled_at=None, first_presented_at=None)
    )
    for order in rows.select_related("company"):
        talked = order.first_dialogue_at is not None
        due_at = order.presentation_due_at if talked else order.dialogue_due_at
        yield Task(
            kind=TaskKind.PRESENTATION if talked else TaskKind.DIALOGUE,
            place=Place.ORDER,
            id=order.pk,
            due_at=due_at,
            late=at >= due_at,
            facts=_about(order),
        )


def _led_by(reader: Reader) -> QuerySet[Order]:
    """The orders a reader leads, deputises or co-leads; all of the office's for its manager."""
    mine = Q(lead_office=reader.office_id) & (
        Q(lead=reader.user_id) | Q(deputy=reader.user_id)
    ) | Q(co_leads__office=reader.office_id, co_leads__user=reader.user_id)
    if Role.MANAGER in reader.roles:
        mine |= Q(lead_office=reader.office_id)
    return Order.objects.filter(mine).distinct()


def _handovers(reader: Reader) -> Iterable[Task]:
    """Orders that someone wants to hand over to the reader (R9)."""
    rows = Handover.objects.filter(
        to_office=reader.office_id, to_user=reader.user_id, accepted_at=None, declined_at=None
    ).exclude(order__stage=Stage.CLOSED)
    for row in rows.select_related("order__company", "from_office"):
        yield Task(
            kind=TaskKind.HANDOVER,
            place=Place.ORDER,
            id=row.order_id,
            facts=_about(row.order) | {"from_office": row.from_office.name},
        )


def _new_hits(reader: Reader) -> Iterable[Task]:
    """People who have come to fit since the reader saw a saved search, of an order still led."""
    led = Q(order__lead_office=reader.office_id) | Q(order__co_leads__office=reader.office_id)
    rows = SavedSearch.objects.filter(
        led, user=reader.user_id, office=reader.office_id, waiting__gt=0, order__paused_at=None
    ).exclude(order__stage=Stage.CLOSED)
    for row in rows.select_related("order__company").distinct():
        yield Task(
            kind=TaskKind.NEW_HITS,
            place=Place.SEARCH,
            id=row.search_id,
            facts=_about(row.order) | {"new": row.waiting},
        )


def _company_says_yes(reader: Reader) -> Iterable[Task]:
    """Candidates whom a company wants to hire, by its link: the hire is to be written down."""
    rows = _led_by(reader).exclude(stage=Stage.CLOSED)
    said = CompanyReply.objects.filter(kind=ReplyKind.YES, referral__state__in=WITH_COMPANY)
    for order in rows.filter(pk__in=said.values("referral__order")).select_related("company"):
        yield Task(kind=TaskKind.COMPANY_YES, place=Place.ORDER, id=order.pk, facts=_about(order))


def _wishes(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """What companies ask the office for by their link; to be confirmed within a working day."""
    rows = Wish.objects.filter(office=reader.office_id, taken_at=None, declined_at=None)
    for row in rows.select_related("company"):
        due_at = end_of_term(row.wished_at, 1, closed=network.closing_days(None))
        yield Task(
            kind=TaskKind.WISH,
            place=Place.WISH,
            id=row.pk,
            due_at=due_at,
            late=at >= due_at,
            facts={"company": row.company.name},
        )


def _steps(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """Orders that are covered where they are searched and still have openings free: the next step
    of the ladder is proposed (R8)."""
    mine = _led_by(reader).filter(lead_office=reader.office_id)
    for order, step in next_steps(mine, day=danish_date(at)):
        yield Task(
            kind=TaskKind.WIDEN,
            place=Place.ORDER,
            id=order.pk,
            facts=_about(order) | {"step": step},
        )


def _calls(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """Companies to call because an ad is about to end, or the deadline to apply has come (R14)."""
    for call in calls_to_make(_led_by(reader), at=at):
        yield Task(
            kind=TaskKind.CALL,
            place=Place.POSTING,
            id=call.posting.pk,
            due_at=call.due_at,
            late=at >= call.due_at,
            facts=_about(call.posting.order) | {"reason": call.reason, "day": call.about},
        )


def _releases(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """Own candidates whom another office asks to have named for an order (R13)."""
    rows = Release.objects.filter(
        home_office=reader.office_id, granted_at=None, refused_at=None, ended_at=None
    ).exclude(order__stage=Stage.CLOSED)
    for row in rows.select_related("order__company", "order__lead_office"):
        yield Task(
            kind=TaskKind.RELEASE,
            place=Place.PERSON,
            id=row.person_id,
            due_at=row.due_at,
            late=row.due_at is not None and at >= row.due_at,
            facts=_about(row.order) | {"asked_by": row.order.lead_office.name},
        )


def _unavailable(reader: Reader, *, at: datetime) -> Iterable[Task]:
    """Own candidates whom someone has reported as no longer available: one working day (R12)."""
    rows = list(
        Profile.objects.filter(
            home_office=reader.office_id,
            status=Status.ACTIVE,
            reported_unavailable_at__isnull=False,
        ).select_related("reported_by_office")
    )
    if not rows:
        return
    alliance = network.alliance_of(reader.office_id, danish_date(at))
    closed = network.closing_days(alliance.pk if alliance else None)
    for row in rows:
        reported_at = row.reported_unavailable_at
        assert reported_at is not None
        due_at = end_of_term(reported_at, 1, closed=closed)
        office = row.reported_by_office
        yield Task(
            kind=TaskKind.UNAVAILABLE,
            place=Place.PERSON,
            id=row.person_id,
            due_at=due_at,
            late=at >= due_at,
            facts={"wanted": row.wanted_titles, "reported_by": office.name if office else ""},
        )


def _about(order: Order) -> dict[str, Any]:
    return {"title": order.title, "company": order.company.name, "openings": order.openings}
