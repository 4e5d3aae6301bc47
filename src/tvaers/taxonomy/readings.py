"""Words with two meanings, told apart by their neighbours."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from tvaers.taxonomy.classes import Found
from tvaers.taxonomy.concepts import Kind, Taxonomy
from tvaers.taxonomy.surfaces import Entry
from tvaers.taxonomy.words import Token, squeeze

_ALSO_VERBS = {
    "maler", "bager", "tjener", "pakker", "plejer", "sælger", "svejser", "trykker", "danser",
    "sanger", "fræser", "drejer", "sliber", "tolk", "major", "smed", "syer", "murer", "graver",
    "samler", "fisker", "dykker", "model", "bud", "vagt", "guide", "læge", "slagter", "lods",
    "menig", "montør", "renser", "klipper", "polerer", "lakerer", "støber", "strikker", "væver",
    "læger", "lærer", "forfatter", "udvikler", "underviser", "vægter", "vejleder", "student",
    "vagter",
}  # fmt: skip
"""Titles that are also everyday verbs or nouns; they need a sign that a person is meant."""

_A_TITLE_FOLLOWS = {
    "en", "faglært", "ufaglært", "uddannet", "udlært", "søger", "søges", "erfaren", "dygtig",
    "ny", "nye", "vores", "ledig", "ledige", "stilling", "stillingen", "fast", "deltid",
    "fuldtid", "jobbet", "job", "dygtige", "erfarne", "faglærte", "stk", "være", "blive",
    "bliver", "selvstændig", "rutineret", "rutinerede", "engageret", "autoriseret",
    "kvalificeret", "kvalificerede", "ansætter", "titel", "timelønnet", "timelønnede",
    "tidligere", "som", "været", "var", "blev",
}  # fmt: skip
_A_TITLE_MAY_FOLLOW = {
    "og", "eller", "til", "for", "af", "er", "den", "mangler", "arbejdet", "senest", "siden",
    "derefter", "før", "både",
}  # fmt: skip
_NOT_A_TITLE_BEFORE = {
    "at", "du", "vi", "jeg", "man", "den", "det", "de", "der", "dig", "sig", "dine", "vores",
    "maden", "produkter", "penge", "varer", "mad", "på",
}  # fmt: skip

_SOFTWARE = re.compile(r"\b(?:Photoshop|InDesign|Adobe)\b")
_SEEKING = frozenset(
    {"søger", "mangler", "ansætter", "ønsker", "har", "er", "skal", "efterlyser", "bliver"}
)

_GOODS = re.compile(r"(?i)gods|lastbil|lastvogn|trailer|vogntog|tank|kran|C/?E\b")
_GOODS_COMPOUND = re.compile(
    r"(?:gods|last|trailer|vogntog|tank|kran|container|beton|grus|renovation|eksport|flis|foder)"
)
_CLASS_AT = re.compile(
    r"(?<![\w/])(?P<letter>[CD])\s?[/+]?\s?E?-?(?i:chauffør)"
    r"|(?i:chauffør\w*\s*(?:\(|,|-|med|m\.|til)?\s*(?:stort |kørekort |kategori |kat\. )*)"
    r"(?P<after>[CD])(?:1|\s?[/+]?\s?E)?(?![\w-])"
)
_LICENCE_NEAR = re.compile(
    r"(?P<goods>\bC(?:\s?[/+]?\s?E)?[ -](?i:kørekort)"
    r"|(?i:kørekort(?: kat\w*\.?)? )C(?:\s?[/+]?\s?E)?\b)"
    r"|\bD[ -](?i:kørekort)|(?i:kørekort(?: kat\w*\.?)? )D\b"
)
_LACKING = re.compile(r"(?i)\b(?:ikke|aldrig|uden|intet|mangler)\b[^.,;]*$")
_PERSONS = re.compile(r"(?i)\bbus|bus(?:chauffør|kørsel)|person|passager|turist|rutebil|D/?E\b")


_AUTHORISATION = re.compile(
    r"(?i)\b(?:gyldig |dansk )*autorisation\b(?! (?:som|til|inden))|\bautoriseret$"
    r"|\bautoriseret(?=(?: i| fra| siden)? (?:19|20)\d\d\b|\s*[,.)])"
)
_TRAINED = re.compile(
    r"(?<![\w-])(?<!/ )(?<!/)(?<!ikke )(?:[Uu]ddannet|[Uu]dd\.|[Uu]dlært|svende?)"
    r"(?=\s*(?:i\s+|fra\s+|år\s+)?(?:19|20)\d\d\b|\s*[,.)]|\s*$|\s+(?:m\.|med)\s)",
    re.MULTILINE,
)
"""Somebody's training, said after the title: "elektriker, svend 2016"."""
_TRAINED_AS = re.compile(
    r"(?i)(?<![\w-])(?<!ikke )(?<!under )(?:(?:ny|færdig)?(?:uddannede?|uddannet|udd\.|udlært)"
    r"\s+(?:som\s+)?|færdig\s+som\s+|(?:uddannelse|eksamen|svendebrev|svendeprøve)\s+som\s+)$"
)
_STUDENT = re.compile(r"(?<![\w-])[Ss]tudent(?=\s+(?:fra\s+|i\s+|år\s+)?(?:19|20)\d\d\b)")
_CRAFTS = ("5", "6", "7", "8")
"""DISCO-08 major groups whose training is a vocational education."""
_REACH = 60

