"""CPR numbers: found in free text so that they are not saved (R17), and turned into a key.

The old check digit is not used: numbers given out since 2007 need not satisfy it.
"""

import hashlib
import hmac
import re
from datetime import date

from tvaers.core.spans import Span

IN_TEXT = re.compile(r"(?<![\d.,])(\d{6})(?:\s?[-–]\s?|\s)?(\d{4})(?![\d]|[.,]\d)")
KEY_BYTES = 32


def cpr_spans(text: str) -> tuple[Span, ...]:
    """Every stretch of `text` that reads as a CPR number, with or without a dash (R17)."""
    return tuple(
        Span(found.start(), found.end(), found.group())
        for found in IN_TEXT.finditer(text)
        if birth_date(found.group(1) + found.group(2)) is not None
    )


def normalised_cpr(text: str) -> str | None:
    """`text` as ten digits, or None when it is no CPR number.

    A spreadsheet may have eaten the leading zero, so nine digits are taken too.
    """
    digits = re.sub(r"[\s–-]", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) in (9, 10)):
        return None
    digits = digits.zfill(10)
    return digits if birth_date(digits) is not None else None


def birth_date(digits: str) -> date | None:
    """The day of birth that ten digits name, or None when no living person can have them.

    The day of a substitute number (for people without a CPR number) is 60 higher.
    """
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    century = _century(int(digits[6]), year)
    if century is None:
        return None
    try:
        return date(century + year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None


def _century(seventh: int, year: int) -> int | None:
    """The century of birth by the seventh digit and the year; None before 1900."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else None


def cpr_key(cpr: str, *, secret: bytes) -> str:
    """The keyed hash (HMAC-SHA-256, hex) that stands for a person instead of the number.

    Raises `ValueError` for what is not a CPR number (without repeating it) or a short secret.
    """
    digits = normalised_cpr(cpr)
    if digits is None:
        raise ValueError("not a CPR number")
    if len(secret) < KEY_BYTES:
        raise ValueError(f"the secret needs at least {KEY_BYTES} bytes")
    return hmac.new(secret, digits.encode("ascii"), hashlib.sha256).hexdigest()
