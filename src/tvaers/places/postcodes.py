"""From a postcode to its municipality and town."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from tvaers.places.tables import rows

POSTCODE = re.compile(r"(?:DK-?)?\s*(\d{4})(?:\.0)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class PostcodeFact:
    """The postcodes `first` to `last` (one, but for the inner city), their town and municipality.

    Where a postcode lies in several municipalities it is counted where its town lies.
    """

    first: int
    last: int
    town: str
    municipality: str


@cache
def all_postcodes() -> tuple[PostcodeFact, ...]:
    """Every ordinary delivery postcode, ascending."""
    return tuple(
        PostcodeFact(int(row["from"]), int(row["to"]), row["town"], row["municipality"])
        for row in rows("postcodes")
    )


def postcode_fact(postcode: str | int) -> PostcodeFact | None:
    """What is known of a postcode ("4600", 4600, "DK-4600"), or None."""
    found = POSTCODE.fullmatch(str(postcode).strip())
    if not found:
        return None
    number = int(found.group(1))
    at = bisect_right(all_postcodes(), number, key=lambda fact: fact.first) - 1
    if at < 0 or number > all_postcodes()[at].last:
        return None
    return all_postcodes()[at]


def municipality_of_postcode(postcode: str | int) -> str | None:
    """The four-digit code of the municipality where the postcode's town lies, or None."""
    fact = postcode_fact(postcode)
    return fact.municipality if fact else None
