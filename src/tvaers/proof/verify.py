"""Is a printed proof still what the database says?"""

from dataclasses import dataclass

from tvaers.orders.models import Order
from tvaers.proof.seal import opened
from tvaers.reporting.search_ledger import Differences, Ledger, differences, ledger_of


class OrderGone(Exception):
    """The database has no such order."""


@dataclass(frozen=True)
class Verified:
    """The ledger as it was printed and as it is, and how they differ."""

    then: Ledger
    now: Ledger
    differences: Differences

    @property
    def same(self) -> bool:
        return self.then.digest() == self.now.digest()


def verified(file: bytes) -> Verified:
    """Compare a printed proof with the database. Four queries.

    Raises `NotAProof`, `SealBroken` (see `seal`) or `OrderGone`.
    """
    then = opened(file)
    try:
        now = ledger_of(then.order)
    except Order.DoesNotExist as error:
        raise OrderGone from error
    return Verified(then, now, differences(then, now))
