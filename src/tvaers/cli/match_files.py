"""The two files of `tvaers match`, and plain sentences about what is wrong in them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tvaers.cli.match_words import DOUBTS, Say
from tvaers.cli.screen import errors
from tvaers.connectors import candidate_file, spreadsheets
from tvaers.connectors.candidate_file import CandidateRow
from tvaers.connectors.delimited import decoded
from tvaers.connectors.problems import UnreadableFile
from tvaers.orders.ad_dates import day_in
from tvaers.orders.draft import Doubt, Draft
from tvaers.orders.intake import EmptyAd, from_ad
from tvaers.orders.intake_json import NotAnOrder, from_json
from tvaers.places.municipalities import municipality


class Refused(Exception):
    """A file or an option cannot be used; the message is a sentence for the person."""


@dataclass(frozen=True)
class Reader:
    """Reads on `today` and speaks one language; what is only doubtful goes to the error screen."""

    today: date
    language: str
    say: Say

    def order(self, path: Path, *, municipality: str, start: str) -> Draft:
        """The draft order of a file, with what the options say instead. Raises `Refused`."""
        draft = self._draft(path)
        if municipality:
            codes = tuple(self.codes(municipality) or ())
            doubts = draft.doubts - {Doubt.SEVERAL_PLACES}
            draft = replace(draft, municipalities=codes, doubts=doubts)
        if start:
            draft = replace(draft, starts_on=self._day(start))
        draft = draft.doubted(today=self.today)
        for doubt, sentences in DOUBTS.items():
            if doubt in draft.doubts:
                self._note(self.say(*sentences))
        return draft

    def people(self, path: Path) -> tuple[CandidateRow, ...]:
        """The people of a file; rows with faults are named and left out. Raises `Refused`."""
        try:
            sheet = spreadsheets.read_bytes(
                self._content(path), candidate_file.COLUMNS, required="id"
            )
        except UnreadableFile as unreadable:
            raise Refused(
                f"{path}: {' '.join(unreadable.problem.sentences(self.language))}"
            ) from None
        read = candidate_file.from_sheet(sheet)
        for problem in read.problems:
            line = self.say(f"Linje {problem.line}", f"Line {problem.line}")
            column = f", {problem.column}" if problem.column else ""
            self._note(f"{line}{column}: {' '.join(problem.sentences(self.language))}")
        if read.unknown_columns:
            names = ", ".join(read.unknown_columns)
            self._note(self.say(f"Ukendte kolonner: {names}", f"Unknown columns: {names}"))
        if not read.rows:
            raise Refused(
                self.say(f"Der er ingen brugbare rækker i {path}.", f"No usable rows in {path}.")
            )
        return read.rows

    def codes(self, names: str) -> list[str] | None:
        """The municipalities named, with commas between; None for all. Raises `Refused`."""
        if names.strip().casefold() in ("all", "alle"):
            return None
        codes = []
        for name in filter(None, (part.strip() for part in names.split(","))):
            found = municipality(name)
            if found is None:
                raise Refused(
                    self.say(
                        f"Kommunen “{name}” findes ikke. Skriv navnet eller den firecifrede kode.",
                        f"There is no municipality “{name}”. Write its name or four-digit code.",
                    )
                )
            codes.append(found.code)
        return codes

    def _draft(self, path: Path) -> Draft:
        try:
            text = decoded(self._content(path))
            read = from_json if text.lstrip().startswith("{") else from_ad
            return read(text, today=self.today)
        except EmptyAd:
            said = self.say(f"Der står ingenting i {path}.", f"There is nothing in {path}.")
        except UnreadableFile:
            said = self.say(f"{path} er ikke en tekstfil.", f"{path} is not a text file.")
        except NotAnOrder as wrong:
            said = self.say(
                f"“{wrong.key}” kan ikke være “{wrong.value}” i {path}.",
                f"“{wrong.key}” cannot be “{wrong.value}” in {path}.",
            )
            if not wrong.key:
                said = self.say(f"{path} er ikke gyldig JSON.", f"{path} is not valid JSON.")
        raise Refused(said)

    def _content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            said = self.say(f"Filen {path} findes ikke.", f"There is no file {path}.")
        except OSError:
            said = self.say(f"Filen {path} kan ikke læses.", f"The file {path} cannot be read.")
        raise Refused(said)

    def _day(self, text: str) -> date:
        day = day_in(text, today=self.today)
        if day is None:
            raise Refused(
                self.say(
                    f"“{text}” er ikke en dato. Skriv den som 01-03-2027.",
                    f"“{text}” is not a date. Write it as 01-03-2027.",
                )
            )
        return day

    def _note(self, sentence: str) -> None:
        errors.print(sentence, style="yellow", markup=False, soft_wrap=True)
