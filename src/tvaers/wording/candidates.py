"""People in words: what they can, why they cannot be found, and who can mend it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from tvaers.candidates.lifecycle import MENDED_BY, Flaw, Hidden, MendedBy
from tvaers.candidates.models import Profile
from tvaers.candidates.operations import NotYourPerson, TooManyMissing
from tvaers.matching.engine.rows import EmploymentKind
from tvaers.taxonomy.concepts import Kind
from tvaers.taxonomy.in_use import taxonomy_in_use
from tvaers.wording.orders import concept_label

HIDDEN: dict[Hidden, Any] = {
    Hidden.PAUSED: later("På pause i fagsystemet"),
    Hidden.ENDED: later("Ikke længere ledig"),
    Hidden.NO_OFFICE: later("Følges ikke af noget kontor"),
    Hidden.NO_LEGAL_BASIS: later("Hjemlen til at dele personens oplysninger mangler"),
    Hidden.REPORTED_UNAVAILABLE: later("Meldt ikke længere ledig; hjemkommunen skal bekræfte"),
    Hidden.HIRED: later("Ansat på fuld tid"),
    Hidden.NO_OCCUPATION: later("Cv'et nævner ingen stilling, som en søgning kan finde"),
}

MENDERS: dict[MendedBy, Any] = {
    MendedBy.HOME_OFFICE: later("Hjemkommunen kan rette det."),
    MendedBy.CASE_SYSTEM: later("Det rettes i kontorets fagsystem og kommer med næste liste."),
    MendedBy.NOBODY: later("Der er ikke noget at rette."),
}

FLAWS: dict[Flaw, Any] = {
    Flaw.STALE: later("Gammelt cv"),
    Flaw.THIN: later("Tyndt cv"),
}

KINDS: dict[EmploymentKind, Any] = {
    EmploymentKind.ORDINARY: later("ordinær ansættelse"),
    EmploymentKind.WAGE_SUBSIDY: later("løntilskud"),
    EmploymentKind.TRAINEESHIP: later("virksomhedspraktik"),
    EmploymentKind.JOB_ROTATION: later("jobrotation"),
    EmploymentKind.FLEX_JOB: later("fleksjob"),
    EmploymentKind.ADULT_APPRENTICESHIP: later("voksenlærling"),
}

CONCEPT_KINDS: dict[Kind, Any] = {
    Kind.SKILL: later("Kompetencer"),
    Kind.CERTIFICATE: later("Certifikater"),
    Kind.LICENCE: later("Kørekort"),
    Kind.LANGUAGE: later("Sprog"),
    Kind.EDUCATION: later("Uddannelse"),
}

PURPOSES: dict[str, Any] = {
    "search": later("Søgning til en jobordre"),
    "export": later("Hentet til Excel fra en søgning"),
    "view": later("Kandidatens side"),
    "list": later("Kontorets egen liste"),
    "answer": later("Svar på en rundsending"),
    "referral": later("Formidling til en jobordre"),
    "release": later("Frigivet til en jobordre"),
    "proposals": later("Forslag til en jobordre"),
    "company": later("Virksomheden har læst det delte cv"),
}
"""Why somebody looked at a person (R13)."""

REFUSALS = (NotYourPerson, TooManyMissing)


def refused(refusal: Exception) -> str:
    """Why nothing was changed, and what to do."""
    match refusal:
        case NotYourPerson():
            return _("Det kan kun det kontor, der følger personen.")
        case TooManyMissing():
            return _(
                "%(missing)s af jeres %(total)s personer står ikke i filen. Er den hele jeres "
                "liste, så sæt kryds ved, at de skal afsluttes."
            ) % {"missing": refusal.missing, "total": refusal.total}
    raise refusal


def who(person_id: int, name: str) -> str:
    """The person's name, or a number where the reader may not know it (R13)."""
    return name or _("Kandidat nr. %(number)s") % {"number": person_id}


def why_hidden(reason: Hidden) -> str:
    """Why a person cannot be found, and who can mend it (R12)."""
    return f"{HIDDEN[reason]}. {MENDERS[MENDED_BY[reason]]}"


def held(profile: Profile) -> tuple[str, ...]:
    """Work done, the latest first: "lagermedarbejder, 4 år, til 2025"."""
    spells = zip(profile.held, profile.held_years, profile.held_until, strict=True)
    latest_first = sorted(spells, key=lambda spell: (-spell[2], -spell[1]))
    return tuple(_spell(*spell) for spell in latest_first)


def _spell(occupation: int, years: int, until: int) -> str:
    said = [concept_label(occupation)]
    if years:
        said.append(ngettext("%(years)s år", "%(years)s år", years) % {"years": years})
    if until:
        said.append(_("til %(year)s") % {"year": until})
    return ", ".join(said)


def concepts(profile: Profile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the person has, by kind, each kind with its heading; empty kinds are left out."""
    taxonomy = taxonomy_in_use()
    by_kind: dict[Kind, list[str]] = {kind: [] for kind in CONCEPT_KINDS}
    for concept_id in profile.concepts:
        kind = taxonomy.concept(concept_id).kind
        by_kind.setdefault(kind, []).append(concept_label(concept_id))
    return tuple(
        (str(heading), tuple(sorted(by_kind[kind])))
        for kind, heading in CONCEPT_KINDS.items()
        if by_kind[kind]
    )


def kinds(profile: Profile) -> str:
    """The kinds of employment the person may take."""
    return ", ".join(str(text) for kind, text in KINDS.items() if profile.kinds & kind)


def hours(profile: Profile) -> str:
    """Weekly hours the person wants."""
    if profile.hours_min in (0, profile.hours_max):
        return _("op til %(hours)s timer om ugen") % {"hours": profile.hours_max}
    return _("%(fewest)s–%(most)s timer om ugen") % {
        "fewest": profile.hours_min,
        "most": profile.hours_max,
    }


def travel(profile: Profile) -> str:
    """How far the person will travel, and by what."""
    if profile.car:
        return _("op til %(minutes)s min. i bil") % {"minutes": profile.max_travel_minutes}
    return _("op til %(minutes)s min. med bus og tog") % {"minutes": profile.max_travel_minutes}
