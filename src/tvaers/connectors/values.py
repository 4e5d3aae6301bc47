"""The values of a cell: numbers, dates, yes and no, lists, as Danish case systems write them.

Every reader takes the text of one cell and raises `BadValue` when it cannot be understood.
An empty cell is the caller's business: none of these is asked about "".
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from tvaers.connectors.problems import Fault

Choice = TypeVar("Choice")

YES = frozenset({"ja", "j", "yes", "y", "true", "sand", "sandt", "1", "x"})
NO = frozenset({"nej", "n", "no", "false", "falsk", "0"})
HOURS_A_WEEK = 60
_FIRST_EXCEL_DAY = date(1899, 12, 30)  # Excel counts 1900 as a leap year; this makes up for it
_DANISH_DAY = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})(?:[ T][\d:.]+)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T][\d:.+Z]+)?")
_EXCEL_DAY = re.compile(r"(\d{5})(?:[.,]\d+)?")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?|-?\d{1,3}(?:\.\d{3})+,\d+")
_POSTCODE = re.compile(r"(?:DK)?\s*-?\s*(\d{3,4})(?!\d)(?:[.,]0)?", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")


class BadValue(ValueError):
    """A cell that cannot be understood."""

    def __init__(self, fault: Fault, value: str, words: Iterable[str] = ()) -> None:
        super().__init__(f"{fault}: {value}")
        self.fault = fault
        self.value = value
        self.words = tuple(words)


def decimal(text: str) -> float:
    """A number with decimal comma or point: "2,5", "2.5", "1.250,75"."""
    if not _DECIMAL.fullmatch(text):
        raise BadValue(Fault.NOT_A_NUMBER, text)
    return float(text.replace(".", "").replace(",", ".") if "," in text else text)


def whole_number(text: str, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number between `least` and `most`; "45,0" is 45."""
    number = decimal(text)
    if number != int(number) or not least <= number <= most:
        raise BadValue(Fault.NOT_A_NUMBER, text)
    return int(number)


def day(text: str) -> date:
    """A date: 01-03-2027, 1/3-2027, 1.3.2027, 2027-03-01, or Excel's number of days."""
    if found := _DANISH_DAY.fullmatch(text):
        parts = found.group(3), found.group(2), found.group(1)
    elif found := _ISO_DAY.fullmatch(text):
        parts = found.group(1), found.group(2), found.group(3)
    elif found := _EXCEL_DAY.fullmatch(text):
        return _FIRST_EXCEL_DAY + timedelta(days=int(found.group(1)))
    else:
        raise BadValue(Fault.NOT_A_DATE, text)
    try:
        return date(*map(int, parts))
    except ValueError:
        raise BadValue(Fault.NOT_A_DATE, text) from None


def yes(text: str) -> bool:
    """True for ja, False for nej."""
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise BadValue(Fault.NOT_YES_OR_NO, text)


def items(text: str) -> tuple[str, ...]:
    """The things of a list separated by `|`, empty ones left out, each once, in order."""
    return tuple(dict.fromkeys(item for part in text.split("|") if (item := part.strip())))


def hours(text: str) -> tuple[int, int]:
    """Hours a week as (fewest, most): "37" is (37, 37), "20-37" is (20, 37).

    Half hours widen the range: the fewest is rounded down, the most up.
    """
    ends = re.split(r"\s*(?:-|–|til)\s*", text)
    try:
        numbers = [decimal(end) for end in ends]
    except BadValue:
        raise BadValue(Fault.NOT_HOURS, text) from None
    fewest, most = numbers[0], numbers[-1]
    if len(numbers) > 2 or not 0 < fewest <= most <= HOURS_A_WEEK:
        raise BadValue(Fault.NOT_HOURS, text)
    return int(fewest), -int(-most // 1)


def postcode(text: str) -> str:
    """The four digits of a Danish postcode ("DK-4600", "4600 Køge", "800"), "" for any other."""
    found = _POSTCODE.match(text)
    return found.group(1).zfill(4) if found else ""


def email(text: str) -> str:
    """A mail address, in lower case."""
    if not _EMAIL.fullmatch(text):
        raise BadValue(Fault.NOT_AN_EMAIL, text)
    return text.lower()


def choice(text: str, words: Mapping[str, Choice]) -> Choice:
    """What a word of a fixed list stands for, in any case; the keys are casefolded."""
    try:
        return words[text.casefold()]
    except KeyError:
        raise BadValue(Fault.NOT_IN_LIST, text, words) from None
