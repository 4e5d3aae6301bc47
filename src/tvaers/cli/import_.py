"""`tvaers import`: lists from case systems. Ends with 0 when every row went in, 1 when rows stayed
out, 2 when nothing was taken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import django
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tvaers.cli.match import Language
from tvaers.cli.match_words import Say, speaker
from tvaers.cli.screen import console, errors

if TYPE_CHECKING:
    from tvaers.candidates.importing import ImportReport
    from tvaers.connectors.candidate_import import CandidateList
    from tvaers.connectors.problems import Problem
    from tvaers.core.actor import Actor

app = typer.Typer(
    no_args_is_help=True, help="Take lists of candidates, companies, contacts or postcodes."
)
Advance = Callable[[int], None]
SOME_STAYED_OUT, NOTHING_TAKEN = 1, 2
MOST_PROBLEMS = 50

File = Annotated[Path, typer.Argument(help="The list, as .csv or .xlsx.")]
OfficeName = Annotated[str, typer.Option("--office", help="Whose list it is: the office's name.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")]
DataAt = Annotated[
    datetime | None, typer.Option(help="When the list was true; the data's age. Else now.")
]
InLanguage = Annotated[Language, typer.Option(help="Danish or English.")]


@app.command()
def candidates(
    file: File,
    office: OfficeName,
    dry_run: DryRun = False,
    full: Annotated[
        bool, typer.Option("--full", help="The whole list: retire those who are missing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Retire them without asking, also above a fifth.")
    ] = False,
    data_at: DataAt = None,
    language: InLanguage = Language.DA,
) -> None:
    """Take an office's unemployed people; the same file twice changes nothing."""
    run = _Run(file, office, language=language, data_at=data_at)
    from tvaers.candidates.operations import TooManyMissing

    people = _people(run, file.name)
    try:
        report = _take(run, people, full=full, dry_run=dry_run, retire_many=yes)
    except TooManyMissing as refusal:
        run.ask_to_retire(refusal.missing, refusal.total)
        report = _take(run, people, full=full, dry_run=dry_run, retire_many=True)
    run.tell(report, people.problems, people.unknown_columns, dry_run=dry_run)


def _people(run: "_Run", file_name: str) -> "CandidateList":
    """The people of the file, their words turned into concepts."""
    from django.conf import settings

    from tvaers.connectors.candidate_import import read_list

    with run.reading(), run.bar("Læser", "Reading") as (advance, total):

        def so_far(done: int, of: int) -> None:
            total(of)
            advance(done)

        return read_list(
            run.content,
            file_name=file_name,
            cpr_secret=settings.TVAERS_CPR_KEY.encode(),
            progress=so_far,
        )


def _take(
    run: "_Run", people: "CandidateList", *, full: bool, dry_run: bool, retire_many: bool
) -> "ImportReport":
    from tvaers.connectors.candidate_import import take_list

    with run.bar("Gemmer", "Saving") as (advance, total):
        total(len(people.records))
        return take_list(
            people,
            full=full,
            dry_run=dry_run,
            retire_many=retire_many,
            progress=advance,
            **run.facts,
        )


@app.command()
def companies(
    file: File,
    office: OfficeName,
    dry_run: DryRun = False,
    data_at: DataAt = None,
    language: InLanguage = Language.DA,
) -> None:
    """Take companies with workplaces and contacts; those who are not in the list stay."""
    run = _Run(file, office, language=language, data_at=data_at)
    from tvaers.connectors.other_lists import take_companies

    with run.reading(), run.bar("Virksomheder", "Companies") as (advance, _total):
        taken = take_companies(
            content=run.content,
            file_name=file.name,
            dry_run=dry_run,
            progress=advance,
            **run.facts,
        )
    run.tell(taken, taken.problems, taken.unknown_columns, dry_run=dry_run)


@app.command()
def contacts(
    file: File,
    office: OfficeName,
    dry_run: DryRun = False,
    data_at: DataAt = None,
    language: InLanguage = Language.DA,
) -> None:
    """Take the people to call at offices; those who are not in the list stay."""
    run = _Run(file, office, language=language, data_at=data_at)
    from tvaers.connectors.other_lists import take_contacts

    with run.reading():
        taken = take_contacts(
            content=run.content, file_name=file.name, dry_run=dry_run, **run.facts
        )
    run.tell(taken, taken.problems, taken.unknown_columns, dry_run=dry_run)


@app.command()
def postcodes(file: File, dry_run: DryRun = False, language: InLanguage = Language.DA) -> None:
    """Take postcodes with coordinates: searches then count the way from postcode to postcode."""
    run = _Run(file, None, language=language)
    from tvaers.connectors.postcode_import import take_postcode_list

    with run.reading():
        taken = take_postcode_list(
            content=run.content, file_name=file.name, dry_run=dry_run, by=run.actor, at=run.at
        )
    run.tell(taken, taken.problems, taken.unknown_columns, dry_run=dry_run)


