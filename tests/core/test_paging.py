"""Pages of 25 rows."""

from hypothesis import given
from hypothesis import strategies as st

from tvaers.core.paging import ROWS_PER_PAGE, page_of


@given(total=st.integers(0, 300))
def test_turning_the_pages_shows_every_row_once_and_in_order(total):
    rows = list(range(total))
    seen: list[int] = []
    number: int | None = 1
    while number:
        page = page_of(rows, number)
        assert len(page.rows) <= ROWS_PER_PAGE
        assert list(page.rows) == rows[max(0, page.first_row - 1) : page.last_row]
        seen += page.rows
        number = page.next
    assert seen == rows
    assert page.number == page.last


@given(total=st.integers(0, 300), asked=st.integers(-5, 50))
def test_a_page_that_does_not_exist_shows_the_nearest(total, asked):
    page = page_of(range(total), asked)
    assert 1 <= page.number <= page.last
    assert page.number == asked or asked < 1 or asked > page.last
    assert (page.previous is None) == (page.number == 1)
