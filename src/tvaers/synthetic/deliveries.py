"""When the offices delivered their lists: the age of the data that a search relies on (R6)."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from tvaers.candidates.models import ImportRun
from tvaers.core.working_days import COPENHAGEN, danish_date
from tvaers.database.change import changing
from tvaers.synthetic.drawing import Home
from tvaers.synthetic.people_who_work import LOADER, Staff

STALE = {"0250": 6, "0550": 9, "0430": 12, "0860": 19}
"""Municipalities whose office has not delivered for so many days."""
NO_DELIVERY = ("0825", "0741")
"""Læsø and Samsø deliver no data: only an answer covers them."""
OFTEN = timedelta(days=2)
BAD_ROWS = [
    {"line": 17, "column": "postnr", "fault": "UNKNOWN_POSTCODE", "value": "4699"},
    {"line": 203, "column": "ledig fra", "fault": "NOT_A_DATE", "value": "snarest"},
]


FINISHED = ["file_name", "data_at", "imported_at", "changed", "unchanged", "problems"]


class Deliveries:
    """The nightly lists of every office, made as the story's days go by."""

    def __init__(
        self, staff: Staff, homes: Sequence[Home], *, began: datetime, at: datetime
    ) -> None:
        today = danish_date(at)
        self._at, self._today, self._ended = at, today, False
        self._people = Counter(home.office_id for home in homes)
        silent = {staff.office_of[code] for code in NO_DELIVERY}
        stale = {staff.office_of[code]: days for code, days in STALE.items()}
        offices = sorted({*staff.office_of.values(), *staff.funds} - silent)
        self._last = {office: today - timedelta(days=stale.get(office, 0)) for office in offices}
        self._newest = danish_date(began)
        with changing(by=LOADER, at=began):
            made = ImportRun.objects.bulk_create(
                _run(office, danish_date(began) - timedelta(days=1)) for office in offices
            )
        self.runs = {run.office_id: run.pk for run in made}
        """The run in which each office's people were last seen; `finish` gives it its day."""

    def come(self, day: date) -> None:
        """The lists of the night before `day`, unless there are some of the night before that.

        Those of the last night are `finish`ed.
        """
        if day >= self._today:
            self.finish()
        if day - self._newest < OFTEN:
            return
        self._newest = day
        due = [office for office, last in self._last.items() if day < last]
        with changing(by=LOADER, at=_night(day)):
            ImportRun.objects.bulk_create(_run(office, day) for office in due)

    def finish(self) -> None:
        """Every office's newest list, with the number of its people; once."""
        if self._ended:
            return
        self._ended = True
        rows = list(ImportRun.objects.filter(pk__in=self.runs.values()).order_by("office_id"))
        for number, row in enumerate(rows):
            night = _night(self._last[row.office_id])
            row.file_name = f"ledige-{night:%Y-%m-%d}.csv"
            row.data_at = row.imported_at = min(night, self._at - timedelta(minutes=30))
            row.changed = self._people[row.office_id] // 50
            row.unchanged = self._people[row.office_id] - row.changed
            row.problems = BAD_ROWS if number % 12 == 0 else []
        with changing(by=LOADER, at=min(_night(self._today), self._at)):
            ImportRun.objects.bulk_update(rows, FINISHED)


def deliver_again(night: datetime) -> int:
    """Each office that delivers at night does so once more, with nobody new; returns how many."""
    newest = ImportRun.objects.filter(kind=ImportRun.Kind.CANDIDATES).values("office_id")
    lately = newest.annotate(newest=Max("data_at")).filter(newest__gt=night - OFTEN)
    offices = sorted(row["office_id"] for row in lately if row["newest"] < night)
    with changing(by=LOADER, at=night):
        ImportRun.objects.bulk_create(_run(office, danish_date(night)) for office in offices)
    return len(offices)


def _run(office_id: int, day: date) -> ImportRun:
    name = f"ledige-{day:%Y-%m-%d}.csv"
    return ImportRun(
        office_id=office_id,
        kind=ImportRun.Kind.CANDIDATES,
        file_name=name,
        file_sha256=hashlib.sha256(f"{office_id}{name}".encode()).hexdigest(),
        full=True,
        data_at=_night(day),
        imported_at=_night(day),
    )


def _night(day: date) -> datetime:
    return datetime.combine(day, time(5, 30), COPENHAGEN)
