"""Everything in the demo world happens at an hour when somebody works."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tvaers.core.closing_days import DANISH_CLOSING_DAYS
from tvaers.core.working_days import COPENHAGEN, is_working_day
from tvaers.synthetic.office_hours import CLOSES, OPENS, earlier, later
from tvaers.synthetic.plots import SET
from tvaers.synthetic.tables import branches

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 7 * 365 * 24 * 60).map(lambda n: FIRST + timedelta(minutes=n))
HOURS = st.floats(min_value=0, max_value=400)


@settings(deadline=None)  # the first call reads the holidays
@given(MOMENTS, HOURS)
def test_later_and_earlier_are_office_hours_and_undo_each_other(at: datetime, hours: float) -> None:
    before, after = earlier(at, hours), later(at, hours)

    assert before <= at <= after
    for moment in (before, after):
        wall = moment.astimezone(COPENHAGEN)
        assert is_working_day(wall.date(), closed=DANISH_CLOSING_DAYS)
        assert OPENS <= wall.time() <= CLOSES
    assert at <= later(before, hours + 0.01)
    assert hours < 0.02 or later(before, hours - 0.01) <= at


def test_some_company_looks_for_every_occupation_of_the_set() -> None:
    sought = {one for branch in branches() for one in branch.occupations}
    assert {plot.occupation for plot in SET} <= sought
