"""Reading the cells of a row: every fault of the row is collected, not only the first."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from tvaers.connectors.problems import Fault, Problem
from tvaers.connectors.spreadsheets import Row
from tvaers.connectors.values import BadValue

Value = TypeVar("Value")
Other = TypeVar("Other")


class Cells:
    """The cells of one row, and the problems met while they were read.

    `longest` is how many characters a column may have; the others may have any number.
    """

    def __init__(self, row: Row, *, longest: Mapping[str, int]) -> None:
        self.line = row.line
        self.problems: list[Problem] = []
        self._cells = row.cells
        for column, length in longest.items():
            if len(self.text(column)) > length:
                self.fault(column, Fault.TOO_LONG, str(length))

    def text(self, column: str) -> str:
        """The cell as it is; "" when empty."""
        return self._cells.get(column, "")

    def required(self, column: str) -> str:
        """The cell as it is; a problem when empty."""
        if not self.text(column):
            self.fault(column, Fault.EMPTY)
        return self.text(column)

    def value(self, column: str, read: Callable[[str], Value], empty: Other) -> Value | Other:
        """The cell as `read` understands it; `empty` when there is nothing in it.

        What `read` cannot understand is a problem, and gives `empty`.
        """
        text = self.text(column)
        try:
            return read(text) if text else empty
        except BadValue as bad:
            self.fault(column, bad.fault, bad.value, bad.words)
            return empty

    def fault(
        self, column: str, fault: Fault, value: str = "", words: tuple[str, ...] = ()
    ) -> None:
        """Note a problem with a cell."""
        self.problems.append(Problem(self.line, column, fault, value, words))
