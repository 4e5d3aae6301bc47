import os
import signal
import subprocess
import sys
from threading import Thread
from typing import Annotated

import django
import typer

from tvaers.cli.screen import errors

STARTED_BY_US = [sys.executable, "-c", "from tvaers.cli.main import run; run()", "worker"]


def command(
    concurrency: Annotated[int, typer.Option(min=1, help="Jobs at the same time.")] = 4,
    with_starter: Annotated[
        bool, typer.Option(hidden=True, help="Stop when the one who started us is gone.")
    ] = False,
) -> None:
    """Do what happens by itself: send mail, remind, put digests."""
    django.setup()
    from tvaers.jobs.worker import work

    if with_starter:
        Thread(target=_stop_at_end_of_input, daemon=True).start()
    else:
        errors.print("Tværs works in the background (stop with Ctrl+C)")
    work(concurrency=concurrency)


def start_beside_us() -> None:
    """A worker in a process of its own, which ends when this one and its children have ended.

    They hold the only ends of the pipe that it reads; nobody has to remember to stop it.
    """
    subprocess.Popen([*STARTED_BY_US, "--with-starter"], stdin=subprocess.PIPE)


def _stop_at_end_of_input() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
