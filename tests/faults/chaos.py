"""What goes wrong and when: drawn beforehand from a seed, then done in that order."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.faults.processes import Installation

COMPONENTS = ("web", "worker", "database", "smtp")
MANNERS = ("stall", "drop-after", "drop")
"""How the mail server misbehaves in turn: it hangs, or goes away after or before it took a mail."""
HOUR = 3600.0
SPACING = 18.0
"""Seconds between two faults of a long run; a short one has at least two a component."""


@dataclass(frozen=True)
class Fault:
    """At so many seconds: kill a component, jump by `seconds`, or change the mail's manner."""

    at: float
    what: str
    seconds: float = 0.0


def plan(chance: Random, seconds: float) -> list[Fault]:
    """Kills of every component in turn, spread over the run, and a mail server that misbehaves.

    Every second time that the pages' turn comes, the clock jumps instead: forward, or now and then
    back. All that reads it is killed, as when a machine starts again.
    """
    spacing = min(SPACING, seconds / 9)
    faults: list[Fault] = []
    turn: list[str] = []
    jumps = 0
    for number in range(int(seconds / spacing - 0.5)):
        turn = turn or chance.sample(COMPONENTS, len(COMPONENTS))
        at, what = spacing * (number + 0.5), turn.pop()
        if what == "web" and number >= len(COMPONENTS) and (number // len(COMPONENTS)) % 2:
            jumps += 1
            ahead = chance.uniform(20, 60) * HOUR if jumps % 3 else -HOUR / 2
            faults.append(Fault(at, "jump", ahead))
        else:
            faults.append(Fault(at, what))
    for number, manner in enumerate(MANNERS * max(1, round(seconds / 300))):
        begin = spacing + number * seconds / len(MANNERS * max(1, round(seconds / 300)))
        faults += [Fault(begin, manner), Fault(begin + spacing, "take")]
    return sorted(faults, key=lambda fault: fault.at)


def wreak(
    house: Installation,
    faults: list[Fault],
    chance: Random,
    *,
    seconds: float,
    jumped: Callable[[], None],
    each_second: Callable[[float], None],
) -> Counter[str]:
    """Do the faults at their times, until the time is over; returns how often what was killed."""
    killed: Counter[str] = Counter()
    began = time.monotonic()
    left = list(faults)
    while (now := time.monotonic() - began) < seconds:
        each_second(now)
        if not left or left[0].at > now:
            time.sleep(0.2)
            continue
        fault = left.pop(0)
        if fault.what == "jump":
            house.jump(fault.seconds)
            killed += Counter({"web server": 1, "worker": 1})
            jumped()
        elif fault.what in COMPONENTS:
            killed[house.kill(fault.what, chance)] += 1
        else:
            house.behave(fault.what)
    house.behave("take")
    return killed
