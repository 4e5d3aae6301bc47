from collections.abc import Iterator
from itertools import chain
from typing import Annotated

import django
import typer
from django.core.checks import run_checks

from tvaers.cli.migrate import bring_up_to_date
from tvaers.cli.screen import console
from tvaers.database.health import Finding, findings
from tvaers.web import assets


def command(
    mend: Annotated[bool, typer.Option(help="Mend what can be mended.")] = True,
) -> None:
    """Say whether this installation is healthy, and mend what can be mended."""
    django.setup()
    well = True
    database = findings(mend=mend, migrate=bring_up_to_date)
    for finding in chain(_assets(mend=mend), database, _settings()):
        mark = "[green]✓[/]" if finding.well else "[red]✗[/]"
        console.print(f"{mark} [bold]{finding.name:<9}[/]{finding.words}", soft_wrap=True)
        well = well and finding.well
    raise typer.Exit(0 if well else 1)


def _assets(*, mend: bool) -> Iterator[Finding]:
    missing = assets.missing()
    if missing and mend and assets.FRONTEND.exists():
        assets.build()
        yield Finding("assets", True, f"in place ({len(missing)} files were fetched)")
    elif missing:
        yield Finding("assets", False, f"{len(missing)} files missing; run: {assets.COMMAND}")
    else:
        yield Finding("assets", True, "in place")


def _settings() -> Iterator[Finding]:
    messages = run_checks()
    words = "; ".join(str(message.msg) for message in messages)
    yield Finding("settings", not messages, words or "sound")
