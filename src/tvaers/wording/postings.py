"""Postings and calls in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tvaers.postings.lifecycle import Refusal, State
from tvaers.postings.refusals import PostingRefused

STATES: dict[State, tuple[Any, str]] = {
    State.PUBLISHED: (_("Slået op"), "success"),
    State.EXPIRED: (_("Udløbet"), "warning"),
    State.WITHDRAWN: (_("Taget ned"), ""),
}
"""A word and the level of its tag."""

SENTENCES: dict[Refusal, Any] = {
    Refusal.ORDER_CLOSED: _("Jobordren er lukket. Genåbn den, før den slås op."),
    Refusal.COMPANY_IN_CONFLICT: _(
        "Virksomheden er konfliktramt. Intet slås op for den, så længe konflikten varer."
    ),
    Refusal.ALREADY_POSTED: _("Jobordren er allerede slået op. Ret opslaget, eller tag det ned."),
    Refusal.ALREADY_REGISTERED: _("Annoncen med det link følges allerede."),
    Refusal.NOT_PUBLISHED: _("Opslaget er taget ned. Slå jobordren op igen."),
    Refusal.NO_PLACE: _("Jobordren har intet arbejdssted. Skriv det på jobordren først."),
    Refusal.NO_TITLE: _("Skriv en titel på højst 100 tegn."),
    Refusal.NO_TEXT: _("Skriv, hvad stillingen går ud på, på højst 5000 tegn."),
    Refusal.NOWHERE_TO_APPLY: _(
        "Skriv det link, der begynder med https://, eller den e-mail, som man søger ved."
    ),
    Refusal.DATES_PASSED: _("En af dagene er passeret. Vælg en dag fra i dag og frem."),
    Refusal.DATES_NOT_IN_ORDER: _("Ansøgningsfristen ligger efter, at opslaget er udløbet."),
    Refusal.NOT_LATER: _("Vælg en dag, der er senere end fristen og udløbet nu."),
    Refusal.NO_SUCH_COUNTS: _(
        "Der kan ikke være screenet flere, end der har søgt, eller udvalgt flere, end der er "
        "screenet."
    ),
    Refusal.NOBODY_SAID_IT: _("Skriv, hvem hos virksomheden du talte med."),
}

ONLY_LEADS = _("Kun jobordrens tovholdere slår den op.")

REFUSALS = (PostingRefused,)


def refused(refusal: Exception) -> str:
    """Why a posting was left as it was, and what to do."""
    assert isinstance(refusal, PostingRefused)
    return str(SENTENCES[refusal.reason])
