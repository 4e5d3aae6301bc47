"""Hits as rows of a page: everything said in words, with the marks of other orders and releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tvaers.matching.models import Settled
from tvaers.matching.queries import Hit, Searched
from tvaers.orders.models import Order
from tvaers.referrals.queries import in_play_elsewhere, release_states
from tvaers.wording import matching as words
from tvaers.wording.candidates import who, why_hidden
from tvaers.wording.referrals import RELEASES


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person in a result. `release` is "" where nobody has asked who it is."""

    hit: Hit
    who: str
    fit: str
    marks: tuple[words.Mark, ...]
    occupation: str
    parts: tuple[words.PartWords, ...]
    travel: str
    ready: str
    cv_age: str
    hidden: tuple[str, ...]
    outcome: Any
    elsewhere: int
    release: Any

    @property
    def may_ask(self) -> bool:
        """Whether there is somebody to ask who this is."""
        return not self.hit.name and not self.release and self.hit.home_office_id is not None


def rows_of(hits: Sequence[Hit], order: Order, *, today: date) -> list[Row]:
    """The hits in words. Two queries."""
    people = [hit.person_id for hit in hits]
    elsewhere = in_play_elsewhere(people, than_order_id=order.pk)
    releases = release_states(order.pk, people)
    return [
        row_of(
            hit,
            order,
            today=today,
            elsewhere=elsewhere[hit.person_id],
            release=RELEASES.get(releases.get(hit.person_id, ""), ""),
        )
        for hit in hits
    ]


def row_of(hit: Hit, order: Order, *, today: date, elsewhere: int = 0, release: Any = "") -> Row:
    """One hit in words. No query."""
    return Row(
        hit=hit,
        who=who(hit.person_id, hit.name),
        fit=words.fit(hit),
        marks=words.marks(hit),
        occupation=words.occupation(hit, order.occupation, also=order.other_occupations),
        parts=words.parts(hit, order.occupation, today=today, also=order.other_occupations),
        travel=words.travel(hit.travel_minutes),
        ready=words.ready(hit.ready, today=today),
        cv_age=words.cv_age(hit.cv_updated_on, today=today),
        hidden=tuple(why_hidden(reason) for reason in hit.hidden),
        outcome=dict(Settled.choices).get(hit.outcome, ""),
        elsewhere=elsewhere,
        release=release,
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """A municipality in a search: its hits, what they still need, and whether it is covered."""

    code: str
    name: str
    hits: int
    open: int
    data: str
    fresh: bool
    covered: bool


def places_of(
    searched: Sequence[Searched], names: dict[str, str], covered: Any, *, today: date
) -> list[Place]:
    """The municipalities of a search in words. No query."""
    return [
        Place(
            code=row.code,
            name=names[row.code],
            hits=row.hits,
            open=row.open,
            data=words.data_age(
                (today - row.data_at.date()).days if row.data_at else None, fresh=row.fresh
            ),
            fresh=row.fresh,
            covered=row.code in covered,
        )
        for row in searched
    ]
