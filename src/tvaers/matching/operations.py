"""Searching for an order, and settling what became of each hit (R6, R13)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.candidates.models import Profile
from tvaers.candidates.queries import data_age
from tvaers.core.actor import Actor
from tvaers.core.paging import ROWS_PER_PAGE
from tvaers.core.working_days import danish_date, end_of_term
from tvaers.database.change import change
from tvaers.matching.asked import codes_of, workplaces_of
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_feed import current_index
from tvaers.matching.models import HitOutcome, Search, SearchEvidence, Settled
from tvaers.matching.order_query import Settings, query_of, requirements_of
from tvaers.network.queries import closing_days
from tvaers.orders import operations as orders
from tvaers.orders.lifecycle import LogKind
from tvaers.orders.models import EvidenceKind, Order, Stage

RANKED = 1000
"""So many hits are kept in order of fit; the others follow in order of id."""


class SearchRefusal(StrEnum):
    ORDER_CLOSED = "ORDER_CLOSED"
    NOWHERE = "NOWHERE"


@dataclass
class SearchRefused(Exception):
    reason: SearchRefusal


@change
def search(
    *,
    order_id: int,
    scope: Collection[str],
    by: Actor,
    at: datetime,
    settings: Settings | None = None,
) -> Search:
    """Search the municipalities in `scope` (codes) for the order and keep the result as evidence.

    Each municipality is covered at once where its data were fresh and nobody was found, and later
    when its last hit is settled (R6). Raises `SearchRefused`.
    """
    settings = settings or Settings()
    order = _locked(order_id)
    if order.stage == Stage.CLOSED:
        raise SearchRefused(SearchRefusal.ORDER_CLOSED)
    if not scope:
        raise SearchRefused(SearchRefusal.NOWHERE)
    made = _kept(order, scope, settings, by=by, at=at)
    orders.log(
        order,
        LogKind.SEARCHED,
        by=by,
        at=at,
        search=made.pk,
        municipalities=len(made.scope),
        hits=len(made.hits),
    )
    _look(order.pk, made.hits[:ROWS_PER_PAGE], by=by, at=at)
    _cover(order, made, by=by, at=at)
    return made


@change
def settle(
    *,
    order_id: int,
    person_ids: Collection[int],
    outcome: Settled | str,
    by: Actor,
    at: datetime,
    words: str = "",
) -> None:
    """Say what became of hits, one or many at once; a newer outcome takes an older one's place.

    Municipalities whose last hit this settles are covered from now (R6 c).
    """
    order = _locked(order_id)
    HitOutcome.objects.bulk_create(
        [
            HitOutcome(
                order=order,
                person_id=person_id,
                outcome=outcome,
                words=words,
                office_id=by.acting_office,
                at=at,
            )
            for person_id in sorted(set(person_ids))
        ],
        update_conflicts=True,
        unique_fields=["order", "person"],
        update_fields=["outcome", "words", "office", "at"],
    )
    orders.log(order, LogKind.SETTLED, by=by, at=at, people=len(set(person_ids)), outcome=outcome)
    counting = Search.objects.filter(
        order=order, narrowed=False, requirements_version__gte=order.covered_from_version
    )
    for made in counting:
        _cover(order, made, by=by, at=at)


@change
def look_at_page(*, search_id: int, person_ids: Collection[int], by: Actor, at: datetime) -> None:
    """Record that a further page of a search's hits was shown (R13)."""
    order_id = Search.objects.values_list("order_id", flat=True).get(pk=search_id)
    _look(order_id, person_ids, by=by, at=at)


@change
def look_at_export(*, search_id: int, person_ids: Collection[int], by: Actor, at: datetime) -> None:
    """Record that hits of a search leave the house in a file: one look, at each of them (R13)."""
    record_look(
        kind=LookKind.EXPORT,
        order_id=Search.objects.values_list("order_id", flat=True).get(pk=search_id),
        purpose="export",
        person_ids=person_ids,
        by=by,
        at=at,
    )


def _kept(
    order: Order, scope: Collection[str], settings: Settings, *, by: Actor, at: datetime
) -> Search:
    """Run the search and keep its whole result with the age of the data it relied on."""
    day = danish_date(at)
    query = query_of(
        order,
        requirements_of(order),
        workplaces=workplaces_of(order),
        day=day,
        settings=settings,
    )
    index = current_index(day)
    hits = _all_hits(index, query, scope)
    homes = dict(Profile.objects.filter(pk__in=hits).values_list("pk", "municipality_id"))
    return Search.objects.create(
        order=order,
        office_id=by.acting_office,
        user_id=by.user_id,
        at=at,
        requirements_version=order.requirements_version,
        scope=sorted(scope),
        settings=settings.as_json(),
        narrowed=settings.narrows,
        hits=hits,
        hits_in=[homes[hit] for hit in hits],
        near_misses=index.near_misses(query, codes_of(scope), k=0).total,
        data_at={
            code: age.isoformat() if age else None for code, age in data_age(scope, day).items()
        },
    )


def _look(order_id: int, person_ids: Collection[int], *, by: Actor, at: datetime) -> None:
    record_look(
        kind=LookKind.SEARCH,
        office_id=by.office_id,
        order_id=order_id,
        purpose="search",
        person_ids=person_ids,
        by=by,
        at=at,
    )


def _all_hits(index: Index, query: Query, scope: Collection[str]) -> list[int]:
    """Every hit, the best first."""
    ranked = index.search(query, codes_of(scope), k=RANKED)
    best = [int(person_id) for person_id in ranked.ids]
    if ranked.total <= len(best):
        return best
    seen = set(best)
    everyone = (int(person_id) for person_id in index.all_ids(query, codes_of(scope)))
    return best + [person_id for person_id in everyone if person_id not in seen]


def _cover(order: Order, made: Search, *, by: Actor, at: datetime) -> None:
    """Record evidence for the municipalities of a search that have become covered (R6)."""
    if made.narrowed or made.requirements_version < order.covered_from_version:
        return
    done = SearchEvidence.objects.filter(search=made).values_list(
        "evidence__municipalities", flat=True
    )
    already = {code for codes in done for code in codes}
    settled = set(order.hit_outcomes.values_list("person_id", flat=True))
    open_hits: defaultdict[str, int] = defaultdict(int)
    for person_id, code in zip(made.hits, made.hits_in, strict=True):
        open_hits[code] += person_id not in settled
    ages = fresh_ages(order, made)
    covered = [
        code for code in made.scope if code in ages and code not in already and not open_hits[code]
    ]
    if not covered:
        return
    evidence = orders.record_evidence(
        order_id=order.pk,
        requirements_version=made.requirements_version,
        municipalities=covered,
        kind=EvidenceKind.SEARCH,
        made_at=at,
        data_at=min(ages[code] for code in covered),
        by=by,
        at=at,
    )
    SearchEvidence.objects.create(search=made, evidence=evidence)


def fresh_ages(order: Order, made: Search) -> dict[str, datetime]:
    """The municipalities whose data were fresh when the search was made, with their age (R6 a)."""
    closed = closing_days(order.alliance_id)
    days = order.service_level.freshness_days
    ages = {code: datetime.fromisoformat(stored) for code, stored in made.data_at.items() if stored}
    return {
        code: age for code, age in ages.items() if made.at < end_of_term(age, days, closed=closed)
    }


def _locked(order_id: int) -> Order:
    order: Order = (
        Order.objects.select_related("scheme", "service_level")
        .select_for_update(of=("self",))
        .get(pk=order_id)
    )
    return order
