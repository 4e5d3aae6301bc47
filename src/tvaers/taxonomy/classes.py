"""Class letters: forklift B, crane D/G, driving licence C/E; one letter, many meanings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tvaers.taxonomy.concepts import Taxonomy

_BETWEEN = (
    r"(?:[\s(\"-]|\b(?:m|med|af|type|kategori|kat|klasse|kl|cert|certifikat(?:er)?"
    r"|bevis|kort|i)\b\.?|:)*"
)
_LETTERS = r"[A-G](?:\s*(?:/|,|\+|&|og|eller|samt)\s*[A-G])*"
_END = r"(?![\w.'’]*\w)(?!-\w)"

_FAMILIES = (
    ("gaffeltruck", r"(?:gaffel)?(?:tru(?:ck|c|k(?!k))|stabler)\w*"),
    ("kran", r"(?:\w*kran\w*)"),
)
_FAMILY = re.compile(
    rf"(?i:\b(?P<word>{'|'.join(f'(?P<{name}>{words})' for name, words in _FAMILIES)}))"
    rf"(?i:{_BETWEEN})(?P<letters>(?<![\w]){_LETTERS}"
    rf"|(?<=certifikat )[a-g](?=\s*(?:$|[,;)\n]))){_END}"
)
_FAMILY_TOO = re.compile(
    rf"(?i:\b(?P<word>\w*kran\w*|(?:gaffel)?truck\w*))[^.;\n]{{0,40}}?"
    rf"\b(?i:gerne|helst|evt\.?|eventuelt)\s+(?i:også\s+)?(?P<letters>{_LETTERS}){_END}"
)
_LOOSE = re.compile(
    rf"(?i:\b(?:certifikat(?:er|et)?|cert\.?|type))\s*\(?(?P<letters>{_LETTERS}){_END}"
)
_BEFORE = re.compile(r"\b(?P<letters>[A-G])-(?i:(?P<word>truck|kran)\w*)")

_ONE_LICENCE = r"(?:C1E|C1|D1|(?:BE|CE|DE)|[BCD]\s?[/+]\s?E|AM|TM|[ABCDT])"
_LICENCES = rf"{_ONE_LICENCE}(?:\s*(?:,|/|\+|&|og|eller|samt)\s*{_ONE_LICENCE})*"
_LICENCE_AFTER = re.compile(
    r"(?i:\b(?:(?:stort|lille|gyldigt)\s+)?(?:\w*kørekort(?:et)?|kørek\.|køre-?\s?kort)"
    r"(?:\s+til\s+\w+(?:\s+(?:med|og|m\.)\s+\w+)?)?)"
    r"(?i:(?:[\s(\"-]|\b(?:kategori|kat|kl|klasse|type|m|med)\b\.?|:)*)"
    rf"(?P<letters>(?<!\w){_LICENCES}){_END}"
)
_LICENCE_BEFORE = re.compile(
    rf"(?<![\w/+])(?P<letters>{_LICENCES})(?:[\s-](?i:kørekort\w*)|-(?i:kort)\b)"
)
_LICENCE_TOO = re.compile(
    rf"(?i:kørekort)[^.;\n]{{0,25}}?\b(?i:gerne|helst|evt\.?|eventuelt),?\s+(?P<letters>{_LICENCES}){_END}"
)
_LICENCE_AND_E = re.compile(
    r"(?i:kørekort)(?i:\s+(?:til\s+\w+|kategori|kat\.))?\s+(?P<letter>[BCD])\b[\s,(]*"
    r"(?i:gerne|helst|evt\.?|eventuelt)\s+(?i:også\s+|med\s+)*(?P<letters>E)(?!\w)"
)
_LICENCE_THEN = re.compile(
    r"(?i:kørekort)[^.;\n]{0,40}?[,/]\s*(?i:og\s+|samt\s+|også\s+)*"
    rf"(?P<letters>{_ONE_LICENCE})(?=\s*(?:[(,.;]|$)|\s+(?i:er|vil|gerne|ønskes|en|et|kræves|foretrækkes)\b)"
)
_DRIVER = re.compile(
    r"(?i:\b\w*(?:chauffør|fører)(?:er)?\b)(?:\s*(?:\(|,|-|(?i:med|m\.|m/|til)))?\s*"
    rf"(?P<letters>(?:CE|DE|[CD]\s?[/+]\s?E|C1|D1|C|D)){_END}"
)
_DRIVER_BEFORE = re.compile(r"(?<![\w/+])(?P<letters>CE|DE|[CD]\s?[/+]\s?E|C|D)-(?=(?i:chauffør))")
_LETTERS_ONLY = (_DRIVER, _LICENCE_TOO, _LICENCE_THEN)
"""Where the words before the letters are another thing's."""
_STANDING = re.compile(
    r"(?<![\w/+-])(?P<letters>[BCD]\s?[/+]\s?E(?![\w/+-])|BE(?=(?i: til (?:\w+ )?trailer)))"
)
_TRAILER = re.compile(
    r"(?i)\s*(?:med|m\.|m/|og|\+|inkl\.?)\s*(?:stor\s+|lille\s+|tung\s+)?"
    r"(?:trailer|påhæng|anhænger|hænger)\w*"
)
_SINGLE = re.compile(_ONE_LICENCE)
_ADR_TANK = re.compile(
    r"(?i)\bADR(?:-?\s?(?:bevis|grundkursus|kursus|certifikat|grund|basis|stykgods))?"
    r"\s*(?:inkl\.?|inklusive|med|m\.|og|samt|\+|/|,)\s*tank(?:\w*kursus|bevis)?\b"
)
_BOTH_QUALIFICATIONS = re.compile(
    r"(?i)\b(?:EU-?\s?)?(?:kvalifikations-?|kval\.?-?\s?|uddannelses)?bevis\w*"
    r"[\s:(]*(?:for |til |i )?(?:gods|person)\w*-?"
    r"(?:\s*(?:og|samt|,|/|\+|&)\s*-?)(?:gods|person|bus)\w*"
)
_BOTH_RECORDS = re.compile(
    r"(?i)\b(?:børne-\s*(?:og|/|samt)\s*straffe|straffe-\s*(?:og|/|samt)\s*børne)-?attest\w*"
)
_WELDERS_PAPER = re.compile(r"(?i)cert|9606|\b287")
_CLAUSE_END = re.compile(r"\n|\bmen\b")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ§])")
_PROCESS = re.compile(
    r"(?<![\w.-])(?:(?P<name>MAG|TIG|CO2)\b[\s(]*)?"
    r"(?P<numbers>(?:111|13[1568]|141|311)(?:\s*(?P<join>/|,|og|\+|eller|samt)\s*(?:111|13[1568]|141|311))*)"
    r"(?![\w-])|(?<![\w/-])(?P<bare>MAG|TIG)(?![\w-])"
)
_MAG = {"135", "136", "138"}


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    concept_id: int
    certainty: int
    from_class: bool = False


