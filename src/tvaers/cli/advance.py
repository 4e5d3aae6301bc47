"""Let time pass in the demo world."""

import re
from datetime import timedelta

import django
import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tvaers.cli.migrate import bring_up_to_date
from tvaers.cli.screen import console, errors
from tvaers.core.working_days import COPENHAGEN
from tvaers.database import worlds
from tvaers.database.folders import data_folder
from tvaers.database.server import embedded_server

UNITS = {"d": "days", "h": "hours", "m": "minutes"}
MOST = timedelta(days=60)
SERVED_AT = "address"


def advance_by(text: str) -> None:
    """Move the demo's clock by `text` ("3d", "12h", "90m"), and do what is due on the way."""
    span = span_of(text)
    if span is None:
        errors.print(f"--advance takes 3d, 12h or 90m, at most {MOST.days}d; not {text!r}.")
        raise typer.Exit(2)
    django.setup()
    embedded_server().ensure()
    world = worlds.noted()
    if world is None or not world.whole:
        errors.print("There is no demo world here yet. Make one first: tvaers demo")
        raise typer.Exit(2)
    # The program may be newer than the world: what is due would stumble over a missing table.
    with console.status("Bringing the tables up to date …"):
        bring_up_to_date()
    _pass(span)


def served_at() -> str:
    """The address at which the demo world was served last; empty before it ever was."""
    note = data_folder() / SERVED_AT
    return note.read_text().strip() if note.exists() else ""


def remember_served_at(address: str) -> None:
    """Note where the demo world is served."""
    (data_folder() / SERVED_AT).write_text(address)


def span_of(text: str) -> timedelta | None:
    """The time that `text` names, or None where it names none that a demo can live through."""
    found = re.fullmatch(r"(\d{1,5})([dhm])", text.strip())
    if found is None:
        return None
    span = timedelta(**{UNITS[found[2]]: int(found[1])})
    return span if timedelta(0) < span <= MOST else None


def _pass(span: timedelta) -> None:
    from tvaers.database.clock import now
    from tvaers.jobs.passing import live_through
    from tvaers.synthetic.deliveries import deliver_again

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Time passes", total=span.total_seconds())
        live_through(
            span,
            each_day=deliver_again,
            tell=lambda passed: progress.update(task, completed=passed.total_seconds()),
        )
    console.print(f"In the demo it is now {now().astimezone(COPENHAGEN):%A %d-%m-%Y %H:%M}.")
