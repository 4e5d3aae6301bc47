from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, NoReturn

import django
import psycopg
import typer

from tvaers.cli.bars import bars
from tvaers.cli.migrate import bring_up_to_date
from tvaers.cli.screen import console, errors

if TYPE_CHECKING:
    from tvaers.database.restoring import Restored

NOT_EMPTY = {
    True: "The database is not empty. To let the backup take its place: --replace",
    False: "The database is not empty. Make a new one (docs/howto/database.md), and restore there.",
}


def command(
    source: Annotated[Path, typer.Argument(help="A file made by `tvaers backup`.", exists=True)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Let the backup take the place of what is there.")
    ] = False,
) -> None:
    """Put a backup back, and compare every table with what it was."""
    django.setup()
    from django.db import connections

    began = perf_counter()
    restored = _restored(source, replace=replace)
    connections.close_all()
    bring_up_to_date()
    made = restored.manifest
    console.print(
        f"Restored as of {made.made_at}: {made.row_count:,} rows of {len(made.rows)} tables, all "
        f"equal to the backup, in {perf_counter() - began:.1f} s.",
        soft_wrap=True,
    )
    for name in restored.lacking:
        errors.print(f"The key {name} is not the one that the backup was made with.")


def _restored(source: Path, *, replace: bool) -> "Restored":
    """Restore it, or end with a sentence: 2 for what one can choose otherwise, 1 for a failure."""
    from django.db.migrations.loader import MigrationLoader

    from tvaers.database import restoring
    from tvaers.database.access import administrator, is_embedded
    from tvaers.database.backup import NotABackup
    from tvaers.database.binaries import ProgramFailed

    embedded = is_embedded()
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    try:
        with bars() as progress:
            return restoring.restore(
                source,
                administrator(),
                embedded=embedded,
                replace=replace,
                known=known,
                progress=progress,
            )
    except restoring.NotEmpty:
        _refuse(NOT_EMPTY[embedded], code=2)
    except NotABackup as refusal:
        _refuse(str(refusal), code=2)
    except restoring.NotEqual as found:
        _refuse(f"Nothing was restored. {found}", code=1)
    except (ProgramFailed, psycopg.Error) as error:
        _refuse(f"Nothing was restored: {error}", code=1)


def _refuse(words: str, *, code: int) -> NoReturn:
    errors.print(words, markup=False, soft_wrap=True)
    raise typer.Exit(code)
