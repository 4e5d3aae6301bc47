"""What the search page and the receiver's page show. Rows are read again from the database."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from tvaers.candidates.lifecycle import Hidden, unfindable_reasons
from tvaers.candidates.models import Identity, Profile
from tvaers.core.paging import Page, nearest_page, page_slice
from tvaers.core.working_days import danish_date
from tvaers.matching.engine.answers import Explanation, Reason
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_feed import current_index
from tvaers.matching.models import HitOutcome, Search
from tvaers.matching.operations import RANKED, fresh_ages, workplace_codes
from tvaers.matching.order_query import Settings, query_of, requirements_of, searchable
from tvaers.orders.models import Order, Requirement


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One person in a result. `name` is empty where the reader may not know it (R13).

    `fit` is in thousandths, `travel_minutes` None where no way is known; `ready` the first day
    the person can start. `hidden` greys the person: it holds now, whatever held at the search.
    """

    person_id: int
    name: str
    titles: str
    municipality: str
    home_office: str
    home_office_id: int | None
    fit: int
    met: tuple[Requirement, ...]
    unmet: tuple[Requirement, ...]
    travel_minutes: int | None
    ready: date
    cv_updated_on: date | None
    hidden: tuple[Hidden, ...]
    outcome: str
    outcome_words: str
    explanation: Explanation


class Only(StrEnum):
    """Which of the hits to show."""

    OPEN = "open"
    ALL_MET = "all_met"


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
    """A page of a kept search. `all_met` counts those who meet the nice requirements as well.

    `unsearchable` are requirements that no concept was found for, so that no search sees them.
    """

    search: Search
    order: Order
    settings: Settings
    outdated: bool
    hits: Page[Hit]
    settled: int
    all_met: int
    municipalities: tuple[Searched, ...]
    unsearchable: tuple[Requirement, ...]


