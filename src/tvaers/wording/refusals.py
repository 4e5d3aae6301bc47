"""Why the house said no, domain by domain."""

from django.utils.translation import gettext as _

from tvaers.accounts.operations import EmailTaken
from tvaers.agreements.operations import AlreadyAgreed, LeadNotAtOffice
from tvaers.companies.operations import InvalidCvr, InvalidPNumber, PNumberTaken
from tvaers.network.operations import AlreadyPromised, NameTaken, OnlyMunicipalOffices
from tvaers.places.operations import AreaNameTaken
from tvaers.wording import candidates, orders, postings, referrals
from tvaers.wording.times import day

REFUSALS = (
    AlreadyAgreed,
    AlreadyPromised,
    AreaNameTaken,
    EmailTaken,
    InvalidCvr,
    InvalidPNumber,
    LeadNotAtOffice,
    NameTaken,
    OnlyMunicipalOffices,
    PNumberTaken,
    *candidates.REFUSALS,
    *orders.REFUSALS,
    *postings.REFUSALS,
    *referrals.REFUSALS,
)


def refused(refusal: Exception) -> str:
    """What happened and what to do, in a sentence or two."""
    for domain in (candidates, orders, postings, referrals):
        if isinstance(refusal, domain.REFUSALS):
            return domain.refused(refusal)
    match refusal:
        case AlreadyAgreed():
            return _(
                "Der er allerede en aftale, som gælder fra %(day)s. Afslut den, eller vælg en "
                "senere dag."
            ) % {"day": day(refusal.starts_on)}
        case AlreadyPromised():
            return _(
                "Der er allerede et servicemål, som gælder fra %(day)s. Vælg en senere dag."
            ) % {"day": day(refusal.day)}
        case EmailTaken():
            return _("Nogen logger allerede ind med den e-mailadresse.")
        case InvalidCvr():
            return _("»%(text)s« er ikke et CVR-nummer. Et CVR-nummer har otte cifre.") % {
                "text": refusal.text
            }
        case InvalidPNumber():
            return _("»%(text)s« er ikke et P-nummer. Et P-nummer har ti cifre.") % {
                "text": refusal.text
            }
        case LeadNotAtOffice():
            return _("Personen har ingen rolle ved kontoret den dag, aftalen begynder.")
        case NameTaken() | AreaNameTaken():
            return _("»%(name)s« findes allerede. Vælg et andet navn.") % {"name": refusal.name}
        case OnlyMunicipalOffices():
            return _("Kun en kommunes indgang svarer for kommuner.")
        case PNumberTaken():
            return _("P-nummeret hører til en anden virksomheds arbejdssted.")
    raise refusal
