"""The ladder: how wide an order is searched, step by step (R8). No Django."""

from enum import StrEnum


class Step(StrEnum):
    """The steps, nearest first."""

    OWN = "OWN"
    ALLIANCE = "ALLIANCE"
    PART = "PART"
    NATION = "NATION"


STEPS = tuple(Step)


def first_step(*, workplace_municipalities: int, starts_at_alliance: bool) -> Step:
    """Where an order starts: at the alliance when the company works in several municipalities, or
    when the alliance always searches across."""
    return Step.ALLIANCE if starts_at_alliance or workplace_municipalities > 1 else Step.OWN


def next_step(step: str) -> Step | None:
    """The step above, or None at the top."""
    above = STEPS[STEPS.index(Step(step)) + 1 :]
    return above[0] if above else None


def steps_above(step: str) -> tuple[Step, ...]:
    """All steps above `step`, nearest first."""
    return STEPS[STEPS.index(Step(step)) + 1 :]


def proposed(step: str, *, covered: bool, free: int) -> Step | None:
    """The step to propose with one button: the next, once this one is covered and openings are
    free; None otherwise."""
    return next_step(step) if covered and free > 0 else None
