"""Excel out: a sheet of rows under its headings, and a sheet about the file."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS_AT, WIDEST = 2, 60
Cell = str | int | date | None


def workbook(
    *,
    sheet: str,
    notice: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    about_sheet: str,
    about: Iterable[tuple[str, str]],
) -> bytes:
    """An Excel file: `notice` above the table on the first sheet, `about` on the second.

    Text is written as text, so that no cell becomes a formula or a link.
    """
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    first = book.add_worksheet(sheet)
    first.write_string(0, 0, notice, book.add_format({"bold": True}))
    table = [headings, *rows]
    for number, row in enumerate(table, start=HEADINGS_AT):
        for column, cell in enumerate(row):
            text = strong if number == HEADINGS_AT else plain
            _write(first, number, column, cell, text=text, day=day)
    for column in range(len(headings)):
        longest = max(len(str(row[column] or "")) for row in table)
        first.set_column(column, column, min(longest + 2, WIDEST))
    first.freeze_panes(HEADINGS_AT + 1, 2)
    first.autofilter(HEADINGS_AT, 0, HEADINGS_AT + len(table) - 1, len(headings) - 1)
    second = book.add_worksheet(about_sheet)
    second.set_column(0, 0, 24)
    second.set_column(1, 1, 90)
    for number, (what, said) in enumerate(about):
        second.write_string(number, 0, what, strong)
        second.write_string(number, 1, said, plain)
    book.close()
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, *, text: Any, day: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time.min), day)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, text)
    elif cell:
        sheet.write_string(row, column, cell, text)
