"""What time it is: the machine's clock, moved as far as a demo world is ahead of it.

The doors ask here (`web.clock`, `jobs.clock`); below them time is an argument. In the demo the
distance stands in a file of the data folder, so that all processes move at once.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tvaers.database.folders import data_folder


def now() -> datetime:
    """The moment; `TVAERS_CLOCK_OFFSET` (seconds) moves it too. Nothing does outside the demo."""
    return timezone.now() + timedelta(seconds=settings.TVAERS_CLOCK_OFFSET) + ahead()


def ahead() -> timedelta:
    """How far the demo's clock is ahead of the machine's."""
    if not settings.TVAERS_DEMO:
        return timedelta(0)
    try:
        return timedelta(seconds=float(_file().read_text()))
    except FileNotFoundError:
        return timedelta(0)


def set_ahead(distance: timedelta) -> None:
    """Move the demo's clock, for all processes at once."""
    draft = _file().with_name(f"ahead.{os.getpid()}")
    draft.write_text(str(distance.total_seconds()))
    draft.replace(_file())


def _file() -> Path:
    return data_folder() / "ahead"
