"""Languages and how well: "flydende dansk", "engelsk i skrift og tale", "tysk B1"."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from tvaers.taxonomy.classes import Found
from tvaers.taxonomy.concepts import Taxonomy
from tvaers.taxonomy.starter import LEVELS, language_key, rows

DEFAULT_LEVEL = "B1"
"""What a language asked for without a level is taken to mean: independent daily use."""

_CUES = (
    ("native", r"modersmål\w*|native|indfødt"),
    ("C2", r"perfekt|fejlfri\w*"),
    ("C1", r"flydende|forhandlingsniveau|forhandlingssikker\w*|på højt niveau|højt niveau|fluent"),
    ("B2", r"i skrift og (?:i )?tale|mundtlig\w* og skriftlig\w*|skriftlig\w* og mundtlig\w*"
           r"|behersker?|gode?|godt(?! at\b)|arbejdsniveau|taler og skriver|tale og skrive"
           r"|skrive og tale|skriver og taler|skriftlige?|formulere"),
    ("B1", r"taler?|hverdagsniveau|forståelig\w*|rimelig\w*|begå sig|kommuniker\w*|kendskab til"
           r"|samtaleniveau|læser?"),
    ("A2", r"forstår?|lidt|noget|basal\w*|basis\w*|grundlæggende|simpelt|begrænset"),
    ("A1", r"begynder\w*"),
)  # fmt: skip
_EXPLICIT = re.compile(r"\b([ABC][12])(?:[-\s]?niveau)?\b")
_CUE = re.compile("|".join(f"(?P<L{level}>\\b(?:{words})\\b)" for level, words in _CUES), re.I)
_LISTED = re.compile(r"\s*(?:,|/|og|eller|samt|&|\+|-)\s*(?:evt\.?\s+|gerne\s+|også\s+|eller\s+)*")
_CONTEXT = re.compile(
    r"(?i)(?:\bsprog\w*\W*(?:er)?|\bpå\b|\bi\b|\btal\w*|\bskriv\w*|\bforst\w*|kundskaber\b\W*i"
    r"|\bkan\b|\bkunne\b|\bbare\b|\bblot\b|\bkun\b|\bhar\b|\bhave\b|\bdu\b|\bmed\b|\buden\b"
    r"|\bbehøver\b|\bkræver\b|\bikke\b|\bsnakk\w*|\bsamt\b|\bog\b|\beller\b|\bhelst\b|\bgerne\b|[,/:•*-]|^)\s*$"
)
_NOUN_FOLLOWS = re.compile(
    r"\s+(?!i\b|på\b|og\b|eller\b|samt\b|er\b|som\b|sprog\w*\b|flydende\b"
    r"|kræves\b|er\b|gerne\b|til\b|ikke\b|for\b|mundtlig|skriftlig|både\b"
    r"|men\b|ønskes\b|vil\b|kan\b|godt\b|perfekt\b|med\b|taler\b|ved\b|lidt\b"
    r"|modersmål|noget\b|plus\b|niveau|[ABC][12]\b|eller\b|forudsætt|skal\b|hvis\b|går\b|hører\b|kommer\b|så\b"
    r"|\w+r (?:du|vi|man|det)\b"
    r"|nødvendig|påkrævet|krav\b|forvent|ønskelig|velset|foretræk|må gerne|en fordel"
    r"|et (?:krav|must|plus)\b)[a-zæøå]"
)
_SUFFIX = r"(?P<speaks>talende|sproget|kundskaber(?:ne)?|kompetencer|færdigheder|niveau)?"


_NOT_SPEAKING = re.compile(r"(?i)\bikke[- ]\Z")
""" "Ikke-dansktalende" speaks for those who do not."""


class Languages:
    """Finds languages at levels in text."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._keys: dict[str, str] = {}
        for row in rows("languages.csv"):
            for name in (row["label"], *row["synonyms"].split("|")):
                if name:
                    self._keys.setdefault(name.lower(), row["key"])
        names = "|".join(sorted(map(re.escape, self._keys), key=len, reverse=True))
        self._name = re.compile(rf"(?i)(?<![\wæøå])(?P<name>{names}){_SUFFIX}(?![\wæøå])")

    def find(self, text: str) -> Iterator[Found]:
        """Languages that a person should know; "dansk virksomhed" is not one of them."""
        matches = list(self._name.finditer(text))
        previous = 0
        groups = list(_groups(text, matches))
        for group, after in zip_longest(groups, groups[1:]):
            following = after[0].start() if after else len(text)
            level, said = self._level(text, previous, group, following)
            previous = group[-1].end()
            for match in group:
                speaks = match.group().lower().endswith(("talende", "sproget"))
                if speaks and _NOT_SPEAKING.search(text, 0, match.start()):
                    continue
                own, own_said = self._own_level(text, match)
                pair = self._pair(text, group, match)
                if pair and not own_said:
                    own, own_said = self._own_level(text, pair, bare=True)
                if not (said or own_said or match["speaks"] or _stands_alone(text, group, match)):
                    continue
                key = language_key(self._keys[match["name"].lower()], own or level)
                certainty = 950 if said or own_said else 800 if match["speaks"] else 600
                yield Found(match.start(), match.end(), self.taxonomy.by_key(key).id, certainty)

    @staticmethod
    def _pair(text: str, group: list[re.Match[str]], match: re.Match[str]) -> re.Match[str] | None:
        """The language that this one is joined to by "og"."""
        following = group[group.index(match) + 1 :][:1]
        joined = following and re.fullmatch(r"\s+og\s+", text[match.end() : following[0].start()])
        return following[0] if joined else None

    @staticmethod
    def _own_level(
        text: str, match: re.Match[str], *, bare: bool = False
    ) -> tuple[str | None, bool]:
        """A level written right at the language: "dansk (B2)", "polsk: modersmål"; if `bare`,
        one that may speak for two: "ukrainsk og russisk modersmål"."""
        after = text[match.end() : match.end() + 25]
        if bare and not re.match(r"\s\w", after):
            return None, False
        explicit = re.match(r"\W{0,3}(?:på\s+|niveau\s+|minimum\s+|min\.\s+)*([ABC][12])\b", after)
        if explicit:
            return explicit[1], True
        if re.match(r"\W{0,3}(?:som\s+)?modersmål", after, re.I):
            return "native", True
        if re.match(r"\W{0,3}(?:på\s+)?begynder", after, re.I):
            return "A1", True
        return None, False

    @staticmethod
    def _level(
        text: str, previous: int, group: list[re.Match[str]], following: int
    ) -> tuple[str, bool]:
        """The level said around a list of languages, between the lists before and after it."""
        start, end = group[0].start(), group[-1].end()
        before = re.split(r"[.;\n!?()]", text[max(previous, start - 45) : start])[-1]
        after = re.split(
            r"[.;\n!?]|,(?=\s*(?:men|gerne|og))|\b(?:men|gerne)\b",
            text[end : min(end + 60, following)],
        )[0]
        if explicit := _EXPLICIT.search(after) or _EXPLICIT.search(before):
            return explicit[1], True
        named = {
            match.lastgroup[1:]
            for part in (before, after)
            for match in _CUE.finditer(part)
            if match.lastgroup
        }
        return (max(named, key=LEVELS.index), True) if named else (DEFAULT_LEVEL, False)


def _groups(text: str, matches: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Languages that stand in one list share its level."""
    group: list[re.Match[str]] = []
    for match in matches:
        if group and not _LISTED.fullmatch(text, group[-1].end(), match.start()):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _stands_alone(text: str, group: list[re.Match[str]], match: re.Match[str]) -> bool:
    """No level is said: the word counts only where a language can stand, not as an adjective."""
    line_start = text.rfind("\n", 0, group[0].start()) + 1
    before = text[line_start : group[0].start()]
    if _NOUN_FOLLOWS.match(text, group[-1].end()):
        return False
    opening = not before.strip(" -•*") or before.rstrip().endswith((".", "!", "?", ":"))
    return opening or (bool(_CONTEXT.search(before)) and match["name"].islower())