def result_page(
    search_id: int, *, at: datetime, page: int = 1, only_in: str = "", only: Only | None = None
) -> ResultPage:
    """The hits of a search, 25 a page, of one municipality or of one kind. Thirteen queries.

    `outdated` says that the order's requirements have changed since.
    """
    search = Search.objects.select_related(
        "order__scheme", "order__company", "order__service_level"
    ).get(pk=search_id)
    order, settings = search.order, Settings.from_json(search.settings)
    asked = _Asked(order, search.requirements_version, at, settings)
    settled = set(order.hit_outcomes.values_list("person_id", flat=True))
    complete = asked.meeting_everything(search.scope).intersection(search.hits)
    shown = [
        person_id
        for person_id, code in zip(search.hits, search.hits_in, strict=True)
        if (not only_in or code == only_in)
        and not (only is Only.OPEN and person_id in settled)
        and not (only is Only.ALL_MET and person_id not in complete)
    ]
    number = nearest_page(page, total=len(shown))
    return ResultPage(
        search=search,
        order=order,
        settings=settings,
        outdated=search.requirements_version < order.covered_from_version,
        hits=Page(asked.hits(shown[page_slice(number)]), number, len(shown)),
        settled=sum(person_id in settled for person_id in search.hits),
        all_met=len(complete),
        municipalities=_searched(order, search, settled),
        unsearchable=tuple(row for row in asked.rows if row.concept is None),
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


@dataclass(frozen=True, kw_only=True)
class NearMisses:
    """People who lack exactly one trainable must requirement: how many lack which, and the best."""

    lacking: tuple[tuple[Requirement, int], ...]
    people: tuple[Hit, ...]


def near_misses(search_id: int, *, at: datetime, most: int = 25) -> NearMisses:
    """The near misses of a search as the database stands now."""
    search = Search.objects.select_related("order__scheme").get(pk=search_id)
    settings = Settings.from_json(search.settings)
    asked = _Asked(search.order, search.requirements_version, at, settings)
    found = asked.index.near_misses(asked.query, _codes(search.scope), k=most)
    lacking = sorted(found.lacking.items(), key=lambda item: (-item[1], item[0]))
    own = [(asked.requirements[n], count) for n, count in lacking if n < len(asked.requirements)]
    return NearMisses(lacking=tuple(own), people=tuple(asked.hits([int(i) for i in found.ids])))


def own_hits(
    order_id: int, office_id: int, municipalities: Collection[str], *, at: datetime
) -> tuple[Hit, ...]:
    """The office's own people who fit the order, best first: its part of the receiver's page.

    A fund has no municipalities: its people are looked for everywhere.
    """
    order = Order.objects.select_related("scheme", "company").get(pk=order_id)
    asked = _Asked(order, order.requirements_version, at, Settings())
    scope = _codes(municipalities) if municipalities else None
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
    asked = _Asked(order, order.requirements_version, at, Settings())
    return tuple(asked.hits(person_ids))


OWN_MOST = 100
ANYWHERE_MOST = 5000


def hits_by_municipality(order_id: int, *, at: datetime) -> dict[str, int]:
    """How many hits live where, over the whole country: where to send the order."""
    order = Order.objects.select_related("scheme").get(pk=order_id)
    asked = _Asked(order, order.requirements_version, at, Settings())
    found = asked.index.hits_by_municipality(asked.query)
    return {f"{code:04}": count for code, count in found.items()}


@dataclass(frozen=True, kw_only=True)
class Absent:
    """Someone who was looked for in a search: how they fit, and what keeps them out, if anything.

    `found` says that the search did find them.
    """

    hit: Hit
    reasons: tuple[Reason, ...]
    found: bool


def absent(search_id: int, person_id: int, *, at: datetime) -> Absent:
    """Why a person is not among the hits of a search, as the database stands now.

    Raises LookupError for an unknown id.
    """
    search = Search.objects.select_related("order__scheme").get(pk=search_id)
    settings = Settings.from_json(search.settings)
    asked = _Asked(search.order, search.requirements_version, at, settings)
    reasons = asked.index.why_not(asked.query, person_id, _codes(search.scope))
    return Absent(hit=asked.hits([person_id])[0], reasons=reasons, found=person_id in search.hits)


def why_not(order_id: int, person_id: int, *, at: datetime) -> tuple[Reason, ...]:
    """What keeps a person out of the order's hits; raises LookupError for an unknown id."""
    order = Order.objects.select_related("scheme").get(pk=order_id)
    asked = _Asked(order, order.requirements_version, at, Settings())
    return asked.index.why_not(asked.query, person_id)


class _Asked:
    """An order's question, and the index it is put to."""

    def __init__(self, order: Order, version: int, at: datetime, settings: Settings) -> None:
        self.order, self.day = order, danish_date(at)
        self.rows = requirements_of(order, version)
        self.requirements = searchable(self.rows)
        self.query: Query = query_of(
            order, self.rows, workplaces=workplace_codes(order), day=self.day, settings=settings
        )
        self.index: Index = current_index(self.day)

    def meeting_everything(self, scope: Collection[str]) -> set[int]:
        """Of the best thousand, those who meet the nice requirements as well."""
        found = self.index.search(self.query, _codes(scope), k=RANKED)
        return {int(person_id) for person_id in found.ids[found.unmet == 0]}

    def hits(self, person_ids: Sequence[int]) -> list[Hit]:
        """The people in the order given, as they are now. Three queries."""
        profiles = Profile.objects.select_related("municipality", "home_office").in_bulk(
            list(person_ids)
        )
        names = dict(Identity.objects.filter(pk__in=person_ids).values_list("pk", "name"))
        outcomes = {
            row.person_id: row
            for row in HitOutcome.objects.filter(order=self.order, person_id__in=person_ids)
        }
        return [
            self._hit(profiles[person_id], names.get(person_id, ""), outcomes.get(person_id))
            for person_id in person_ids
            if person_id in profiles
        ]

    def _hit(self, profile: Profile, name: str, outcome: HitOutcome | None) -> Hit:
        explanation = self.index.explain(self.query, profile.pk)
        scores = explanation.requirements[: len(self.requirements)]
        met = [self.requirements[score.number] for score in scores if score.met]
        unmet = [self.requirements[score.number] for score in scores if not score.met]
        return Hit(
            person_id=profile.pk,
            name=name,
            titles=profile.wanted_titles or profile.held_titles,
            municipality=profile.municipality.name,
            home_office=profile.home_office.name if profile.home_office else "",
            home_office_id=profile.home_office_id,
            fit=explanation.fit,
            met=tuple(met),
            unmet=tuple(unmet),
            travel_minutes=explanation.travel if explanation.travel >= 0 else None,
            ready=date.fromordinal(max(explanation.ready, 1)),
            cv_updated_on=profile.cv_updated_on,
            hidden=unfindable_reasons(profile, self.day),
            outcome=outcome.outcome if outcome else "",
            outcome_words=outcome.words if outcome else "",
            explanation=explanation,
        )


def _codes(scope: Collection[str]) -> frozenset[int]:
    return frozenset(int(code) for code in scope)
