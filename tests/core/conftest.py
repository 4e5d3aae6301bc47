"""Closing days typed by hand, so that no test of a term leans on the code it tries."""

from datetime import date, timedelta

import pytest

EASTER_SUNDAYS = """
2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28
2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25
2036-04-13
"""
FIXED_DAYS = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
MAUNDY_THURSDAY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY = -3, -2, 1, 39, 50
STORE_BEDEDAG = 26


@pytest.fixture(scope="session")
def closed_by_hand() -> frozenset[date]:
    """Every closing day on a weekday or weekend, 2020–2036, Sundays of the feasts left out."""
    closed = {date(year, m, d) for year in range(2020, 2037) for m, d in FIXED_DAYS}
    for easter in map(date.fromisoformat, EASTER_SUNDAYS.split()):
        after_easter = [MAUNDY_THURSDAY, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY]
        if easter.year <= 2023:
            after_easter.append(STORE_BEDEDAG)
        closed.update(easter + timedelta(days=days) for days in after_easter)
    return frozenset(closed)
