"""What candidates and companies are told by their links: plain words, no words of the trade."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tvaers.links.tokens import Refusal as LinkRefusal
from tvaers.referrals.models import Reason

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
