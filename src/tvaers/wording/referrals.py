"""Referrals and releases in words."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tvaers.referrals.disclosure import NobodyFollows, NotYoursToRelease
from tvaers.referrals.lifecycle import Refusal, State
from tvaers.referrals.operations import ReferralRefused

STATES: dict[State, tuple[Any, str]] = {
    State.PROPOSED: (_("Foreslået"), "info"),
    State.ASKED: (_("Spurgt"), "info"),
    State.PRESENTED: (_("Præsenteret"), "warning"),
    State.INTERVIEW: (_("Til samtale"), "warning"),
    State.INVITED: (_("Inviteret til at søge"), "info"),
    State.APPLIED: (_("Har søgt direkte"), "warning"),
    State.HIRED: (_("Ansat"), "success"),
    State.REJECTED: (_("Afvist"), ""),
    State.WITHDRAWN: (_("Trukket tilbage"), ""),
}
"""A word and the level of its tag."""

MOVES: dict[State, Any] = {
    State.ASKED: _("Spurgt"),
    State.PRESENTED: _("Præsentér for virksomheden"),
    State.INTERVIEW: _("Til samtale"),
    State.APPLIED: _("Har søgt"),
    State.HIRED: _("Ansat"),
    State.REJECTED: _("Afvist"),
    State.WITHDRAWN: _("Træk tilbage"),
}

SENTENCES: dict[Refusal, Any] = {
    Refusal.WRONG_STATE: _("Kandidaten er kommet videre i mellemtiden. Se listen igen."),
    Refusal.IN_CONFLICT: _(
        "Virksomheden er konfliktramt. Der henvises ingen, så længe konflikten varer."
    ),
    Refusal.ORDER_CLOSED: _("Jobordren er lukket."),
    Refusal.ORDER_PAUSED: _(
        "Jobordren er på pause, fordi virksomheden har nok kandidater. Genoptag den først."
    ),
    Refusal.ENOUGH_PRESENTED: _(
        "Så mange kandidater har I ikke aftalt med virksomheden. Aftal et højere antal først."
    ),
    Refusal.ALL_FILLED: _(
        "Alle stillinger er besat. Vil virksomheden have flere, så hæv antallet af stillinger."
    ),
    Refusal.NOT_FINDABLE: _(
        "Kandidaten kan ikke formidles lige nu. Se hvorfor på kandidatens side."
    ),
    Refusal.NO_REASON: _("Vælg en grund."),
    Refusal.NO_START: _("Skriv, hvornår ansættelsen begynder."),
}

RELEASES: dict[str, Any] = {
    "granted": _("Frigivet"),
    "waiting": _("Venter på hjemkommunens svar"),
    "refused": _("Hjemkommunen har sagt nej"),
}

REFUSALS = (NobodyFollows, NotYoursToRelease, ReferralRefused)


def refused(refusal: Exception) -> str:
    """What happened and what to do."""
    match refusal:
        case ReferralRefused():
            return str(SENTENCES[refusal.reason])
        case NotYoursToRelease():
            return gettext("Kun det kontor, der følger kandidaten, kan frigive kandidaten.")
        case NobodyFollows():
            return gettext("Intet kontor følger kandidaten, så ingen kan frigive kandidaten.")
    raise refusal
