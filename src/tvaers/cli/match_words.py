"""The sentences of `tvaers match`, in Danish and English."""

from collections.abc import Callable
from datetime import date

from tvaers.matching.engine.answers import Part, PartScore, Reason
from tvaers.orders.draft import Doubt

Say = Callable[[str, str], str]


def speaker(language: str) -> Say:
    """Chooses between a Danish and an English sentence."""
    return (lambda _, english: english) if language == "en" else (lambda danish, _: danish)


def why(
    part: PartScore,
    *,
    say: Say,
    by: str,
    asked: str,
    met: int,
    of: int,
    start: date | None,
    today: date,
) -> str:
    """One part of the fit in words.

    `by` is the occupation of the person that counted and `asked` the order's; `met` of `of` are
    the requirements of the part.
    """
    if part.part is Part.OCCUPATION:
        if not by:
            return say(f"ingen tilknytning til {asked}", f"no work related to {asked}")
        return by if by == asked else say(f"{by} for {asked}", f"{by} for {asked}")
    if part.part is Part.EXPERIENCE:
        if not part.years:
            return say("ingen oplyst erfaring i stillingen", "no known experience in the work")
        return say(f"{part.years} års erfaring", f"{part.years} years of experience")
    if part.part is Part.TRAVEL:
        if part.minutes is None or part.minutes < 0:
            return say("rejsetiden kendes ikke", "travel time not known")
        return say(f"{part.minutes} min. til arbejde", f"{part.minutes} min. to work")
    if part.part is Part.AVAILABILITY:
        return _ready(part, say=say, start=start, today=today)
    return say(f"opfylder {met} af {of} krav", f"meets {met} of {of} requirements")


def _ready(part: PartScore, *, say: Say, start: date | None, today: date) -> str:
    if part.ready is None:
        return say("kan starte", "can start")
    day = date.fromordinal(part.ready)
    if start is not None and day <= start and start > today:
        return say(f"kan starte {start:%d-%m-%Y}", f"can start on {start:%d-%m-%Y}")
    if day <= today:
        return say("kan starte straks", "can start at once")
    return say(f"klar fra {day:%d-%m-%Y}", f"ready from {day:%d-%m-%Y}")


DOUBTS = {
    Doubt.NO_OCCUPATION: (
        "Ingen stilling er fundet i teksten, så stillingen tæller ikke med.",
        "No occupation was found in the text, so it does not count.",
    ),
    Doubt.OCCUPATION: (
        "Stillingen er et gæt: se efter, om den passer.",
        "The occupation is a guess: see whether it is right.",
    ),
    Doubt.NO_PLACE: (
        "Intet sted er nævnt, så rejsetiden tæller ikke med. Brug --municipality.",
        "No place is named, so travel time does not count. Use --municipality.",
    ),
    Doubt.SEVERAL_PLACES: (
        "Flere steder er nævnt: se efter, om det rette er valgt, eller brug --municipality.",
        "Several places are named: see whether the right one is used, or give --municipality.",
    ),
    Doubt.START_PASSED: (
        "Startdatoen er passeret, så der søges fra i dag.",
        "The start date has passed, so the search is from today.",
    ),
    Doubt.DESCRIPTION_CUT: (
        "Teksten er over 5.000 tegn. Kun de første 5.000 er læst.",
        "The text is longer than 5,000 characters. Only the first 5,000 were read.",
    ),
    Doubt.KIND: (
        "En støttet ansættelse er nævnt, men ordren er læst som ordinær.",
        "A supported job is mentioned, but the order is read as an ordinary job.",
    ),
    Doubt.UNKNOWN_REQUIREMENT: (
        "Et krav kendes ikke og tæller ikke med.",
        "A requirement is not known and does not count.",
    ),
}

EXCLUDED = {
    Reason.SCOPE: "scope",
    Reason.MUST: "must",
    Reason.AVAILABILITY: "availability",
    Reason.TRAVEL: "travel",
    Reason.KIND: "kind",
    Reason.HOURS: "hours",
    Reason.NOT_FINDABLE: "not_findable",
}
EXCLUDED_WORDS = {
    "scope": ("bor uden for området", "live outside the scope"),
    "must": ("mangler et skal-krav", "lack a must requirement"),
    "availability": ("kan ikke starte i tide", "cannot start in time"),
    "travel": ("har for langt", "live too far away"),
    "kind": ("kan ikke ansættes på den måde", "cannot take this kind of employment"),
    "hours": ("ønsker et andet timetal", "want other hours"),
    "not_findable": ("er ikke ledige nu", "are not available now"),
}
