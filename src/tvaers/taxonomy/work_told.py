"""Work that a CV tells of without a title: "har gjort rent på skoler", "været på lager".

`data/work.csv` says which work is whose: what one does with what (`verb`), where one has been
(`place`), and the names of work itself (`task`). Nothing here is read in an ad: there "du skal
køre truck" is a task of the job and no title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tvaers.taxonomy.concepts import Taxonomy
from tvaers.taxonomy.starter import rows
from tvaers.taxonomy.words import unwrapped

Span = tuple[int, int]
Title = tuple[int, int, int]
"""Where a title stands, and the occupation."""

TRADES = {
    "lager": ("432", "8344", "9333", "932", "833"),
    "havn": ("9333",),
    "byggeri": ("71", "7411", "93", "2142", "1323", "3112", "3123", "834", "752"),
    "anlæg": ("711", "7126", "93", "834", "3123", "6113", "9214"),
    "industri": ("72", "73", "74", "75", "81", "82", "932", "13", "21", "31"),
    "metal": ("72", "81", "82", "311", "7126"),
    "el": ("74", "712", "311", "215", "3113"),
    "vvs": ("712", "741", "311", "721"),
    "vind": ("7233",),
    "slagteri": ("751", "8160", "9321"),
    "landbrug": ("61", "62", "92", "1311", "314", "213", "8341"),
    "gartneri": ("61", "92", "3413", "9613", "2162"),
    "skov": ("62", "6113", "9215", "2132"),
    "fiskeri": ("622",),
    "søfart": ("835", "315"),
    "rengøring": ("91", "5151"),
    "køkken": ("512", "513", "343", "94", "141", "5246"),
    "hotel": ("422", "141", "512"),
    "butik": ("5223", "523", "332"),
    "kontor": ("41", "42", "43", "33", "24", "26", "12", "13", "31", "32", "22", "111", "112"),
    "kundeservice": ("42", "52", "332"),
    "økonomi": ("43", "33", "24", "12", "26"),
    "it": ("25", "35", "133", "2434", "2356", "742"),
    "omsorg": ("22", "32", "53", "134", "2635", "2634", "2357", "3412"),
    "pædagogik": ("23", "134", "3412", "paedagogisk-assistent"),
    "vagt": ("54",),
    "ejendom": ("515", "71", "96", "74"),
    "andet": ("516", "324"),
    "transport": ("83", "432"),
}
"""Trade → the DISCO-08 groups (or keys) whose titles already say what is done there: who writes
"kok" and "i køkkenet" is a cook, and no kitchen help besides."""

_SENTENCE = re.compile(r"[!?;\n•]|(?<!\bf\.eks)(?<!\bbl\.a)(?<!\b(?:ca|kl|pr))(?<!\btidl)"
                       r"(?<!\b(?:evt|fhv|div|ass))\.(?=\s|$)")  # fmt: skip
_WISH = re.compile(
    r"\b(?:ønske[rs]?|søge[rs]?|(?:vil|ville)\s+(?:\w+\s+)?gerne|drømme[rs]?|interesse\w*|håbe[rs]?"
    r"|kunne\s+(?:\w+\s+)?tænke|leder\s+efter|gerne\s+(?:tilbage|i\s+gang)|åben\s+(?:for|over)"
    r"|kunne\s+godt|vil\s+(?:tilbage|prøve|over)|hellere)\b",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"(?i)\b(?:hjemme(?![\w-]|\s+hos\b)|derhjemme|selv(?:e)?\s+(?:bygget|malet)|frivillig\w*|fritid\w*(?<!fritidsjob)"
    r"|hobby\w*|for\s+sjov|familien|mine?\s+(?:egne?\s+)?(?:børn|unger|børnebørn|mor|far|søn|datter"
    r"|mand|kone|forældre|bil|have|værelse)|mit\s+(?:eget\s+)?(?:hus|hjem|barnebarn)|vores\s+\w+"
    r"|min\s+egen\s+(?:have|bil|lejlighed|bolig)|(?:for|hos)\s+(?:venner|naboen)|privat\s*$|passer\s+(?:mig|dig|os|fint|godt|perfekt))"
)
_LEAD = re.compile(
    r"(?i)\b(?:været(?:\s+(?:ansat|beskæftiget))?|arbejde(?:t|de|r)|jobbe(?:t|de)|ansat|beskæftiget"
    r"|ufaglærte?|vikarbureau\w*|hjulpet\s+til|starte(?:t|de)|begyndte|prøve(?:t|de)|(?:fritids|studie|sommer|ferie)?job"
    r"|vikaria(?:t|ter)|vikar|afløser|erfaring(?:er)?|(?:min|har)\s+baggrund|fortid|var|(?:haft|havde|taget)\s+vagter)\b"
)
_WEAK = re.compile(r"(?i)erfaring\w*|baggrund|fortid|prøve\w*|.*job|vikar\w*|afløser|ansat$")
_TOWARDS = r"på|i|hos|fra|med|inden\s*for|ved|for|til|af"
_FILLER = re.compile(
    rf"(?i)\s*:?(?:\s*(?:i\s+gang|{_TOWARDS}|hellere|også|både|enten|især|mest|mestendels|primært|lidt\s+af\s+hvert|meget|lidt|"
    r"derefter|siden|senest|tidligere|før\s+det|derfor|gerne|helst|nu|pt\.?|p\.t\.|f\.?\s?eks\.?|fx|bl\.?\s?a\.?|"
    r"blandt\s+andet|over|hovedsageligt|fast|noget|nyt|job|arbejde[rt]?|stilling(?:er)?|tilbage|igen|have|få|finde|prøve|hvad\s+som\s+helst|"
    r"et\s+par|en|et|den|det|de|to|tre|flere|forskellige|diverse|div\.|stort|stor|lille|større|mindre|"
    r"kommunalt?|privat|offentlig\w*|dansk|lokalt?|mange\s+(?:forskellige\s+)?(?:års?|ting)|"
    r"(?:(?:i|gennem|over|ca\.?|cirka)\s+)*(?:\d+(?:[-–,]\d+)?|et|halvandet|to|tre|fire|fem|seks|syv|otte|ni|ti|mange|flere|et\s+par)"
    r"\s+(?:års?|mdr\.?|måneder|sæsoner|somre)|(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)?\d\d|nu)?|(?:19|20)\d\d)"
    r"(?=[\s:,]|$)[:,]?)*\s*"
)
_ITEM = re.compile(
    r"[,:()|/+]|\s[-–]\s|\b(?:og|eller|samt|plus|derefter|siden|så|men|senest|før)\b"
)
_LASTED = re.compile(
    r"(?i)\b(?:\d+|et|halvandet|to|tre|fire|fem|seks|syv|otte|ni|ti|mange|flere|et\s+par)\s*\+?\s*"
    r"(?:års?|mdr\.?|måneder|sæsoner|somre)\b|\b(?:19|20)\d\d\b"
)
_NOT_THIS = re.compile(r"(?i)\b(?:ikke|ingen|aldrig|andet\s+end|undtagen|uden)\b")
_ALONE_BEFORE = re.compile(r"(?i)(?:\b(?:har|have|havde)\b(?:\s+\w+){0,3}|[,:]|\bog)\s*$")
_ALONE_AFTER = re.compile(
    r"(?i)\s*(?:[,.;:)]|$|og\b|i\s+(?:\w+\s+)?(?:\d+|mange|flere|to|tre|fire|fem|ti)\b|hele\b|siden\b"
    r"|professionelt|(?:på|i)\s+(?:et\b|en\b|fabrik|hotel|restaurant|café|byggeplads|værft))"
)
_PAID = re.compile(
    r"(?i)\b(?:arbejde[rtd]\w*|jobs?|erfaring|ansat|vant\s+til|opgave\w*|bestod|år\s+med|stået\s+for"
    r"|med\s+til|hjalp|hjulpet|løn|leve[tr]?\s+af|ansvar)\b"
)
_MY_TRADE = re.compile(
    r"(?i)\s+(?:er|har\s+(?:altid\s+)?været)\s+mit\s+(?:fag|liv|arbejde|speciale|område)"
)
_VERB = re.compile(r"(?<![\w-])\w+(?![\w-])")
_WORD = re.compile(r"[^\s(\"']+")
_NEAR, _GAP, _REACH = 1, 5, 110


@dataclass(frozen=True, slots=True)
class Told:
    """Work told of at `start`–`end`: whose it is, and whether it is wished for rather than done.

    `named` when the words are a name for the work ("opvask 1 år") and no skill besides.
    """

    start: int
    end: int
    occupation: int
    wish: bool
    named: bool


@dataclass(frozen=True, slots=True)
class _Row:
    trade: str
    how: str
    occupation: str
    beside: bool
    """Whether it counts beside a title of the same trade: a bus driver may have driven taxis."""
    pattern: re.Pattern[str]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Choices:
    """Rows to choose from; most words are none of them, so all are tried at once first."""

    rows: tuple[_Row, ...]
    any: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    row: _Row


def work_told(text: str, taxonomy: Taxonomy, *, titles: Sequence[Title]) -> list[Told]:
    """The occupations behind the work that a CV tells of, in the order of the text.

    `titles` are the (start, end, occupation) that the text names; a title of the same trade says
    it all, and the words of a title tell nothing more.
    """
    text = unwrapped(text)
    named = {taxonomy.concept(work) for *_, work in titles}
    groups = {group for one in named for group in (one.disco or "", one.key)}
    told: list[Told] = []
    for begin, stop in _sentences(text):
        cue = _WISH.search(text, begin, stop)
        since = cue.end() if cue else stop
        for hit in _hits(text, (begin, stop), since, titles):
            around = text[max(begin, hit.start - 30) : min(stop, hit.end + 30)]
            said = any(group.startswith(TRADES[hit.row.trade]) for group in groups)
            is_title = any(hit.start < end and start < hit.end for start, end, _ in titles)
            if is_title or (said and not hit.row.beside) or _AT_HOME.search(around):
                continue
            work = taxonomy.by_key(hit.row.occupation).id
            task = hit.row.how == "task"
            told.append(Told(hit.start, hit.end, work, wish=hit.start >= since, named=task))
    return told


def _hits(text: str, sentence: Span, since: int, titles: Sequence[Title]) -> Iterator[_Hit]:
    """Verbs first; a place that belongs to a verb ("kørt truck på lager") is not told again."""
    done: list[_Hit] = []
    by_verb = _by_verb(text, sentence, since, titles)
    for hit in (*by_verb, *_by_noun(text, sentence, since, titles)):
        if all(hit.end <= one.start or hit.start >= one.end for one in done):
            done.append(hit)
    yield from sorted(done, key=lambda hit: hit.start)


def _by_verb(text: str, sentence: Span, since: int, titles: Sequence[Title]) -> Iterator[_Hit]:
    found = [
        word
        for word in _VERB.finditer(text, *sentence)
        if word.group().lower() in _tenses()
        and not any(start <= word.start() < end for start, end, _ in titles)
    ]
    following = [*(one.end() for one in found), sentence[1]][1:]
    for one, end in zip(found, following, strict=False):
        stop = min(end, one.end() + _REACH)
        before = text[sentence[0] : one.start()]
        for verb, tense in _tenses()[one.group().lower()]:
            if tense == "verb" and not (one.start() >= since or _is_paid(before)):
                continue
            hits = list(_objects(text, one.end(), stop, verb))
            if not hits and tense in ("done", "past"):
                hits = [
                    _Hit(one.start(), one.end(), row)
                    for row in _verbs()[verb].rows
                    if row.alone
                    and _ALONE_BEFORE.search(before)
                    and _ALONE_AFTER.match(text[one.end() : sentence[1]])
                ][:1]
            yield from hits
            if hits:
                break


def _is_paid(before: str) -> bool:
    return before.rstrip().endswith("at") and _PAID.search(before) is not None


def _objects(text: str, start: int, stop: int, verb: str) -> Iterator[_Hit]:
    """What is done something with: the first a few words after the verb, more in the same list."""
    gap, end = 0, start
    for word in _WORD.finditer(text, start, stop):
        if word.start() < end:
            continue
        hit = _longest(text, word.start(), _verbs()[verb])
        if hit and hit.end <= stop:
            yield hit
            gap, end = 0, hit.end
        else:
            gap += 1
        if gap > (_NEAR if verb == "være" else _GAP):
            return


def _longest(text: str, at: int, choices: _Choices) -> _Hit | None:
    if not choices.any.match(text, at):
        return None
    found = ((row, row.pattern.match(text, at)) for row in choices.rows)
    hits = [_Hit(at, match.end(), row) for row, match in found if match]
    return max(hits, key=lambda hit: hit.end, default=None)


def _by_noun(text: str, sentence: Span, since: int, titles: Sequence[Title]) -> Iterator[_Hit]:
    """Places and tasks that begin an item of a list, after a word of work or with how long."""
    begin, stop = sentence
    named_before = any(title < begin for title, *_ in titles)
    leads = {lead.end(): lead.group() for lead in _LEAD.finditer(text, begin, stop)}
    breaks = [one.end() for one in _ITEM.finditer(text, begin, stop)]
    listing, before = False, -1
    points = sorted({begin, since, *leads, *breaks} - {stop})
    for point, following in pairwise([*points, stop]):
        named = any(begin <= title < point for title, *_ in titles)
        filler = _FILLER.match(text, point, stop)
        at = filler.end() if filler else point
        hit = _longest(text, at, _nouns()) if at < stop else None
        if hit and hit.start == before:
            continue
        if hit is None or _NOT_THIS.search(text[point:at]) or hit.end > stop:
            aside = text[point - 1] == "(" or not text[point:following].strip(" ,)")
            listing = listing and (aside or at >= following)
            continue
        lead = leads.get(point, "")
        weak = bool(_WEAK.fullmatch(lead)) or hit.row.how == "task"
        ends = (
            stop
            if text[begin:at].isspace() or at == begin
            else next((one for one in breaks if one > hit.end), stop)
        )
        item = text[point : min(ends, hit.end + 45)]
        lasted = _LASTED.search(item) and not named_before and not named
        if point >= since or _MY_TRADE.match(text, hit.end):
            licensed = True
        elif lead:
            licensed = _points(text[point:at]) and not (weak and (named or named_before))
        else:
            licensed = bool(lasted) or (listing and text[point - 1] not in ":(")
        if licensed:
            before = hit.start
            yield hit
        listing = licensed


def _points(words: str) -> bool:
    """Whether the words after "arbejdet" lead to a place: "på", "i", ":"."""
    return re.search(rf"(?i)\b(?:{_TOWARDS})\b|:|lidt", words) is not None


def _sentences(text: str) -> Iterator[Span]:
    begin = 0
    for found in _SENTENCE.finditer(text):
        yield begin, found.start()
        begin = found.end()
    yield begin, len(text)


@cache
def _tenses() -> dict[str, list[tuple[str, str]]]:
    """Written form → (verb, tense)."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for row in rows("verbs.csv"):
        for tense, cell in row.items():
            for form in cell.split("|"):
                forms.setdefault(form, []).append((row["verb"], tense))
    return forms


