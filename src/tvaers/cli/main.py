"""The command `tvaers`: one file per command in this folder, put together here."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import typer

COMMANDS = (
    "demo",
    "serve",
    "worker",
    "check",
    "import",
    "match",
    "link",
    "proof",
    "index",
    "taxonomy",
    "migrate",
    "backup",
    "restore",
    "stop",
    "assets",
    "messages",
    "manage",
)
"""Each is a file here with a function `command` in it, or an `app` of several commands."""


def compose(names: Sequence[str]) -> typer.Typer:
    """The command line with the commands called `names`, in that order."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def tvaers() -> None:
        """Tværs: recruit across municipal borders, provably."""

    for name in names:
        module = import_module(f"tvaers.cli.{file_of(name)}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name, **getattr(module, "OPTIONS", {}))(module.command)
    return app


def file_of(name: str) -> str:
    """The file of a command; one that Python itself has the name of ends in a dash."""
    return "import_" if name == "import" else name.replace("-", "_")


def run() -> None:
    """The entry point of the package. Only the file of the wanted command is read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tvaers.settings")
    wanted = [name for name in sys.argv[1:2] if name in COMMANDS]
    compose(wanted or COMMANDS)()
