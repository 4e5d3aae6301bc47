"""Words about health in free text, pointed out before the text is saved (R17).

The list knows what people write about a person ("sygemeldt", "dårlig ryg"), not the trades of the
health service: "sygeplejerske" and "rygestop" are no health words. A false alarm costs one click, a
missed word may cost a person's privacy, so the stems are generous.
"""

import re

from tvaers.core.spans import Span

STEMS = (
    "adhd", "afhængighed", "afrus", "alkohol", "allerg", "anfald", "angst", "anoreksi",
    "antidepressiv", "arbejdsevnenedsæt", "arbejdsprøv", "artrose", "asperger", "astma",
    "autis", "bipolar", "blodprop", "borderline", "bulimi", "cancer", "cerebral parese",
    "demens", "depress", "depri", "diabet", "diagnose", "diskusprolaps", "dårlig ryg",
    "dårlige knæ", "dårlige nerver", "dårligt helbred", "dårligt knæ", "dysle", "epilep",
    "fibromyalgi", "førtidspension", "gigt", "gravid", "handicap", "handikap", "helbredsmæssig",
    "helbredsproblem", "hepatitis", "hiv-", "hjernerystelse", "hjerneskade", "hjerneblødning",
    "hjertefejl", "hjertekar", "hjerteproblem", "hørenedsæt", "invalid", "iskias", "kemoterapi",
    "knæproblem", "knæskade", "kol-", "kronisk", "kræft", "kørestol", "ledsmerter", "leukæmi",
    "lidelse", "lænderyg", "medicin", "metadon", "migræne", "misbrug", "muskelsvind",
    "nedsat arbejdsevne", "nedsat funktionsevne", "nedsat hørelse", "nedsat syn",
    "nervøst sammenbrud", "ondt i ", "opereret", "ordblind", "overvægt", "parkinson",
    "piskesmæld", "prolaps", "psykisk", "psykose", "psykotisk", "ptsd", "ressourceforløb",
    "rygproblem", "rygskade", "rygsmerter", "sclerose", "selvmord", "selvskad", "senfølge",
    "sindslid", "skizofren", "sklerose", "skulderproblem", "skulderskade", "skånehensyn",
    "slagtilfælde", "slidgigt", "smerter", "spiseforstyrrelse", "stofskifte", "stress",
    "sukkersyge", "svangerskab", "svimmel", "sygdom", "sygedage", "sygedagpenge", "sygefravær",
    "sygehistorie", "sygemeld", "sygeorlov", "synsnedsæt", "talebesvær", "tinnitus", "traume",
    "udbrændt", "voldsramt",
)  # fmt: skip
WHOLE_WORDS = (
    "aids", "hiv", "kol", "ocd", "operation", "operationen", "raskmeldt", "syg", "syge", "sygt",
)  # fmt: skip
SECOND_PARTS = ("lidelse", "lidelser", "sygdom", "sygdomme", "smerter", "misbrug", "allergi")
NOT_HEALTH = (
    "alkoholbevilling", "alkoholfri", "alkoholholdig", "alkoholisk", "alkoholpolitik",
    "demensafsnit", "demenskoordinator", "demensvejleder", "diagnosesystem", "diagnoseværktøj",
    "diagnosticering", "handicapbus", "handicaphjælper", "handicapmedhjælper", "handicapområde",
    "handicappædagog", "kræfter", "kørestolsbrugere", "kørestolsbus", "medicinadministration",
    "medicinal", "medicinerstud", "medicingiv", "medicinhånd", "medicinkursus",
    "medicinsk", "misbrugsbehandler", "misbrugskonsulent", "misbrugsrådgiver",
    "operation manager", "ordblindelærer", "stresstest", "sygdomsforebyg", "sygdomslære",
    "traumecent",
)  # fmt: skip


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FINDER = re.compile(
    rf"\b(?!(?:{_alternatives(NOT_HEALTH)}))"
    rf"(?:(?:{_alternatives(STEMS)})\w*|(?:{_alternatives(WHOLE_WORDS)})\b|\w+(?:{_alternatives(SECOND_PARTS)})\b)",
    re.IGNORECASE,
)


def health_word_spans(text: str) -> tuple[Span, ...]:
    """Every stretch of `text` that seems to say something about a person's health (R17)."""
    return tuple(
        Span(found.start(), found.end(), found.group()) for found in _FINDER.finditer(text)
    )
