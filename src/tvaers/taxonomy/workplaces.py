"""Workers named by where they work: "lagermedhjælper", "medarbejdere til plejehjem"."""

import re

WORKPLACES = {
    "lager": "lagermedarbejder", "terminal": "terminalarbejder", "pakkeri": "pakkerimedarbejder",
    "fabrik": "produktionsmedarbejder", "produktion": "produktionsmedarbejder",
    "slagteri": "industrislagter", "køkken": "koekkenmedhjaelper",
    "kantine": "kantinemedarbejder", "butik": "butiksassistent", "kontor": "kontorassistent",
    "reception": "receptionist", "plejehjem": "plejemedhjaelper",
    "plejecenter": "plejemedhjaelper", "ældrepleje": "plejemedhjaelper",
    "børnehave": "paedagogmedhjaelper", "vuggestue": "paedagogmedhjaelper",
    "daginstitution": "paedagogmedhjaelper", "gartneri": "gartnerimedhjaelper",
    "fiskefabrik": "foedevareoperatoer", "fiskeindustri": "foedevareoperatoer",
    "fødevarefabrik": "foedevareoperatoer", "mejeri": "foedevareoperatoer",
    "vaskeri": "vaskeriarbejder", "landbrug": "landbrugsmedhjaelper",
}  # fmt: skip
"""Where one works → the title of who does the ordinary work there, without a trade."""

_PLACE = rf"(?P<place>{'|'.join(sorted(WORKPLACES, key=len, reverse=True))})(?:e[tn]|s|et?s|en?s)?"
_WORKER = r"(?:medarbejder|medhjælper|hjælper|arbejder|mand|hjælp|afløser|vikar|personale|folk)"
_COMPOUND = re.compile(rf"\w*?{_PLACE}{_WORKER}(?:e|en|ne|et|erne|rne|s)?")
_PEOPLE = rf"(?:\w*kolleg(?:a|aer|er)|{_WORKER}(?:e|en|ne|et)?|hænder|medhjælp|ufaglærte?)"
_SAID = (
    re.compile(
        rf"(?i)\b{_PEOPLE}\b[^.!?\n]{{0,20}}?\b(?:til|på|i|hos)\s+(?:\w+\s+){{0,2}}?\w*?{_PLACE}\b"
    ),
    re.compile(
        rf"(?i)\b\w*?{_PLACE}\b[^.!?\n]{{0,40}}\b(?:mangler|søger|efterlyser)\b[^.!?\n]{{0,40}}\b{_PEOPLE}\b"
    ),
    re.compile(rf"(?i)\b\w*(?:arbejde|job|vagter)\s+(?:på|i)\s+(?:\w+\s+){{0,1}}?\w*?{_PLACE}\b"),
)


def worker_of(word: str) -> str | None:
    """The title behind one word, "køkkenhjælp" or "plejehjemsmedarbejder"; its key, or None."""
    found = _COMPOUND.fullmatch(word.lower())
    return WORKPLACES[found["place"]] if found else None


def workers_in(line: str) -> str | None:
    """The title behind a line that names people or work, and a workplace; its key, or None."""
    for said in _SAID:
        if found := said.search(line):
            return WORKPLACES[found["place"].lower()]
    return None
