"""What happens to each order of the demo: the ones that every page needs, then ordinary ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum, auto
from random import Random

from tvaers.synthetic.people_who_work import KOEGE


class End(StrEnum):
    """How an order ends."""

    FILLED = auto()
    PARTLY = auto()
    UNFILLED = auto()
    BY_COMPANY = auto()
    WITHDRAWN = auto()
    OTHER = auto()


class Twist(StrEnum):
    """What else happens to an order."""

    LATER = auto()
    PAUSED = auto()
    REOPENED = auto()
    RAISED = auto()
    CHANGED = auto()
    HANDOVER_OFFERED = auto()
    HANDED_OVER = auto()
    HANDOVER_DECLINED = auto()
    CO_LED = auto()
    INVITES = auto()
    RELEASES = auto()
    RELEASE_WAITS = auto()
    SENDING_WITHDRAWN = auto()
    EXCUSES = auto()
    TO_FUND = auto()
    CONFLICT = auto()


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One order: where and when it came (office hours before now), and what is done with it.

    `dialogue` is the office hours until the company is called, `None` for never; `sends` the
    step of the ladder at which it is sent round; `delays` say when some offices answer. Without
    `lead` it is the office where the company is that leads.
    """

    before: float
    lead: str = KOEGE
    who: int = 0
    occupation: str = ""
    openings: int = 1
    dialogue: float | None = 2.0
    recruits: bool = True
    searches: str = "OWN"
    settles: bool = True
    sends: str = ""
    delays: dict[str, float] = field(default_factory=dict)
    presents: bool = True
    hires: int = 0
    end: End | None = None
    twists: frozenset[Twist] = frozenset()


NEVER = -1.0
FUND = "FUND"
"""Stands for the first unemployment fund where a plot says who never answers."""
DAY = 8.0
WAREHOUSE, CLEANING, CARE, KITCHEN = (
    "lagermedarbejder",
    "rengoeringsassistent",
    "social-og-sundhedshjaelper",
    "koekkenmedhjaelper",
)


def _twists(*these: Twist) -> frozenset[Twist]:
    return frozenset(these)


