"""What screens and reports read of orders, each in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.network import queries as network
from tvaers.network.models import Alliance, LadderStep
from tvaers.orders import deadlines, ladder, lifecycle
from tvaers.orders.coverage import (
    Coverage,
    CoveredBy,
    coverage,
    coverage_of,
    covered_counts,
    covered_municipalities,
    said_in,
    said_of,
)
from tvaers.orders.deadlines import Clock
from tvaers.orders.lifecycle import Openings, Outcome, Refusal, Said, Stage, Subject
from tvaers.orders.models import (
    CoLead,
    CompanyWord,
    Handover,
    LogEntry,
    Order,
    OrderPortion,
    Requirement,
    Scheme,
)
from tvaers.orders.need import PLAIN, Asked, Need, canonical
from tvaers.orders.portions import portions_of, portions_said

__all__ = ["Coverage", "CoveredBy", "coverage", "coverage_of", "covered_counts", "said_of"]

LOG_LINES = 50


@dataclass(frozen=True)
class Place:
    """A workplace of an order."""

    workplace_id: int
    name: str
    address: str
    postcode: str
    municipality: str
    municipality_name: str


@dataclass(frozen=True)
class OrderPage:
    """All that the page of an order shows of the order itself.

    `order` comes with company, contact, scheme, alliance, service level, lead office, lead and
    deputy loaded. `log` is the newest lines.
    """

    order: Order
    places: tuple[Place, ...]
    portions: tuple[OrderPortion, ...]
    requirements: tuple[Requirement, ...]
    co_leads: tuple[CoLead, ...]
    words: tuple[CompanyWord, ...]
    said: Said
    coverage: Coverage
    handover: Handover | None
    log: tuple[LogEntry, ...]

    @property
    def clock(self) -> tuple[Clock, datetime] | None:
        """The promise to be kept next, and when it is due."""
        return deadlines.running(self.order)

    @property
    def outcome(self) -> Outcome | None:
        return lifecycle.outcome(self.order)

    @property
    def free(self) -> int:
        """Openings that nobody is hired for yet."""
        return lifecycle.free(self.order)

    @property
    def municipalities(self) -> frozenset[str]:
        """Where the work is."""
        return frozenset(place.municipality for place in self.places)

    def why_not_close(self, openings: Openings | None = None) -> Refusal | None:
        """Why it may not be closed so now, or None. Without openings the free ones are unfilled."""
        hired = self.order.hired
        return lifecycle.refusal(
            self.order,
            Stage.CLOSED,
            openings=openings or Openings(hired=hired, unfilled=self.order.openings - hired),
            said=self.said,
            uncovered=self.coverage.missing,
        )


def order_page(order_id: int) -> OrderPage:
    """The page of one order; raises `Order.DoesNotExist`. Nine queries."""
    order = _with_names().get(pk=order_id)
    words = tuple(order.company_words.select_related("office", "conversation"))
    offers = order.handovers.filter(accepted_at__isnull=True, declined_at__isnull=True)
    places = order.places.select_related("workplace__municipality")
    return OrderPage(
        order=order,
        places=tuple(
            Place(
                row.workplace_id,
                row.workplace.name,
                row.workplace.address,
                row.workplace.postcode,
                row.workplace.municipality_id,
                row.workplace.municipality.name,
            )
            for row in places
        ),
        portions=portions_of(order),
        requirements=tuple(order.requirements.filter(to_version__isnull=True)),
        co_leads=tuple(order.co_leads.select_related("office", "user").order_by("id")),
        words=words,
        said=said_in(order, words),
        coverage=coverage_of(order),
        handover=offers.select_related("to_office", "to_user", "from_office").first(),
        log=tuple(order.log.select_related("user", "office")[:LOG_LINES]),
    )


def need_of(order: Order) -> Need:
    """What the order says now. Four queries at most."""
    asked = order.requirements.filter(to_version__isnull=True)
    return canonical(
        Need(
            scheme=order.scheme.code,
            workplace_ids=tuple(order.places.values_list("workplace_id", flat=True)),
            requirements=tuple(asked_of(row) for row in asked),
            portions=portions_said(order),
            **{name: getattr(order, name) for name in PLAIN},
        )
    )


def asked_of(row: Requirement) -> Asked:
    """A requirement's row in the domain's words. No query."""
    return Asked(
        kind=row.kind,
        text=row.text,
        must=row.must,
        concept=row.concept,
        years=row.years,
        either=tuple(row.either),
    )


def order_id_of(public_id: UUID) -> int | None:
    """The order with the number that is used outside the house. One query."""
    return Order.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class LadderView:
    """Where an order stands on the ladder: what the step holds, what of it is uncovered, what next.

    `proposed` is the step to offer with one button; `by_itself` that the alliance chose to take it
    without asking (R8).
    """

    step: LadderStep
    municipalities: tuple[str, ...]
    missing: tuple[str, ...]
    proposed: LadderStep | None
    by_itself: bool


def ladder_of(page: OrderPage, *, day: date) -> LadderView:
    """Where the order of a page stands on the ladder on `day`. At most five queries."""
    order = page.order
    step = LadderStep(order.ladder_step)
    municipalities = municipalities_of_step(order, step, day=day)
    missing = page.coverage.missing_of(municipalities)
    proposed = ladder.proposed(step, covered=not missing, free=page.free)
    return LadderView(
        step=step,
        municipalities=municipalities,
        missing=missing,
        proposed=LadderStep(proposed) if proposed else None,
        by_itself=order.service_level.widens_by_itself,
    )


def next_steps(orders: QuerySet[Order], *, day: date) -> list[tuple[Order, LadderStep]]:
    """Which of `orders` are covered on the step where they are, with openings free and the company
    willing, and the step to propose (R8). Two queries, and five for each office and alliance.
    """
    refused = CompanyWord.objects.filter(order=OuterRef("pk"), subject=Subject.NOT_WIDER)
    rows = list(
        orders.filter(~Exists(refused), stage=Stage.RECRUITING, paused_at__isnull=True)
        .filter(hired__lt=F("openings"), company__in_conflict=False)
        .exclude(ladder_step=LadderStep.NATION)
        .select_related("company", "service_level", "alliance__area")
        .order_by("pk")
    )
    covered = covered_municipalities(rows)
    here: dict[tuple[int, int | None, str], tuple[str, ...]] = {}
    found = []
    for order in rows:
        place = order.lead_office_id, order.alliance_id, order.ladder_step
        if place not in here:
            here[place] = municipalities_of_step(order, order.ladder_step, day=day)
        done = covered[order.pk].issuperset(here[place])
        if step := ladder.proposed(order.ladder_step, covered=done, free=lifecycle.free(order)):
            found.append((order, LadderStep(step)))
    return found


def municipalities_of_step(order: Order, step: str, *, day: date) -> tuple[str, ...]:
    """The municipalities of a step of the ladder for the order's lead office. Five queries."""
    alliance: Alliance | None = order.alliance
    return network.municipalities_of_step(
        LadderStep(step), office_id=order.lead_office_id, alliance=alliance, day=day
    )


