"""One page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ROWS_PER_PAGE = 25

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows shown, the page's number (from 1) and how many rows there are in all."""

    rows: Sequence[T]
    number: int
    total: int
    size: int = ROWS_PER_PAGE

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return last_page(self.total, size=self.size)

    @property
    def previous(self) -> int | None:
        """The number of the page before, or None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after, or None on the last."""
        return self.number + 1 if self.number < self.last else None

    @property
    def first_row(self) -> int:
        """The number of the first row shown, counted from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return min(self.number * self.size, self.total)


def last_page(total: int, *, size: int = ROWS_PER_PAGE) -> int:
    """How many pages `total` rows fill, at least one."""
    return max(1, -(-total // size))


def nearest_page(number: int, *, total: int, size: int = ROWS_PER_PAGE) -> int:
    """`number`, or the nearest page that exists: an old link to page 9 shows the last page."""
    return min(max(1, number), last_page(total, size=size))


def page_slice(number: int, *, size: int = ROWS_PER_PAGE) -> slice:
    """The rows of page `number` in the whole list; fits a list and a queryset alike."""
    return slice((number - 1) * size, number * size)


def page_of(rows: Sequence[T], number: int, *, size: int = ROWS_PER_PAGE) -> Page[T]:
    """Page `number` of rows held in memory, or the nearest page that exists."""
    number = nearest_page(number, total=len(rows), size=size)
    return Page(rows[page_slice(number, size=size)], number, len(rows), size)