_DRIVEN = re.compile(
    r"(?i)[\s-]*(?:til|på|i|af)?\s*(?:(?P<taxa>taxi|taxa|flextrafik|hyrevogn)|(?P<bus>bus|rutebil"
    r"|bybus)|(?P<lastbil>lastbil|lastvogn|vogntog|trailer|sættevogn)|(?P<varebils>varebil|varevogn))"
)
_TAXI = re.compile(r"(?i)\b(?:taxi|taxa|hyrevogn|flextrafik|personbefordring)")


_ONLY_NEAR = {"opera-pms": re.compile(r"(?i)hotel|recept|check-?\s?in|booking|PMS")}
"""What a name with other meanings must stand near: opera is sung where there is no hotel."""
_AT_SCHOOL = re.compile(r"(?i)\b(?:til|på|i|ved|vores|en|for|folkeskolens?)\s+(?:\w+\s+)?$")
_SCHOOLED = re.compile(r"(?i)\b(?:gået|færdig|afsluttet|bestået|eksamen|udd\w*|10\.|9\.)")


def is_elsewhere(entry: Entry, text: str, taxonomy: Taxonomy) -> bool:
    """Whether the text has none of the words that tell what a name with other meanings means."""
    near = _ONLY_NEAR.get(taxonomy.concept(entry.concept_id).key)
    return near is not None and not near.search(text)


def is_workplace(entry: Entry, text: str, start: int, end: int, taxonomy: Taxonomy) -> bool:
    """Whether "folkeskole" is where one works ("lærer til folkeskole") and no schooling."""
    key = taxonomy.concept(entry.concept_id).key
    if not key.startswith("folkeskole") or not re.fullmatch("(?i)folkeskolen?s?", text[start:end]):
        return False
    near = text[max(0, start - 40) : start]
    return bool(_AT_SCHOOL.search(near)) and not _SCHOOLED.search(near + text[end : end + 20])


def authorisations(text: str, occupations: Iterable[int], taxonomy: Taxonomy) -> Iterator[Found]:
    """ "Dansk autorisation kræves" in an ad for a nurse is the authorisation as a nurse."""
    papers = (taxonomy.paper_of(one, Kind.CERTIFICATE) for one in occupations)
    paper = next((one for one in papers if one is not None), None)
    if paper is not None:
        for match in _AUTHORISATION.finditer(text):
            yield Found(match.start(), match.end(), paper, 900)


def trained(text: str, titles: Sequence[Found], taxonomy: Taxonomy) -> Iterator[Found]:
    """ "Uddannede SSH'ere", "tandklinikassistent (udd. 2012)": the training of the title."""
    for title in titles:
        if said := _TRAINED_AS.search(text[max(0, title.start - 24) : title.start]):
            start = title.start - len(said.group())
            words = squeeze(text[title.start : title.end])
            yield from _training(title, start, title.start - 1, taxonomy, words)
    for match in _STUDENT.finditer(text):
        yield Found(match.start(), match.end(), taxonomy.by_key("gymnasial").id, 900)
    for match in _TRAINED.finditer(text):
        before = [one for one in titles if 0 <= match.start() - one.end <= _REACH]
        if before and "\n" not in text[before[-1].end : match.start()]:
            yield from _training(before[-1], match.start(), match.end(), taxonomy)


def _training(
    title: Found, start: int, end: int, taxonomy: Taxonomy, words: str = ""
) -> Iterator[Found]:
    """The education of that name, or the occupation's own; in a craft without, a vocational one."""
    paper = _educations(taxonomy).get("uddannet" + words)
    paper = paper or taxonomy.paper_of(title.concept_id, Kind.EDUCATION)
    disco = taxonomy.concept(title.concept_id).disco or ""
    if paper is None and disco.startswith(_CRAFTS):
        paper = taxonomy.by_key("eud").id
    if paper is not None:
        yield Found(start, end, paper, 900)


