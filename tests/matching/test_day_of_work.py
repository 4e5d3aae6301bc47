"""After a day of work the index is what the database says, to the last person."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.core.waiting import PATIENCE
from tests.matching.day_of_work import DayOfWork
from tvaers.candidates.models import Profile
from tvaers.cli import main
from tvaers.core.working_days import danish_date
from tvaers.matching import index_feed
from tvaers.matching.index_check import differences
from tvaers.matching.index_feed import current_index
from tvaers.synthetic.load import load_demo

NOW = datetime(2026, 9, 16, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An empty folder for the index and the words, and a process that has read nothing yet."""
    settings.TVAERS_INDEX = tmp_path
    index_feed._newest = None
    yield tmp_path
    _builders_are_done()
    index_feed._newest = None


def _builders_are_done() -> None:
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(PATIENCE)


@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_check_finds_no_difference_after_a_day_of_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_demo(candidates=800, companies=40, orders=15, at=NOW)
    monkeypatch.setattr(index_feed, "FOLD_AT", 40)
    current_index(danish_date(NOW))
    day = DayOfWork(begins=NOW, seed=2026, folder=folder)

    day.live(deeds=100)

    assert {deed.__name__ for deed in day.deeds} - set(+day.done) == set()
    _builders_are_done()
    for later in (0, 1):
        today = danish_date(day.at + timedelta(days=later))
        assert differences(today) == (Profile.objects.count(), [])
    shown = CliRunner().invoke(main.compose(["index"]), ["index", "check"])
    assert (shown.exit_code, shown.output.split(" (")[0]) == (0, "0 differences")
