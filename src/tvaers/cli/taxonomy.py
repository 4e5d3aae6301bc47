"""`tvaers taxonomy`: occupations and skills from ESCO's and STAR's own lists."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import django
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tvaers.cli.match import Language
from tvaers.cli.match_words import Say, speaker
from tvaers.cli.screen import console, errors

if TYPE_CHECKING:
    from tvaers.connectors.word_folder import WordFolder
    from tvaers.taxonomy.operations import Taken

COUNTED = {
    "occupations": ("stillinger", "occupations"),
    "skills": ("kompetencer", "skills"),
    "relations": ("sammenhænge", "relations"),
}
app = typer.Typer(no_args_is_help=True, help="Take in ESCO's and STAR's lists of words.")


@app.callback()
def taxonomy() -> None:
    """Words beside our own."""


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="ESCO's unpacked CSV download, STAR's titles.")],
    version: Annotated[
        str, typer.Option(help="The edition, where the files' names do not say.")
    ] = "",
    language: Annotated[Language, typer.Option(help="Danish or English.")] = Language.DA,
) -> None:
    """Take in the lists of a folder; the same folder twice changes nothing."""
    django.setup()
    from tvaers.connectors.word_folder import WordFolderUnreadable
    from tvaers.taxonomy.operations import NoRoom

    say = speaker(language)
    try:
        read, taken = _take(folder, version, say)
    except WordFolderUnreadable as trouble:
        why = say(trouble.danish, trouble.english)
    except NoRoom:
        why = say("Der er flere stillinger, end der er numre til.", "Too many occupations.")
    else:
        _tell(read, taken, say)
        return
    nothing = say("Intet er læst ind.", "Nothing was taken.")
    errors.print(f"{why} {nothing}", style="red", markup=False, soft_wrap=True)
    raise typer.Exit(2)


def _take(folder: Path, version: str, say: Say) -> "tuple[WordFolder, Taken]":
    from tvaers.connectors.word_folder import read_folder
    from tvaers.core.actor import Actor, ActorKind
    from tvaers.taxonomy.operations import take_words

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=errors, transient=True) as bar:
        reading = bar.add_task(say("Læser", "Reading"), total=None)
        read = read_folder(
            folder,
            version=version,
            progress=lambda done, of: bar.update(reading, completed=done, total=of),
        )
        saving = bar.add_task(say("Gemmer", "Saving"), total=None)
        return read, take_words(
            lists=read.lists,
            concepts=read.concepts,
            titles=read.titles,
            by=Actor(kind=ActorKind.IMPORT, label="tvaers taxonomy import"),
            at=datetime.now(UTC),
            progress=lambda done, of: bar.update(saving, completed=done, total=of),
        )


def _tell(read: "WordFolder", taken: "Taken", say: Say) -> None:
    for one in read.lists:
        counts = ", ".join(f"{count} {say(*COUNTED[name])}" for name, count in one.counts.items())
        edition = f"{one.source.value} {one.version}".strip()
        console.print(f"{edition}: {counts}", markup=False)
    console.print(
        say(
            f"{taken.new} nye, {taken.changed} ændrede, {taken.unchanged} uændrede"
            f", {taken.withdrawn} udgåede; {taken.ours} er de samme som vores egne.",
            f"{taken.new} new, {taken.changed} changed, {taken.unchanged} unchanged"
            f", {taken.withdrawn} withdrawn; {taken.ours} are the same as our own.",
        ),
        markup=False,
    )
    if read.unused:
        names = ", ".join(read.unused)
        console.print(say(f"Ikke brugt: {names}.", f"Not used: {names}."), markup=False)
    if any(one.source == "ESCO" for one in read.lists):
        console.print("This service uses the ESCO classification of the European Commission.")
