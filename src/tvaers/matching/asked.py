"""An order's question put to the index, and its people read again from the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tvaers.candidates.lifecycle import Hidden, unfindable_reasons
from tvaers.candidates.models import Identity, Profile
from tvaers.core.working_days import danish_date
from tvaers.matching.engine.answers import Explanation
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_feed import current_index
from tvaers.matching.models import HitOutcome
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


class Asked:
    """An order's question, and the index it is put to."""

    def __init__(self, order: Order, version: int, at: datetime, settings: Settings) -> None:
        self.order, self.day = order, danish_date(at)
        self.rows = requirements_of(order, version)
        self.requirements = searchable(self.rows)
        self.query: Query = query_of(
            order, self.rows, workplaces=workplaces_of(order), day=self.day, settings=settings
        )
        self.index: Index = current_index(self.day)

    def lacking_only(self, number: int) -> Query:
        """The question of which near misses can lack requirement `number` alone."""
        asked = enumerate(self.query.requirements)
        others = [one if n == number else replace(one, trainable_days=None) for n, one in asked]
        return replace(self.query, requirements=tuple(others))

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
            hit_of(
                profiles[person_id],
                self.index.explain(self.query, person_id),
                self.requirements,
                name=names.get(person_id, ""),
                day=self.day,
                outcome=outcomes.get(person_id),
            )
            for person_id in person_ids
            if person_id in profiles
        ]


def hit_of(
    profile: Profile,
    explanation: Explanation,
    requirements: Sequence[Requirement],
    *,
    name: str,
    day: date,
    outcome: HitOutcome | None = None,
) -> Hit:
    """A person beside an order. No query where the municipality and home office are loaded."""
    scores = explanation.requirements[: len(requirements)]
    return Hit(
        person_id=profile.pk,
        name=name,
        titles=profile.wanted_titles or profile.held_titles,
        municipality=profile.municipality.name,
        home_office=profile.home_office.name if profile.home_office else "",
        home_office_id=profile.home_office_id,
        fit=explanation.fit,
        met=tuple(requirements[score.number] for score in scores if score.met),
        unmet=tuple(requirements[score.number] for score in scores if not score.met),
        travel_minutes=explanation.travel if explanation.travel >= 0 else None,
        ready=date.fromordinal(max(explanation.ready, 1)),
        cv_updated_on=profile.cv_updated_on,
        hidden=unfindable_reasons(profile, day),
        outcome=outcome.outcome if outcome else "",
        outcome_words=outcome.words if outcome else "",
        explanation=explanation,
    )


def workplaces_of(order: Order) -> list[tuple[str, str]]:
    """The municipality and the postcode, or "", of each of the order's workplaces. One query."""
    return list(order.places.values_list("workplace__municipality_id", "workplace__postcode"))


def codes_of(scope: Collection[str]) -> frozenset[int]:
    """The municipalities of a scope as the engine numbers them."""
    return frozenset(int(code) for code in scope)
