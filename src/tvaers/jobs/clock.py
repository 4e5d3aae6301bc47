"""What time it is, for jobs: the one place where they read the clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, moved like that of the pages (`TVAERS_CLOCK_OFFSET`, seconds)."""
    return timezone.now() + timedelta(seconds=settings.TVAERS_CLOCK_OFFSET)
