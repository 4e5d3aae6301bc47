"""Times as people say them, in Danish time and the language in force."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.dateformat import format as date_words
from django.utils.dateformat import time_format as time_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tvaers.core.working_days import COPENHAGEN, danish_date

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(1), timedelta(7)
SAY_HOURS_UP_TO = 2 * DAY


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due ("senest i dag kl. 14.10"), what is left, and the exact time."""

    by: str
    left: str
    exact: str
    late: bool


def due(due_at: datetime, *, at: datetime) -> Due:
    """Say a due time. Midnight is the end of the day before (R1), and is said so."""
    ends_day = due_at.astimezone(COPENHAGEN).time() == time()
    last = due_at - MINUTE if ends_day else due_at
    when = _near_day(danish_date(last), today=danish_date(at))
    if not ends_day:
        when = _("%(day)s kl. %(time)s") % {"day": when, "time": clock(due_at)}
    late = at >= due_at
    left = amount(abs(due_at.astimezone(UTC) - at.astimezone(UTC)))
    return Due(
        by=_("senest %(when)s") % {"when": when},
        left=(_("%(amount)s for sent") if late else _("%(amount)s tilbage")) % {"amount": left},
        exact=_("%(day)s ved dagens slutning") % {"day": weekday_and_day(danish_date(last))}
        if ends_day
        else exact(due_at),
        late=late,
    )


def ago(moment: datetime, *, at: datetime) -> str:
    """Say how long since: "for 5 minutter siden", "i går kl. 14.10", "24. november 2026"."""
    passed = at.astimezone(UTC) - moment.astimezone(UTC)
    if passed < MINUTE:
        return _("lige nu")
    if passed < HOUR * 12:
        return _("for %(amount)s siden") % {"amount": amount(passed)}
    on, today = danish_date(moment), danish_date(at)
    if today - on <= DAY:
        when = _("i dag") if on == today else _("i går")
        return _("%(day)s kl. %(time)s") % {"day": when, "time": clock(moment)}
    if today - on <= WEEK:
        return ngettext("for %(days)s dag siden", "for %(days)s dage siden", (today - on).days) % {
            "days": (today - on).days
        }
    return day(on)


def amount(length: timedelta) -> str:
    """A length of time in one unit, rounded down: minutes, hours up to two days, then days."""
    if length < MINUTE:
        return _("under et minut")
    if length < HOUR:
        count = length // MINUTE
        return ngettext("%(count)s minut", "%(count)s minutter", count) % {"count": count}
    if length < SAY_HOURS_UP_TO:
        count = length // HOUR
        return ngettext("%(count)s time", "%(count)s timer", count) % {"count": count}
    return ngettext("%(count)s dag", "%(count)s dage", length.days) % {"count": length.days}


def exact(moment: datetime) -> str:
    """The whole of it: "tirsdag den 24. november 2026 kl. 14.10"."""
    on = weekday_and_day(danish_date(moment))
    return _("%(day)s kl. %(time)s") % {"day": on, "time": clock(moment)}


def clock(moment: datetime) -> str:
    """The time of day in Denmark: "14.10"."""
    return clock_time(moment.astimezone(COPENHAGEN).time())


def clock_time(of_day: time) -> str:
    """A time of day: "9.00"."""
    return time_words(of_day, _("G.i"))


def day(on: date | datetime) -> str:
    """A day: "24. november 2026"."""
    on = danish_date(on) if isinstance(on, datetime) else on
    return date_words(on, _("j. F Y"))


def day_and_clock(moment: datetime) -> str:
    """A day and a time: "24. november 2026 kl. 14.10"."""
    return _("%(day)s kl. %(time)s") % {"day": day(moment), "time": clock(moment)}


def weekday_and_day(on: date) -> str:
    """A day with its weekday: "tirsdag den 24. november 2026"."""
    return date_words(on, _(r"l \d\e\n j. F Y"))


def weekday_and_time(moment: datetime) -> str:
    """A moment of the coming week: "tirsdag kl. 14.10". Midnight is the end of the day before."""
    if moment.astimezone(COPENHAGEN).time() == time():
        return _("%(day)s ved dagens slutning") % {
            "day": date_words(danish_date(moment - MINUTE), "l")
        }
    on = date_words(danish_date(moment), "l")
    return _("%(day)s kl. %(time)s") % {"day": on, "time": clock(moment)}


def by_full_day(due_at: datetime) -> str:
    """A due time for what is read later: "senest tirsdag den 24. november kl. 14.10"."""
    ends_day = due_at.astimezone(COPENHAGEN).time() == time()
    when = date_words(danish_date(due_at - MINUTE if ends_day else due_at), _(r"l \d\e\n j. F"))
    if not ends_day:
        when = _("%(day)s kl. %(time)s") % {"day": when, "time": clock(due_at)}
    return _("senest %(when)s") % {"when": when}


def _near_day(on: date, *, today: date) -> str:
    """A day as it is said today: "i dag", "i morgen", "tirsdag", "24. november"."""
    distance = on - today
    if abs(distance) <= DAY:
        return {timedelta(): _("i dag"), DAY: _("i morgen"), -DAY: _("i går")}[distance]
    if timedelta() < distance < WEEK:
        return date_words(on, "l")
    return date_words(on, _("j. F") if on.year == today.year else _("j. F Y"))
