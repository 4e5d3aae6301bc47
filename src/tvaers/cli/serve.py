from collections.abc import Callable
from typing import Annotated, Any

import django
import typer
from gunicorn.app.base import BaseApplication

from tvaers.cli.screen import errors


class WebServer(BaseApplication):
    """Gunicorn with a few processes of several threads each."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        assert self.cfg is not None
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from tvaers.wsgi import application

        return application


def serve(*, host: str, port: int, workers: int, when_ready: Callable[[], None]) -> None:
    """Serve until interrupted; `when_ready` is called once when the door is open."""
    WebServer(
        bind=f"{host}:{port}",
        workers=workers,
        threads=8,
        worker_class="gthread",
        timeout=120,
        loglevel="warning",
        when_ready=lambda _arbiter: when_ready(),
    ).run()


def command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes, of eight threads each.")] = 2,
) -> None:
    """Serve the pages. Put a proxy that speaks https in front of it."""
    django.setup()
    serve(
        host=host,
        port=port,
        workers=workers,
        when_ready=lambda: errors.print(f"Tværs listens on http://{host}:{port}"),
    )
