import os
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import django
import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from tvaers.cli.advance import advance_by, remember_served_at, served_at
from tvaers.cli.migrate import bring_up_to_date
from tvaers.cli.screen import console, errors
from tvaers.cli.serve import one_thread, serve
from tvaers.cli.worker import start_beside_us
from tvaers.core.working_days import danish_date
from tvaers.database import worlds
from tvaers.database.clock import set_ahead
from tvaers.database.server import embedded_server

HOST = "127.0.0.1"


def command(
    candidates: Annotated[int, typer.Option(help="People in the demo world.", min=100)] = 20_000,
    port: Annotated[int, typer.Option(help="The port to serve on.")] = 8000,
    fresh: Annotated[bool, typer.Option(help="Throw the demo world away first.")] = False,
    advance: Annotated[
        str, typer.Option(help="Let so much time pass in the demo world: 3d, 12h, 90m.")
    ] = "",
) -> None:
    """Start the database, load the demo world and serve it on this machine.

    With --advance nothing is served: time passes in the world that is there, whether or not it is
    being served, and what is due on the way happens.
    """
    os.environ["TVAERS_DEMO"] = "1"
    if os.environ.get("DATABASE_URL"):
        errors.print("The demo uses the embedded database; unset DATABASE_URL.")
        raise typer.Exit(2)
    one_thread()
    address = f"http://{HOST}:{port}"
    # Mails that are sent on the way must lead to where the world is served.
    os.environ["TVAERS_ADDRESS"] = (advance and served_at()) or address
    if advance:
        advance_by(advance)
        return
    _refuse_a_taken_port(port)
    remember_served_at(address)
    django.setup()
    with console.status("Starting the database …"):
        embedded_server().ensure()
    _prepare(candidates=candidates, fresh=fresh)
    start_beside_us()
    serve(
        host=HOST,
        port=port,
        workers=2,
        when_ready=lambda: console.print(
            f"\n[bold]Tværs is served on [link={address}]{address}[/link][/bold]"
            "  (stop with Ctrl+C)"
        ),
    )


def _prepare(*, candidates: int, fresh: bool) -> None:
    """Have a demo world of the wished size in the database; never overwrite anything else."""
    found = worlds.noted()
    if found is None and not fresh and worlds.holds_changes():
        errors.print("The database holds something else than a demo world. To replace it: --fresh")
        raise typer.Exit(2)
    if found and found.whole and found.candidates == candidates and not fresh:
        with console.status("Bringing the tables up to date …"):
            bring_up_to_date()
        console.print(f"The demo world of {found.made_on:%d-%m-%Y} is there (new: --fresh).")
        return
    worlds.empty()
    set_ahead(timedelta(0))
    with console.status("Making the tables …"):
        bring_up_to_date()
    now = datetime.now(UTC)
    world = worlds.World(candidates=candidates, made_on=danish_date(now), whole=False)
    worlds.note(world)
    _load(candidates=candidates, at=now)
    worlds.note(replace(world, whole=True))


def _load(*, candidates: int, at: datetime) -> None:
    from tvaers.synthetic.load import load_demo

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=total)
            progress.update(tasks[step], completed=done, total=total)

        load_demo(candidates=candidates, at=at, progress=report)


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            errors.print(f"Port {port} is taken. Choose another: tvaers demo --port {port + 1}")
            raise typer.Exit(2) from None
