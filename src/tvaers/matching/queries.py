"""What the search page and the receiver's page show. Rows are read again from the database."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Case, Q, When

from tvaers.candidates.models import Profile
from tvaers.core.paging import ROWS_PER_PAGE, Page, nearest_page, page_slice
from tvaers.matching.asked import Asked, codes_of
from tvaers.matching.asked import Hit as Hit
from tvaers.matching.engine.answers import Reason
from tvaers.matching.facets import Facets, Group, Mask, State, facets
from tvaers.matching.models import HitOutcome, SavedSearch, Search
from tvaers.matching.operations import fresh_ages
from tvaers.matching.order_query import Settings
from tvaers.orders.models import Order, Requirement, Stage


@dataclass(frozen=True, kw_only=True)
class Searched:
    """A municipality in a search: its hits, those without an outcome, and how old its data were.

    Without `fresh` data only an answer covers it (R6 a).
    """

    code: str
    hits: int
    open: int
    data_at: datetime | None
    fresh: bool


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """A page of a kept search, and the ways to look at a part of it with exact counts.

    `nice` are the requirements to choose by, in the order of their facet. `unsearchable` are
    requirements that no concept was found for, so that no search sees them.
    """

    search: Search
    order: Order
    settings: Settings
    outdated: bool
    hits: Page[Hit]
    settled: int
    facets: Facets
    nice: tuple[Requirement, ...]
    municipalities: tuple[Searched, ...]
    unsearchable: tuple[Requirement, ...]


def result_page(
    search_id: int,
    *,
    at: datetime,
    page: int = 1,
    chosen: Mapping[Group, str] | None = None,
    seen: Collection[int] | None = None,
    size: int = ROWS_PER_PAGE,
) -> ResultPage:
    """The hits of a search, 25 a page, or the part of them that is `chosen`. Twelve queries.

    `outdated` says that the order's requirements have changed since. With `seen`, the hits that
    the reader saw before, those that are new can be chosen.
    """
    search = _search(search_id)
    order, settings = search.order, Settings.from_json(search.settings)
    asked = Asked(order, search.requirements_version, at, settings)
    settled = set(order.hit_outcomes.values_list("person_id", flat=True))
    told = _facets(asked, search, settled, chosen or {}, seen)
    shown = [search.hits[place] for place in told.shown()]
    number = nearest_page(page, total=len(shown), size=size)
    rows = asked.hits(shown[page_slice(number, size=size)])
    return ResultPage(
        search=search,
        order=order,
        settings=settings,
        outdated=search.requirements_version < order.covered_from_version,
        hits=Page(rows, number, len(shown), size),
        settled=sum(person_id in settled for person_id in search.hits),
        facets=told,
        nice=tuple(row for row in asked.requirements if not row.must),
        municipalities=_searched(order, search, settled),
        unsearchable=tuple(row for row in asked.rows if row.concept is None),
    )


def _search(search_id: int) -> Search:
    related = ("order__scheme", "order__company", "order__service_level")
    return Search.objects.select_related(*related).get(pk=search_id)


def _facets(
    asked: Asked,
    search: Search,
    settled: Collection[int],
    chosen: Mapping[Group, str],
    seen: Collection[int] | None,
) -> Facets:
    """The facets of a kept search, for those of its hits who have not been erased since."""
    hits = np.array(search.hits, np.int64)
    lives_in = np.array(search.hits_in, "U4")
    states: dict[str, Mask] = {State.OPEN: ~np.isin(hits, list(settled))}
    if seen is not None:
        states[State.NEW] = ~np.isin(hits, list(seen))
    return facets(
        hits,
        asked.index.facts(asked.query, search.hits),
        today=asked.query.today,
        asked=len(asked.query.requirements),
        requirements={
            str(row.pk): bit for bit, row in enumerate(asked.requirements) if not row.must
        },
        states=states,
        places={code: lives_in == code for code in search.scope},
        chosen=chosen,
    )


def open_hits(search_id: int, municipality: str) -> tuple[int, ...]:
    """The hits of a search that live there and have no outcome yet. Two queries."""
    search = Search.objects.only("order_id", "hits", "hits_in").get(pk=search_id)
    settled = HitOutcome.objects.filter(order_id=search.order_id)
    done = set(settled.values_list("person_id", flat=True))
    pairs = zip(search.hits, search.hits_in, strict=True)
    return tuple(hit for hit, code in pairs if code == municipality and hit not in done)


def _searched(order: Order, search: Search, settled: Collection[int]) -> tuple[Searched, ...]:
    """The municipalities of a search, those with most hits first."""
    fresh = fresh_ages(order, search)
    pairs = list(zip(search.hits, search.hits_in, strict=True))
    hits = Counter(code for _, code in pairs)
    still_open = Counter(code for person_id, code in pairs if person_id not in settled)
    return tuple(
        Searched(
            code=code,
            hits=hits[code],
            open=still_open[code],
            data_at=datetime.fromisoformat(stored) if stored else None,
            fresh=code in fresh,
        )
        for code in sorted(search.scope, key=lambda code: (-hits[code], code))
        for stored in [search.data_at.get(code)]
    )


def saved_search(search_id: int, user_id: int) -> SavedSearch | None:
    """How someone follows a search, if they do, with the run that they saw before. One query."""
    rows = SavedSearch.objects.filter(search=search_id, user=user_id).select_related("before")
    return rows.first()


def saved_searches(user_id: int, office_id: int) -> list[SavedSearch]:
    """The searches that someone follows at an office, for orders at work; with news first."""
    rows = (
        SavedSearch.objects.filter(user=user_id, office=office_id)
        .exclude(order__stage=Stage.CLOSED)
        .select_related("order__company", "search")
        .defer("search__hits", "search__hits_in", "search__data_at")
    )
    return list(rows.order_by(Case(When(waiting__gt=0, then=0), default=1), "-seen_at", "-id"))


@dataclass(frozen=True, kw_only=True)
class NearMisses:
    """People whom one trainable must requirement alone keeps out, and the page of them shown."""

    requirement: Requirement
    people: Page[Hit]


def near_misses(
    search_id: int, *, at: datetime, lacking: int | None = None, page: int = 1
) -> tuple[NearMisses, ...]:
    """The near misses of a search as the database stands now, grouped by what they lack.

    The largest group first, with its `BEST_OF_A_GROUP` best; or only those who lack the
    requirement with the id `lacking`, 25 a page. Eight queries.
    """
    asked, scope = _asked_in(search_id, at)
    counts = asked.index.near_misses(asked.query, scope, k=0).lacking
    size = BEST_OF_A_GROUP if lacking is None else ROWS_PER_PAGE
    groups: list[tuple[Requirement, Page[int]]] = []
    for number, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if number >= len(asked.requirements):
            continue  # an extra requirement of the search, which is none of the company's
        row = asked.requirements[number]
        if lacking in (None, row.pk):
            shown = nearest_page(page, total=count, size=size)
            of_group = asked.lacking_only(number)
            first = page_slice(shown, size=size).start
            found = asked.index.near_misses(of_group, scope, k=size, offset=first)
            groups.append((row, Page([int(i) for i in found.ids], shown, count, size)))
    people = asked.hits([person_id for _, ids in groups for person_id in ids.rows])
    hits = {hit.person_id: hit for hit in people}
    return tuple(
        NearMisses(
            requirement=row,
            people=Page([hits[i] for i in ids.rows if i in hits], ids.number, ids.total, size),
        )
        for row, ids in groups
    )


BEST_OF_A_GROUP = 5


def _asked_in(search_id: int, at: datetime) -> tuple[Asked, frozenset[int]]:
    """The question of a kept search put anew, and its scope. Five queries."""
    search = _search(search_id)
    settings = Settings.from_json(search.settings)
    return Asked(search.order, search.requirements_version, at, settings), codes_of(search.scope)


def own_hits(
    order_id: int, office_id: int, municipalities: Collection[str], *, at: datetime
) -> tuple[Hit, ...]:
    """The office's own people who fit the order, best first: its part of the receiver's page.

    A fund has no municipalities: its people are looked for everywhere.
    """
    order = Order.objects.select_related("scheme", "company").get(pk=order_id)
    asked = Asked(order, order.requirements_version, at, Settings())
    scope = codes_of(municipalities) if municipalities else None
    found = asked.index.search(asked.query, scope, k=OWN_MOST if municipalities else ANYWHERE_MOST)
    own = set(
        Profile.objects.filter(
            Q(home_office_id=office_id)
            | Q(person__records__office_id=office_id, person__records__retired_at__isnull=True),
            pk__in=[int(person_id) for person_id in found.ids],
        ).values_list("pk", flat=True)
    )
    return tuple(asked.hits([int(i) for i in found.ids if int(i) in own][:OWN_MOST]))


def people_for(order_id: int, person_ids: Sequence[int], *, at: datetime) -> tuple[Hit, ...]:
    """These people beside the order, hits or not, in the order given."""
    if not person_ids:
        return ()
    order = Order.objects.select_related("scheme", "company").get(pk=order_id)
    asked = Asked(order, order.requirements_version, at, Settings())
    return tuple(asked.hits(person_ids))


OWN_MOST = 100
ANYWHERE_MOST = 5000


def hits_by_municipality(order_id: int, *, at: datetime) -> dict[str, int]:
    """How many hits live where, over the whole country: where to send the order."""
    order = Order.objects.select_related("scheme").get(pk=order_id)
    asked = Asked(order, order.requirements_version, at, Settings())
    found = asked.index.hits_by_municipality(asked.query)
    return {f"{code:04}": count for code, count in found.items()}


@dataclass(frozen=True, kw_only=True)
class Absent:
    """Someone who was looked for in a search: how they fit, and what keeps them out, if anything.

    `number` is the person's place among the `hits` that the search found, from 1, if it did.
    """

    hit: Hit
    profile: Profile
    reasons: tuple[Reason, ...]
    number: int | None
    hits: int


def absent(search_id: int, person_id: int, *, at: datetime) -> Absent:
    """Why a person is not among the hits of a search, as the database stands now.

    Raises LookupError for an unknown id.
    """
    asked, scope = _asked_in(search_id, at)
    reasons = asked.index.why_not(asked.query, person_id, scope)
    hits = Search.objects.values_list("hits", flat=True).get(pk=search_id)
    return Absent(
        hit=asked.hits([person_id])[0],
        profile=Profile.objects.select_related("municipality").get(pk=person_id),
        reasons=reasons,
        number=hits.index(person_id) + 1 if person_id in hits else None,
        hits=len(hits),
    )


def why_not(order_id: int, person_id: int, *, at: datetime) -> tuple[Reason, ...]:
    """What keeps a person out of the order's hits; raises LookupError for an unknown id."""
    order = Order.objects.select_related("scheme").get(pk=order_id)
    asked = Asked(order, order.requirements_version, at, Settings())
    return asked.index.why_not(asked.query, person_id)