SET = (
    # Køge leads: one order at every point of its life.
    Plot(before=1.5, dialogue=None, occupation=CLEANING, openings=2),
    Plot(before=3 * DAY, dialogue=None, who=1, occupation="butiksassistent"),
    Plot(before=DAY, dialogue=3, recruits=False, occupation="kok"),
    Plot(before=2 * DAY, who=1, occupation=KITCHEN, openings=2, settles=False, presents=False),
    Plot(
        before=DAY + 3,
        who=1,
        occupation="produktionsmedarbejder",
        openings=4,
        sends="ALLIANCE",
        presents=False,
        delays={"0330": NEVER, "0370": 2, "0265": 3, "0253": 1},
    ),
    Plot(
        before=5 * DAY,
        who=1,
        occupation="lastbilchauffoer",
        openings=3,
        sends="ALLIANCE",
        presents=False,
        delays={"0360": NEVER, "0390": NEVER, "0340": NEVER, "0326": 20},
    ),
    Plot(
        before=9 * DAY,
        occupation=CARE,
        openings=3,
        sends="ALLIANCE",
        hires=1,
        delays={"0306": NEVER},
        twists=_twists(Twist.EXCUSES, Twist.TO_FUND, Twist.LATER),
    ),
    Plot(before=12 * DAY, who=1, occupation=WAREHOUSE, openings=2, sends="ALLIANCE", hires=2,
         end=End.FILLED),
    Plot(before=30 * DAY, occupation="smed", openings=3, sends="ALLIANCE", hires=1,
         end=End.PARTLY),
    Plot(before=45 * DAY, who=1, occupation="tagdaekker", openings=2, searches="ALLIANCE",
         sends="ALLIANCE", end=End.UNFILLED),
    Plot(before=60 * DAY, occupation="vagt", end=End.WITHDRAWN),
    Plot(before=25 * DAY, who=1, occupation="tjener", openings=2, end=End.BY_COMPANY),
    Plot(before=70 * DAY, occupation="bogholder", end=End.OTHER),
    Plot(before=20 * DAY, who=1, occupation="kontorassistent", hires=1,
         twists=_twists(Twist.PAUSED)),
    Plot(before=35 * DAY, who=1, occupation=CLEANING, openings=3, sends="ALLIANCE", hires=1,
         end=End.WITHDRAWN, twists=_twists(Twist.REOPENED)),
    # Others ask Køge.
    Plot(before=6, lead="0265", occupation=WAREHOUSE, openings=3, dialogue=0.5, sends="ALLIANCE",
         delays={KOEGE: NEVER, "0336": NEVER, FUND: NEVER}, twists=_twists(Twist.TO_FUND)),
    Plot(before=5 * DAY, lead="0370", occupation="chauffoer", openings=2, dialogue=1,
         sends="ALLIANCE", delays={KOEGE: NEVER}),
    Plot(before=4 * DAY, lead="0253", occupation="butiksassistent", openings=2, dialogue=1,
         sends="ALLIANCE", delays={KOEGE: 3}, twists=_twists(Twist.CHANGED)),
    Plot(before=5, lead="0330", occupation=WAREHOUSE, openings=2, dialogue=1, searches="ALLIANCE",
         settles=False, presents=False, twists=_twists(Twist.RELEASE_WAITS)),
    Plot(before=3 * DAY, lead="0316", occupation="kok", sends="ALLIANCE", delays={KOEGE: 2},
         presents=False, twists=_twists(Twist.HANDOVER_OFFERED)),
    # Further up the ladder, more leads, companies that stop.
    Plot(before=15 * DAY, occupation="svejser", openings=4, searches="ALLIANCE", sends="PART",
         hires=1),
    Plot(before=18 * DAY, lead="0461", occupation="elektriker", openings=3, sends="ALLIANCE",
         hires=1, twists=_twists(Twist.CO_LED)),
    Plot(before=14 * DAY, lead="0751", occupation="softwareudvikler", openings=2,
         searches="NATION"),
    Plot(before=22 * DAY, lead="0851", occupation="toemrer", openings=2, sends="ALLIANCE", hires=1,
         twists=_twists(Twist.HANDED_OVER, Twist.RAISED)),
    Plot(before=16 * DAY, lead="0621", occupation="industrimekaniker", openings=2,
         sends="ALLIANCE", twists=_twists(Twist.HANDOVER_DECLINED, Twist.INVITES)),
    Plot(before=10 * DAY, lead="0561", occupation=CARE, openings=3, sends="ALLIANCE",
         twists=_twists(Twist.SENDING_WITHDRAWN)),
    Plot(before=11 * DAY, lead="0329", occupation=WAREHOUSE, openings=2, sends="ALLIANCE",
         twists=_twists(Twist.CONFLICT)),
    Plot(before=8 * DAY, lead="0657", occupation="montoer", openings=2, searches="ALLIANCE",
         settles=True, twists=_twists(Twist.RELEASES, Twist.INVITES)),
)  # fmt: skip

ENDS = (
    (End.FILLED, 54), (End.PARTLY, 8), (End.UNFILLED, 5), (End.BY_COMPANY, 12),
    (End.WITHDRAWN, 9), (End.OTHER, 4), (None, 8),
)  # fmt: skip
EXTRAS = (
    (Twist.LATER, 0.15), (Twist.RELEASES, 0.12), (Twist.EXCUSES, 0.08), (Twist.INVITES, 0.1),
    (Twist.CHANGED, 0.06), (Twist.TO_FUND, 0.15), (Twist.RAISED, 0.05), (Twist.CO_LED, 0.04),
)  # fmt: skip


def plots(chance: Random, *, count: int) -> Iterator[Plot]:
    """The orders that every page needs, and after them ordinary ones back over a year."""
    yield from SET[:count]
    for number in range(count - len(SET)):
        recent = number % 4 == 0
        before = chance.uniform(0.5, 12 * DAY) if recent else chance.uniform(12, 245) * DAY
        yield _ordinary(chance, before)


def _ordinary(chance: Random, before: float) -> Plot:
    end = chance.choices([end for end, _ in ENDS], [share for _, share in ENDS])[0]
    openings = chance.choices((1, 2, 3, 5), (50, 28, 15, 7))[0]
    hires = {End.FILLED: openings, End.PARTLY: max(openings - 1, 1)}.get(end or End.OTHER, 0)
    if end is End.PARTLY:
        openings = max(openings, 2)
    plot = Plot(
        before=before,
        lead="",
        who=chance.randrange(2),
        openings=openings,
        dialogue=chance.choices((chance.uniform(0.3, 7), 14.0), (92, 8))[0],
        searches=chance.choices(("OWN", "ALLIANCE"), (75, 25))[0],
        settles=chance.random() < 0.5,
        sends=chance.choices(("", "ALLIANCE"), (90, 10))[0],
        hires=hires,
        end=end,
    )
    return replace(plot, twists=frozenset(t for t, share in EXTRAS if chance.random() < share))
