"""Two at once: what the database refuses to the second is said as the rule says it (R16)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


def broken_constraint(error: IntegrityError) -> str | None:
    """The name of the constraint that a write broke, as the database tells it."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)


@contextmanager
def refused_as(refusal: Exception, *constraints: str) -> Iterator[None]:
    """Raise `refusal` when what is written here breaks one of the constraints.

    For what was looked up first and was free: somebody else took it in the same moment.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if broken_constraint(error) not in constraints:
            raise
        raise refusal from error
