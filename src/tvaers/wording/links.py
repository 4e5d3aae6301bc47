"""What candidates and companies are told by their links: plain words, no words of the trade."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tvaers.links.tokens import Refusal as LinkRefusal
from tvaers.referrals.company_queries import CompanyPage, Presented
from tvaers.referrals.lifecycle import State
from tvaers.referrals.models import Reason, ReplyKind

CANDIDATE_LINK_REFUSALS: dict[LinkRefusal, Any] = {
    LinkRefusal.FORGED: _(
        "Adressen er ikke hel. Åbn linket fra mailen igen, eller kopiér det hele."
    ),
    LinkRefusal.EXPIRED: _(
        "Fristen er udløbet. Ring til det kontor, der følger dig, hvis du stadig vil sige noget "
        "til jobbet."
    ),
    LinkRefusal.WITHDRAWN: _(
        "Der skal ikke længere svares på dette. Intet af dit er delt ved linket."
    ),
}

CANDIDATE_SAYS_NO: dict[Reason, Any] = {
    Reason.CANDIDATE_DECLINED: _("Jobbet er ikke noget for mig"),
    Reason.FOUND_OTHER_JOB: _("Jeg har fundet et andet job"),
    Reason.TRANSPORT: _("Der er for langt"),
    Reason.WRONG_HOURS: _("Arbejdstiden passer mig ikke"),
}

COMPANY_LINK_REFUSALS: dict[LinkRefusal, Any] = {
    LinkRefusal.FORGED: CANDIDATE_LINK_REFUSALS[LinkRefusal.FORGED],
    LinkRefusal.EXPIRED: _(
        "Linket er udløbet. Ring til det kontor, der hjælper jer, og få et nyt."
    ),
    LinkRefusal.WITHDRAWN: _("Linket er trukket tilbage. Ring til det kontor, der hjælper jer."),
}


def company_status(shown: CompanyPage) -> str:
    """How it stands with a company's position, in one plain sentence or two."""
    order = shown.order
    if shown.is_closed:
        return now("Stillingen er afsluttet. Tak for samarbejdet.")
    if order.company.in_conflict:
        return now("Vi formidler ingen, så længe konflikten varer.")
    if order.hired >= order.openings:
        return now("Alle stillinger er besat.")
    if order.paused_at is not None:
        return now("Vi holder pause, fordi I har kandidater nok for nu.")
    if waiting := sum(row.waits and row.reply is None for row in shown.candidates):
        return ngettext(
            "%(n)s kandidat venter på jeres svar.",
            "%(n)s kandidater venter på jeres svar.",
            waiting,
        ) % {"n": waiting}
    if shown.candidates:
        return now("I har svaret på alle kandidater. Vi arbejder videre.")
    if shown.in_play:
        return ngettext(
            "Vi har fundet %(n)s mulig kandidat og taler med vedkommende.",
            "Vi har fundet %(n)s mulige kandidater og taler med dem.",
            shown.in_play,
        ) % {"n": shown.in_play}
    return now("Vi leder efter kandidater.")


def candidate_state(row: Presented) -> tuple[Any, str]:
    """Where a candidate stands with the company: a word and the level of its tag."""
    if row.state == State.HIRED:
        return now("Ansat"), "success"
    if row.state == State.WITHDRAWN:
        return now("Ikke længere med"), ""
    if row.state == State.REJECTED:
        said_no = row.reply is not None and row.reply.kind == ReplyKind.NO
        return (now("I har sagt nej tak") if said_no else now("Ikke længere med")), ""
    if row.reply is not None and row.reply.kind == ReplyKind.YES:
        return now("I vil ansætte"), "success"
    if row.state == State.INTERVIEW:
        return now("Til samtale"), "info"
    return now("Venter på jeres svar"), "warning"
