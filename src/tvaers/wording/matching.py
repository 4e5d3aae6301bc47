"""Searches in words: how a person fits, what is lacking, and why someone is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from tvaers.matching.engine.answers import Part, PartScore, Reason, RequirementScore
from tvaers.matching.engine.rows import Ordering, TravelLimit
from tvaers.matching.operations import SearchRefusal
from tvaers.matching.order_query import Settings
from tvaers.matching.queries import Hit
from tvaers.orders.models import Requirement
from tvaers.taxonomy.alternatives import met_by
from tvaers.taxonomy.in_use import taxonomy_in_use
from tvaers.wording.orders import concept_label, either_label
from tvaers.wording.times import day

PARTS: dict[Part, Any] = {
    Part.OCCUPATION: later("Stilling"),
    Part.SKILLS: later("Kompetencer"),
    Part.EXPERIENCE: later("Erfaring"),
    Part.TRAVEL: later("Transporttid"),
    Part.AVAILABILITY: later("Hvornår personen kan starte"),
    Part.CREDENTIALS: later("Papirer, sprog og uddannelse"),
}

ORDERINGS: dict[Ordering, Any] = {
    Ordering.FIT: later("Passer bedst"),
    Ordering.TRAVEL: later("Kortest transporttid"),
    Ordering.READY: later("Klar først"),
    Ordering.NEWEST_CV: later("Nyeste cv"),
    Ordering.ALPHABETICAL: later("Alfabetisk efter stilling"),
}

TRAVEL_LIMITS: dict[TravelLimit, Any] = {
    TravelLimit.OWN: later("Kun dem, der vil rejse så langt"),
    TravelLimit.NONE: later("Også dem, der bor for langt væk"),
}

REASONS: dict[Reason, Any] = {
    Reason.NOT_FINDABLE: later("Personen kan ikke formidles lige nu."),
    Reason.BLOCKED: later("Personen må ikke foreslås til denne jobordre."),
    Reason.SCOPE: later("Personen bor uden for de kommuner, der blev søgt i."),
    Reason.MUST: later("Personen mangler noget, som jobordren kræver."),
    Reason.KIND: later("Personen kan ikke ansættes på den ordning, som jobordren er for."),
    Reason.HOURS: later("Personen ønsker et andet antal timer om ugen."),
    Reason.AVAILABILITY: later("Personen kan ikke starte til tiden."),
    Reason.TRAVEL: later("Arbejdet er længere væk, end personen vil rejse."),
}

SEARCH_REFUSALS: dict[SearchRefusal, Any] = {
    SearchRefusal.ORDER_CLOSED: later("Jobordren er lukket. Genåbn den, før du søger."),
    SearchRefusal.NOWHERE: later("Vælg mindst én kommune at søge i."),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One requirement and whether the person meets it. `by` tells what stands in for it."""

    text: str
    must: bool
    met: bool
    by: str = ""


def rule(settings: Settings) -> str:
    """By what rule a search orders: "Passer bedst · Stilling 25, Kompetencer 25, …"."""
    weights = zip(PARTS.values(), settings.weights.as_tuple(), strict=True)
    said = ", ".join(f"{name} {weight // 10}" for name, weight in weights)
    return f"{ORDERINGS[settings.ordering]} · {TRAVEL_LIMITS[settings.travel_limit]} · {said}"


def extra(settings: Settings) -> str:
    """What a search asks for beyond the order, in one line; "" for nothing."""
    return ", ".join(concept_label(concept) for concept in settings.extra)


def fit(hit: Hit) -> str:
    """How a person fits, in one line: "Opfylder 6 af 7 krav; mangler truckcertifikat B"."""
    of = len(hit.met) + len(hit.unmet)
    if not of:
        return _("Passer til stillingen") if hit.explanation.occupation_met else ""
    if not hit.unmet:
        return ngettext("Opfylder kravet", "Opfylder alle %(of)s krav", of) % {"of": of}
    return ngettext(
        "Opfylder %(met)s af %(of)s krav; mangler %(lacks)s",
        "Opfylder %(met)s af %(of)s krav; mangler %(lacks)s",
        of,
    ) % {"met": len(hit.met), "of": of, "lacks": ", ".join(row.text for row in hit.unmet)}


def marks(hit: Hit) -> tuple[Mark, ...]:
    """Every requirement that can be searched for, must first, met ones before the others."""
    scores = hit.explanation.requirements
    met = zip(hit.met, (score for score in scores if score.met), strict=False)
    unmet = zip(hit.unmet, (score for score in scores if not score.met), strict=False)
    found = [_mark(*pair) for pair in (*met, *unmet)]
    return tuple(sorted(found, key=lambda mark: not mark.must))


def _mark(requirement: Requirement, score: RequirementScore) -> Mark:
    return Mark(requirement.text, requirement.must, score.met, _stands_in(score))


def _stands_in(score: RequirementScore) -> str:
    """What the person has instead, and with what strength; "" for the thing itself."""
    if score.by is None or score.by == score.concept:
        return ""
    if score.strength >= 1000:
        return _("har %(has)s") % {"has": concept_label(score.by)}
    return _("har %(has)s, tæller %(strength)s") % {
        "has": concept_label(score.by),
        "strength": decimal(score.strength),
    }


