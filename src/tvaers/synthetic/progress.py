"""How far the loading has come."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the step's Danish name, how many are done, and how many there are."""


def silent(step: str, done: int, total: int) -> None:
    """For loads that nobody watches."""
