"""What time it is, for jobs: the one place where they read the clock."""

from datetime import datetime

from tvaers.database import clock


def now() -> datetime:
    """The moment; in the demo it may be next Tuesday."""
    return clock.now()
