"""Must, nice or not asked for: how an ad speaks about each thing it names."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

Span = tuple[int, int]


class Tone(Enum):
    MUST = "must"
    NICE = "nice"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    tone: Tone
    forward: bool
    reach: int | None = None
    """How many characters ahead (or back) a weak word such as "uden" or "nej" speaks for."""


_NECESSARY = (
    r"(?:krav|nødvendig\w*|nødv\.?|påkrævet|forudsætning|betingelse|must|obligatorisk|vigtig\w*)"
)
_RULES: tuple[tuple[Tone, bool, int | None, str], ...] = (
    (Tone.NICE, False, 25,
     r"\((?:gerne|helst|(?:en )?(?:klar )?fordel|(?:et )?plus|ønske\w*|evt\.?|nice to have)\)"),
    (Tone.MUST, False, 25,
     r"\((?:skal|(?:et )?krav|must|kræves|påkrævet|obligatorisk\w*|skal haves|nødvendig\w*)\)"),
    (Tone.MUST, False, None,
     r"skal (?:du|man|de|I|alle) (?:ha|have|kunne|tage|bestå)"
     r"(?: (?:prøvet|bestået|taget|gennemført|styr på|med|i orden|på plads|klar|haft|et))*(?: før)?"
     r"(?=\s*(?:[,.;()!]|$))"
     r"|er (?:din hverdag|dagligdag|din dagligdag|dit (?:daglige )?(?:arbejds)?værktøj"
     r"|hverdag for dig|dit (?:fag|felt)"
     r"|noget,? du (?:kan|mestrer|behersker|kender|er god til)"
     r"|velkendt\w* for dig|ikke fremmed\w* for dig|ikke til at komme uden om)"),
    (Tone.NICE, False, None,
     r"er du (?:så )?(?:\w+ )?(?:foran|forrest|på forkant|guld værd|(?:meget |ekstra |endnu mere "
     r"|særligt )velkommen)|hører vi (?:\w+ )*gerne|vil vi (?:\w+ )*gerne høre"
     r"|bliver vi (?:\w+ )?(?:glade|begejstrede|imponerede)"
     r"|er det (?:kun |bare |rigtig |meget |helt |også |da )*(?:godt|fint|super|fedt|dejligt|skønt"
     r"|perfekt|en gevinst|en hjælp|værdifuldt)(?: nok)?"
     r"|(?:det )?(?:er|går)(?: også| helt)? (?:ok|okay|fint|i orden|an),? (?:hvis|uden)"
     r"(?: (?:du|man|vedkommende))? (?:ikke|ej)"),
    (Tone.NICE, False, None,
     r"(?:er |vil være )?(?:ingen|ikke (?:en|nogen)) (?:ulempe|skade|hindring|hæmsko)"
     r"|er (?:heller )?ikke af vejen|skader (?:heller |bestemt )?ikke|gør (?:ingenting|ikke noget)"
     r"|(?:er |men )+(?:dog )?ikke (?:\w+ )?(?:afgørende|altafgørende)"
     r"|(?:godt|rart|fint|dejligt) at (?:have|kunne)(?=\s*(?:[,.]|i |når |men |til |med|$))"),
    (Tone.MUST, False, None,
     r"kan (?:vi|man|du) ikke (?:undvære|gå på kompromis med|komme uden om)"
     r"|(?:går|slækker|kommer) (?:vi|man|du) ikke (?:på kompromis med|på|uden om)"
     r"|er ikke til (?:diskussion|forhandling)"
     r"|skal (?:foreligge|fremvises|dokumenteres)"),
    (Tone.MUST, True, None,
     r"(?:kan|går|klarer|kommer) (?:det|du|man|vi) (?:dig )?(?:ikke|ingen vegne) (?:\w+ )?uden"
     r"|(?:du|man|vi) kommer (?:ikke|ingen vegne) (?:\w+ )?uden"
     r"|uden(?= (?:[\w/-]+ ){1,4}(?:går det ikke|kan (?:du|vi|man) ikke|kommer (?:du|man)))"),
    (Tone.NOT, False, None,
     r"(?:er|behøver|behøves) (?:det|den|de|der|du|man) (?:\w+ )?(?:ikke|ej|ingen)"
     r"(?: (?:brug|behov|krav|grund)(?: for| om| til)?)?"
     r"(?: noget,? (?:som )?(?:du|man|vi) \w+)?"
     r"(?! kun| bare| blot| et problem| nok| muligt| slemt)"
     r"|har (?:du|man) ikke (?:brug|behov) for"
     r"|er ikke noget,? (?:som )?du (?:skal|behøver)(?: have)?"
     r"|(?:har|kan|taler|tager|ejer|kører) jeg (?:\w+ )?(?:ikke|aldrig)(?! kun| bare| blot)"
     r"|(?:er |heller )*ikke (?:noget|en ting|et|en)?,? ?(?:som |der |det )?(?:vi|man) "
     r"(?:kræver|forventer|forlanger|lægger vægt på|stiller krav om|går op i|behøver|bruger)"
     r"|(?:kræver|forventer|forlanger|bruger|behøver) "
     r"(?:vi|man|stillingen|jobbet|du) (?:heller )?ikke"
     r"|stiller vi (?:heller )?(?:ikke |ingen )(?:noget )?krav (?:om|til)"
     r"|lægger vi (?:heller )?ikke vægt på|er (?:helt )?(?:ligegyldig\w*|overflødig\w*)"
     r"|spiller (?:ingen|ikke nogen) rolle|har ingen betydning|kan undværes|undværlig\w*"),
    (Tone.NOT, False, 25, r"nej\b(?: tak)?"),
    (Tone.MUST, True, None, r"(?:bare|blot|så længe) (?:du|man|de|I) (?:kan|har|taler|forstår)"),
    (Tone.MUST, True, 12, r"(?:bare|blot)"),
    (Tone.NOT, True, 40, r"ligeglade?(?: med,?)?(?: om)?(?: du| man)?(?: har| kan)?")
    ,(Tone.NOT, True, 40, r"(?:ok|okay|fint|i orden|lige meget),? (?:ikke at|at (?:du|man) ikke)"
     r"(?: kan| kunne| have| har| taler| tale)?"),
    (Tone.NOT, True, None,
     r"(?:ingen|intet|ikke|uden)(?: noget| et| nogen| særlige)* krav(?: om| til)"
     r"|stiller (?:ikke|ingen) krav(?: om| til)?|kræver (?:ikke|ingen|hverken)"
     r"|behøver (?:du |man )?(?:ikke|hverken|ingen)"
     r"|skal (?:du |man )?ikke(?: have| kunne| være)"
     r"|ikke (?:noget |et |en )?(?:krav|nødvendig\w*|forudsætning|betingelse),? (?:at|med)"
     r"|ikke (?:brug|behov) for|har (?:ikke|ingen)(?! krav| noget krav| et krav)"
     r"|(?:du|jeg|man) mangler|mangler (?:du|jeg|endnu|stadig|kun)|^\W*mangler(?! vi)"),
    (Tone.NOT, False, None,
     r"(?:er |heller )*(?:ikke|ej|aldrig|ingen)(?: et| noget| en| nogen| længere| absolut| strengt"
     r"| heller| så| særlig| særligt| specielt| det mest)* "
     rf"{_NECESSARY}"
     r"|er ikke (?:så |særlig |specielt )?(?:relevant|aktuelt|interessant)\w*"
     r"|kræves (?:der )?ikke|behøves (?:der )?ikke|ikke (?:kræves|behøves)|unødvendig\w*"
     r"|underordnet|er uden betydning"),
    (Tone.NOT, True, 40,
     r"(?:kender|taler|kan|kører) (?:jeg )?(?:ikke|intet til|aldrig)(?! kun| bare| undgå)"
     r"|har aldrig (?:\w+ )?(?:arbejdet|prøvet|kørt|haft|lært|været)?"),
    (Tone.NOT, True, 45, r"\b(?:uden|ingen)\b(?! for| om| at)"),
    (Tone.NICE, False, None,
     r"\bhelst\b(?=\s*[,.)]|\s*$)|kan (?:evt\.? |eventuelt |også )?(?:læres|opnås|erhverves)"
     r"|kan (?:evt\.? |eventuelt )?tages"
     r" (?:hos|her|via|gennem|efter|bagefter|senere|undervejs|i |med)"
     r"|(?:lærer|oplærer|uddanner) vi (?:dig|jer)|tager vi dig igennem"
     r"|(?:tager|får) du (?:hos|af) os"
     r"|(?:giver|betaler|tilbyder|sørger|arrangerer|ordner|klarer) vi(?= for| dig| hos|[,.]|\s*$)"
     r"|(?:hjælper|sender) vi dig (?:med|på|af ?sted)|får du (?:betalt|kursus|oplæring)"
     r"|(?:bliver|får) du (?:tilbudt|tilbud om|mulighed for)|= ?(?:en |et )?(?:plus|fordel|bonus)"
     r"|(?:springer|rykker) du (?:foran|frem|forrest)"
     r"|ser vi (?:meget |også |rigtig )?gerne|(?:er )?et (?:stort |klart )?ønske\b"
     r"|(?:er |vil være )?(?:en )?(?:klar |stor |ekstra )?bonus\b(?! hvis|:)"),
    (Tone.NICE, True, None,
     r"(?:en |stor |klar |er en )*fordel(?: ?,)? (?:hvis|at|med|om|for)|fordele?:|ønsker:"
     r"|(?:et |stort )*plus(?: ?,)? (?:hvis|at|med|om|for)|plus:|gerne"
     r"|vi ønsker(?! os| dig| en | et | at | nye)"
     r"|ønskeligt(?: at| med| hvis)|\bhelst|foretrækker|nice to have|\bevt\b\.?|eventuelt"
     r"|ideelt(?: set)?|bonus hvis|bonuspoint (?:for|hvis)"
     r"|(?:er|være) (?:godt|dejligt|fint),? (?:hvis|at)"
     r"|velkommen,? hvis|(?:ekstra)?point for|(?:vi|firmaet) (?:betaler|sender dig på)"
     r"|(?:trækker (?:det )?op|tæller (?:positivt|med|op)),? (?:hvis|at|med)"
     r"|(?:rart|dejligt|fint),? hvis"),
    (Tone.NICE, False, None,
     r"(?:er |som |vil være |kan være |være |også |en |stor |klar )*\bfordel\b"
     r"|(?:er |også |et |stort |klart )*\bplus\b|ønskelig\w*|ønskes|velset|foretrækkes|en bonus"
     r"|nice to have|værdsættes|er (?:meget |også )?velkomment?e?"
     r"|(?:vil )?(?:trække[r]?|tælle[r]?) (?:klart |også |helt sikkert )?"
     r"(?:det )?(?:op|positivt|med|i din favør)|vægte[rs] (?:vi )?(?:højt|positivt)"
     r"|(?:kommer|vil komme) dig til gode|(?:er |som )?en styrke|sætter vi pris på"
     r"|er (?:rigtig |meget |altid |også )*(?:godt|rart|fint|dejligt)"
     r"(?=\s*[,.]|\s+men|\s*$|\s+at (?:have|kunne))"
     r"|(?:vil|ville|kunne|kan) (?:også |rigtig |virkelig |meget |klart |selvfølgelig )*"
     r"være (?:rigtig |virkelig |meget |super |ret |lidt )*"
     r"(?:nice|godt|dejligt|fint|super|rart|relevant\w*)"),
    (Tone.NICE, False, None, r"(?:vil blive |bliver )?(?:indhente[rst]*|indhentet)(?: vi| af os)?"),
    (Tone.NICE, True, None, r"(?:vi|der) (?:indhenter|indhentes|vil indhente)|indhenter vi"),
    (Tone.MUST, True, None,
     r"(?:solid|indgående|dokumenteret|bred|flere års) (?:erfaring|kendskab|viden)"
     r"(?: med| i| om| inden for| indenfor| af| til)?"
     r"|(?:har|have) (?:godt |helt )?styr på|mestrer|er (?:rutineret|fortrolig|stærk) (?:i|med)"
     r"|rutineret bruger af|(?:en )?(?:haj|ørn|skrap|ferm|dygtig|skarp|hjemmevant) (?:til|i)"
     r"|lægger (?:\w+ )?vægt på(?: at)?"),
    (Tone.MUST, False, None, r"skal (?:sidde|være|ligge) (?:på rygraden|på plads)|er en selvfølge"
     r"|skal (?:medbringes|haves|være i orden|kunne fremvises)|er (?:alfa og omega|et ufravigeligt)"
     r"|kan (?:vi|man) ikke (?:undvære|gå på kompromis med)|er uundværlig\w*"
     r"|(?:lægger|lægges) (?:vi |der )?(?:stor )?vægt på"),
    (Tone.MUST, True, None,
     r"skal(?! bruge| ansætte)(?: du| man| have| kunne| være| også| som minimum)*"
     r"|kræver|krav om|krav til"
     r"|krav(?:ene)?:|kræves(?: det| der|:)|forudsætter"
     r"|(?:forudsætning|betingelse|krav|must)(?:en|et)?(?: er|,)? (?:at|for at)"
     r"|vi forventer|forventes det|det er (?:vigtigt|nødvendigt|afgørende)"
     r"|nødvendigt (?:at|med)|must have|som minimum|minimum|absolut krav|obligatorisk:"
     r"|forventer(?: vi)?"),
    (Tone.MUST, False, None,
     r"kræves|(?:et |er |absolut |ufravigeligt )*\bkrav\b(?! om| til|:)"
     rf"|(?:er |en |et )*\b{_NECESSARY}|forudsættes|forventes"),
)  # fmt: skip
_CUES = [
    (tone, forward, reach, re.compile(rf"(?i)(?<!\w)(?:{pattern})(?!\w)"))
    for tone, forward, reach, pattern in _RULES
]
_NOT_HAD = re.compile(r"(?i)\bhar (?:det|den|dem) (?:endnu )?ikke\b")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÆØÅ§•*-])|[;\n•]|,?\s+(?=men\s)|,\s+(?=dog\s)")
_HEADING_TONES = (
    (Tone.NICE, re.compile(
        r"(?i)\b(plus|fordel|nice|ønskelig\w*|gerne|bonus|ønsker|ikke (?:et )?krav)\b")),
    (None, re.compile(
        r"(?i)\b(opgaver\w*|tilbyder|får du|du får|vilkår|hverdag\w*|kommer til at)\b")),
    (Tone.MUST, re.compile(
        r"(?i)\b(krav|kræver|forventer|skal|forudsætning(?:er)?|must|kvalifikationskrav"
        r"|vægt på|nødvendige?|adgangskrav|kvalifikation\w*|kompetencer|\w*profil|om dig"
        r"|hvem er du|baggrund|forestiller os|du (?:har|er|kan)|har du|er du)\b")),
)  # fmt: skip
_PRAISE = re.compile(
    r"\s*(?:(?:det er |så er det |det er da )?(?:også |kun |rigtig |helt )*"
    r"(?:nice|fedt|super|godt|fint|dejligt|perfekt|skønt|herligt|fantastisk|et plus|en fordel"
    r"|en bonus)\b(?! at| hvis| med)|så er du (?:\w+ ){0,2}(?:velkommen|foran|heldig)\b"
    r"|så har vi (?:også )?(?:et|brug)\b)",
    re.IGNORECASE,
)
"""What follows a question about something that one may have: "Zendesk? Fedt"."""
_SMALL_START = re.compile(r"(?<=[a-zæøå)\d]{2})[.!?](?=\s+[a-zæøå])")
_BULLET = re.compile(r"\s*[-•·*–]")


def tones(text: str, spans: Sequence[Span], *, apart: Collection[int] = ()) -> list[Tone | None]:
    """The tone for each span, in the order given; None where nothing is said.

    The spans numbered in `apart` (the job itself) do not take part in lists of requirements:
    "Tømrer, kørekort en fordel" wishes for the licence only.
    """
    found: list[Tone | None] = [None] * len(spans)
    previous: list[int] = []
    asked: list[int] = []
    for start, end, heading in _sentences(text):
        if asked and _PRAISE.match(text, start):
            for place in asked:
                found[place] = found[place] if found[place] is Tone.NOT else Tone.NICE
        inside = [place for place, span in enumerate(spans) if start <= span[0] < end]
        cues = _cues(text, start, end)
        if text[start:end].lstrip(" ,").lower().startswith(("men", "dog")) and not inside:
            back = [cue for cue in cues if cue.reach is None]
            for place in previous:
                if _NOT_HAD.search(text, start, end):
                    found[place] = Tone.NOT
                elif back and not (found[place] is Tone.NICE and back[0].tone is Tone.NOT):
                    found[place] = back[0].tone
        for place in inside:
            tone = _governing(text, start, spans, inside, place, cues, place not in apart)
            found[place] = tone or heading
        if inside or cues:
            previous = inside
        asked = inside if text[start:end].rstrip().endswith("?") else []
    return found


def _governing(
    text: str,
    start: int,
    spans: Sequence[Span],
    inside: list[int],
    place: int,
    cues: list[_Cue],
    listed: bool,
) -> Tone | None:
    """A word after the thing ("… er et krav") speaks first, then the last one before it."""
    at = spans[place][0]
    ahead = [c for c in cues if c.forward and c.end <= at and not _bracketed(text, c.end, at)]
    behind = [
        cue
        for cue in cues
        if not cue.forward and cue.start >= spans[place][1] and _near(text, spans[place][1], cue)
    ]
    if behind and _reaches_back(text, at, behind[0], ahead, listed):
        return behind[0].tone
    ahead = [one for one in ahead if not _speaks_for_one(text, start, one, at, ahead)]
    first = min(spans[other][0] for other in inside)
    turned = [cue for cue in cues if not cue.forward and cue.end <= at and cue.start <= first]
    for cue in sorted(ahead + turned, key=lambda cue: -cue.start):
        if cue.reach is None or at - cue.end <= cue.reach:
            return cue.tone
    return None


def _speaks_for_one(text: str, start: int, cue: _Cue, at: int, ahead: list[_Cue]) -> bool:
    """Whether a wish stands within a list of musts and ends before `at`: "du skal have kørekort,
    gerne trailerkort, og truckcertifikat"."""
    return (
        cue.tone is Tone.NICE
        and any(one.tone is Tone.MUST and one.end <= cue.start for one in ahead)
        and text[start : cue.start].rstrip()[-1:] in (",", "(")
        and "," in text[cue.end : at]
    )


