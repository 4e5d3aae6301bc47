"""Comma-, semicolon- and tab-separated text in the letters that case systems write it in.

A quotation mark that is never closed must not swallow the rest of the file: the line it stands on
is marked broken, and reading goes on from the next.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from tvaers.connectors.problems import Fault, Problem, UnreadableFile

DELIMITERS = ";,\t"
LONGEST_CELL_IN_LINES = 500
UNFINISHED = "unexpected end"  # what the csv module says of an open quotation mark
csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class Record:
    """One row of a file: the number of its first line, and its cells without outer spaces.

    A broken row has the whole line as its one cell.
    """

    line: int
    cells: tuple[str, ...]
    broken: bool = False


def records(content: bytes) -> Iterator[Record]:
    """The rows of delimited text, header first; a row may span lines inside quotation marks.

    Raises `UnreadableFile` for content that is not text.
    """
    lines = decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 1 if lines[0].casefold().startswith("sep=") else 0
    delimiter = sniffed(next((line for line in lines[at:] if line.strip()), ""))
    while at < len(lines):
        cells, taken = _record(lines, at, delimiter)
        told = [lines[at]] if cells is None else cells
        yield Record(at + 1, tuple(cell.strip() for cell in told), broken=cells is None)
        at += taken


def decoded(content: bytes) -> str:
    """The text: UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1252.

    A UTF-8 file with a stray byte stays UTF-8, and the stray becomes U+FFFD: the rest of its
    letters are right. So the letters of most lines decide.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise UnreadableFile(Problem(0, "", Fault.NOT_A_SPREADSHEET))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        foreign = [line for line in content.split(b"\n") if not line.isascii()]
        right = sum(_is_utf8(line) for line in foreign)
        encoding = "utf-8-sig" if right > len(foreign) / 2 else "cp1252"
        return content.decode(encoding, errors="replace")


def sniffed(header: str) -> str:
    """The delimiter of a file, from its header: the one that divides it into most cells."""
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([header], delimiter=mark), [])))


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of the row that begins on line `at`, and how many lines it takes.

    None for a row whose quotation marks do not add up; it takes one line.
    """
    for end in range(at, min(at + LONGEST_CELL_IN_LINES, len(lines))):
        if end > at and '"' not in lines[end]:
            continue
        row = csv.reader(["\n".join(lines[at : end + 1])], delimiter=delimiter, strict=True)
        try:
            return next(row, []), end + 1 - at
        except csv.Error as error:
            if UNFINISHED not in str(error):
                break
    return None, 1


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