def municipalities_by_step(order: Order, *, day: date) -> dict[LadderStep, tuple[str, ...]]:
    """The municipalities of every step for the order's lead office, nearest first. Six queries."""
    alliance: Alliance | None = order.alliance
    return network.municipalities_by_step(
        office_id=order.lead_office_id, alliance=alliance, day=day
    )


@dataclass(frozen=True)
class OrderRow:
    """One order in a list, with the promise that is next to be kept."""

    id: int
    public_id: UUID
    title: str
    company_id: int
    company_name: str
    stage: Stage
    paused: bool
    openings: int
    hired: int
    lead_office_id: int
    lead_office_name: str
    lead_name: str
    received_at: datetime
    clock: Clock | None
    due_at: datetime | None
    outcome: Outcome | None

    def is_late(self, *, at: datetime) -> bool:
        """Whether the next promise is broken at `at`."""
        return self.due_at is not None and self.due_at <= at


@dataclass(frozen=True, kw_only=True)
class OrderFilter:
    """What a list of orders is narrowed to. `text` is words of the title, a company or its CVR;
    with `late_at`, only those whose next promise is broken then."""

    stage: Stage | None = None
    open_only: bool = False
    office_id: int | None = None
    lead_id: int | None = None
    company_id: int | None = None
    text: str = ""
    late_at: datetime | None = None


