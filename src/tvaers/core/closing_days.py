"""Days on which no term counts: the nation's, adjusted by an alliance's own (R1)."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache

HALF_HOLIDAYS = {(6, 5): "Grundlovsdag", (12, 24): "Juleaften", (12, 31): "Nytårsaften"}
"""Closed by custom, not by law: (month, day) and name."""


@cache
def national_closing_days(year: int) -> frozenset[date]:
    """Denmark's public holidays and the half holidays of `year`; Store bededag to 2023 only."""
    return frozenset(closing_day_names(year))


@cache
def closing_day_names(year: int) -> dict[date, str]:
    """The same days with their Danish names."""
    from holidays import country_holidays  # imported late: it takes half a second

    customary = {date(year, month, day): name for (month, day), name in HALF_HOLIDAYS.items()}
    return customary | dict(country_holidays("DK", years=year, language="da"))


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
