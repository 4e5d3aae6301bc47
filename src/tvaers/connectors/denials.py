"""What a CV names and the person has not: denied, not yet had, or no longer valid."""

import re

_NOT = re.compile(
    r"\b(?:ikke(?!\s+(?:kun|bare|blot))|aldrig|intet|ingen|hverken|uden(?!\s+for)|mangler|mistet|mistede|inddraget|frakendt|frataget)"
    r"\b(?:\s+(?!men\b|og\b|kun\b)[\w-]+){0,4}\s*$",
    re.IGNORECASE,
)
_LEARNING = re.compile(
    r"\b(?:under\s+uddannelse|i\s+gang\s+med|i\s+lære|ved\s+at\s+(?:tage|læse|uddanne)|tilmeldt"
    r"|læser\s+til|studerer|på\s+vej|starter\s+på|begynder\s+på|skal\s+(?:i\s+gang|have|tage|til)"
    r"|venter\s+på|planlægger|tager(?!\s+gerne)|håber\s+på|vil\s+(?:gerne\s+)?(?:tage|have))"
    r"\b[^.!?\n]*$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^(?:[^.!?\n]|(?<=\d)\.)*?(?:"
    r"\b(?:ikke|aldrig|endnu\s+ikke|ej)\s+(?:\w+\s+)?(?:bestået|fornyet|afsluttet|færdig\w*|taget|gyldig\w*|fået)"
    r"|\b(?:har|fået|fik|taget)\s+(?:(?:det|den|dem)\s+)?(?:endnu\s+)?ikke\b(?!\s+\w+et\b)"
    r"|\budløb(?:et|ne)?\b|\bikke\s+endnu\b|\bafbrudt\b|\bdumpet\b|\b(?:frataget|inddraget|frakendt|mistet|bortfaldet|deponeret|klippet)\b(?![^.!?\n]*\b(?:generhverv\w*|igen|tilbage)\b)|\bnej\s*$)"
    r"|^\s*(?:\w+\s+)?under\s+(?:udd(?:annelse\b|\.)|erhvervelse\b)"
    r"|^\s+tages\s+(?:i|til|om|næste|her)\b"
    r"|^(?!\s+på\s)[^.!?,\n]*\?\s*nej\b|^\s+har\s+jeg\s+(?:\w+\s+)?(?:ikke|aldrig)\b"
    r"|^\s*[:=(-]?\s*(?:nej|ikke(?!\s+(?:uddannet|faglært|udlært))|ingen)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.!?;\n]|,\s+(?=men\b)|\bmen\b")


def denied(before: str, after: str, *, paper: bool) -> bool:
    """Whether the words around a thing say that the person does not have it.

    `after` reaches to the next thing named. A `paper` (or a title) is also denied while it is
    being learnt: "tager truckcertifikat til foråret".
    """
    clause = _CLAUSE.split(before)[-1]
    listed = re.split(r",", clause)[-1]
    if _NOT.search(listed) or (paper and _LEARNING.search(clause)):
        return True
    return _NOT_AFTER.search(after) is not None
