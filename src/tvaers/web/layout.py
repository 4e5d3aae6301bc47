"""What every page's frame needs: the acting office, its alliance, the menu."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.access import Verb, may
from tvaers.accounts.readers import Reader
from tvaers.core.working_days import danish_date
from tvaers.network import queries


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu, shown to those who may.

    A page belongs to the line whose `url_name` it gives as `section` in its context.
    """

    url_name: str
    text: Any
    verb: Verb | None = None
    only_demo: bool = False


MENU = (
    Entry("tasks", _("Mine opgaver")),
    Entry("orders", _("Jobordrer"), Verb.SEE_ORDERS),
    Entry("proposals", _("Forslag"), Verb.REFER),
    Entry("candidates", _("Kandidater"), Verb.SEE_OWN_PEOPLE),
    Entry("companies", _("Virksomheder"), Verb.SEE_COMPANIES),
    Entry("network", _("Kommuner og kontakter"), Verb.SEE_NETWORK),
    Entry("users", _("Brugere"), Verb.EDIT_USERS),
    Entry("word_lists", _("Ordlister"), Verb.SEE_WORD_LISTS),
    Entry("outbox", _("Mails"), Verb.MEND_MAIL),
    Entry("mailbox", _("Postkasse"), only_demo=True),
)
"""A page gets its line here when it is made."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the reader and the menu of the page's frame."""
    reader = getattr(request, "reader", None)
    if reader is None:
        return {"reader": None, "menu": (), "demo": settings.TVAERS_DEMO}
    day = danish_date(request.at)  # type: ignore[attr-defined]  # set by the door with the reader
    return {
        "reader": reader,
        "menu": [entry for entry in MENU if _stands(entry, reader)],
        "alliance": SimpleLazyObject(lambda: queries.alliance_of(reader.office_id, day)),
        "demo": settings.TVAERS_DEMO,
        "at": request.at,  # type: ignore[attr-defined]
    }


def _stands(entry: Entry, reader: Reader) -> bool:
    if entry.only_demo and not settings.TVAERS_DEMO:
        return False
    return entry.verb is None or may(reader, entry.verb)
