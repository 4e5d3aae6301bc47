"""Failed sign-ins are counted in the database, so that every process counts alike.

Five failures for one e-mail address or fifty from one network address within a quarter of an
hour, and both wait until the quarter is over. Only hashes are kept, for a day. Signed links count
likewise: fifty forged ones from a network address, or twenty forms sent by one link; a company
that reads many CVs may send a hundred.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count

from tvaers.web.models import FailedSignIn

WITHIN = timedelta(minutes=15)
KEPT = timedelta(days=1)
PER_EMAIL = 5
PER_ADDRESS = 50
PER_LINK = 20
PER_COMPANY_LINK = 100


def keys(email: str, address: str) -> dict[str, int]:
    """What an attempt counts under, and how many failures each may have."""
    return {_hash(f"email {email.lower()}"): PER_EMAIL, _hash(f"address {address}"): PER_ADDRESS}


def link_keys(token: str, address: str, *, forms: int = PER_LINK) -> dict[str, int]:
    """What a signed link counts under: forged ones by network address, forms by link."""
    return {key_of_link(token): forms, _hash(f"address {address}"): PER_ADDRESS}


def key_of_link(token: str) -> str:
    return _hash(f"link {token}")


def too_many(limits: dict[str, int], *, at: datetime) -> bool:
    """Has any of the keys used up its failures?"""
    failed = (
        FailedSignIn.objects.filter(key__in=limits, at__gt=at - WITHIN)
        .values_list("key")
        .annotate(Count("id"))
    )
    return any(count >= limits[key] for key, count in failed)


def remember(keys: Collection[str], *, at: datetime) -> None:
    """Count a failure, and drop those that no longer matter."""
    FailedSignIn.objects.filter(at__lt=at - KEPT).delete()
    FailedSignIn.objects.bulk_create(FailedSignIn(key=key, at=at) for key in keys)


def forget(limits: dict[str, int]) -> None:
    """Start again for the e-mail address: its owner is in. The network address keeps its count."""
    own = [key for key, limit in limits.items() if limit == PER_EMAIL]
    FailedSignIn.objects.filter(key__in=own).delete()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
