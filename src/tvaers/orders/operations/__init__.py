"""Every change of an order goes through here: lock, ask the rule, write, leave a trace."""

from tvaers.orders.operations.changing import change_order, widen, widen_where_chosen
from tvaers.orders.operations.closing import close, reopen
from tvaers.orders.operations.covering import record_evidence, revoke_evidence
from tvaers.orders.operations.dialogue import pause, record_word, resume, start_recruiting
from tvaers.orders.operations.filling import (
    agree_number_to_present,
    correct_openings,
    raise_openings,
    record_hire,
    record_presented,
)
from tvaers.orders.operations.leading import (
    accept_handover,
    add_co_lead,
    decline_handover,
    offer_handover,
    remove_co_lead,
    set_deputy,
    withdraw_handover,
)
from tvaers.orders.operations.receiving import receive
from tvaers.orders.operations.recounting import recount
from tvaers.orders.operations.schemes import load_schemes
from tvaers.orders.operations.trace import log

__all__ = [
    "accept_handover",
    "add_co_lead",
    "agree_number_to_present",
    "change_order",
    "close",
    "correct_openings",
    "decline_handover",
    "load_schemes",
    "log",
    "offer_handover",
    "pause",
    "raise_openings",
    "receive",
    "record_evidence",
    "record_hire",
    "record_presented",
    "record_word",
    "recount",
    "remove_co_lead",
    "reopen",
    "resume",
    "revoke_evidence",
    "set_deputy",
    "start_recruiting",
    "widen",
    "widen_where_chosen",
    "withdraw_handover",
]
