"""Sendings, requests and answers in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tvaers.circulation.lifecycle import AnswerRefusal, RequestState, SendRefusal
from tvaers.circulation.models import NobodyReason
from tvaers.links.tokens import Refusal as LinkRefusal

STATES: dict[RequestState, tuple[Any, str]] = {
    RequestState.WAITING: (_("Venter"), "warning"),
    RequestState.LATE: (_("Forsinket"), "error"),
    RequestState.CANDIDATES: (_("Kandidater"), "success"),
    RequestState.NOBODY: (_("Ingen egnede"), ""),
    RequestState.WITHDRAWN: (_("Trukket tilbage"), ""),
    RequestState.EXCUSED: (_("Svar ikke nødvendigt"), ""),
}
"""A word and the level of its tag."""

SEND_REFUSALS: dict[SendRefusal, Any] = {
    SendRefusal.NO_DIALOGUE_YET: _(
        "Tal med virksomheden først: skriv på jobordren, hvad der er aftalt. Så kan den sendes."
    ),
    SendRefusal.ORDER_CLOSED: _("Jobordren er lukket. Genåbn den, før den sendes."),
    SendRefusal.ORDER_PAUSED: _(
        "Jobordren er på pause, fordi virksomheden har nok kandidater. Genoptag den først."
    ),
    SendRefusal.IN_CONFLICT: _(
        "Virksomheden er konfliktramt. Der henvises ingen, så længe konflikten varer."
    ),
    SendRefusal.NOBODY_CHOSEN: _("Vælg mindst ét kontor."),
    SendRefusal.EXCUSED_WITHOUT_WORD: _(
        "Skriv, hvem i virksomheden der har sagt, at svar ikke er nødvendigt."
    ),
}

ANSWER_REFUSALS: dict[AnswerRefusal, Any] = {
    AnswerRefusal.WITHDRAWN: _(
        "Rundsendingen er trukket tilbage eller afløst af en ny. Der skal ikke svares på denne."
    ),
    AnswerRefusal.ORDER_CLOSED: _("Jobordren er lukket, så den tager ikke imod flere svar."),
    AnswerRefusal.NOT_YOUR_REQUEST: _("Det er et andet kontor, der er spurgt."),
    AnswerRefusal.NOBODY_NAMED: _("Vælg mindst én kandidat, eller svar »ingen egnede«."),
    AnswerRefusal.NO_REASON: _("Vælg, hvorfor ingen er egnede."),
    AnswerRefusal.NO_SPEAKER: _("Skriv, hvem der gav svaret i telefonen."),
    AnswerRefusal.NOT_YOUR_CANDIDATE: _(
        "Et kontor kan kun nævne kandidater, som det selv følger. Fjern de andre."
    ),
    AnswerRefusal.NO_EARLIER_ANSWER: _("Kontoret har ikke svaret før. Giv et nyt svar."),
    AnswerRefusal.NOT_BY_LINK: _(
        "Med linket kan I kun svare »ingen egnede«. Log ind for at ændre et svar med kandidater."
    ),
}

LINK_REFUSALS: dict[LinkRefusal, Any] = {
    LinkRefusal.FORGED: _(
        "Adressen er ikke hel. Kopiér hele linket fra mailen, eller log ind og svar der."
    ),
    LinkRefusal.EXPIRED: _("Linket er udløbet. Log ind for at se, om der stadig kan svares."),
    LinkRefusal.WITHDRAWN: _("Linket er trukket tilbage. Der skal ikke svares på denne."),
}

NOBODY_REASONS: dict[str, Any] = dict(NobodyReason.choices)
