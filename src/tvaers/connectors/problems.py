"""What can be wrong in a file, with a sentence and a way out for each, in Danish and English."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Fault(StrEnum):
    """The kinds of trouble a reader reports."""

    NOTHING_IN_FILE = auto()
    NOT_A_SPREADSHEET = auto()
    NO_KNOWN_HEADER = auto()
    COLUMN_TWICE = auto()
    BROKEN_ROW = auto()
    BROKEN_LETTERS = auto()
    EMPTY = auto()
    TOO_LONG = auto()
    SEEN_BEFORE = auto()
    NO_PLACE = auto()
    UNKNOWN_MUNICIPALITY = auto()
    UNKNOWN_POSTCODE = auto()
    NOT_A_NUMBER = auto()
    NOT_A_DATE = auto()
    NOT_YES_OR_NO = auto()
    NOT_IN_LIST = auto()
    NOT_HOURS = auto()
    NOT_A_JOB = auto()
    NOT_CPR = auto()
    NOT_CVR = auto()
    NOT_P_NUMBER = auto()
    NOT_AN_EMAIL = auto()
    P_NUMBER_TAKEN = auto()
    UNKNOWN_OFFICE = auto()
    NOT_DEGREES = auto()
    FAR_FROM_MUNICIPALITY = auto()


# fault: (what, to do) in Danish, then in English. {value} is what stood in the file, {words} are
# those that may stand there.
SENTENCES: dict[Fault, tuple[tuple[str, str], tuple[str, str]]] = {
    Fault.NOTHING_IN_FILE: (
        ("Filen er tom.", "Dan filen igen fra fagsystemet."),
        ("The file is empty.", "Make the file again from the case system."),
    ),
    Fault.NOT_A_SPREADSHEET: (
        ("Filen kan ikke læses som regneark.", "Gem den som .xlsx eller .csv."),
        ("The file cannot be read as a spreadsheet.", "Save it as .xlsx or .csv."),
    ),
    Fault.NO_KNOWN_HEADER: (
        (
            "Kolonnen “{column}” mangler i første linje, hvor der står: {value}.",
            "Skriv kolonnernes navne i første linje.",
        ),
        (
            "The column “{column}” is missing from the first line, which says: {value}.",
            "Put the names of the columns in the first line.",
        ),
    ),
    Fault.COLUMN_TWICE: (
        ("Kolonnen står der to gange (“{value}”).", "Behold én af dem."),
        ("The column is there twice (“{value}”).", "Keep one of them."),
    ),
    Fault.BROKEN_ROW: (
        (
            "Linjen kan ikke deles i de {value} felter, som overskriften har.",
            "Se efter et anførselstegn eller skilletegn, der mangler eller er for meget.",
        ),
        (
            "The line cannot be divided into the {value} cells that the header has.",
            "Look for a quotation mark or separator that is missing or too many.",
        ),
    ),
    Fault.BROKEN_LETTERS: (
        ("Linjen har bogstaver, der ikke kan læses.", "Gem filen som UTF-8 og prøv igen."),
        ("The line has letters that cannot be read.", "Save the file as UTF-8 and try again."),
    ),
    Fault.EMPTY: (
        ("Feltet er tomt.", "Udfyld feltet."),
        ("The cell is empty.", "Fill it in."),
    ),
    Fault.TOO_LONG: (
        ("Feltet er for langt.", "Forkort det til højst {value} tegn."),
        ("The cell is too long.", "Shorten it to at most {value} characters."),
    ),
    Fault.SEEN_BEFORE: (
        ("“{value}” er også brugt på en tidligere linje.", "Giv hver række sin egen nøgle."),
        ("“{value}” is also used on an earlier line.", "Give each row its own key."),
    ),
    Fault.NO_PLACE: (
        ("Der er hverken kommune eller postnr.", "Udfyld mindst ét af dem."),
        ("There is neither municipality nor postcode.", "Fill in at least one of them."),
    ),
    Fault.UNKNOWN_MUNICIPALITY: (
        ("Kommunen “{value}” findes ikke.", "Skriv navnet eller den firecifrede kode."),
        ("There is no municipality “{value}”.", "Write its name or four-digit code."),
    ),
    Fault.UNKNOWN_POSTCODE: (
        ("Postnummeret “{value}” kendes ikke.", "Ret det, eller udfyld kommune."),
        ("The postcode “{value}” is not known.", "Correct it, or fill in the municipality."),
    ),
    Fault.NOT_A_NUMBER: (
        ("“{value}” er ikke et tal her.", "Skriv et helt tal, fx 45."),
        ("“{value}” is not a number here.", "Write a whole number, such as 45."),
    ),
    Fault.NOT_A_DATE: (
        ("“{value}” er ikke en dato.", "Skriv den som 01-03-2027."),
        ("“{value}” is not a date.", "Write it as 01-03-2027."),
    ),
    Fault.NOT_YES_OR_NO: (
        ("“{value}” er hverken ja eller nej.", "Skriv ja eller nej."),
        ("“{value}” is neither yes nor no.", "Write ja or nej."),
    ),
    Fault.NOT_IN_LIST: (
        ("“{value}” er ikke en mulighed her.", "Skriv ét af ordene {words}."),
        ("“{value}” is not a choice here.", "Write one of the words {words}."),
    ),
    Fault.NOT_HOURS: (
        ("“{value}” er ikke et timetal.", "Skriv 37 eller 20-37."),
        ("“{value}” is not a number of hours.", "Write 37 or 20-37."),
    ),
    Fault.NOT_A_JOB: (
        ("“{value}” kan ikke læses.", "Skriv titel:år:sidste år, fx Lagermedarbejder:4:2025."),
        ("“{value}” cannot be read.", "Write title:years:last year: Lagermedarbejder:4:2025."),
    ),
    Fault.NOT_CPR: (
        ("CPR-nummeret er ikke gyldigt.", "Ret det, eller lad feltet stå tomt."),
        ("The CPR number is not valid.", "Correct it, or leave the cell empty."),
    ),
    Fault.NOT_CVR: (
        ("CVR-nummeret “{value}” er ikke gyldigt.", "Skriv otte cifre, fx fra virk.dk."),
        ("The CVR number “{value}” is not valid.", "Write eight digits, as on virk.dk."),
    ),
    Fault.NOT_P_NUMBER: (
        ("P-nummeret “{value}” er ikke gyldigt.", "Skriv ti cifre, fx fra virk.dk."),
        ("The P-number “{value}” is not valid.", "Write ten digits, as on virk.dk."),
    ),
    Fault.NOT_AN_EMAIL: (
        ("“{value}” er ikke en mailadresse.", "Ret den, eller lad feltet stå tomt."),
        ("“{value}” is not an e-mail address.", "Correct it, or leave the cell empty."),
    ),
    Fault.P_NUMBER_TAKEN: (
        ("P-nummeret “{value}” hører til en anden virksomhed.", "Ret CVR- eller P-nummeret."),
        ("The P-number “{value}” is another company's.", "Correct the CVR or P-number."),
    ),
    Fault.UNKNOWN_OFFICE: (
        ("Kontoret “{value}” findes ikke.", "Skriv navnet, som det står i Kommuner og kontakter."),
        ("There is no office “{value}”.", "Write its name as the network page has it."),
    ),
    Fault.NOT_DEGREES: (
        ("“{value}” er ikke en grad i Danmark.", "Skriv grader, fx 55,458 nord og 12,182 øst."),
        ("“{value}” is no degree in Denmark.", "Write degrees: 55.458 north and 12.182 east."),
    ),
    Fault.FAR_FROM_MUNICIPALITY: (
        ("Postnummeret {value} ligger ikke ved kommunen.", "Ret kommunen eller graderne."),
        (
            "The postcode {value} does not lie near the municipality.",
            "Correct the municipality or the degrees.",
        ),
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where, what, and what to do. Line 0 is the file as a whole."""

    line: int
    column: str
    fault: Fault
    value: str = ""
    words: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What is wrong, in Danish."""
        return self.sentences("da")[0]

    @property
    def todo(self) -> str:
        """What the sender of the file can do about it, in Danish."""
        return self.sentences("da")[1]

    def sentences(self, language: str) -> tuple[str, str]:
        """What is wrong and what to do, in `da` or `en`."""
        what, todo = SENTENCES[self.fault][language == "en"]
        told = {"value": self.value, "column": self.column, "words": ", ".join(self.words)}
        return what.format(**told), todo.format(**told)


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem
