"""Every change of a circulation goes through these verbs."""

from tvaers.circulation.answering import AnswerRefused, Named, Newcomer, answer, unchanged
from tvaers.circulation.recounting import recount, resume
from tvaers.circulation.reminding import remind
from tvaers.circulation.sending import (
    ExcusedOffice,
    SendRefused,
    ask_again,
    change_order,
    send,
    withdraw,
)

__all__ = [
    "AnswerRefused",
    "ExcusedOffice",
    "Named",
    "Newcomer",
    "SendRefused",
    "answer",
    "ask_again",
    "change_order",
    "recount",
    "remind",
    "resume",
    "send",
    "unchanged",
    "withdraw",
]
