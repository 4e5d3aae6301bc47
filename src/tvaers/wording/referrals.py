"""Referrals and releases in words."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tvaers.referrals.disclosure import NobodyFollows, NotYoursToRelease
from tvaers.referrals.lifecycle import Refusal, State
from tvaers.referrals.operations import NoMailToCompany, ReferralRefused

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

SAID_YES = (_("Har sagt ja"), "success")
"""Asked, and the CV is shared: the lead's turn."""

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
    Refusal.TOO_LATE: _("Fristen for at svare er udløbet."),
    Refusal.TOO_MANY_INVITED: _(
        "Højst 50 personer kan inviteres til én jobordre. Vælg dem, der passer bedst."
    ),
    Refusal.NOT_HOME_OFFICE: _("Det kan kun det kontor, der følger kandidaten."),
    Refusal.CANNOT_BIND: _("Kun hjemkommunen eller a-kassen kan henvise til et job."),
    Refusal.SHORT_NOTICE: _("Kandidaten skal have mindst et døgns varsel. Vælg en senere frist."),
    Refusal.NO_TIME: _("Vælg en tid til samtalen, som ligger efter nu."),
    Refusal.IS_BOUND: _(
        "Det er en henvisning. Kan du ikke søge jobbet, så ring til dit eget kontor med det samme."
    ),
    Refusal.NOT_CONCERNED: _("Kun jobordrens tovholder og hjemkontoret kan skrive til kandidaten."),
}

RELEASES: dict[str, Any] = {
    "granted": _("Frigivet"),
    "waiting": _("Venter på hjemkommunens svar"),
    "refused": _("Hjemkommunen har sagt nej"),
}

REFUSALS = (NoMailToCompany, NobodyFollows, NotYoursToRelease, ReferralRefused)


def refused(refusal: Exception) -> str:
    """What happened and what to do."""
    match refusal:
        case ReferralRefused():
            return str(SENTENCES[refusal.reason])
        case NotYoursToRelease():
            return gettext("Kun det kontor, der følger kandidaten, kan frigive kandidaten.")
        case NoMailToCompany():
            return gettext(
                "Jobordren har ingen kontaktperson med e-mailadresse. Ret jobordren, eller ring."
            )
        case NobodyFollows():
            return gettext("Intet kontor følger kandidaten, så ingen kan frigive kandidaten.")
    raise refusal
