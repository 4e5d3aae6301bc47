"""What the made-up companies ask for: an order's need, and the ad that says it in Danish.

The requirements come first and the words after them, as everywhere in the demo world.
"""

from datetime import date, timedelta
from random import Random

from tvaers.orders.need import Asked, Need
from tvaers.places.municipalities import municipality
from tvaers.synthetic.companies import Employer
from tvaers.synthetic.tables import Trade, trade_of
from tvaers.taxonomy.concepts import Concept
from tvaers.taxonomy.starter import starter

SCHEMES = (("ordinary", 86), ("wage_subsidy", 7), ("traineeship", 4), ("flex_job", 3))
WEEKS = (((37, 37), 70), ((30, 37), 14), ((20, 30), 10), ((15, 20), 6))
FULL_TIME = (37, 37)
IRREGULAR = {"kok": "kokke", "smed": "smede", "handyman": "handymænd", "au pair": "au pairs"}
OPENERS = (
    "{company} i {town} søger {who} til {start}.",
    "Vi får mere at lave og søger {who} til vores afdeling i {town}.",
    "Har du lyst til at arbejde i et travlt team? {company} søger {who}.",
    "På grund af flere ordrer mangler vi {who} hos {company} i {town}.",
)
OFFERS = (
    "Vi tilbyder ordnede forhold, overenskomst og gode kolleger.",
    "Løn efter gældende overenskomst. Der er god oplæring.",
    "Du bliver en del af et hold, der hjælper hinanden, når der er travlt.",
)
CALLS = (
    "Opstart {start}. Arbejdstiden er {hours} timer om ugen.",
    "Stillingen er på {hours} timer ugentligt med start {start}.",
)


def need_of(
    chance: Random,
    employer: Employer,
    occupation: str,
    *,
    openings: int,
    day: date,
    usual: bool,
) -> Need:
    """What `employer` asks for on `day`: an occupation, papers, skills, hours and a start.

    `usual` is an ordinary job of full time.
    """
    trade = trade_of(occupation)
    asked = tuple(_asked(chance, trade))
    hours = chance.choices([pair for pair, _ in WEEKS], [weight for _, weight in WEEKS])[0]
    scheme = chance.choices([s for s, _ in SCHEMES], [w for _, w in SCHEMES])[0]
    if usual:
        hours, scheme = FULL_TIME, "ordinary"
    starts_on = day + timedelta(days=chance.randrange(10, 45)) if chance.random() < 0.6 else None
    places = employer.workplace_ids[: 1 if chance.random() < 0.7 else None]
    work = trade.occupation
    return Need(
        scheme=scheme,
        title=_who(work, openings, number=False).capitalize()[:100],
        description=_ad(chance, employer, work, openings, asked, hours, starts_on),
        contact_id=chance.choice(employer.contact_ids),
        workplace_ids=places,
        occupation=work.id,
        occupation_years=chance.choices((0, 1, 2), (70, 20, 10))[0],
        concept_uri_da=work.uri_da or "",
        concept_uri_eu=work.uri_eu or "",
        hours_min=hours[0],
        hours_max=hours[1],
        starts_on=starts_on,
        requirements=asked,
    )


def _asked(chance: Random, trade: Trade) -> list[Asked]:
    """One paper and one licence at most as musts, a few skills and Danish, mostly as wishes."""
    asked = []
    if trade.papers and trade.papers[0][1] >= 0.3 and chance.random() < 0.65:
        asked.append(_one(trade.papers[0][0], must=True))
    if trade.licences and chance.random() < 0.5:
        asked.append(_one(trade.licences[0][0], must=chance.random() < 0.6))
    for skill, share in trade.skills[:4]:
        if chance.random() < 0.5:
            asked.append(_one(skill, must=share > 0.8 and chance.random() < 0.2))
    if chance.random() < 0.5:
        level = chance.choice(("dansk-a2", "dansk-b1", "dansk-b2"))
        asked.append(_one(starter().by_key(level), must=chance.random() < 0.4))
    return asked


def _one(concept: Concept, *, must: bool) -> Asked:
    return Asked(kind=concept.kind.upper(), text=concept.label, must=must, concept=concept.id)


def _ad(
    chance: Random,
    employer: Employer,
    work: Concept,
    openings: int,
    asked: tuple[Asked, ...],
    hours: tuple[int, int],
    starts_on: date | None,
) -> str:
    place = municipality(employer.municipalities[0])
    start = f"den {starts_on.day}.{starts_on.month}" if starts_on else "snarest"
    values = {
        "company": employer.name,
        "town": place.town if place else "",
        "who": _who(work, openings, number=True),
        "start": start,
        "hours": f"{hours[0]}-{hours[1]}" if hours[0] < hours[1] else str(hours[1]),
    }
    musts = [f"• {one.text}" for one in asked if one.must]
    wishes = [f"• {one.text}" for one in asked if not one.must]
    parts = [
        chance.choice(OPENERS).format(**values),
        "\n".join(["Vi forventer, at du har:", *musts]) if musts else "",
        "\n".join(["Det er en fordel, hvis du kan:", *wishes]) if wishes else "",
        chance.choice(CALLS).format(**values),
        chance.choice(OFFERS),
    ]
    return "\n\n".join(part for part in parts if part)


def _who(work: Concept, openings: int, *, number: bool) -> str:
    """ "3 lagermedarbejdere", or "en lagermedarbejder"."""
    if openings == 1:
        return f"en {work.label}" if number else work.label
    plural = IRREGULAR.get(work.label) or work.label + _plural_ending(work.label)
    return f"{openings} {plural}" if number else plural


def _plural_ending(word: str) -> str:
    if word.endswith(("er", "ig")):
        return "e"
    return "r" if word.endswith("e") else "er"
