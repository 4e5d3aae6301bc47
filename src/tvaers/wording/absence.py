"""Why someone is not in a search: each hard rule with the facts that it met."""

from django.utils.translation import gettext as _

from tvaers.matching.engine.answers import Reason
from tvaers.matching.operations import RANKED
from tvaers.matching.queries import Absent
from tvaers.orders.models import Order
from tvaers.wording import candidates as people
from tvaers.wording.candidates import why_hidden
from tvaers.wording.matching import REASONS
from tvaers.wording.orders import either_label
from tvaers.wording.orders import hours as order_hours
from tvaers.wording.times import day


def reasons(found: Absent, order: Order) -> list[str]:
    """Everything that keeps the person out, each in a sentence or two."""
    said: list[str] = []
    for reason in found.reasons:
        if reason is Reason.NOT_FINDABLE:
            said += [why_hidden(one) for one in found.hit.hidden] or [str(REASONS[reason])]
        else:
            said.append(
                " ".join(filter(None, (str(REASONS[reason]), _facts(reason, found, order))))
            )
    return said


def _facts(reason: Reason, found: Absent, order: Order) -> str:
    hit, profile = found.hit, found.profile
    match reason:
        case Reason.SCOPE:
            return _("Bopælen er %(place)s.") % {"place": hit.municipality}
        case Reason.MUST:
            return _lacks(found, order)
        case Reason.KIND:
            return _("Kan ansættes i: %(kinds)s.") % {"kinds": people.kinds(profile)}
        case Reason.HOURS:
            return _("Personen ønsker %(wanted)s; jobordren er på %(asked)s.") % {
                "wanted": people.hours(profile),
                "asked": order_hours(order),
            }
        case Reason.AVAILABILITY:
            return _("Kan tidligst starte %(day)s.") % {"day": day(hit.ready)}
        case Reason.TRAVEL:
            return _way(hit.travel_minutes, people.travel(profile))
    return ""


def _lacks(found: Absent, order: Order) -> str:
    lacks = [row.text for row in found.hit.unmet if row.must]
    said = [_("Mangler: %(lacks)s.") % {"lacks": ", ".join(lacks)}] if lacks else []
    if order.occupation and not found.hit.explanation.occupation_met:
        work = {"work": either_label((order.occupation, *order.other_occupations))}
        said.append(_("Hverken søger eller har haft arbejde som %(work)s eller noget nært.") % work)
    return " ".join(said)


def _way(minutes: int | None, limit: str) -> str:
    if minutes is None:
        return _("Der er ingen kendt vej; personen vil rejse %(limit)s.") % {"limit": limit}
    return _("Der er %(minutes)s min. til arbejdet; personen vil rejse %(limit)s.") % {
        "minutes": minutes,
        "limit": limit,
    }


def place_among(found: Absent) -> str:
    """Where someone who was found stands ("nr. 37 af 120"), and what the number means, or ""."""
    if found.number is None:
        return ""
    said = _("Personen er blandt de egnede i denne søgning: nr. %(number)s af %(hits)s.") % {
        "number": found.number,
        "hits": found.hits,
    }
    if found.number <= RANKED:
        return said
    after = _("Kun de %(ranked)s bedste står i rækkefølge; resten følger efter.") % {
        "ranked": RANKED
    }
    return f"{said} {after}"
