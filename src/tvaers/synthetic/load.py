"""The whole demo world, the same for the same seed and moment."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.db import connections

from tvaers.messages import operations as messages
from tvaers.synthetic.by_link import give_links
from tvaers.synthetic.candidates import homes, load_candidates
from tvaers.synthetic.companies import bring_into_conflict, load_companies, load_conversations
from tvaers.synthetic.deliveries import Deliveries
from tvaers.synthetic.history import make_history
from tvaers.synthetic.offices import close_some_offices, install_offices
from tvaers.synthetic.people_who_work import LOADER, install_staff
from tvaers.synthetic.plots import SET
from tvaers.synthetic.progress import Progress, silent
from tvaers.synthetic.scene import Scene

SEED = 2026
CANDIDATES, COMPANIES, ORDERS = 20_000, 400, 150
HISTORY = timedelta(days=372)
STEPS = ("offices", "staff", "homes", "companies", "scene", "orders", "talks", "links")
"""Each step draws by itself, so that more of one leaves the others as they were."""
MAIL_OF = timedelta(days=1)
"""Only the last day's mail is sent: the rest of the year is long told."""


def load_demo(
    *,
    candidates: int = CANDIDATES,
    companies: int = COMPANIES,
    orders: int = ORDERS,
    seed: int = SEED,
    at: datetime,
    progress: Progress = silent,
) -> None:
    """Fill a database that holds only the reference rows; `at` is the demo's "now".

    Needs the owner's connection beside the application's (see `synthetic.candidates`).
    """
    began = at - HISTORY
    chance = {step: Random(f"{seed}:{step}") for step in STEPS}
    with _not_waiting_for_the_disk(), _not_looking_for_rubbish():
        progress("Kommuner og kontorer", 0, 1)
        install_offices(chance["offices"], at=began)
        staff = install_staff(chance["staff"], at=began)
        progress("Kommuner og kontorer", 1, 1)
        where = homes(chance["homes"], staff, count=candidates)
        deliveries = Deliveries(staff, where, began=began, at=at)
        kept = load_candidates(
            where, deliveries.runs, staff, seed=seed, began=began, at=at, progress=progress
        )
        wanted = [(plot.lead, plot.occupation) for plot in SET]
        employers = load_companies(
            chance["companies"], staff, wanted=wanted, count=companies, at=began
        )
        *open_ones, first, second = employers
        scene = Scene(staff, deliveries, chance["scene"], kept, now=began)
        make_history(chance["orders"], scene, open_ones, orders=orders, at=at, progress=progress)
        load_conversations(chance["talks"], staff, employers, count=2 * companies, at=at)
        bring_into_conflict((first, second), at=at)
        close_some_offices(at=at)
        deliveries.finish()
        give_links(chance["links"], staff, at=at)
        messages.overtake_all(before=at - MAIL_OF, by=LOADER, at=at)


@contextmanager
def _not_waiting_for_the_disk() -> Iterator[None]:
    """A demo world that a power cut takes away is made again."""
    _set_commit("off")
    yield
    _set_commit("on")


@contextmanager
def _not_looking_for_rubbish() -> Iterator[None]:
    """Millions of short-lived rows leave no cycles worth looking for, a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _set_commit(value: str) -> None:
    for name in ("default", "owner"):
        with connections[name].cursor() as cursor:
            cursor.execute("select set_config('synchronous_commit', %s, false)", [value])
