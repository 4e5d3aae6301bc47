"""Danish as people write it about themselves: usual titles, abbreviations and slips.

The words are made after the concepts and never read back: what a made-up person can is known
before a word is written. They must not be used to tune the linker (see the README).
"""

from collections.abc import Sequence
from random import Random

from tvaers.taxonomy.concepts import Concept

SHORTENED = (
    ("medarbejder", "medarb."),
    ("assistent", "ass."),
    ("konsulent", "kons."),
    ("chauffør", "chf."),
    ("afdeling", "afd."),
    ("certifikat", "cert."),
    ("erfaring med", "erf. m."),
    ("blandt andet", "bl.a."),
    ("inklusive", "inkl."),
    ("måneder", "mdr."),
    ("cirka", "ca."),
    ("og lignende", "o.l."),
)
OPENINGS = (
    "Jeg er en stabil og mødestabil {title}, som trives med travlhed.",
    "Erfaren {title} med godt humør, der søger nye udfordringer.",
    "Jeg har arbejdet som {title} i cirka {years} år.",
    "Jeg søger arbejde som {title} og kan starte med kort varsel.",
    "Udlært og glad for mit fag. Har {years} års erfaring som {title}.",
    "{title} søger fast arbejde, gerne i et team hvor vi hjælper hinanden.",
    "Hårdtarbejdende person med {years} år på bagen som {title}.",
)
JOBS = (
    "Har været ansat som {title} i {years} år, senest hos en mellemstor virksomhed.",
    "Tidligere job: {title} i {years} år.",
    "Arbejdede i {years} år som {title}, blandt andet med oplæring af nye kolleger.",
    "{title} i et vikariat på 8 måneder.",
)
ABILITIES = (
    "Jeg har erfaring med {things}.",
    "Mine opgaver har blandt andet været {things}.",
    "Jeg er vant til {things} og lignende.",
    "Kan {things}.",
    "Kompetencer: {things}",
)
PAPERS = ("Jeg har {things}.", "Har {things}.", "Certifikater og kørekort: {things}")
ENDINGS = (
    "Er fleksibel med arbejdstider.",
    "Møder til tiden og tager gerne en ekstra vagt.",
    "Referencer kan oplyses.",
    "Jeg bor tæt på offentlig transport.",
    "Fritid: familie, fodbold og have.",
    "Mvh",
    "",
)


def titles(chance: Random, concepts: Sequence[Concept]) -> str:
    """The occupations as the person writes them, parted by "|" as in the lists of case systems."""
    return " | ".join(title(chance, one) for one in concepts)


def title(chance: Random, concept: Concept) -> str:
    """One occupation: mostly its own name, else another name for it, sometimes cut or misspelt."""
    words = concept.label
    if concept.synonyms and chance.random() < 0.3:
        words = chance.choice(concept.synonyms)
    style = chance.random()
    if style < 0.06:
        words = _shortened(words)
    elif style < 0.10:
        words = _slip(chance, words)
    return words[:1].upper() + words[1:] if chance.random() < 0.75 else words.lower()


def words(chance: Random, concepts: Sequence[Concept]) -> str:
    """Skills or papers as a list in a cell."""
    return " | ".join(_word(chance, one) for one in concepts)


def text(
    chance: Random,
    *,
    wanted: Sequence[Concept],
    held: Sequence[tuple[Concept, int]],
    skills: Sequence[Concept],
    papers: Sequence[Concept],
    thin: bool,
) -> str:
    """The free text of a CV, one to eight sentences; a thin one says next to nothing."""
    main, years = wanted[0], held[0][1] if held else 1
    if thin:
        return chance.choice(("Se vedhæftet.", "CV følger", f"{main.label}", ""))
    parts = [_sentence(chance, OPENINGS, title=main.label, years=max(years, 1))]
    parts += [_sentence(chance, JOBS, title=job.label, years=max(n, 1)) for job, n in held[:2]]
    if skills:
        parts.append(_sentence(chance, ABILITIES, things=_list(chance, skills[:5])))
    if papers:
        parts.append(_sentence(chance, PAPERS, things=_list(chance, papers[:4])))
    parts.append(chance.choice(ENDINGS))
    whole = "\n".join(part for part in parts if part)
    return _shortened(whole) if chance.random() < 0.25 else whole


def _sentence(chance: Random, patterns: Sequence[str], **values: object) -> str:
    made = chance.choice(patterns).format(**values)
    if chance.random() < 0.12:
        made = _slip(chance, made)
    if chance.random() < 0.06:
        return made.lower()
    return made[:1].upper() + made[1:]


def _list(chance: Random, concepts: Sequence[Concept]) -> str:
    names = [_word(chance, one) for one in concepts]
    if len(names) == 1:
        return names[0]
    joint = ", " if chance.random() < 0.3 else " og "
    return f"{', '.join(names[:-1])}{joint}{names[-1]}"


def _word(chance: Random, concept: Concept) -> str:
    if concept.synonyms and chance.random() < 0.35:
        return chance.choice(concept.synonyms)
    return concept.label


def _shortened(words: str) -> str:
    for whole, short in SHORTENED:
        words = words.replace(whole, short)
    return words


def _slip(chance: Random, words: str) -> str:
    """A letter lost, doubled or swapped, or a compound written in two words."""
    at = chance.randrange(1, max(len(words) - 1, 2))
    kind = chance.randrange(4)
    if kind == 0:
        return words[:at] + words[at + 1 :]
    if kind == 1:
        return words[:at] + words[at : at + 1] + words[at:]
    if kind == 2:
        return words[:at] + words[at : at + 2][::-1] + words[at + 2 :]
    return words.replace("medarbejder", " medarbejder").replace("chauffør", " chauffør").strip()
