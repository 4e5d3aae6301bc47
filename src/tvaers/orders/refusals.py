"""What the operations on orders raise: values, never sentences."""

from dataclasses import dataclass

from tvaers.orders.lifecycle import Refusal
from tvaers.orders.need import Need, Problem


@dataclass
class OrderRefused(Exception):
    """Something may not be done with an order, and why."""

    reason: Refusal


@dataclass
class CloseRefused(OrderRefused):
    """An order may not be closed so (R7); `missing` are the uncovered municipalities."""

    missing: tuple[str, ...] = ()


@dataclass
class NeedRefused(Exception):
    """What was written down is not a need that can be kept."""

    problems: tuple[Problem, ...]


@dataclass
class StaleOrder(Exception):
    """Someone saved the order in the meantime; what it says now, so that both can be shown."""

    current: Need
    revision: int


@dataclass
class AllFilled(Exception):
    """Every opening has its hire; the company must want more before another (R11)."""

    openings: int
