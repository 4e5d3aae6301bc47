from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import django
import psycopg
import typer

from tvaers.cli.bars import bars
from tvaers.cli.screen import console, errors
from tvaers.core.working_days import COPENHAGEN


def command(
    target: Annotated[Path, typer.Argument(help="A new file, or a folder to put one in.")],
) -> None:
    """Write all of the database and the keys to one file; nobody has to stop working."""
    django.setup()
    from tvaers.database.access import administrator
    from tvaers.database.backup import back_up
    from tvaers.database.binaries import ProgramFailed

    at = datetime.now(COPENHAGEN)
    file = target / f"tvaers-{at:%Y-%m-%d-%H%M%S}.zip" if target.is_dir() else target
    if file.exists():
        errors.print(f"{file} is there already. Choose another name, or a folder.", soft_wrap=True)
        raise typer.Exit(2)
    began = perf_counter()
    try:
        with bars() as progress:
            made = back_up(administrator(), file.absolute(), at=at, progress=progress)
    except (OSError, ProgramFailed, psycopg.Error) as error:
        errors.print(f"No backup was made: {error}", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    console.print(
        f"{file}: {made.row_count:,} rows of {len(made.rows)} tables, "
        f"{file.stat().st_size / 1e6:.1f} MB, in {perf_counter() - began:.1f} s. "
        "It holds personal data and the keys: keep it locked away.",
        soft_wrap=True,
    )
