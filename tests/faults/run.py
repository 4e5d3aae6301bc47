"""One run: the world, the load, the faults, the settling and the verdict."""

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from psycopg import sql
from rich.console import Console
from rich.progress import Progress

from tests.faults import chaos, world
from tests.faults.checker import Findings, check, taken
from tests.faults.offices import Ledger, Offices
from tests.faults.processes import Installation, until
from tests.faults.settling import Due, is_ready, settle
from tvaers.core.working_days import COPENHAGEN
from tvaers.database.folders import installation_id, run_folder
from tvaers.database.server import Server, embedded_server

RATE = 15.0
"""Answers a second that the offices aim at."""

OPENS = {"hour": 9, "minute": 0, "second": 0, "microsecond": 0}
out, screen = Console(highlight=False), Console(stderr=True)


def run(folder: Path, *, seconds: float, seed: int, without: str) -> int:
    """Everything, told as it goes; 1 when anything was lost, doubled or broken."""
    server, begins = embedded_server(), _monday()
    with screen.status("") as status:
        made = world.make(
            Random(f"{seed}:world"),
            orders_wanted=max(12, int(seconds / 10)),
            at=begins,
            step=lambda words: status.update(f"{words} …"),
        )
    if without:
        _take_away(server, without)
    clock = (begins - datetime.now(UTC)).total_seconds()
    house = Installation(folder, server, clock=clock)
    offices = Offices(made, house, seed=seed, rate=RATE)
    try:
        with house.running():
            with screen.status("starting the processes …"):
                until(lambda: is_ready(house), "the pages do not start")
            killed = _go_wrong(house, offices, seconds=seconds, seed=seed)
            with screen.status("letting everything that is due happen …"):
                offices.send_last()
                due = settle(house)
                with server.connect(database="tvaers") as superuser:
                    found = check(superuser, offices.ledger, due, house.mails)
    except Exception:
        _tell_logs(folder)
        raise
    finally:
        shutil.rmtree(
            run_folder() / f"metrics-{installation_id()}-{house.web_port}", ignore_errors=True
        )
    return _tell(killed, offices.ledger, due, found, list(taken(house.mails)))


def _go_wrong(house: Installation, offices: Offices, *, seconds: float, seed: int) -> Counter[str]:
    chance = Random(f"{seed}:chaos")
    with Progress(console=screen, transient=True) as progress:
        bar = progress.add_task("things go wrong", total=seconds)
        offices.start()
        try:
            offices.answer_some()
            killed = chaos.wreak(
                house,
                chaos.plan(chance, seconds),
                chance,
                seconds=seconds,
                jumped=offices.it_is_late,
                each_second=lambda now: progress.update(
                    bar,
                    completed=now,
                    description=f"{len(offices.ledger.answers)} answers acknowledged",
                ),
            )
            offices.answer_some()
            return killed
        finally:
            offices.stop()


def _monday() -> datetime:
    """Next Monday at nine."""
    today = datetime.now(COPENHAGEN)
    return (today + timedelta(days=7 - today.weekday())).replace(**OPENS)


def _take_away(server: Server, name: str) -> None:
    """Drop a unique key, to see that the checker finds what it kept away."""
    with server.connect(database="tvaers") as superuser:
        (table,) = superuser.execute(
            "select relname from pg_constraint join pg_class c on c.oid = conrelid"
            " where conname = %s and contype = 'u'",
            [name],
        ).fetchone() or (None,)
        if table is None:
            raise SystemExit(f"there is no unique key {name}")
        superuser.execute(
            sql.SQL("alter table {} drop constraint {}").format(
                sql.Identifier(table), sql.Identifier(name)
            )
        )


def _tell(killed: Counter[str], ledger: Ledger, due: Due, found: Findings, mails: list[str]) -> int:
    """The figures; the last line is for whoever reads it by machine."""
    for what, count in sorted(killed.items()):
        out.print(f"{what:20}{count:>7} killed")
    out.print(f"{'forms':20}{ledger.tries:>7} sent, {ledger.refused} refused")
    out.print(f"{'sendings':20}{len(ledger.sendings):>7} acknowledged")
    out.print(f"{'mails':20}{len(mails):>7} taken, {len(mails) - len(set(mails))} of them again")
    out.print(
        f"{'due one morning':20}{len(due.reminders):>7} reminders, {len(due.digests)} digests"
    )
    for line in found.lines():
        out.print(line)
    out.print(
        f"faults: kills={killed.total()} acknowledged={len(ledger.answers)}"
        f" lost={found.lost.total()} doubled={found.doubled.total()}"
    )
    return 1 if found else 0


def _tell_logs(folder: Path) -> None:
    for log in sorted(folder.glob("*.log")):
        screen.print(f"--- {log.name}", *log.read_text().splitlines()[-25:], sep="\n", markup=False)
