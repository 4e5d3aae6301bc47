"""Days on which no term counts: the nation's, adjusted by an alliance's own (R1)."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache

HALF_HOLIDAYS = ((6, 5), (12, 24), (12, 31))
"""Constitution Day, Christmas Eve and New Year's Eve: closed by custom, not by law (month, day)."""


@cache
def national_closing_days(year: int) -> frozenset[date]:
    """Denmark's public holidays and the half holidays of `year`; Store bededag to 2023 only."""
    from holidays import country_holidays  # imported late: it takes half a second

    customary = {date(year, month, day) for month, day in HALF_HOLIDAYS}
    return frozenset(customary.union(country_holidays("DK", years=year)))


@dataclass(frozen=True, slots=True)
class ClosingDays(Container[date]):
    """The closing days of one alliance: `day in closing_days` for any day of any year.

    `added` are closed besides the nation's days, `removed` are worked although the nation is
    closed; a day in both is worked. Weekends are never working days, whatever stands here.
    """

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        """Whether `day` is closed."""
        if not isinstance(day, date) or day in self.removed:
            return False
        return day in self.added or day in national_closing_days(day.year)


DANISH_CLOSING_DAYS = ClosingDays()
"""The nation's closing days as they come, for whoever has agreed nothing else."""
