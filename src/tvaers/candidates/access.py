"""Who may see and change a person (R13). The identity itself stands behind row-level security."""

from typing import Any

from tvaers.accounts.access import Verb, may
from tvaers.accounts.readers import Reader


def may_see_profile(reader: Reader) -> bool:
    """The professional profile: every office in the network."""
    return may(reader, Verb.SEE_PROFILES)


def may_edit(reader: Reader, profile: Any) -> bool:
    """Only the home office."""
    return may(reader, Verb.EDIT_OWN_PEOPLE) and profile.home_office_id == reader.office_id


def may_confirm(reader: Reader, profile: Any) -> bool:
    """Whether the reader answers a report of "ikke længere ledig" (R12)."""
    return may(reader, Verb.CONFIRM_UNAVAILABLE) and profile.home_office_id == reader.office_id