def classes(text: str, taxonomy: Taxonomy) -> Iterator[Found]:
    """Papers named by a class letter, with the letter read in the light of the word it follows."""
    yield from _truck_and_crane(text, taxonomy)
    yield from _welding(text, taxonomy)
    for match in _ADR_TANK.finditer(text):
        yield from _found(taxonomy, "adr-tank", match.start(), match.end(), 1000)
    for match in _BOTH_QUALIFICATIONS.finditer(text):
        for key in ("eu-bevis-gods", "eu-bevis-personer"):
            yield from _found(taxonomy, key, match.start(), match.end(), 1000)
    for match in _BOTH_RECORDS.finditer(text):
        for key in ("borneattest", "straffeattest"):
            yield from _found(taxonomy, key, match.start(), match.end(), 1000)
    for match in _LICENCE_AND_E.finditer(text):
        key = _licence(match["letter"], trailer=True)
        yield from _found(taxonomy, key, match.start("letters"), match.end(), 950)
    for pattern, certainty in (
        (_LICENCE_AFTER, 1000),
        (_LICENCE_BEFORE, 1000),
        (_LICENCE_TOO, 1000),
        (_LICENCE_THEN, 950),
        (_DRIVER, 900),
        (_DRIVER_BEFORE, 900),
        (_STANDING, 850),
    ):
        for match in pattern.finditer(text):
            for letters in _SINGLE.findall(match["letters"]):
                trailer = _TRAILER.match(text, match.end()) if letters in "BCD" else None
                key = _licence(letters, trailer=trailer is not None)
                start = match.start("letters") if pattern in _LETTERS_ONLY else match.start()
                end = trailer.end() if trailer else match.end()
                yield from _found(taxonomy, key, start, end, certainty)