@cache
def _educations(taxonomy: Taxonomy) -> dict[str, int]:
    educations = taxonomy.of_kind(Kind.EDUCATION)
    return {squeeze(name): one.id for one in educations for name in one.synonyms}


def of_the_trade(found: Found, occupations: Iterable[int], taxonomy: Taxonomy) -> Found:
    """ "Svendebrev" or "faglært" beside a bricklayer is the bricklayer's education."""
    if taxonomy.concept(found.concept_id).key != "eud":
        return found
    trades = (taxonomy.paper_of(one, Kind.EDUCATION) for one in occupations)
    trade = next((one for one in trades if one is not None), None)
    return found if trade is None else replace(found, concept_id=trade)


def is_plain_verb(words: Sequence[Token], place: int, count: int) -> bool:
    """Whether "sælger" in "vi sælger biler" is the verb and not the title."""
    token = words[place]
    if count > 1 or token.lower not in _ALSO_VERBS:
        return False
    opening = place == 0 or token.opens
    before = "" if opening else words[place - 1].lower
    if before in _A_TITLE_FOLLOWS or before.isdigit():
        return False
    after = words[place + 1] if place + 1 < len(words) else None
    if before == "det" and place > 1 and words[place - 2].lower in ("før", "inden"):
        return False
    if before in ("og", "eller") and _has_subject(words, place):
        return True
    if after and not after.opens and after.lower in _NOT_A_TITLE_BEFORE:
        return not (opening and after.lower == "på")
    return not (opening or before in _A_TITLE_MAY_FOLLOW)


def _has_subject(words: Sequence[Token], place: int) -> bool:
    """Whether "svejser" is the last verb of a list: "som vi skærer, bukker og svejser"."""
    verb = ""
    for word in reversed(words[max(0, place - 6) : place]):
        if word.lower in ("vi", "du", "man"):
            return verb not in _SEEKING
        verb = word.lower
    return False


def in_context(
    entries: Sequence[Entry], text: str, start: int, end: int, taxonomy: Taxonomy
) -> Entry:
    """The reading that fits its surroundings.

    A bare driver's qualification is for goods unless a bus is near; a driver with class C
    drives a lorry, with class D a bus; a driver's card near a taxi is the taxi permit.
    """
    first = entries[0]
    key = taxonomy.concept(first.concept_id).key
    if key == "chauffoer" and (licence := _CLASS_AT.search(text[max(0, start - 5) : end + 40])):
        driver = (
            "lastbilchauffoer" if (licence["letter"] or licence["after"]) == "C" else "buschauffoer"
        )
        return Entry(taxonomy.by_key(driver).id, first.certainty - 50, False, False)
    if key == "chauffoer" and (driven := _DRIVEN.match(text, end)):
        driver = next(name for name, said in driven.groupdict().items() if said)
        return replace(first, concept_id=taxonomy.by_key(f"{driver}chauffoer").id)
    paper = _LICENCE_NEAR.search(text[end : end + 300]) if key == "chauffoer" else None
    if paper and not _LACKING.search(text[end : end + paper.start()]):
        driver = "lastbilchauffoer" if paper["goods"] else "buschauffoer"
        return replace(first, concept_id=taxonomy.by_key(driver).id)
    if key == "billedkunstner" and _SOFTWARE.search(text[max(0, start - 40) : end + 40]):
        return replace(first, concept_id=taxonomy.by_key("illustrator").id)
    if key == "forerkort" and _TAXI.search(text[max(0, start - 15) : end + 25]):
        return Entry(taxonomy.by_key("taxa").id, first.certainty, False, False)
    if key != "eu-bevis-gods":
        return first
    near = text[max(0, start - 80) : start + 100]
    whole = (near, text)
    for part in whole:
        if _GOODS.search(part):
            return first
        if _PERSONS.search(part):
            persons = taxonomy.by_key("eu-bevis-personer")
            return Entry(persons.id, first.certainty - 100, False, False)
    return first


def driver(word: str, entry: Entry, taxonomy: Taxonomy) -> Entry:
    """A compound driver is told by what is driven: "tankbilchauffør", "turistchauffør"."""
    if taxonomy.concept(entry.concept_id).key != "chauffoer":
        return entry
    for stems, key in ((_GOODS_COMPOUND, "lastbilchauffoer"), (_PERSONS, "buschauffoer")):
        if stems.search(word):
            return replace(entry, concept_id=taxonomy.by_key(key).id)
    return entry