def _near(text: str, end: int, cue: _Cue) -> bool:
    """Whether a weak word after the thing, such as "nej", stands in the same member with it."""
    between = text[end : cue.start]
    return cue.reach is None or (len(between) <= cue.reach and "," not in between)


def _bracketed(text: str, cue: int, at: int) -> bool:
    """Whether a cue stands in brackets that close before `at`: "kran D (gerne B), truck"."""
    return re.match(r"[^()]*\)", text[cue:at]) is not None


def _reaches_back(text: str, at: int, cue: _Cue, ahead: list[_Cue], listed: bool) -> bool:
    """Whether "… er et krav" speaks about the thing at `at`: the same member of the sentence,
    or all members of a list when nothing else was said before it."""
    between = re.sub(r"\s[-–]\s", ",", text[at : cue.start])
    if "," not in between:
        other = [one for one in ahead if "," not in text[one.end : at]]
        return not (other and re.search(r"\b(?:og|samt)\b", between))
    return (
        listed
        and not ahead
        and not re.search(r"\b(?:du|vi|der|som|er|har)\b", between.rsplit(",", 1)[0])
    )


def _cues(text: str, start: int, end: int) -> list[_Cue]:
    """The cues of one sentence; an earlier rule takes its words from the later ones."""
    rest = text[start:end]
    cues: list[_Cue] = []
    for tone, forward, reach, pattern in _CUES:
        for match in pattern.finditer(rest):
            cues.append(_Cue(start + match.start(), start + match.end(), tone, forward, reach))
        rest = pattern.sub(lambda match: "\0" * len(match.group()), rest)
    return sorted(cues, key=lambda cue: cue.start)


