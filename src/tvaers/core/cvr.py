"""The numbers of companies (CVR) and of their workplaces (P-number)."""

import re

CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def normalised_cvr(text: str) -> str | None:
    """`text` as the eight digits of a valid CVR number, or None; "DK 12 34 56 78" is understood."""
    digits = re.sub(r"[\s.-]", "", text)
    if digits[:2].upper() == "DK":
        digits = digits[2:]
    return digits if is_cvr(digits) else None


def is_cvr(digits: str) -> bool:
    """Whether these are eight digits, the first not zero, whose weighted sum 11 divides."""
    if not re.fullmatch(r"[1-9][0-9]{7}", digits):
        return False
    return sum(w * int(d) for w, d in zip(CVR_WEIGHTS, digits, strict=True)) % 11 == 0


def cvr_with_check_digit(first_seven: str) -> str | None:
    """The CVR number that begins with these seven digits, or None when no digit completes it."""
    check = -sum(w * int(d) for w, d in zip(CVR_WEIGHTS, first_seven, strict=False)) % 11
    candidate = f"{first_seven}{check}"
    return candidate if is_cvr(candidate) else None


def normalised_p_number(text: str) -> str | None:
    """`text` as the ten digits of a P-number, or None; P-numbers begin at 1000000000."""
    digits = re.sub(r"[\s.-]", "", text)
    return digits if re.fullmatch(r"[1-9][0-9]{9}", digits) else None
