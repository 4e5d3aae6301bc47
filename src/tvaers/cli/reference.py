"""The rows that every installation has: what the country looks like and what holds by default."""

from datetime import datetime

from tvaers.core.actor import MIGRATION
from tvaers.network.operations import load_defaults
from tvaers.orders.operations import load_schemes
from tvaers.places.operations import load_reference


def load(at: datetime) -> None:
    """Load them; what is there already stays as it is."""
    load_reference(by=MIGRATION, at=at)
    load_defaults(by=MIGRATION, at=at)
    load_schemes(by=MIGRATION, at=at)
