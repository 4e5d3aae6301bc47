"""What a service level promises, one sentence a promise."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tvaers.network.models import ServiceLevel
from tvaers.wording.times import clock_time


def promises(level: ServiceLevel) -> tuple[str, ...]:
    """The promises in words, in the order a company meets them; then how the house works."""
    said = [
        ngettext(
            "Vi taler med virksomheden inden for %(days)s arbejdsdag",
            "Vi taler med virksomheden inden for %(days)s arbejdsdage",
            level.dialogue_days,
        )
        % {"days": level.dialogue_days},
        ngettext(
            "Vi præsenterer kandidater inden for %(days)s arbejdsdag",
            "Vi præsenterer kandidater inden for %(days)s arbejdsdage",
            level.presentation_days,
        )
        % {"days": level.presentation_days},
        ngettext(
            "%(count)s kandidat pr. ledig plads",
            "%(count)s kandidater pr. ledig plads",
            level.presented_per_opening,
        )
        % {"count": level.presented_per_opening},
        _answers(level),
        ngettext(
            "Data må højst være %(days)s arbejdsdag gamle",
            "Data må højst være %(days)s arbejdsdage gamle",
            level.freshness_days,
        )
        % {"days": level.freshness_days},
    ]
    if level.answers_everywhere:
        said.append(_("Alle kontorer skal svare; en søgning er ikke nok"))
    if level.starts_at_alliance:
        said.append(_("Der søges altid i hele samarbejdet med det samme"))
    if level.widens_by_itself:
        said.append(_("Søgningen udvides af sig selv, når et trin er dækket"))
    return tuple(said)


def _answers(level: ServiceLevel) -> str:
    if level.answer_in_calendar_hours:
        return _("Kontorer svarer inden for %(hours)s timer, alle dage talt med") % {
            "hours": level.answer_hours
        }
    return _(
        "Kontorer svarer inden for %(hours)s timer på arbejdsdage; sendt efter kl. %(cutoff)s "
        "tælles fra kl. %(opens)s næste arbejdsdag"
    ) % {
        "hours": level.answer_hours,
        "cutoff": clock_time(level.answer_cutoff),
        "opens": clock_time(level.answer_opens),
    }
