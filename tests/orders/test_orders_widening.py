"""A change opens coverage exactly when it could admit someone new (R6).

The oracle shares nothing with the rule: it lists every person a small world can hold, asks for
each whether the order would consider that one before and after, and looks for somebody new.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tvaers.orders import widening
from tvaers.orders.need import Asked, Need
from tvaers.orders.widening import Opening, Wanted

KOEGE, AARHUS = "0259", "0751"
DAYS = [date(2026, 5, 1), date(2026, 6, 1)]
HOURS = [20, 30, 37]
KINDS = {"ordinary": 1, "flex_job": 16}
FORKLIFT, CRANE, WORDS = 10_001, 10_002, "god til at køre truck"


@dataclass(frozen=True)
class Posted:
    """A need, and where its workplaces are."""

    need: Need
    places: frozenset[str]

    @property
    def wanted(self) -> Wanted:
        kind_bit = KINDS[self.need.scheme]
        return widening.wanted(self.need, kinds=kind_bit, municipalities=self.places)


@dataclass(frozen=True)
class Somebody:
    job: object
    job_years: int
    knows: dict[object, int]
    takes: int
    hours: tuple[int, int]
    ready: date
    reaches: frozenset[str]


def considered(order: Posted, who: Somebody) -> bool:
    """Whether someone who reads the order would think of this person."""
    need = order.need
    known = (need.occupation, *need.other_occupations)
    jobs = (need.title.lower(),) if need.occupation is None else known
    fits = who.job in jobs and who.job_years >= need.occupation_years
    for one in need.requirements:
        ways = (one.text.lower(),) if one.concept is None else (one.concept, *one.either)
        if one.must and max(who.knows.get(what, -1) for what in ways) < one.years:
            fits = False
    works = who.hours[0] <= need.hours_max and who.hours[1] >= need.hours_min
    ready = need.starts_on is None or who.ready <= need.starts_on
    reaches = not order.places or bool(order.places & who.reaches)
    return fits and works and ready and reaches and bool(who.takes & KINDS[need.scheme])


def everybody() -> Iterator[Somebody]:
    """One of each kind of person that a small world can hold."""
    jobs = [4321, 5123, "lagermedarbejder", "tjener"]
    knowledge = [
        {
            what: years
            for what, years in zip((FORKLIFT, CRANE, WORDS), all_, strict=True)
            if years >= 0
        }
        for all_ in product((-1, 0, 2), repeat=3)
    ]
    spans = [(low, high) for low, high in product(HOURS, HOURS) if low <= high]
    # One quality at a time: no filter looks at two, so whoever is new is new by one alone.
    yield from (
        Somebody(job, years, knows, takes, hours, ready, reaches)
        for job, years in product(jobs, (0, 3))
        for knows in knowledge
        for takes, hours, ready, reaches in [
            *((one, (20, 37), DAYS[0], frozenset({KOEGE, AARHUS})) for one in (1, 16)),
            *((17, span, DAYS[0], frozenset({KOEGE, AARHUS})) for span in spans),
            *((17, (20, 37), day, frozenset({KOEGE, AARHUS})) for day in [*DAYS, date.max]),
            *((17, (20, 37), DAYS[0], place) for place in map(frozenset, ([], [KOEGE], [AARHUS]))),
        ]
    )


EVERYBODY = list(everybody())

requirement = st.builds(
    Asked,
    kind=st.just("SKILL"),
    text=st.just("truck"),
    concept=st.sampled_from([FORKLIFT, FORKLIFT, CRANE]),
    either=st.sampled_from([(), (), (FORKLIFT,), (CRANE,)]),
    must=st.booleans(),
    years=st.sampled_from([0, 2]),
)
in_words = st.builds(
    Asked,
    kind=st.just("SKILL"),
    text=st.sampled_from([WORDS, WORDS.upper()]),
    must=st.booleans(),
    years=st.just(0),
)


@st.composite
def posted(draw: st.DrawFn) -> Posted:
    low, high = sorted((draw(st.sampled_from(HOURS)), draw(st.sampled_from(HOURS))))
    asked = [*draw(st.lists(requirement, max_size=1)), *draw(st.lists(in_words, max_size=1))]
    need = Need(
        scheme=draw(st.sampled_from(sorted(KINDS))),
        title=draw(st.sampled_from(["Lagermedarbejder", "lagermedarbejder", "Tjener"])),
        description="Vi mangler folk",
        occupation=draw(st.sampled_from([None, 4321, 5123])),
        other_occupations=draw(st.sampled_from([(), (), (4321,), (5123,)])),
        occupation_years=draw(st.sampled_from([0, 3])),
        hours_min=low,
        hours_max=high,
        starts_on=draw(st.sampled_from([None, *DAYS])),
        requirements=tuple(asked),
    )
    return Posted(need, draw(st.frozensets(st.sampled_from([KOEGE, AARHUS]))))


@st.composite
def changed(draw: st.DrawFn) -> tuple[Posted, Posted]:
    """An order and the same with one to three things different."""
    before, other = draw(posted()), draw(posted())
    names = [name for name in vars(before.need) if name != "hours_max"]
    taken = draw(st.lists(st.sampled_from([*names, "places"]), max_size=3, unique=True))
    after = before
    for name in taken:
        if name == "places":
            after = replace(after, places=other.places)
        elif name == "hours_min":
            hours = {"hours_min": other.need.hours_min, "hours_max": other.need.hours_max}
            after = replace(after, need=replace(after.need, **hours))
        else:
            after = replace(after, need=replace(after.need, **{name: getattr(other.need, name)}))
    return before, after


def anyone_new(before: Posted, after: Posted) -> bool:
    return any(considered(after, who) and not considered(before, who) for who in EVERYBODY)


@given(changed())
def test_whoever_is_new_opens_coverage(change: tuple[Posted, Posted]) -> None:
    before, after = change

    if anyone_new(before, after):
        assert widening.opens(before.wanted, after.wanted)


@given(changed())
def test_coverage_opens_only_for_someone_new(change: tuple[Posted, Posted]) -> None:
    before, after = change
    opened = widening.openings_in(before.wanted, after.wanted)

    if len(opened) == 1 and not tightened(before, after):
        assert anyone_new(before, after)
    if not opened:
        assert not anyone_new(before, after)


def tightened(before: Posted, after: Posted) -> bool:
    """Whether the change also shuts somebody out, who may be the one it would have let in."""
    return any(considered(before, who) and not considered(after, who) for who in EVERYBODY)


BEFORE = Need(
    scheme="ordinary",
    title="Lagermedarbejder",
    description="Tre til nattehold",
    occupation=4321,
    occupation_years=2,
    hours_min=30,
    hours_max=37,
    starts_on=DAYS[0],
    requirements=(
        Asked(kind="CERTIFICATE", text="Gaffeltruck B", concept=FORKLIFT, must=True),
        Asked(kind="SKILL", text="Engelsk", concept=10_002, must=False),
    ),
)


def opened_by(after: Need, places: frozenset[str] = frozenset({KOEGE})) -> frozenset[Opening]:
    before = Posted(BEFORE, frozenset({KOEGE}))
    return widening.openings_in(before.wanted, Posted(after, places).wanted)


def test_each_way_of_asking_for_less_has_its_name() -> None:
    forklift, english = BEFORE.requirements

    assert opened_by(replace(BEFORE, requirements=(english,))) == {Opening.REQUIREMENTS}
    assert opened_by(replace(BEFORE, requirements=(replace(forklift, must=False), english))) == {
        Opening.REQUIREMENTS
    }
    assert opened_by(replace(BEFORE, occupation=5123)) == {Opening.OCCUPATION}
    assert opened_by(replace(BEFORE, other_occupations=(5123,))) == {Opening.OCCUPATION}
    either = replace(forklift, either=(CRANE,))
    assert opened_by(replace(BEFORE, requirements=(either, english))) == {Opening.REQUIREMENTS}
    assert opened_by(replace(BEFORE, occupation_years=1)) == {Opening.EXPERIENCE}
    assert opened_by(BEFORE, frozenset({KOEGE, AARHUS})) == {Opening.PLACE}
    assert opened_by(replace(BEFORE, hours_min=20)) == {Opening.HOURS}
    assert opened_by(replace(BEFORE, starts_on=DAYS[1])) == {Opening.LATER_START}
    assert opened_by(replace(BEFORE, scheme="flex_job")) == {Opening.KIND}


def test_asking_for_more_keeps_what_is_covered() -> None:
    forklift, english = BEFORE.requirements
    more = replace(
        BEFORE,
        title="Lagermedarbejder, nat",
        occupation_years=3,
        hours_min=37,
        starts_on=date(2026, 4, 15),
        requirements=(forklift, replace(english, must=True), replace(english, concept=10_003)),
    )

    assert opened_by(more) == frozenset()
    assert opened_by(replace(BEFORE, requirements=(forklift,))) == frozenset()
