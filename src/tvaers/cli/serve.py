import os
import shutil
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Annotated, Any

import django
import typer
from gunicorn.app.base import BaseApplication

from tvaers.cli.screen import errors
from tvaers.core.working_days import COPENHAGEN
from tvaers.database.folders import installation_id, run_folder

THREADS = 64
"""Of one process, each with a connection of its own. Most wait: for a turn, or with a live page."""


class WebServer(BaseApplication):
    """Gunicorn with a few processes of several threads each, forked when all is loaded."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        assert self.cfg is not None
        for name, value in self.options.items():
            self.cfg.set(name, value)
        if "control_socket_disable" in self.cfg.settings:  # since 25.1
            # It is served by a thread, which begins before the workers are forked.
            self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        from tvaers.wsgi import application

        return application


def serve(*, host: str, port: int, workers: int, when_ready: Callable[[], None]) -> None:
    """Serve until interrupted; `when_ready` is called once when the door is open."""
    count_together(port)
    warm_up()
    WebServer(
        preload_app=True,
        bind=f"{host}:{port}",
        workers=workers,
        threads=THREADS,
        worker_class="gthread",
        timeout=120,
        loglevel="warning",
        when_ready=lambda _arbiter: when_ready(),
    ).run()


def count_together(port: int) -> None:
    """Let any of the processes tell the figures of all: they share a folder, emptied at the start.

    To be called before anything is counted.
    """
    folder = run_folder() / f"metrics-{installation_id()}-{port}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def one_thread() -> None:
    """Keep numpy's own threads away, which it would start when it is imported: a process with
    threads cannot be forked safely, and nothing here multiplies matrices.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def warm_up() -> None:
    """Load what the first search needs, once for all processes; no connection is left open."""
    errors.print("Getting the search ready …")
    began = perf_counter()
    from django.db import Error, connections
    from django.urls import get_resolver

    from tvaers.matching.engine import index
    from tvaers.matching.index_feed import current_index
    from tvaers.taxonomy.in_use import linker_in_use
    from tvaers.taxonomy.queries import put_in_use

    index.warm_up()
    _ = get_resolver().url_patterns  # all pages are read now, not by the first visitor
    try:
        put_in_use()
        linker_in_use().find("opvarmning")
        linker_in_use().suggest("opvarmning")
        people = len(current_index(datetime.now(COPENHAGEN).date()))
        errors.print(f"{people} people can be searched ({perf_counter() - began:.1f} s).")
    except Error as error:
        # Every page says so as well; the server may yet come up, or the tables be made.
        errors.print(f"The search index waits for the database: {error}", markup=False)
    finally:
        connections.close_all()


def command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes, of many threads each.")] = 2,
) -> None:
    """Serve the pages. Put a proxy that speaks https in front of it."""
    one_thread()
    django.setup()
    serve(
        host=host,
        port=port,
        workers=workers,
        when_ready=lambda: errors.print(f"Tværs listens on http://{host}:{port}"),
    )
