"""The rule: how well one person fits one order, in whole numbers that a person can check by hand.

Every value is a *level* of 0–60 (sixtieths), every weight a whole number of thousandths, so

    fit = (sum of weight × level) // 60          in thousandths, 0–1000

and the whole sum stays under 65,536, which is what lets the fast engine count in 16 bits and still
give exactly these numbers. Strengths from the taxonomy are rounded down to sixtieths here, in the
rule (0.7 = 42, 0.8 = 48 exactly). Weights are in `rows.Weights`; each part has its formula below.
Neither age, sex, origin, name nor benefit is an argument of any function here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tvaers.matching.engine.answers import Explanation, Part, PartScore, Reason, RequirementScore
from tvaers.matching.engine.rows import (
    FIRST_CONCEPT,
    UNREACHABLE,
    Ordering,
    Person,
    Query,
    Requirement,
    TravelLimit,
    TravelTable,
)

FULL = 60
"""The highest level."""
ENOUGH = 42
"""A graded requirement, or the occupation, is met from this level (strength 0.7)."""
NEIGHBOUR = 48
"""What a neighbouring occupation counts at most (0.8)."""
GRADED = frozenset({"skill", "occupation", "experience"})
"""Kinds of requirement that count by strength; all other kinds are met (strength 1) or not."""
MUST_COUNTS = 3
"""A must requirement weighs as much as this many nice ones."""
YEARS_WHEN_NOT_ASKED = 3
"""Experience is full from here when the order does not say how many years."""
MOST_YEARS = 60
PREFERRED_NOTICE = 14
"""Days before the start from which readiness counts fully."""
LONGEST_WAIT = 90
"""Days of waiting after which readiness counts nothing, when the order wants someone at once."""
SOON = 60
"""Days within which a person must be ready when the order says no start: as soon as possible."""


def level(strength: int) -> int:
    """A strength in thousandths as a level: strength × 60 // 1000, within 0–60."""
    return min(max(strength, 0), 1000) * FULL // 1000


def occupation_level(strength: int) -> int:
    """The level of an occupation: 60 if equal (strength 1000), else at most 48 (0.8)."""
    return FULL if strength >= 1000 else min(level(strength), NEIGHBOUR)


def recency(last_year: int, *, year: int) -> int:
    """How fresh work is: 60 up to two years back, then 3 less a year down to 30; unknown 45."""
    if last_year == 0:
        return 45
    return max(30, FULL - 3 * max(0, year - last_year - 2))


