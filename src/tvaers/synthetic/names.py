"""Names of people and companies that nobody can take for real ones.

Every surname says that the person is made up, every address ends in `.example`, and no Danish
telephone number begins with 00.
"""

from random import Random

from tvaers.synthetic.tables import words

FIRST_NAMES = words("first")
SURNAMES = words("last")
STREETS = words("street")


def person(chance: Random) -> str:
    """A full name, sometimes with an initial in the middle."""
    middle = f" {chance.choice('ABCDEFGHIJKLMNOPRSTV')}." if chance.random() < 0.2 else ""
    return f"{chance.choice(FIRST_NAMES)}{middle} {chance.choice(SURNAMES)}"


def phone(chance: Random) -> str:
    """Eight digits that reach nobody."""
    return f"00 {chance.randrange(10, 100)} {chance.randrange(10, 100)} {chance.randrange(10, 100)}"


def street(chance: Random) -> str:
    """A street and a number; every twelfth is a flat."""
    number = f"{chance.choice(STREETS)} {chance.randrange(1, 120)}"
    return f"{number}, {chance.randrange(1, 5)}. tv." if chance.random() < 0.08 else number