def order_list(chosen: OrderFilter, *, page: int = 1) -> Page[OrderRow]:
    """Orders, the newest first, 25 a page. Two queries."""
    rows = _chosen(chosen)
    total = rows.count()
    number = nearest_page(page, total=total)
    shown = rows.select_related("company", "lead_office", "lead")[page_slice(number)]
    return Page([_row(order) for order in shown], number, total)


def due_dialogues(office_id: int) -> tuple[OrderRow, ...]:
    """The office's orders whose company has not been spoken with, first due first. One query."""
    return _due(Order.objects.awaiting_dialogue().order_by("dialogue_due_at", "id"), office_id)


def due_presentations(office_id: int) -> tuple[OrderRow, ...]:
    """The office's orders that nobody was presented for, first due first. One query."""
    rows = Order.objects.awaiting_presentation().order_by("presentation_due_at", "id")
    return _due(rows, office_id)


@dataclass(frozen=True)
class OfferedHandover:
    """A lead that someone at an office is asked to take."""

    id: int
    order_id: int
    title: str
    company_name: str
    from_office_name: str
    to_user_id: int
    words: str
    offered_at: datetime


def offered_handovers(office_id: int) -> tuple[OfferedHandover, ...]:
    """The handovers that wait for the office's answer, oldest first. One query."""
    rows = Handover.objects.filter(
        to_office=office_id, accepted_at__isnull=True, declined_at__isnull=True
    ).select_related("order__company", "from_office")
    return tuple(
        OfferedHandover(
            row.pk,
            row.order_id,
            row.order.title,
            row.order.company.name,
            row.from_office.name,
            row.to_user_id,
            row.words,
            row.offered_at,
        )
        for row in rows.order_by("offered_at", "id")
    )


def schemes(day: date) -> tuple[Scheme, ...]:
    """The kinds of employment that an order can be for on `day`. One query."""
    return tuple(Scheme.objects.on(day))


def _with_names() -> QuerySet[Order]:
    return Order.objects.select_related(
        "company",
        "contact",
        "scheme",
        "alliance",
        "service_level",
        "lead_office",
        "lead",
        "deputy",
    )


def _chosen(chosen: OrderFilter) -> QuerySet[Order]:
    rows = Order.objects.all()
    if chosen.office_id is not None:
        rows = rows.led_by(chosen.office_id)
    if chosen.open_only:
        rows = rows.open()
    if chosen.stage is not None:
        rows = rows.filter(stage=chosen.stage)
    if chosen.lead_id is not None:
        rows = rows.filter(Q(lead=chosen.lead_id) | Q(deputy=chosen.lead_id))
    if chosen.company_id is not None:
        rows = rows.filter(company=chosen.company_id)
    if chosen.late_at is not None:
        rows = rows.overdue(at=chosen.late_at)
    for word in chosen.text.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(company__name__icontains=word) | Q(company__cvr=word)
        )
    return rows.order_by("-received_at", "-id")


def _due(rows: QuerySet[Order], office_id: int) -> tuple[OrderRow, ...]:
    led = rows.filter(pk__in=Order.objects.led_by(office_id).values("pk"))
    return tuple(_row(order) for order in led.select_related("company", "lead_office", "lead"))


def _row(order: Order) -> OrderRow:
    running = deadlines.running(order)
    return OrderRow(
        id=order.pk,
        public_id=order.public_id,
        title=order.title,
        company_id=order.company_id,
        company_name=order.company.name,
        stage=Stage(order.stage),
        paused=order.paused_at is not None,
        openings=order.openings,
        hired=order.hired,
        lead_office_id=order.lead_office_id,
        lead_office_name=order.lead_office.name,
        lead_name=order.lead.name,
        received_at=order.received_at,
        clock=running[0] if running else None,
        due_at=running[1] if running else None,
        outcome=lifecycle.outcome(order),
    )