class _Run:
    """One call of the command: its file, its office if any, its moment, and how it speaks."""

    def __init__(
        self, file: Path, office: str | None, *, language: Language, data_at: datetime | None = None
    ) -> None:
        django.setup()
        from tvaers.core.working_days import COPENHAGEN

        self.say: Say = speaker(language)
        self.language = language
        self.at = datetime.now(UTC)
        self.data_at = data_at.replace(tzinfo=COPENHAGEN) if data_at else self.at
        if self.data_at > self.at:
            self.refuse("--data-at ligger ude i fremtiden.", "--data-at is in the future.")
        try:
            self.content = file.read_bytes()
        except OSError as error:
            self.refuse(f"{file}: {error.strerror}", f"{file}: {error.strerror}")
        self.office_id = self._office(office) if office is not None else None

    @property
    def facts(self) -> dict[str, Any]:
        """Whose list it is, who takes it, and when."""
        return {
            "office_id": self.office_id,
            "by": self.actor,
            "at": self.at,
            "data_at": self.data_at,
        }

    @property
    def actor(self) -> "Actor":
        from tvaers.core.actor import Actor, ActorKind

        return Actor(kind=ActorKind.IMPORT, label="tvaers import", office_id=self.office_id)

    def _office(self, name: str) -> int:
        from tvaers.core.danish_order import danish_sort_key
        from tvaers.network.queries import office_names

        names = office_names()
        wanted = danish_sort_key(name)
        found = [pk for pk, known in names.items() if danish_sort_key(known) == wanted]
        if not found:
            like = [known for known in names.values() if wanted in danish_sort_key(known)][:5]
            hint = self.say("Mente du", "Did you mean") + f": {', '.join(like)}?" if like else ""
            self.refuse(
                f"Kontoret “{name}” findes ikke. {hint}", f"There is no office “{name}”. {hint}"
            )
        return found[0]

    def refuse(self, danish: str, english: str) -> NoReturn:
        """Say why nothing was taken, and end."""
        self.complain(self.say(danish, english))
        raise typer.Exit(NOTHING_TAKEN)

    def complain(self, text: str) -> None:
        errors.print(text, style="red", markup=False, soft_wrap=True)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """End with a sentence when the file as a whole cannot be read."""
        from tvaers.connectors.problems import UnreadableFile

        try:
            yield
        except UnreadableFile as trouble:
            self.refuse(*(" ".join(trouble.problem.sentences(code)) for code in ("da", "en")))

    @contextmanager
    def bar(self, danish: str, english: str) -> Iterator[tuple[Advance, Advance]]:
        """A progress bar: what says how far it is, and what says how far it goes."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=errors, transient=True) as screen:
            task = screen.add_task(self.say(danish, english), total=None)
            yield (
                lambda done: screen.update(task, completed=done),
                lambda of: screen.update(task, total=of),
            )

    def ask_to_retire(self, missing: int, total: int) -> None:
        """Ask before more than a fifth are retired; end when nobody says yes."""
        question = self.say(
            f"{missing} af {total} personer mangler i filen. Skal de afsluttes?",
            f"{missing} of {total} people are missing from the file. Retire them?",
        )
        try:
            agreed = typer.confirm(question)
        except typer.Abort:
            agreed = False
        if not agreed:
            self.refuse(
                "Intet er læst ind. Brug --yes, hvis de skal afsluttes.",
                "Nothing was taken. Use --yes if they are to be retired.",
            )

    def tell(
        self,
        report: Any,
        problems: "tuple[Problem, ...]",
        unknown: tuple[str, ...],
        *,
        dry_run: bool,
    ) -> None:
        """What was done, and each row that stayed out with what to do; ends the command."""
        retired = getattr(report, "retired", 0)
        console.print(
            self.say(
                f"{report.created} nye, {report.changed} ændrede, {report.unchanged} uændrede"
                f", {retired} afsluttede.",
                f"{report.created} new, {report.changed} changed, {report.unchanged} unchanged"
                f", {retired} retired.",
            ),
            markup=False,
        )
        if dry_run:
            console.print(self.say("Prøve: intet er gemt.", "Dry run: nothing was saved."))
        if unknown:
            names = ", ".join(unknown)
            console.print(
                self.say(f"Ukendte kolonner: {names}.", f"Unknown columns: {names}."), markup=False
            )
        self._tell_problems(problems)

    def _tell_problems(self, problems: "tuple[Problem, ...]") -> None:
        for problem in problems[:MOST_PROBLEMS]:
            self.complain(self._line(problem))
        if len(problems) > MOST_PROBLEMS:
            more = len(problems) - MOST_PROBLEMS
            self.complain(self.say(f"… og {more} til.", f"… and {more} more."))
        if problems:
            raise typer.Exit(SOME_STAYED_OUT)

    def _line(self, problem: "Problem") -> str:
        what, todo = problem.sentences(self.language)
        where = self.say(f"Linje {problem.line}", f"Line {problem.line}")
        column = f", {problem.column}" if problem.column else ""
        return f"{where}{column}: {what} {todo}"
