"""What time it is, for screens: the one place where pages read the clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, moved by `TVAERS_CLOCK_OFFSET` seconds so that a demo can show next Tuesday."""
    return timezone.now() + timedelta(seconds=settings.TVAERS_CLOCK_OFFSET)
