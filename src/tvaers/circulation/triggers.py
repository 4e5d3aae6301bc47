"""What must hold for answers in the database too (R5, R16)."""

import pgtrigger

from tvaers.database.triggers import Protect, ReadOnly

ANSWER = [
    Protect(name="answers_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="answers_are_only_replaced", exclude=["replaced_at"]),
]
