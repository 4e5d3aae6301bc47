"""What time it is, for screens: the one place where pages read the clock."""

from datetime import datetime

from tvaers.database import clock


def now() -> datetime:
    """The moment; in the demo it may be next Tuesday."""
    return clock.now()
