"""What must hold for circulations and answers in the database too (R5, R6, R16)."""

import pgtrigger

from tvaers.database.triggers import Protect, ReadOnly

CIRCULATION = [
    Protect(name="circulations_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="circulations_are_only_withdrawn", exclude=["withdrawn_at"]),
]

REQUEST = [
    Protect(name="requests_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="requests_are_only_ended", exclude=["answered_at", "withdrawn_at", "due_at"]),
    Protect(
        name="what_is_answered_was_due_when_it_was",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(
            old__answered_at__isnull=False, new__due_at__df=pgtrigger.F("old__due_at")
        ),
    ),
]

EXCUSED = [Protect(name="excuses_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

ANSWER = [
    Protect(name="answers_are_kept", operation=pgtrigger.Delete),
    ReadOnly(name="answers_are_only_replaced", exclude=["replaced_at"]),
]

ANSWER_WORDS = [
    Protect(name="answers_words_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
]
