"""The whole demo world, the same for the same seed and moment."""

from datetime import datetime, timedelta
from random import Random

from django.db import connections

from tvaers.core.working_days import danish_date
from tvaers.synthetic.candidates import homes, load_candidates
from tvaers.synthetic.companies import bring_into_conflict, load_companies, load_conversations
from tvaers.synthetic.deliveries import Deliveries
from tvaers.synthetic.history import make_history
from tvaers.synthetic.offices import close_some_offices, install_offices
from tvaers.synthetic.people_who_work import install_staff
from tvaers.synthetic.plots import SET
from tvaers.synthetic.progress import Progress, silent

SEED = 2026
CANDIDATES, COMPANIES, ORDERS = 20_000, 400, 150
HISTORY = timedelta(days=372)


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
    _do_not_wait_for_the_disk()
    began, today = at - HISTORY, danish_date(at)
    chance = Random(f"{seed}:network")
    progress("Kommuner og kontorer", 0, 1)
    install_offices(chance, at=began)
    staff = install_staff(chance, at=began)
    progress("Kommuner og kontorer", 1, 1)
    where = homes(Random(f"{seed}:homes"), staff, count=candidates)
    deliveries = Deliveries(staff, where, began=began, at=at)
    kept = load_candidates(
        where, staff, seed=seed, runs=deliveries.runs, at=began, today=today, progress=progress
    )
    wanted = [(plot.lead, plot.occupation) for plot in SET]
    employers = load_companies(
        Random(f"{seed}:companies"), staff, wanted=wanted, count=companies, at=began
    )
    make_history(
        Random(f"{seed}:orders"),
        staff,
        employers[:-2],
        deliveries,
        orders=orders,
        kept=kept,
        at=at,
        progress=progress,
    )
    load_conversations(Random(f"{seed}:talks"), staff, employers, count=2 * companies, at=at)
    bring_into_conflict(employers[-2:], at=at)
    close_some_offices(at=at)
    deliveries.finish()


def _do_not_wait_for_the_disk() -> None:
    """A demo world that a power cut takes away is made again."""
    for name in ("default", "owner"):
        with connections[name].cursor() as cursor:
            cursor.execute("set synchronous_commit to off")
