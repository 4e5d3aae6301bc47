"""The mail of the day: what waits, said so that it can be read tomorrow, and nothing of anyone."""

from datetime import timedelta
from typing import Any

import pytest

from tests.core.factories import MONDAY
from tvaers.network.models import LadderStep
from tvaers.reporting.digest import Digest
from tvaers.reporting.tasks import Place, Task, TaskKind
from tvaers.wording import mails

HOUR = timedelta(hours=1)


def task(kind: TaskKind, number: int, after: timedelta | None, **facts: Any) -> Task:
    told = {"title": "Kokke", "company": "Prøve Café", "openings": 2} | facts
    due_at = None if after is None else MONDAY + after
    return Task(kind=kind, place=Place.ORDER, id=number, due_at=due_at, facts=told)


def written(*tasks: Task) -> mails.Mail:
    found = Digest(tasks=tasks, answered=())
    return mails.digest(found, address="https://tvaers.example/", at=MONDAY)


def test_the_subject_counts_what_is_late() -> None:
    late = task(TaskKind.DIALOGUE, 1, -HOUR)
    soon = task(TaskKind.PRESENTATION, 2, HOUR)
    whenever = task(TaskKind.WIDEN, 3, None, step=LadderStep.ALLIANCE)
    assert written(late, soon, whenever).subject == "3 opgaver venter, 1 er forsinket"
    assert written(late, late).subject == "2 opgaver venter, 2 er forsinkede"
    assert written(soon).subject == "1 opgave venter"


def test_equal_lines_are_one_and_the_rest_are_counted() -> None:
    asked = [task(TaskKind.RELEASE, n, HOUR, asked_by="Greve") for n in range(3)]
    others = [task(TaskKind.DIALOGUE, n, HOUR, title=f"Kok {n}") for n in range(11)]
    text = written(*asked, *others).text
    line = "- Må kandidaten nævnes? Kokke · Prøve Café · 2 stillinger"
    assert f"{line} (senest mandag den 2. marts kl. 10.00) × 3" in text
    assert text.count("- Tal med virksomheden: Kok") == mails.LINES_IN_DIGEST - 1
    assert "- og 2 opgaver mere" in text


@pytest.mark.parametrize("wanted", ["Kok | Tjener", "Snedker"])
def test_what_a_candidate_wants_to_be_stands_in_no_mail(wanted: str) -> None:
    text = written(task(TaskKind.UNAVAILABLE, 1, HOUR, wanted=wanted, reported_by="Greve")).text
    assert wanted not in text
    assert "- Er kandidaten stadig ledig? (senest mandag den 2. marts kl. 10.00)" in text