def decimal(thousandths: int) -> str:
    """Thousandths as people write them: "0,8"."""
    return str(number_format(thousandths / 1000, 1))


def occupation(hit: Hit, asked: int | None, *, also: Sequence[int] = ()) -> str:
    """The work that counted: "lagermedarbejder for terminalarbejder, 0,8"; "" for the same.

    `also` are the occupations that do as well as the one asked for.
    """
    score = _part(hit.explanation.parts, Part.OCCUPATION)
    if score is None or score.by is None or asked is None or score.by in (asked, *also):
        return ""
    strength = dict(met_by((asked, *also), taxonomy_in_use())).get(score.by, 0)
    return _("%(has)s for %(asked)s, %(strength)s") % {
        "has": concept_label(score.by),
        "asked": either_label((asked, *also)),
        "strength": decimal(strength),
    }


def _part(parts: Sequence[PartScore], wanted: Part) -> PartScore | None:
    return next((score for score in parts if score.part is wanted), None)


@dataclass(frozen=True, slots=True)
class PartWords:
    """One part of the fit: what it is about, what was found, what it gives of what it weighs."""

    name: str
    found: str
    points: str


def parts(
    hit: Hit, asked: int | None, *, today: date, also: Sequence[int] = ()
) -> tuple[PartWords, ...]:
    """Why the person stands where they do, part by part; the weights add up to 100."""
    work = occupation(hit, asked, also=also)
    return tuple(
        PartWords(
            name=str(PARTS[score.part]),
            found=_found(hit, score, work, today=today),
            points=_("%(points)s af %(weight)s")
            % {
                "points": _of_hundred(score.value * score.weight // 1000),
                "weight": _of_hundred(score.weight),
            },
        )
        for score in hit.explanation.parts
    )


def _of_hundred(thousandths: int) -> str:
    """A share as people add them up: "25", "13,5"."""
    return str(number_format(thousandths / 10, 1 if thousandths % 10 else 0))


def _found(hit: Hit, score: PartScore, work: str, *, today: date) -> str:
    match score.part:
        case Part.OCCUPATION:
            return work or (
                concept_label(score.by) if score.by else _("ingen tilknytning til stillingen")
            )
        case Part.EXPERIENCE:
            return experience(score.years)
        case Part.TRAVEL:
            return travel(hit.travel_minutes)
        case Part.AVAILABILITY:
            return ready(hit.ready, today=today)
    own = [row for row in hit.met + hit.unmet if _is_of(row, score.part)]
    met = sum(row in hit.met for row in own)
    return ngettext("%(met)s af %(of)s krav", "%(met)s af %(of)s krav", len(own)) % {
        "met": met,
        "of": len(own),
    }


def _is_of(row: Requirement, part: Part) -> bool:
    graded = row.kind in ("SKILL", "OCCUPATION", "EXPERIENCE")
    return graded == (part is Part.SKILLS)


def experience(years: int | None) -> str:
    """Years in the work that counted."""
    if not years:
        return _("ingen oplyst erfaring i stillingen")
    return ngettext("%(years)s års erfaring", "%(years)s års erfaring", years) % {"years": years}


def travel(minutes: int | None) -> str:
    """The way to work: "34 min."."""
    if minutes is None:
        return _("rejsetiden kendes ikke")
    return _("%(minutes)s min.") % {"minutes": minutes}


def ready(on: date, *, today: date) -> str:
    """When the person can start."""
    return _("nu") if on <= today else _("fra %(day)s") % {"day": day(on)}


def cv_age(updated_on: date | None, *, today: date) -> str:
    """How old the CV is: "i dag", "12 dage", "5 måneder", "over et år"."""
    if updated_on is None:
        return _("ukendt")
    days = (today - updated_on).days
    if days < 1:
        return _("fra i dag")
    if days < 60:
        return ngettext("%(days)s dag", "%(days)s dage", days) % {"days": days}
    months = days // 30
    if months > 12:
        return _("over et år")
    return ngettext("%(months)s måned", "%(months)s måneder", months) % {"months": months}


def lacking(requirement: Requirement, count: int) -> str:
    """A group of near misses: "12 mangler kun gaffeltruckcertifikat B, 3 dages kursus"."""
    concept = requirement.concept
    days = taxonomy_in_use().concept(concept).trainable_days if concept else None
    if days is None:
        return ngettext(
            "%(count)s mangler kun %(lacks)s", "%(count)s mangler kun %(lacks)s", count
        ) % {"count": count, "lacks": requirement.text}
    return ngettext(
        "%(count)s mangler kun %(lacks)s, %(days)s dages kursus",
        "%(count)s mangler kun %(lacks)s, %(days)s dages kursus",
        count,
    ) % {"count": count, "lacks": requirement.text, "days": days}


def data_age(days: int | None, *, fresh: bool) -> str:
    """How old a municipality's data are, and what that means for coverage (R6)."""
    if days is None:
        return _("ingen data – kun et svar dækker")
    said = (
        _("data fra i dag")
        if days == 0
        else ngettext("data fra i går", "data fra for %(days)s dage siden", days) % {"days": days}
    )
    return said if fresh else _("%(age)s – kun et svar dækker") % {"age": said}
