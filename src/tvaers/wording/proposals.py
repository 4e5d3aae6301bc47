"""The plan over all orders in words."""

from typing import Any

from django.utils.translation import gettext_lazy as later

from tvaers.referrals.proposals import Without

WITHOUT: dict[Without, Any] = {
    Without.NOBODY: later(
        "Ingen, der kan foreslås nu, opfylder kravene i det område, jobordren søger i. Se, hvem "
        "der er tæt på, eller udvid til næste trin."
    ),
    Without.ENOUGH: later("Så mange, som I har aftalt med virksomheden, er allerede i spil."),
    Without.SAYS_TOO_LITTLE: later(
        "Jobordren siger ikke, hvad personen skal kunne. Skriv stilling eller krav på den."
    ),
}
"""Why an order gets no proposal, and what to do."""
