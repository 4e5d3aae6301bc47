import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from tvaers.cli.screen import errors


class Limit(StrEnum):
    OWN = "own"
    NONE = "none"


class Shape(StrEnum):
    TABLE = "table"
    JSON = "json"


class Language(StrEnum):
    DA = "da"
    EN = "en"


def command(
    order: Annotated[Path, typer.Option(help="The ad as written, or an order as JSON.")],
    candidates: Annotated[Path, typer.Option(help="The people, as .csv or .xlsx.")],
    municipality: Annotated[str, typer.Option(help="Where the work is: code or name.")] = "",
    start: Annotated[str, typer.Option(help="When the work starts: 01-03-2027.")] = "",
    scope: Annotated[str, typer.Option(help="Home municipalities, with commas, or all.")] = "all",
    travel_limit: Annotated[Limit, typer.Option(help="Heed people's own limits?")] = Limit.OWN,
    top: Annotated[int, typer.Option(min=1, help="How many to show.")] = 25,
    format: Annotated[Shape, typer.Option(help="How to print.")] = Shape.TABLE,
    language: Annotated[Language, typer.Option(help="Danish or English.")] = Language.DA,
) -> None:
    """Find the people who fit an order, from two files and without a database."""
    from tvaers.cli import match_files, match_run, match_table
    from tvaers.cli.match_words import speaker
    from tvaers.core.working_days import COPENHAGEN

    say = speaker(language)
    files = match_files.Reader(today=datetime.now(COPENHAGEN).date(), language=language, say=say)
    try:
        draft = files.order(order, municipality=municipality, start=start)
        people, codes = files.people(candidates), files.codes(scope)
    except match_files.Refused as refused:
        errors.print(str(refused), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    with Progress(console=errors, transient=True) as screen:
        task = screen.add_task(say("Læser kandidater", "Reading candidates"), total=len(people))
        found = match_run.match(
            draft,
            people,
            today=files.today,
            scope=codes,
            own_limit=travel_limit is Limit.OWN,
            top=top,
            say=say,
            progress=lambda done: screen.update(task, completed=done),
        )
    if format is Shape.TABLE:
        match_table.show(found, say=say)
        return
    typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
