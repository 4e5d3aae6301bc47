"""What of a delivery plan is delivered, and what is late (M10). No Django."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tvaers.core.working_days import end_of_day


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An office will have presented so many people by the end of a day."""

    id: int
    office_id: int
    office: str
    number: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A line of the plan and what has come of it."""

    planned: Planned
    presented: int
    hired: int
    late: bool


def deliveries(
    plan: Iterable[Planned],
    *,
    presented: Mapping[int, int],
    hired: Mapping[int, int],
    at: datetime,
    awaited: bool = True,
) -> tuple[Delivery, ...]:
    """The plan in order of its days, with what each office has delivered by `at`.

    `presented` and `hired` count people by their office. They fill the office's lines from the
    first day on; what is more than planned counts on its last. A line is late when its day is over
    and people are lacking; nothing is late when nobody is `awaited` any more.
    """
    lines = sorted(plan, key=lambda one: (one.due_on, one.office, one.id))
    left = Counter(one.office_id for one in lines)
    free = {"presented": Counter(presented), "hired": Counter(hired)}
    found = []
    for one in lines:
        left[one.office_id] -= 1
        counts = {
            name: _take(rest, one, last=not left[one.office_id]) for name, rest in free.items()
        }
        lacking = counts["presented"] < one.number
        late = awaited and lacking and at >= end_of_day(one.due_on)
        found.append(Delivery(planned=one, late=late, **counts))
    return tuple(found)


def _take(rest: Counter[int], one: Planned, *, last: bool) -> int:
    """What falls to a line of the office's people that no earlier line has taken."""
    taken = rest[one.office_id] if last else min(rest[one.office_id], one.number)
    rest[one.office_id] -= taken
    return taken
