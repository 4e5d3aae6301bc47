"""Who may do what: the one table of permissions, and the predicates that only need a reader.

Roles are held at one office for one span of days; a reader acts for that office only. "Own"
means the reader's office. Lead is no role: `LEAD_ORDER` says who *can* lead, and the order says
who does (`orders.access`).

Partner is the role at an unemployment fund or a school: it answers orders that are sent to it
and looks after its own people, but neither leads orders nor searches among others' people. An
administrator keeps the house and sees no unemployed person.
"""

from datetime import date
from enum import StrEnum

from tvaers.accounts.models import Role
from tvaers.accounts.readers import Reader
from tvaers.network import queries as network


class Verb(StrEnum):
    SEE_ORDERS = "SEE_ORDERS"
    SEE_PROOF = "SEE_PROOF"
    TAKE_ORDER = "TAKE_ORDER"
    LEAD_ORDER = "LEAD_ORDER"
    SEARCH = "SEARCH"
    SETTLE = "SETTLE"
    CIRCULATE = "CIRCULATE"
    ANSWER = "ANSWER"
    ANSWER_BY_PHONE = "ANSWER_BY_PHONE"
    REFER = "REFER"
    SEE_PROFILES = "SEE_PROFILES"
    SEE_OWN_PEOPLE = "SEE_OWN_PEOPLE"
    EDIT_OWN_PEOPLE = "EDIT_OWN_PEOPLE"
    REPORT_UNAVAILABLE = "REPORT_UNAVAILABLE"
    CONFIRM_UNAVAILABLE = "CONFIRM_UNAVAILABLE"
    ASK_RELEASE = "ASK_RELEASE"
    DECIDE_RELEASE = "DECIDE_RELEASE"
    IMPORT = "IMPORT"
    SEE_COMPANIES = "SEE_COMPANIES"
    EDIT_COMPANIES = "EDIT_COMPANIES"
    SET_CONFLICT = "SET_CONFLICT"
    MAKE_AGREEMENT = "MAKE_AGREEMENT"
    SEE_NETWORK = "SEE_NETWORK"
    EDIT_OFFICE = "EDIT_OFFICE"
    EDIT_NETWORK = "EDIT_NETWORK"
    EDIT_USERS = "EDIT_USERS"
    SEE_AUDIT = "SEE_AUDIT"
    SEE_WORD_LISTS = "SEE_WORD_LISTS"
    SEE_FIGURES = "SEE_FIGURES"
    MEND_MAIL = "MEND_MAIL"


_C, _O, _M, _P, _A = (
    Role.CONSULTANT,
    Role.COORDINATOR,
    Role.MANAGER,
    Role.PARTNER,
    Role.ADMINISTRATOR,
)

PERMISSIONS: dict[Verb, frozenset[Role]] = {
    # Orders and the recruiting for them.
    Verb.SEE_ORDERS: frozenset({_C, _O, _M, _P}),
    Verb.SEE_PROOF: frozenset({_C, _O, _M, _P}),
    Verb.TAKE_ORDER: frozenset({_C, _O, _M}),
    Verb.LEAD_ORDER: frozenset({_C, _O, _M}),
    Verb.SEARCH: frozenset({_C, _O, _M}),
    Verb.SETTLE: frozenset({_C, _O, _M}),
    Verb.CIRCULATE: frozenset({_C, _O, _M}),
    Verb.ANSWER: frozenset({_C, _O, _M, _P}),
    Verb.ANSWER_BY_PHONE: frozenset({_C, _O, _M}),
    Verb.REFER: frozenset({_C, _O, _M}),
    # Unemployed people: R12 and R13.
    Verb.SEE_PROFILES: frozenset({_C, _O, _M, _P}),
    Verb.SEE_OWN_PEOPLE: frozenset({_C, _O, _M, _P}),
    Verb.EDIT_OWN_PEOPLE: frozenset({_C, _O, _M, _P}),
    Verb.REPORT_UNAVAILABLE: frozenset({_C, _O, _M, _P}),
    Verb.CONFIRM_UNAVAILABLE: frozenset({_C, _O, _M, _P}),
    Verb.ASK_RELEASE: frozenset({_C, _O, _M}),
    Verb.DECIDE_RELEASE: frozenset({_C, _O, _M, _P}),
    Verb.IMPORT: frozenset({_O, _M, _P, _A}),
    # Companies and what is agreed with them: R9 and R15.
    Verb.SEE_COMPANIES: frozenset({_C, _O, _M, _P}),
    Verb.EDIT_COMPANIES: frozenset({_C, _O, _M}),
    Verb.SET_CONFLICT: frozenset({_O, _M}),
    Verb.MAKE_AGREEMENT: frozenset({_O, _M}),
    # The network and the house.
    Verb.SEE_NETWORK: frozenset({_C, _O, _M, _P, _A}),
    Verb.EDIT_OFFICE: frozenset({_O, _M, _A}),
    Verb.EDIT_NETWORK: frozenset({_O, _A}),
    Verb.EDIT_USERS: frozenset({_M, _A}),
    Verb.SEE_AUDIT: frozenset({_M, _A}),
    Verb.SEE_WORD_LISTS: frozenset({_O, _M, _A}),
    Verb.SEE_FIGURES: frozenset({_C, _O, _M}),
    Verb.MEND_MAIL: frozenset({_A}),
}


def may(reader: Reader, verb: Verb) -> bool:
    """Whether one of the reader's roles at the acting office allows the verb."""
    return not reader.roles.isdisjoint(PERMISSIONS[verb])


def may_edit_office(reader: Reader, office_id: int, day: date) -> bool:
    """Contacts, closures and settings of an office: one's own, or any in one's alliances.

    Managers edit their own office, coordinators also the offices of their alliances,
    administrators all. At most one query.
    """
    if Role.ADMINISTRATOR in reader.roles:
        return True
    if office_id == reader.office_id:
        return may(reader, Verb.EDIT_OFFICE)
    return may(reader, Verb.EDIT_NETWORK) and network.share_an_alliance(
        reader.office_id, office_id, day
    )


def may_edit_alliance(reader: Reader, alliance_id: int, day: date) -> bool:
    """Members, service levels and closing days: a coordinator of the alliance. One query."""
    if Role.ADMINISTRATOR in reader.roles:
        return True
    return may(reader, Verb.EDIT_NETWORK) and reader.office_id in network.members(alliance_id, day)


def may_edit_nation(reader: Reader) -> bool:
    """The nation's closing days, default service level and new offices: administrators only."""
    return Role.ADMINISTRATOR in reader.roles


def may_edit_users(reader: Reader, office_id: int) -> bool:
    """Appointments at an office: its managers, and administrators everywhere."""
    if Role.ADMINISTRATOR in reader.roles:
        return True
    return may(reader, Verb.EDIT_USERS) and office_id == reader.office_id
