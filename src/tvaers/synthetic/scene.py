"""The stage of the demo's history: one clock, many stories, acted in the order of time.

A story is a generator. It yields the moment of its next act and is resumed when the clock has
come there; what lies after "now" never happens, so every story stands where it truly would.
"""

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID

from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.matching.asked import workplaces_of
from tvaers.matching.engine.index import Index
from tvaers.matching.engine.rows import Query
from tvaers.matching.index_feed import current_index
from tvaers.matching.order_query import query_of, requirements_of
from tvaers.orders.models import Order
from tvaers.synthetic.deliveries import Deliveries
from tvaers.synthetic.office_hours import later
from tvaers.synthetic.people_who_work import Staff
from tvaers.synthetic.progress import Progress

Story = Iterator[datetime]


@dataclass
class Scene:
    """Where stories play. `now` is the moment of the act that is being played."""

    staff: Staff
    deliveries: Deliveries
    chance: Random
    kept: frozenset[int]
    """People who stay unemployed for the visitor."""
    now: datetime
    _waiting: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _told: int = 0
    _index: tuple[date, Index] | None = None
    _queries: dict[tuple[int, int, date], Query] = field(default_factory=dict)

    def tell(self, story: Story) -> None:
        """Begin a story at this moment; another story may begin one too."""
        self._told += 1
        self._go_on(self._told, story)

    def play(self, *, until: datetime, progress: Progress) -> None:
        """Play every act up to and including `until`, in the order of time."""
        first = self._waiting[0][0] if self._waiting else until
        while self._waiting and self._waiting[0][0] <= until:
            self.now, number, story = heapq.heappop(self._waiting)
            self.deliveries.come(danish_date(self.now))
            self._go_on(number, story)
            progress("Et års historie", (self.now - first).days, (until - first).days)

    def _go_on(self, number: int, story: Story) -> None:
        moment = next(story, None)
        if moment is not None:
            heapq.heappush(self._waiting, (max(moment, self.now), number, story))

    def after(self, hours: float) -> datetime:
        """So many office hours from now, give or take some minutes."""
        return later(self.now, hours + self.chance.random() / 3)

    def colleague_of(self, actor: Actor) -> Actor:
        """Someone at the same office: another one where there is another."""
        people = self.staff.consultants[actor.office_id or 0]
        others = [person for person in people if person != actor.id]
        return self.staff.as_user((others or list(people))[0], actor.office_id or 0)

    def key(self) -> UUID:
        """A number for a form that is sent once."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def fitting(self, order_id: int, codes: Collection[str] | None, *, most: int = 8) -> list[int]:
        """The people who fit the order best among those who live in `codes` (or anywhere).

        Found in the morning's index: nobody becomes findable, or stops to be, before it is next
        read (see `forget_index`).
        """
        day = danish_date(self.now)
        if self._index is None or self._index[0] != day:
            self._index = (day, current_index(day))
        order = Order.objects.select_related("scheme").get(pk=order_id)
        query = self._query(order, day)
        scope = None if codes is None else frozenset(int(code) for code in codes)
        return [int(pk) for pk in self._index[1].search(query, scope, k=most).ids]

    def forget_index(self) -> None:
        """Somebody can no longer be found."""
        self._index = None

    def _query(self, order: Order, day: date) -> Query:
        """What the order asks for; kept while its requirements and the day stay the same."""
        key = (order.pk, order.revision, day)
        if key not in self._queries:
            self._queries = {other: q for other, q in self._queries.items() if other[2] == day}
            self._queries[key] = query_of(
                order, requirements_of(order), workplaces=workplaces_of(order), day=day
            )
        return self._queries[key]
