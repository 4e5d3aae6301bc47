"""The plan over all open orders: who to propose where, so that most openings get somebody.

The rule is `matching.spread`; here the orders, the people who fit them and who is in play are
read, and what a lead sees of it. People are taken from the step of the ladder on which each order
stands (R8). Nobody who was settled for an order, or was in play for it, comes back.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from tvaers.candidates.models import Profile
from tvaers.core.paging import Page, page_of
from tvaers.core.working_days import danish_date
from tvaers.matching.asked import Hit, hit_of
from tvaers.matching.engine.answers import Result
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_feed import current_index
from tvaers.matching.models import HitOutcome
from tvaers.matching.open_orders import OpenOrder, open_orders, scopes
from tvaers.matching.spread import MOST_PLACES, Place, Vacancy, spread
from tvaers.orders.models import Order, Stage
from tvaers.referrals.lifecycle import OPEN, State
from tvaers.referrals.models import Referral
from tvaers.referrals.queries import visible_names

LISTED = 500
"""The best so many who fit an order are looked at. With no more openings than this in all orders,
everybody else could change nothing in the first round: one of them is always free."""


class Without(StrEnum):
    """Why an order gets no proposal."""

    SAYS_TOO_LITTLE = "SAYS_TOO_LITTLE"
    ENOUGH = "ENOUGH"
    NOBODY = "NOBODY"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One person to propose for an order. `first` fills an opening; the others are in reserve."""

    order: Order
    hit: Hit
    first: bool
    elsewhere: int


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """What the plan says to one office, 25 people a page, and its orders without anybody."""

    proposals: Page[Proposal]
    without: tuple[tuple[Order, Without], ...]


def proposal_page(office_id: int, *, at: datetime, page: int = 1) -> ProposalPage:
    """The plan for the orders that the office leads, those to be presented for first first.

    Names come through row-level security; the caller records the look (R13). Twelve queries.
    """
    day = danish_date(at)
    plan = plan_of_all(day)
    led = sorted(
        (row.order for row in plan.open.orders.values() if _leads(office_id, row.order)),
        key=lambda order: (order.presentation_due_at, order.pk),
    )
    rank = {order.pk: number for number, order in enumerate(led)}
    own = [place for place in plan.places if place.order in rank]
    own.sort(key=lambda place: (rank[place.order], place.round, -place.fit, place.person))
    shown = page_of(own, page)
    return ProposalPage(
        proposals=Page(_read_again(plan, shown.rows, day), shown.number, shown.total),
        without=tuple((row, plan.without[row.pk]) for row in led if row.pk in plan.without),
    )


@dataclass(frozen=True, eq=False)
class Open:
    """What a plan is made from: the open orders, who may be proposed for them, who is in play.

    `without` are orders that nobody is looked for, `in_play` how many open orders a person is in.
    """

    orders: dict[int, OpenOrder]
    vacancies: list[Vacancy]
    without: dict[int, Without]
    in_play: Counter[int]
    index: Index


@dataclass(frozen=True, eq=False)
class Plan:
    """Who to propose for which of the `open` orders, and why the others get nobody."""

    open: Open
    places: tuple[Place, ...]
    without: dict[int, Without]


def plan_of_all(day: date) -> Plan:
    """The plan over every open order of every office. Nine queries."""
    found = read_open(day)
    places = spread(found.vacancies, in_play=found.in_play, salt=day.toordinal())
    served = {place.order for place in places}
    unserved = {row.order for row in found.vacancies} - served
    return Plan(found, places, found.without | dict.fromkeys(unserved, Without.NOBODY))


def read_open(day: date) -> Open:
    """Every open order of every office, with the people who may be proposed. Nine queries."""
    orders = {row.order.pk: row for row in open_orders(day)}
    standing = _Standing.read(orders, day)
    where = scopes([row.order for row in orders.values()], day)
    found = Open(orders, [], {}, standing.in_play, current_index(day))
    for row in orders.values():
        at_most = standing.at_most(row.order)
        if not row.says_enough:
            found.without[row.order.pk] = Without.SAYS_TOO_LITTLE
        elif at_most < 1:
            found.without[row.order.pk] = Without.ENOUGH
        else:
            question = standing.question(row)
            fitting = found.index.search(question, where[row.order.pk], k=LISTED)
            found.vacancies.append(standing.vacancy(row.order, at_most, fitting))
    return found


@dataclass(frozen=True, eq=False)
class _Standing:
    """Who is in play where, who was presented or said no to, and whom a job waits for already."""

    in_play: Counter[int]
    of_order: Counter[int]
    agreed: Counter[int]
    """Per order: how many of the agreed number are used or on their way (R10)."""
    known: dict[int, set[int]]
    """Per order: people who were in play for it or settled for it."""
    taken: frozenset[int]

    @staticmethod
    def read(order_ids: Collection[int], day: date) -> "_Standing":
        """Three queries."""
        in_play, of_order, agreed = Counter[int](), Counter[int](), Counter[int]()
        known: defaultdict[int, set[int]] = defaultdict(set)
        everywhere = Referral.objects.exclude(order__stage=Stage.CLOSED)
        for order, person, state, presented_at in everywhere.values_list(
            "order_id", "person_id", "state", "presented_at"
        ):
            known[order].add(person)
            in_play[person] += state in OPEN
            of_order[order] += state in OPEN
            on_the_way = state in (State.PROPOSED, State.ASKED)
            agreed[order] += presented_at is not None or on_the_way
        settled = HitOutcome.objects.filter(order__in=order_ids)
        for order, person in settled.values_list("order_id", "person_id"):
            known[order].add(person)
        # A full-time job that begins later: free on paper until then (R11).
        hired = Profile.objects.filter(hired_from__gt=day).values_list("pk", flat=True)
        return _Standing(in_play, of_order, agreed, known, frozenset(hired))

    def at_most(self, order: Order) -> int:
        """How many more may be proposed before the agreed number would be passed (R10)."""
        return order.present_at_most - self.agreed[order.pk]

    def question(self, row: OpenOrder) -> Query:
        """Who fits the order and may be proposed for it."""
        full = {person for person, places in self.in_play.items() if places >= MOST_PLACES}
        kept_out = self.known.get(row.order.pk, set()) | full | self.taken
        return replace(row.query, blocked=frozenset(kept_out))

    def vacancy(self, order: Order, at_most: int, found: Result) -> Vacancy:
        """The order as the rule of the plan sees it."""
        return Vacancy(
            order=order.pk,
            free=order.openings - order.hired,
            in_play=self.of_order[order.pk],
            at_most=at_most,
            people=found.ids,
            fits=found.fit,
        )


def _leads(office_id: int, order: Order) -> bool:
    """Whether the office is accountable for the order (R9)."""
    return office_id in {order.lead_office_id, *(row.office_id for row in order.co_leads.all())}


def _read_again(plan: Plan, places: Sequence[Place], day: date) -> list[Proposal]:
    """The people of the places, as the database and the reader's rights have them. Two queries."""
    people = [place.person for place in places]
    profiles = Profile.objects.select_related("municipality", "home_office").in_bulk(people)
    names = visible_names(people)
    proposals = []
    for place in places:
        row = plan.open.orders[place.order]
        proposals.append(
            Proposal(
                order=row.order,
                hit=hit_of(
                    profiles[place.person],
                    plan.open.index.explain(row.query, place.person),
                    row.requirements,
                    name=names.get(place.person, ""),
                    day=day,
                ),
                first=place.round == 1,
                elsewhere=plan.open.in_play[place.person],
            )
        )
    return proposals
