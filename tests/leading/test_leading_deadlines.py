"""What of a plan is delivered and what is late, for any plan and any people."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tvaers.core.working_days import end_of_day
from tvaers.leading.deadlines import Delivery, Planned, deliveries

FRIDAY = date(2026, 3, 6)
WEEK = timedelta(weeks=1)


def planned(number: int, due_on: date = FRIDAY, *, office: int = 1, id: int = 1) -> Planned:
    return Planned(id=id, office_id=office, office=f"Kontor {office}", number=number, due_on=due_on)


PLANS = st.lists(
    st.builds(
        planned,
        st.integers(1, 5),
        st.dates(FRIDAY, FRIDAY + 4 * WEEK),
        office=st.integers(1, 3),
        id=st.integers(1, 99),
    ),
    max_size=8,
)
PEOPLE = st.dictionaries(st.integers(1, 4), st.integers(0, 12))


def of(lines: tuple[Delivery, ...], office: int) -> list[Delivery]:
    return [line for line in lines if line.planned.office_id == office]


@given(plan=PLANS, presented=PEOPLE, hired=PEOPLE, day=st.dates(FRIDAY, FRIDAY + 4 * WEEK))
def test_everyone_of_an_office_in_the_plan_is_counted_once_on_the_earliest_lines_first(
    plan: list[Planned], presented: dict[int, int], hired: dict[int, int], day: date
) -> None:
    at = end_of_day(day)
    lines = deliveries(plan, presented=presented, hired=hired, at=at)
    assert Counter(line.planned for line in lines) == Counter(plan)
    for office in {one.office_id for one in plan}:
        mine = of(lines, office)
        assert [line.planned.due_on for line in mine] == sorted(
            line.planned.due_on for line in mine
        )
        for name, people in (("presented", presented), ("hired", hired)):
            counts = [getattr(line, name) for line in mine]
            assert sum(counts) == people.get(office, 0)
            for line, later in zip(mine, counts[1:], strict=False):
                assert getattr(line, name) <= line.planned.number
                assert not later or getattr(line, name) == line.planned.number
    for line in lines:
        lacking = line.presented < line.planned.number
        assert line.late == (lacking and line.planned.due_on <= day)


def test_two_days_of_one_office_are_filled_in_turn_and_more_counts_on_the_last() -> None:
    plan = [planned(2, id=1), planned(3, FRIDAY + WEEK, id=2)]
    before, after = end_of_day(FRIDAY) - timedelta(seconds=1), end_of_day(FRIDAY)
    one = deliveries(plan, presented={1: 1}, hired={}, at=before)
    assert [(line.presented, line.late) for line in one] == [(1, False), (0, False)]
    late = deliveries(plan, presented={1: 1}, hired={}, at=after)
    assert [line.late for line in late] == [True, False]
    more = deliveries(plan, presented={1: 7}, hired={1: 3}, at=after)
    assert [(line.presented, line.hired, line.late) for line in more] == [
        (2, 2, False),
        (5, 1, False),
    ]


def test_nothing_is_late_when_nobody_is_awaited() -> None:
    at = end_of_day(FRIDAY + WEEK)
    (line,) = deliveries([planned(2)], presented={}, hired={}, at=at, awaited=False)
    assert not line.late
