"""Who and when, for tests in which nobody asks."""

from contextlib import AbstractContextManager
from datetime import datetime

from tvaers.core.actor import Actor, ActorKind
from tvaers.core.working_days import COPENHAGEN
from tvaers.database.change import changing

SETUP = Actor(kind=ActorKind.JOB, label="tests")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=COPENHAGEN)
"""An ordinary Monday morning, with no closing day near."""


def setting_up() -> AbstractContextManager[None]:
    """A change made by nobody in particular: rows that a test takes for granted."""
    return changing(by=SETUP, at=MONDAY)