def _licence(letters: str, *, trailer: bool) -> str:
    """The key of a licence: "B", "C/E", "T" (the tractor's TM), "B" with a trailer."""
    category = re.sub(r"\W", "", letters).lower()
    return f"koerekort-{'tm' if category == 't' else category}{'e' if trailer else ''}"


def _truck_and_crane(text: str, taxonomy: Taxonomy) -> Iterator[Found]:
    for match in _FAMILY.finditer(text):
        family = "gaffeltruck" if match["gaffeltruck"] else "kran"
        start = match.start("letters") if _is_person(match["word"]) else match.start()
        yield from _lettered(taxonomy, family, match["letters"], start, match.end(), 1000)
    for match in _FAMILY_TOO.finditer(text):
        family = "kran" if "kran" in match["word"].lower() else "gaffeltruck"
        yield from _lettered(
            taxonomy, family, match["letters"], match.start("letters"), match.end(), 1000
        )
    for match in _BEFORE.finditer(text):
        family = "kran" if match["word"].lower() == "kran" else "gaffeltruck"
        yield from _lettered(taxonomy, family, match["letters"], match.start(), match.end(), 950)
    for match in _LOOSE.finditer(text):
        family, certainty = _nearest_family(text, match.start(), match["letters"])
        yield from _lettered(
            taxonomy, family, match["letters"], match.start(), match.end(), certainty
        )


def _welding(text: str, taxonomy: Taxonomy) -> Iterator[Found]:
    """Welding processes by number or name, near a word for welders' papers.

    Near is in one line, up to a "men". "135/136" or "MAG" is a certificate in any of the MAG
    processes; "135 og 136" is both.
    """
    begin = 0
    for stop in (*(match.end() for match in _CLAUSE_END.finditer(text)), len(text)):
        clause = begin, stop
        begin = stop
        if not _WELDERS_PAPER.search(text, *clause):
            continue
        for match in _PROCESS.finditer(text, *clause):
            numbers = re.findall(r"\d{3}", match["numbers"] or "")
            either = len(numbers) != 1 and match["join"] in ("/", "eller", None)
            if match["bare"] and not _of_the_paper(text, clause, match):
                continue
            if match["bare"] == "TIG":
                numbers = ["141"]
            elif either and set(numbers) <= _MAG:
                numbers = ["mag"]
            for number in numbers:
                yield from _found(taxonomy, f"svejs-{number}", match.start(), match.end(), 950)


def _of_the_paper(text: str, clause: tuple[int, int], process: re.Match[str]) -> bool:
    """Whether a process by name is a paper's: "certifikater: MAG, TIG", not "TIG, certifikat"."""
    before = _SENTENCE_END.split(text[clause[0] : process.start()])[-1]
    if _WELDERS_PAPER.search(before):
        return True
    after = _SENTENCE_END.split(text[process.end() : clause[1]])[0].split(",")[0]
    return bool(_WELDERS_PAPER.search(after))


def _nearest_family(text: str, place: int, letters: str) -> tuple[str, int]:
    """ "certifikat B" after "truckfører" is forklift B; with no word near, a weak guess."""
    before = text[max(0, place - 80) : place].lower().rsplit("\n", 1)[-1]
    last = {"gaffeltruck": before.rfind("truck"), "kran": before.rfind("kran")}
    family = max(last, key=lambda name: last[name])
    if last[family] >= 0:
        return family, 950
    return ("gaffeltruck" if set(letters) <= set("AB") else "kran"), 500


def _lettered(
    taxonomy: Taxonomy, family: str, letters: str, start: int, end: int, certainty: int
) -> Iterator[Found]:
    for letter in re.findall(r"(?<!\w)[A-Ga-g](?!\w)", letters):
        yield from _found(taxonomy, f"{family}-{letter.lower()}", start, end, certainty)


def _found(taxonomy: Taxonomy, key: str, start: int, end: int, certainty: int) -> Iterator[Found]:
    try:
        yield Found(start, end, taxonomy.by_key(key).id, certainty, from_class=True)
    except KeyError:
        return


def _is_person(word: str) -> bool:
    """ "truckfører B" names a person and a paper: the person is left for the dictionary."""
    return "fører" in word.lower() or "chauffør" in word.lower()
