"""The search index: is it what the database says, and build it anew."""

from datetime import datetime
from enum import StrEnum
from time import perf_counter
from typing import Annotated

import django
import typer

from tvaers.cli.screen import console
from tvaers.core.working_days import COPENHAGEN

SHOWN = 20

app = typer.Typer(no_args_is_help=True, help="Compare the search index with the database.")


class Language(StrEnum):
    EN = "en"
    DA = "da"


WORDS = {
    Language.EN: ("1 difference", "{count} differences", "{people} people were compared"),
    Language.DA: ("1 forskel", "{count} forskelle", "{people} personer er sammenlignet"),
}


@app.command()
def check(
    language: Annotated[Language, typer.Option(help="English or Danish.")] = Language.EN,
) -> None:
    """Compare index and database, person by person; 1 is returned if anybody differs."""
    django.setup()
    from tvaers.matching.index_check import differences

    people, differing = differences(datetime.now(COPENHAGEN).date())
    one, many, compared = WORDS[language]
    found = (one if len(differing) == 1 else many).format(count=len(differing))
    console.print(f"{found} ({compared.format(people=people)})")
    if differing:
        console.print(", ".join(map(str, differing[:SHOWN])) + (" …" * (len(differing) > SHOWN)))
    raise typer.Exit(1 if differing else 0)


@app.command()
def rebuild() -> None:
    """Build the index anew from the database; whoever is searching is not disturbed."""
    django.setup()
    from tvaers.matching.index_folder import rebuilt

    began = perf_counter()
    saved = rebuilt(datetime.now(COPENHAGEN).date())
    console.print(f"{len(saved.index)} people were read in {perf_counter() - began:.1f} s.")