def share_of_years(years: int, asked: int) -> int:
    """Years against years asked, saturating: 60 × years / asked, at most 60.

    0 years means less than one or not known and counts as half a year.
    """
    halves = max(1, 2 * years)
    return min(FULL, FULL * halves // (2 * max(1, asked)))


def spells(held: Sequence[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    """Occupation → (years, last year): spells in one occupation are added, the latest year kept."""
    merged: dict[int, tuple[int, int]] = {}
    for occupation, years, last_year in held:
        before, latest = merged.get(occupation, (0, 0))
        merged[occupation] = (min(MOST_YEARS, before + years), max(latest, last_year))
    return merged


def travel_level(minutes: int, limit: int) -> int:
    """60 next door, falling in a straight line to 0 at the person's own limit and beyond."""
    if minutes >= limit:
        return FULL if minutes == limit == 0 else 0
    return FULL * (limit - minutes) // limit


def availability_level(ready: int, query: Query) -> int:
    """By notice before the start; by waiting when the order wants someone as soon as possible."""
    if query.start:
        return notice_level(last_start(query) - ready)
    return waiting_level(ready - query.today)


def notice_level(days: int) -> int:
    """Ready so many days before the start: 48 for none, rising to 60 for fourteen or more."""
    return 48 + 12 * min(max(days, 0), PREFERRED_NOTICE) // PREFERRED_NOTICE


def waiting_level(days: int) -> int:
    """Ready after so many days of waiting: 60 for none, in a straight line to 0 after ninety."""
    return FULL * max(0, LONGEST_WAIT - days) // LONGEST_WAIT


def last_start(query: Query) -> int:
    """The day by which a person must be ready: the start, or today when that has passed.

    An order without a start wants someone as soon as possible: within `SOON` days.
    """
    return max(query.start, query.today) if query.start else query.today + SOON


def part_of(requirement: Requirement) -> Part:
    """The part of the fit that a requirement belongs to."""
    return Part.SKILLS if requirement.kind in GRADED else Part.CREDENTIALS


def importance(requirement: Requirement) -> int:
    """What a requirement weighs among those of its part."""
    return MUST_COUNTS if requirement.must else 1


def enough(requirement: Requirement) -> int:
    """The level from which a requirement is met: 42 if graded, else 60."""
    return ENOUGH if requirement.kind in GRADED else FULL


def training_steps(requirement: Requirement) -> int:
    """How far a person who lacks this requirement is from being a hit: 0 nice, 1 near, 2 far."""
    if not requirement.must:
        return 0
    return 1 if requirement.trainable_days is not None else 2


def apportion(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """`total` split by `shares` into whole numbers that add up; largest remainders, first first."""
    whole = sum(shares)
    if whole == 0:
        return (0,) * len(shares)
    parts = [total * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(total * shares[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def weights_in_use(query: Query, travel: TravelTable) -> dict[Part, int]:
    """The weights over the parts the order asks about, scaled up so that they add up to 1000."""
    asked = {part_of(requirement) for requirement in query.requirements} | {Part.AVAILABILITY}
    if query.occupation:
        asked |= {Part.OCCUPATION, Part.EXPERIENCE}
    if travel.known(query.workplaces):
        asked.add(Part.TRAVEL)
    shares = [w if p in asked else 0 for p, w in zip(Part, query.weights.as_tuple(), strict=True)]
    scaled = apportion(1000, shares)
    return {part: weight for part, weight in zip(Part, scaled, strict=True) if part in asked}


def requirement_weights(query: Query, weights: dict[Part, int]) -> tuple[int, ...]:
    """What each requirement weighs in the fit: its part's weight, split by importance."""
    found = [0] * len(query.requirements)
    for part in (Part.SKILLS, Part.CREDENTIALS):
        numbers = [i for i, asked in enumerate(query.requirements) if part_of(asked) is part]
        shares = [importance(query.requirements[i]) for i in numbers]
        for i, weight in zip(numbers, apportion(weights.get(part, 0), shares), strict=True):
            found[i] = weight
    return tuple(found)


def score_requirement(
    query: Query, number: int, weight: int, person: Person, work: dict[int, tuple[int, int]]
) -> RequirementScore:
    """The best of what satisfies the requirement: the level of its strength.

    An occupation satisfies only if held, and its level is multiplied by the share of the years
    asked. What is met-or-not counts 60 or 0.
    """
    asked = query.requirements[number]
    best, by = 0, None
    for concept, strength in asked.satisfied_by:
        reached = 0
        if concept >= FIRST_CONCEPT:
            reached = level(strength) if concept in person.concepts else 0
        elif concept in work:
            share = share_of_years(work[concept][0], asked.years) if asked.years else FULL
            reached = level(strength) * share // FULL
        if asked.kind not in GRADED and reached < FULL:
            reached = 0
        if reached > best:
            best, by = reached, concept
    return RequirementScore(
        number=number,
        concept=asked.concept,
        must=asked.must,
        met=best >= enough(asked),
        level=best,
        weight=weight,
        by=by,
        years=work[by][0] if by in work else None,
    )


def best_occupation(query: Query, person: Person) -> tuple[int, int | None]:
    """Best of level(occupation) if wanted, level × recency // 60 if only held; and by which."""
    work, year = spells(person.held), date.fromordinal(query.today).year
    best, by = 0, None
    for occupation, strength in query.occupation:
        reached = 0
        if occupation in person.wanted:
            reached = occupation_level(strength)
        elif occupation in work:
            fresh = recency(work[occupation][1], year=year)
            reached = occupation_level(strength) * fresh // FULL
        if reached > best:
            best, by = reached, occupation
    return best, by


def best_experience(query: Query, person: Person) -> tuple[int, int | None]:
    """Best of level × recency × share of years // 3600 over the work held; and by which."""
    work, year = spells(person.held), date.fromordinal(query.today).year
    asked = query.occupation_years or YEARS_WHEN_NOT_ASKED
    best, by = 0, None
    for occupation, strength in query.occupation:
        if occupation in work:
            years, last_year = work[occupation]
            fresh = recency(last_year, year=year)
            share = share_of_years(years, asked)
            reached = occupation_level(strength) * fresh * share // (FULL * FULL)
            if reached > best:
                best, by = reached, occupation
    return best, by


def occupation_met(query: Query, person: Person) -> bool:
    """Whether an occupation of strength 0.7 or more is wanted or held, however long ago."""
    own = {*person.wanted, *(occupation for occupation, _, _ in person.held)}
    return any(o in own and occupation_level(s) >= ENOUGH for o, s in query.occupation)


def reasons_against(
    query: Query, person: Person, *, in_scope: bool, minutes: int | None, musts_met: bool
) -> tuple[Reason, ...]:
    """Every hard filter that keeps the person out (R12, R13 and the order's own)."""
    ready = max(person.available_from, query.today)
    low, high = query.hours or (0, 255)
    out = {
        Reason.NOT_FINDABLE: not person.findable,
        Reason.BLOCKED: person.id in query.blocked,
        Reason.SCOPE: not in_scope,
        Reason.MUST: not musts_met,
        Reason.KIND: not person.kinds & query.kind,
        Reason.HOURS: person.hours_min > high or person.hours_max < low,
        Reason.AVAILABILITY: ready > last_start(query),
        Reason.TRAVEL: query.travel_limit is TravelLimit.OWN
        and minutes is not None
        and (minutes > person.max_travel or minutes == UNREACHABLE),
    }
    return tuple(reason for reason, holds in out.items() if holds)


def explain(
    query: Query, person: Person, travel: TravelTable, *, in_scope: bool = True
) -> Explanation:
    """The whole rule for one person: parts, requirements, fit, and what keeps the person out."""
    weights = weights_in_use(query, travel)
    work = spells(person.held)
    scores = tuple(
        score_requirement(query, number, weight, person, work)
        for number, weight in enumerate(requirement_weights(query, weights))
    )
    workplaces = travel.known(query.workplaces)
    minutes = (
        travel.minutes(home=person.home, workplaces=workplaces, car=person.car)
        if workplaces
        else None
    )
    ready = max(person.available_from, query.today)
    fits = occupation_met(query, person)
    wanting = query.occupation_must and bool(query.occupation) and not fits
    musts_met = not wanting and all(score.met for score in scores if score.must)
    parts, points = part_scores(query, person, weights, scores, minutes)
    return Explanation(
        person=person.id,
        fit=points // FULL,
        parts=parts,
        requirements=scores,
        occupation_met=fits,
        travel=-1 if minutes is None or minutes == UNREACHABLE else minutes,
        ready=ready,
        reasons=reasons_against(
            query, person, in_scope=in_scope, minutes=minutes, musts_met=musts_met
        ),
    )


def part_scores(
    query: Query,
    person: Person,
    weights: dict[Part, int],
    scores: Sequence[RequirementScore],
    minutes: int | None,
) -> tuple[tuple[PartScore, ...], int]:
    """The parts that the order asks about, and the points (weight × level) of all together."""
    parts, points = [], 0
    for part, weight in weights.items():
        if part in (Part.SKILLS, Part.CREDENTIALS):
            own = [s for s in scores if part_of(query.requirements[s.number]) is part]
            points += sum(s.weight * s.level for s in own)
            parts.append(PartScore(part, share_met(query, own), weight))
        else:
            reached, score = person_part(query, person, part, weight, minutes)
            points += weight * reached
            parts.append(score)
    return tuple(parts), points


def share_met(query: Query, scores: Sequence[RequirementScore]) -> int:
    """The value of skills or credentials: the mean of the levels, weighed by importance."""
    asked = [importance(query.requirements[score.number]) for score in scores]
    reached = sum(i * score.level for i, score in zip(asked, scores, strict=True))
    return reached * 1000 // (FULL * sum(asked))


def person_part(
    query: Query,
    person: Person,
    part: Part,
    weight: int,
    minutes: int | None,
) -> tuple[int, PartScore]:
    """Level and score of occupation, experience, travel or availability."""
    work, ready = spells(person.held), max(person.available_from, query.today)
    by: int | None = None
    if part is Part.OCCUPATION:
        reached, by = best_occupation(query, person)
    elif part is Part.EXPERIENCE:
        reached, by = best_experience(query, person)
    elif part is Part.TRAVEL and minutes is not None:
        reached = travel_level(minutes, person.max_travel)
    else:
        reached = availability_level(ready, query)
    known = part is Part.TRAVEL and minutes != UNREACHABLE
    return reached, PartScore(
        part,
        reached * 1000 // FULL,
        weight,
        by=by,
        years=work[by][0] if by in work else None,
        minutes=minutes if known else None,
        ready=ready if part is Part.AVAILABILITY else None,
    )


def lot(salt: int, person: int) -> int:
    """The fair tie-break: a 64-bit number drawn from order and person, smaller first.

    The mixing (splitmix64's) is one to one, so two people never draw the same lot for one order,
    and who comes first differs from order to order.
    """
    return _mixed(salted(salt) + person)


def salted(salt: int) -> int:
    """The order's share of the lot."""
    return _mixed(salt)


def _mixed(number: int) -> int:
    number = (number + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    number = ((number ^ number >> 30) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    number = ((number ^ number >> 27) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return number ^ number >> 31


def place(query: Query, person: Person, why: Explanation) -> tuple[int, int, int, int]:
    """The sort key under the query's ordering, smallest first: ordering, fit, lot, id."""
    first = {
        Ordering.FIT: 0,
        Ordering.TRAVEL: why.travel if why.travel >= 0 else UNREACHABLE,
        Ordering.READY: why.ready,
        Ordering.NEWEST_CV: -person.cv_updated,
        Ordering.ALPHABETICAL: person.alphabetical,
    }[query.ordering]
    return first, -why.fit, lot(query.salt, person.id), person.id
