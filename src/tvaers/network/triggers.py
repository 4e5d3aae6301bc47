"""What must hold for the network in the database too: a promise is never edited (R4, R7)."""

import pgtrigger

from tvaers.database.triggers import Protect, ReadOnly

SERVICE_LEVEL = [
    Protect(name="promises_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="promises_only_end", exclude=["ends_on"]),
]