def _sentences(text: str) -> list[tuple[int, int, Tone | None]]:
    """Sentences with the tone of the heading they stand under."""
    sentences: list[tuple[int, int, Tone | None]] = []
    heading: Tone | None = None
    place = 0
    lines = text.split("\n")
    stops = [_SENTENCE_END, _SMALL_START] if _is_careless(text) else [_SENTENCE_END]
    listing = False
    for number, line in enumerate(lines):
        following = next((other for other in lines[number + 1 :] if other.strip()), "")
        if _is_heading(line, following):
            heading = _heading_tone(line)
            sentences.append((place, place + len(line), heading))
        else:
            if listing and line.strip() and not _goes_on(line):
                heading = None
            begin = place
            ends = (stop for pattern in stops for stop in pattern.finditer(line))
            for stop in sorted(ends, key=lambda stop: stop.end()):
                sentences.append((begin, place + stop.end(), heading))
                begin = place + stop.end()
            sentences.append((begin, place + len(line) + 1, heading))
            last = text[begin : place + len(line)]
            if begin > place and _is_heading(last, following):
                heading = _heading_tone(last)
        listing = _BULLET.match(line) is not None or (listing and not line.strip())
        place += len(line) + 1
    return sentences


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the list above it: a bullet, or the rest of one."""
    return _BULLET.match(line) is not None or line[:1] == " " or line[:1].islower()


def _is_careless(text: str) -> bool:
    """Whether most sentences of the text begin with a small letter: then a full stop ends one."""
    small = len(_SMALL_START.findall(text))
    return small >= 2 and small > len(re.findall(r"[.!?]\s+[A-ZÆØÅ]", text))


def _heading_tone(line: str) -> Tone | None:
    last = re.split(r"[.!?]\s+", line)[-1]
    return next((tone for tone, rule in _HEADING_TONES if rule.search(last)), None)


def _is_heading(line: str, following: str) -> bool:
    """A line that ends in a colon, or a short one without a full stop above a list."""
    words = line.strip().strip("*#_")
    if not words or words[0] in "-•·" or re.match(r"\s*\*\s", line):
        return False
    listed = following.lstrip()[:1] in tuple("-•·*")
    return words.endswith(":") or (len(words.split()) <= 7 and words[-1] not in ".,;" and listed)