@cache
def _verbs() -> dict[str, _Choices]:
    """What each verb may be done with."""
    doing: dict[str, list[_Row]] = {row["verb"]: [] for row in rows("verbs.csv")}
    for row in rows("work.csv"):
        if row["how"] == "verb":
            for verb in row["doing"].split("|"):
                doing[verb].append(_row(row, row["with"].split("|")))
    return {verb: _choices(choices) for verb, choices in doing.items()}


@cache
def _nouns() -> _Choices:
    return _choices(
        [_row(row, row["doing"].split("|")) for row in rows("work.csv") if row["how"] != "verb"]
    )


def _choices(choices: Sequence[_Row]) -> _Choices:
    whole = "|".join(row.pattern.pattern for row in choices)
    return _Choices(tuple(choices), re.compile(whole, re.IGNORECASE))


def _row(row: dict[str, str], words: Sequence[str]) -> _Row:
    """A row with its words as a pattern: "skole*" is any word that begins so, "*lager" ends so."""
    said = sorted(filter(None, words), key=len, reverse=True)
    parts = "|".join(
        re.escape(one).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+") for one in said
    )
    pattern = re.compile(rf"(?:{parts})(?![\w-])", re.IGNORECASE)
    return _Row(
        row["trade"], row["how"], row["occupation"], bool(row["beside"]), pattern, "" in words
    )
