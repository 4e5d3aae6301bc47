"""Orders in words: outcomes, clocks, requirements, doubts, and why the house said no."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.orders.deadlines import Clock
from tvaers.orders.draft import Doubt
from tvaers.orders.lifecycle import Outcome, Refusal
from tvaers.orders.models import Order, OrderPortion, Scheme
from tvaers.orders.need import Problem
from tvaers.orders.operations.dialogue import ENOUGH
from tvaers.orders.refusals import (
    AllFilled,
    CloseRefused,
    NeedRefused,
    OrderRefused,
    StaleOrder,
)
from tvaers.postings.queries import Vacancy
from tvaers.taxonomy.in_use import taxonomy_in_use

REFUSALS = (AllFilled, NeedRefused, OrderRefused, StaleOrder)

CLOCKS: dict[Clock, Any] = {
    Clock.DIALOGUE: later("Tal med virksomheden"),
    Clock.PRESENTATION: later("Præsentér kandidater"),
}

OUTCOMES: dict[Outcome, Any] = {
    Outcome.FILLED: later("Besat"),
    Outcome.PARTLY_FILLED: later("Delvist besat"),
    Outcome.NOT_FILLED: later("Ikke besat"),
    Outcome.FILLED_BY_COMPANY: later("Besat af virksomheden selv"),
    Outcome.OTHER_SOLUTION: later("Anden løsning aftalt"),
    Outcome.WITHDRAWN: later("Trukket tilbage af virksomheden"),
}

DOUBTS: dict[Doubt, Any] = {
    Doubt.NO_OCCUPATION: later("Vi kunne ikke læse, hvilken stilling det er. Vælg den."),
    Doubt.OCCUPATION: later("Vi er ikke sikre på stillingen. Se efter, om den er rigtig."),
    Doubt.OPENINGS: later("Antallet af stillinger er et gæt."),
    Doubt.NO_PLACE: later("Der står ikke, hvor arbejdet er."),
    Doubt.SEVERAL_PLACES: later("Der er nævnt flere steder. Vælg det rigtige."),
    Doubt.NO_START: later("Der står ikke, hvornår arbejdet begynder."),
    Doubt.START_PASSED: later("Den første arbejdsdag i teksten er passeret. Ret den."),
    Doubt.LAST_DATE_PASSED: later("Den sidste dag i teksten er passeret. Ret den."),
    Doubt.HOURS: later("Timetallet er et gæt."),
    Doubt.KIND: later("Vi er ikke sikre på ordningen."),
    Doubt.UNKNOWN_REQUIREMENT: later(
        "Et krav kendes ikke. Det står med i teksten, men søgningen kan ikke bruge det."
    ),
    Doubt.TITLE_CUT: later("Titlen er kortet af til 100 tegn."),
    Doubt.DESCRIPTION_CUT: later("Teksten er længere end 5000 tegn. Kort den af, før du gemmer."),
}

PROBLEMS: dict[Problem, Any] = {
    Problem.NO_TITLE: later("Skriv en titel."),
    Problem.TITLE_TOO_LONG: later("Titlen må højst være 100 tegn. Kort den af."),
    Problem.NO_DESCRIPTION: later("Skriv, hvad virksomheden søger; én linje er nok."),
    Problem.DESCRIPTION_TOO_LONG: later("Teksten må højst være 5000 tegn. Kort den af."),
    Problem.COMMENT_TOO_LONG: later("Bemærkningen må højst være 2000 tegn. Kort den af."),
    Problem.NO_OPENINGS: later("Der skal være mindst én stilling."),
    Problem.TOO_MANY_OPENINGS: later("En jobordre har højst 999 stillinger."),
    Problem.HOURS_NOT_IN_ORDER: later("Det mindste timetal er større end det største."),
    Problem.NO_SUCH_HOURS: later("Timer om ugen er et tal fra 1 til 168."),
    Problem.START_PASSED: later("Første arbejdsdag er passeret. Vælg en dag fra i dag og frem."),
    Problem.LAST_DAY_PASSED: later("Sidste dag er passeret. Vælg en dag fra i dag og frem."),
    Problem.NO_SUCH_SCHEME: later("Ordningen findes ikke i dag. Vælg en anden."),
    Problem.REQUIREMENT_WITHOUT_WORDS: later("Et krav er tomt. Skriv det, eller fjern det."),
    Problem.REQUIREMENT_TOO_LONG: later("Et krav må højst være 200 tegn. Kort det af."),
    Problem.REQUIREMENT_TWICE: later("Det samme krav står to gange. Fjern det ene."),
    Problem.TOO_MANY_REQUIREMENTS: later("En jobordre har højst 64 krav."),
    Problem.PORTION_OF_NOBODY: later("Skriv, hvor mange stillinger hver linje gælder."),
    Problem.PORTION_ELSEWHERE: later(
        "Et arbejdssted i fordelingen er ikke jobordrens. Sæt hak ved det ovenfor."
    ),
    Problem.MORE_THAN_OPENINGS: later(
        "Der er fordelt flere stillinger, end jobordren har. Ret tallene."
    ),
}

REASONS: dict[Refusal, Any] = {
    Refusal.WRONG_STAGE: later("Det kan ikke gøres på jobordrens trin. Se, hvad der sker nu."),
    Refusal.OPENINGS_DO_NOT_ADD_UP: later(
        "Tallene skal tilsammen give alle stillinger. Ret dem, så summen passer."
    ),
    Refusal.NOT_COVERED: later("Der mangler svar eller søgning i området."),
    Refusal.NOT_WIDENED: later(
        "Der er kun søgt på en del af landet. Søg bredere, eller skriv, at virksomheden ikke "
        "ønsker det: hvem sagde det, og hvornår?"
    ),
    Refusal.NO_WORD_FROM_COMPANY: later(
        "Virksomheden skal selv have sagt, hvad der blev af stillingerne. Skriv hvem og hvornår."
    ),
    Refusal.COMPANY_IN_CONFLICT: later(
        "Virksomheden er konfliktramt. Den får ingen henvisninger og ingen opslag, så jobordren "
        "kan ikke oprettes, før konflikten er slut."
    ),
    Refusal.NOT_MORE_OPENINGS: later("Antallet af stillinger kan kun sættes op efter dialogen."),
    Refusal.NO_SUCH_NUMBER: later("Det tal kan ikke bruges. Skriv et tal på mindst 1."),
    Refusal.NO_REASON: later("Skriv hvorfor."),
    Refusal.NOT_A_STEP_UP: later("Jobordren søges allerede så bredt."),
    Refusal.SAID_IN_THE_FUTURE: later("Tidspunktet ligger ude i fremtiden. Ret det."),
    Refusal.NOBODY_SAID_IT: later("Skriv, hvem hos virksomheden der sagde det."),
    Refusal.NO_NUMBER_OF_OPENINGS: later(
        "Skriv, hvor mange stillinger det gælder; højst så mange, som jobordren har."
    ),
    Refusal.NO_OFFICE: later("Vælg, hvilket kontor der ikke behøver svare."),
    Refusal.NOT_A_LATER_DATE: later("Vælg en dag, der er senere end fristen nu."),
    Refusal.ALREADY_OFFERED: later(
        "Jobordren er allerede tilbudt til en anden. Træk tilbuddet tilbage først."
    ),
    Refusal.NOT_THE_RECEIVER: later("Kun det kontor, der blev spurgt, kan svare på tilbuddet."),
    Refusal.ALREADY_DECIDED: later("Der er allerede svaret på tilbuddet."),
    Refusal.ALREADY_LEADS: later("Det er allerede tovholderen. Vælg en anden."),
    Refusal.NO_SUCH_WORKPLACE: later("Arbejdsstedet hører ikke til virksomheden."),
    Refusal.NO_SUCH_CONTACT: later("Kontaktpersonen hører ikke til virksomheden."),
    Refusal.DAY_PASSED: later("Dagen er passeret. Vælg en dag fra i dag og frem."),
}


@dataclass(frozen=True)
class PortionWords:
    """So many openings, of which scheme and where; `place` is empty where it is at any."""

    number: int
    scheme: str
    place: str


def portion_words(order: Order, portions: Sequence[OrderPortion]) -> tuple[PortionWords, ...]:
    """How the openings are portioned out, with what is left; nothing when they are not."""
    lines = [PortionWords(row.number, scheme_name(row.scheme), _where(row)) for row in portions]
    rest = order.openings - sum(line.number for line in lines)
    if lines and rest > 0:
        lines.append(PortionWords(rest, scheme_name(order.scheme), _("ikke fordelt")))
    return tuple(lines)


def _where(row: OrderPortion) -> str:
    """The workplace by its municipality, and its address where there may be several."""
    place = row.workplace
    return ", ".join(filter(None, (place.municipality.name, place.address))) if place else ""


def refused(refusal: Exception, *, municipalities: Mapping[str, str] | None = None) -> str:
    """Why an order was left as it was, and what to do. `municipalities` are names by code."""
    match refusal:
        case AllFilled():
            return _(
                "Alle stillinger er besat. Vil virksomheden have flere, så sæt antallet op først."
            )
        case NeedRefused():
            return " ".join(str(PROBLEMS[problem]) for problem in refusal.problems)
        case StaleOrder():
            return _(
                "En anden har gemt ændringer imens. Sammenlign herunder. Gemmer du igen, gælder "
                "det, du har skrevet."
            )
        case CloseRefused(reason=Refusal.NOT_COVERED):
            return not_covered(refusal.missing, municipalities or {})
        case OrderRefused():
            return str(REASONS[refusal.reason])
    raise refusal


def not_covered(missing: tuple[str, ...], municipalities: Mapping[str, str]) -> str:
    """Which municipalities stand in the way of a closing, by name (R7)."""
    return ngettext(
        "Jobordren kan ikke lukkes med en stilling, der ikke er besat. %(count)s kommune mangler: "
        "%(names)s.",
        "Jobordren kan ikke lukkes med en stilling, der ikke er besat. %(count)s kommuner mangler: "
        "%(names)s.",
        len(missing),
    ) % {"count": len(missing), "names": named(missing, municipalities)}


def named(codes: Iterable[str], municipalities: Mapping[str, str]) -> str:
    """Municipalities by name, in the order of `municipalities` (which is Danish)."""
    wanted = set(codes)
    known = [name for code, name in municipalities.items() if code in wanted]
    return ", ".join([*known, *sorted(wanted - set(municipalities))])


def concept_label(concept_id: int | None) -> str:
    """A concept's name in the language in force; "" for none."""
    if concept_id is None:
        return ""
    try:
        concept = taxonomy_in_use().concept(concept_id)
    except KeyError:
        return _("Begreb nr. %(number)s") % {"number": concept_id}
    return concept.label if get_language() != "en" else concept.label_en or concept.label


def either_label(concepts: Iterable[int | None]) -> str:
    """The names of what does equally well: "murer eller tømrer"; "" for none."""
    return _(" eller ").join(filter(None, map(concept_label, concepts)))


def years_of(years: int) -> str:
    """How much experience is asked for; "" for none."""
    if not years:
        return ""
    return ngettext("mindst %(years)s års erfaring", "mindst %(years)s års erfaring", years) % {
        "years": years
    }


def scheme_name(scheme: Scheme) -> str:
    """The kind of employment in the language in force."""
    return scheme.name_en if get_language() == "en" else scheme.name_da


def hours(order: Order | Vacancy) -> str:
    """Weekly hours: "37 timer om ugen", "30–37 timer om ugen"."""
    if order.hours_min == order.hours_max:
        return _("%(hours)s timer om ugen") % {"hours": order.hours_max}
    return _("%(fewest)s–%(most)s timer om ugen") % {
        "fewest": order.hours_min,
        "most": order.hours_max,
    }


def pause_words(reason: str) -> str:
    """Why the order is paused."""
    return _("Virksomheden har nok kandidater indtil videre.") if reason == ENOUGH else reason
