"""What an ad asks of people: its occupation and its requirements, as the linker finds them."""

import re
from collections.abc import Collection, Sequence

from tvaers.orders.ad_experience import AdExperience, ad_experience
from tvaers.orders.ad_openings import SHORT_ORDER
from tvaers.orders.draft import SURE, DraftRequirement, Proposal
from tvaers.taxonomy.concepts import FULL, Kind, Taxonomy
from tvaers.taxonomy.linker import Linker, Mention
from tvaers.taxonomy.workplaces import workers_in

LONGEST_TEXT = 200
CLEAR = 900
"""A title that is read this surely is as good as any other: the first one counts."""
UNSKILLED = "ufaglaert"
MOST_ALTERNATIVES = 5
EXPERIENCE = "experience"
MUST_UNLESS_SAID = frozenset({Kind.CERTIFICATE, Kind.LICENCE, Kind.LANGUAGE})
"""An order that just names a paper wants it; one that just names a skill would like it."""
TRAITS = frozenset(
    {
        *("selvstaendigt-arbejde", "teamarbejde", "fleksibilitet", "stabilitet", "systematik"),
        *("kommunikationsevner", "serviceminded", "initiativ", "stresshaandtering"),
        *("problemloesning", "analytiske-evner", "kreativitet", "empati", "fysisk-robusthed"),
        *("laerenemhed", "engagement"),
    }
)
"""Every ad says "du skal være fleksibel" and no paper shows it: a person may still ask for it."""
CONDITIONS = frozenset(
    {
        *("arbejde-udendoers", "arbejde-i-kulde", "arbejde-i-hoejden", "tunge-loeft"),
        *("rejsevillighed", "ikke-ryger", "smartphone", "egen-cykel", "lokalkendskab"),
    }
)
"""What the work is like: a wish, where the ad says that one must or should bear it."""
SHIFT_WISHES = frozenset({"skifteholdsarbejde", "natarbejde", "weekendarbejde"})
"""When the work is: a wish, because few CVs say it, and the order has its shifts."""
_EITHER = re.compile(r"\s*(?:/|,|,?\s*(?:og/)?eller)\s*(?:(?:en|et|som)\s+)?", re.IGNORECASE)
_OR = re.compile(r"[^.!?\n;]{0,60}?\b(?:eller|el\.)", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:\b(?:kontakt\w*|henvendelse|oplysninger|spørgsmål|ring|skriv|ansøgning\w*)\b"
    r"[^.!?\n]{0,60}?\b(?:til|hos|ved)|\bkontakt|\bring(?:\s+til)?|"
    r"\b(?:samarbejde\w*|dialog|sammen|sparring|kontakt)(?:\s+\w+)?\s+med|"
    r"\bleder\s+for|\breferere\w*\s+til)\s+(?:(?:[\wæøå-]+,?\s+){0,2})$",
    re.IGNORECASE,
)
"""Whom to call, to work with or to lead: not the job itself."""
_IN_A_TRADE = re.compile(
    r"(?:^(?!\s*til\b)|\b(?:søge[rs]?|mangle[rs]?|ansætte[rs]?|brug\s+for)\b)[^.!?\n]*"
    r"\b(?:til|i|på|hos|inden\s*for)\s+(?:(?:vores|en|et|den|det|kommunal\w*|stor\w*|lille)\s+)*$",
    re.IGNORECASE,
)
_ABLE = re.compile(
    r"\b(?:\w*erfar\w*|kend\w*|\w*kompeten\w*|kan|kunne|skal|uddan\w*|styr\s+på|viden|interesse\w*|"
    r"certifikat\w*|kursus|dygtig\w*|du|opgaver\w*|arbejde\w*|stærk|skarp|gode?|vant|flair|rutine\w*|bevis)\b",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"\b(?:(?:du|vedkommende|som|der|I)\s+(?:har|kan|kender|mestrer|er)|har\s+du|kan\s+du|du)\b"
    r"[^.!?\n]*?\b(?:erfa\w*|kend\w*|kan|vant|rutine\w*|god\w*|styr\s+på|uddan\w*|dygtig|stærk)\b"
    r"[^.!?\n]*$|^\W*(?:god\w*\s+)?(?:erfaring|kendskab|rutine|øvet|erfaren|rutineret)\b[^.!?\n]*$",
    re.IGNORECASE,
)
"""Words that describe the one who is sought by what he or she can already."""
_CAN = re.compile(
    r"\b(?:du|vedkommende|man|der|som)\s+(?:skal\s+)?(?:også\s+|selv\s+)*"
    r"(?:kan|kunne|kender|mestrer|behersker|bruger|håndterer"
    r"|har\s+(?!mulighed|adgang|ret\b|ansvar)(?:\w+\s+)?\w+[et]t)\b"
    r"(?!\s+(?:du\s+)?(?:få|se\s+frem|forvente|glæde|blive|vælge|komme|regne|søge|læse\s+mere"
    r"|ringe|kontakte|sende|starte|begynde))[^.!?\n]*$",
    re.IGNORECASE,
)
""" "Der kan køre debitor", "du har arbejdet i Jira": what one can or has done."""
_YEARS = re.compile(r"\b(?:års?|mdr|måneders?)\b", re.IGNORECASE)
_HAS = re.compile(
    r"\bdu\s+har\s+(?!mulighed|adgang|ansvar|ret\b|brug|lyst|fri|kontakt|daglig|dialog|samarbejde"
    r"|plads|base|timer|dit\b|din\b|flere|mange)[^.!?\n]*$",
    re.IGNORECASE,
)
""" "Du har en sundhedsfaglig baggrund og ledelseserfaring": what one brings."""
_LEARNT = re.compile(r"(?:^\W*|\b(?:du|som|der|og)\s+er\s+|\ber\s+du\s+)$", re.IGNORECASE)
_LEARNT_WORDS = re.compile(r"(?:\w*uddannet|udlært)", re.IGNORECASE)
_THEY = re.compile(
    r"\b(?:kolleger\w*|kollegaer\w*|kunder\w*|gæster\w*|beboere\w*|borgere\w*|brugere\w*|"
    r"patienter\w*|chefen|mester|de\s+fleste)\b(?:(?!\b(?:der|som)\b)[^.!?,;\n]){0,40}"
    r"\b(?:taler|snakker|kan|forstår|kommer)\b[^.!?,;\n]{0,25}$",
    re.IGNORECASE,
)
_OFFER_ABOVE = re.compile(
    r"^[^\n]*\b(?:tilbyder|får du|giver vi)\b[^\n]*\n(?:\s*[-•·*–][^\n]*\n)*\s*[-•·*–][^\n]*\Z",
    re.IGNORECASE | re.MULTILINE,
)
"""A list of what the company offers, up to one of its lines."""
_OFFERED = re.compile(
    r"(?:^|[.!?]\s+|\n)\W*(?:hvad\s+)?(?:vi\s+tilbyder|tilbyder\s+vi|du\s+bliver\s+tilbudt)\b"
    r"[^.!?\n]*$",
    re.IGNORECASE,
)
_ASSISTANT_TO = re.compile(
    r"\w*(?:assistent|hjælper|hjælp|medarbejder|sekretær|elev)(?:e|er|en)?\s+(?:til|hos|for)\s+"
    r"(?:(?:en|vores|travl|lille|stor)\s+)*$",
    re.IGNORECASE,
)
_CALLER = re.compile(
    r"(?:\b(?:tlf\.?|telefon\w*|opkald|opringning|mail|snak\w*|talt|møde)\s*(?:m\.|med|fra|til|hos)"
    r"|\bringet\s+op\s+(?:af|fra))\s+(?:(?:en|et|vores|den)\s+)?$",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"(?:\s+(?!søge|mangle)\w+){0,2}\s+(?:ringede|ringer|har\s+ringet|skrev|skriver|mailede)\b",
    re.IGNORECASE,
)
"""Who gave the order, in a note of a call: "elinstallatør ringede"."""
_TRAINING = re.compile(r"(?:\w*svendebrev\w*|udlærte?|svende?)\b", re.IGNORECASE)
"""An order that names these asks for them; "en faglært kok" may only be a good cook."""
_WANTED_BEFORE = re.compile(
    r"\b(?:søger|søges|mangler|ansætter|efterlyser|brug\s+for|skal\s+bruge|vil\s+ha(?:ve)?|ledig\w*)\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_WANTED_AFTER = re.compile(r"^[^.!?\n]{0,25}\b(?:søges|ønskes|efterlyses)\b", re.IGNORECASE)
REACH = 60  # letters after "2 års erfaring" in which its "som …" may stand


def ad_occupations(
    text: str, title: str, mentions: Sequence[Mention], *, linker: Linker, taxonomy: Taxonomy
) -> tuple[Proposal, ...]:
    """The occupations the ad may be for, the likeliest first.

    One that the title names comes before one in the text, there one that is "søgt" before others,
    a long name before a short one. Then what the title says without a title ("arbejde på lager")
    and what it resembles.
    """
    in_title = text.find(title) + len(title) if title in text else 0
    works = [m for m in mentions if _is_work(taxonomy, m) and not m.negated]
    named = [m for m in works if not _is_another(text, m)]
    others = [m for m in works if m not in named]
    named.sort(
        key=lambda m: (m.start >= in_title, not _is_wanted(text, m), m.certainty < CLEAR, m.start)
    )
    proposals = [Proposal(m.concept_id, m.certainty) for m in named]
    if workers := workers_in(title):
        worker = Proposal(taxonomy.by_key(workers).id, SURE)
        proposals.insert(sum(m.start < in_title or _is_wanted(text, m) for m in named), worker)
    if named or not any(m.start < in_title for m in others):
        proposals += [Proposal(*found) for found in linker.titles(title, top=MOST_ALTERNATIVES)]
    unique = {proposal.concept_id: proposal for proposal in reversed(proposals)}
    ordered = dict.fromkeys(proposal.concept_id for proposal in proposals)
    return tuple(unique[concept_id] for concept_id in ordered)[: MOST_ALTERNATIVES + 1]


def either(
    text: str, mentions: Sequence[Mention], occupation: int | None, *, taxonomy: Taxonomy
) -> tuple[Proposal, ...]:
    """Occupations that would do as well: the ad joins them to its own with "eller" or "/"."""
    works = [m for m in mentions if _is_work(taxonomy, m) and not m.negated]
    groups: list[list[Mention]] = []
    for work in works:
        if groups and _EITHER.fullmatch(text[groups[-1][-1].end : work.start]):
            groups[-1].append(work)
        else:
            groups.append([work])
    own = next((g for g in groups if any(m.concept_id == occupation for m in g)), [])
    others = {m.concept_id: Proposal(m.concept_id, m.certainty) for m in own}
    return tuple(one for concept_id, one in others.items() if concept_id != occupation)


def ad_requirements(
    text: str, mentions: Sequence[Mention], *, occupation: int | None, taxonomy: Taxonomy
) -> tuple[DraftRequirement, ...]:
    """Everything the ad asks for besides its occupation, musts first, each once."""
    years = ad_experience(text)
    listed = _listed(text, mentions, taxonomy)
    own = taxonomy.paper_of(occupation, Kind.EDUCATION) if occupation else None
    works = {mention.start for mention in mentions if _is_work(taxonomy, mention)}
    found = [
        _requirement(text, mention, taxonomy, own, works, listed)
        for mention in mentions
        if not mention.negated
        and not _is_work(taxonomy, mention)
        and not _is_the_trade(text, mention, taxonomy)
        and taxonomy.concept(mention.concept_id).key not in TRAITS | {UNSKILLED}
        and not _is_others(text, mention, taxonomy)
        and not _is_how_it_is(text, mention, taxonomy)
    ]
    found += [_experience(text, asked, mentions, occupation, taxonomy) for asked in years]
    by_concept: dict[tuple[int | None, str], DraftRequirement] = {}
    for asked in sorted(found, key=lambda requirement: not requirement.must):
        by_concept.setdefault((asked.concept_id, asked.kind), asked)
    return _without_included(tuple(by_concept.values()), taxonomy)


def _without_included(
    asked: tuple[DraftRequirement, ...], taxonomy: Taxonomy
) -> tuple[DraftRequirement, ...]:
    """What is left when another requirement, as strict, covers a requirement fully (C/E over C)."""
    others = {r.concept_id: r.must for r in asked if r.kind != EXPERIENCE and r.concept_id}
    return tuple(
        one
        for one in asked
        if one.concept_id is None
        or one.kind == EXPERIENCE
        or not any(
            must >= one.must and _covers(wider, one.concept_id, taxonomy)
            for wider, must in others.items()
        )
    )


def _covers(wider: int, concept: int, taxonomy: Taxonomy) -> bool:
    """Whether `wider` gives all of `concept` and more: not two names for the same."""
    given_by, gives = taxonomy.satisfying(concept), taxonomy.satisfying(wider)
    return (wider, FULL) in given_by and (concept, FULL) not in gives


def asked_in_words(
    words: str, *, must: bool, linker: Linker, taxonomy: Taxonomy
) -> tuple[DraftRequirement, ...]:
    """A requirement written as a few words of its own, as the concepts in it.

    An occupation in it is experience in that work. Without any concept the words are kept.
    """
    mentions = linker.mentions(words)
    years = max((asked.years for asked in ad_experience(words)), default=0)
    found = [(m.concept_id, taxonomy.concept(m.concept_id).kind) for m in mentions if not m.negated]
    if not found:
        found = [
            (concept_id, taxonomy.concept(concept_id).kind)
            for concept_id, certainty in linker.find(words, top=1)
            if certainty >= SURE
        ]
    text = words[:LONGEST_TEXT]
    if not found:
        kind = EXPERIENCE if years else Kind.SKILL
        return (DraftRequirement(text, None, kind, must, years),)
    return tuple(
        DraftRequirement(text, concept_id, EXPERIENCE, must, years)
        if kind is Kind.OCCUPATION
        else DraftRequirement(text, concept_id, kind, must)
        for concept_id, kind in found
    )


def _requirement(
    text: str,
    mention: Mention,
    taxonomy: Taxonomy,
    own: int | None,
    works: Collection[int],
    listed: Collection[int],
) -> DraftRequirement:
    """A must where the ad says so, or where it just names a paper or its occupation's training."""
    words = " ".join(text[mention.start : mention.end].split())[:LONGEST_TEXT]
    kind = taxonomy.concept(mention.concept_id).kind
    training = kind is Kind.EDUCATION and _TRAINING.match(words) is not None
    learnt = (mention.concept_id == own or training) and not _or_else(text, mention.end, works)
    plain = kind in MUST_UNLESS_SAID or learnt or _is_had(text, mention) or mention.start in listed
    plain = plain or (kind is Kind.EDUCATION and _is_learnt(text, mention, works))
    must = plain if mention.must is None else mention.must
    must = must and taxonomy.concept(mention.concept_id).key not in SHIFT_WISHES | CONDITIONS
    must = must and not _is_told_in_years(text, mention, taxonomy)
    return DraftRequirement(words, mention.concept_id, kind, must)


def _listed(text: str, mentions: Sequence[Mention], taxonomy: Taxonomy) -> set[int]:
    """Where the things of a bare list begin, in a short order: "Spartling, tapet, sprøjtemaling."
    says nothing else, so that is what is wanted."""
    things = [one for one in mentions if not _is_work(taxonomy, one) and one.must is None]
    found: set[int] = set()
    for sentence in re.finditer(r"[^.!?\n;•]+", text if len(text) <= SHORT_ORDER else ""):
        inside = [one for one in things if sentence.start() <= one.start < sentence.end()]
        rest = sentence.group()
        for one in reversed(inside):
            at = one.start - sentence.start()
            rest = rest[:at] + rest[at + one.end - one.start :]
        if len(inside) > 1 and not re.search(r"(?i)(?!og\b|samt\b|og/eller\b)\b[a-zæøå]+", rest):
            found.update(one.start for one in inside)
    return found


def _or_else(text: str, end: int, works: Collection[int]) -> bool:
    """Whether something else than another title will do: "uddannet kok eller lignende"."""
    found = _OR.match(text, end)
    return found is not None and found.end() + 1 not in works


def _experience(
    text: str,
    asked: AdExperience,
    mentions: Sequence[Mention],
    occupation: int | None,
    taxonomy: Taxonomy,
) -> DraftRequirement:
    """Years in the occupation named right after ("som svejser"), else in the order's own."""
    work = [
        mention.concept_id
        for mention in mentions
        if _is_work(taxonomy, mention)
        and asked.end <= mention.start <= asked.end + REACH
        and not set(".!?\n") & set(text[asked.end : mention.start])
    ]
    words = " ".join(text[asked.start : asked.end].split())[:LONGEST_TEXT]
    concept = work[0] if work else occupation
    return DraftRequirement(words, concept, EXPERIENCE, asked.must, asked.years)


def _is_had(text: str, mention: Mention) -> bool:
    """Whether the ad describes who gets the job by the thing: "du har erfaring med Excel"."""
    before = re.split(r"[.!?\n;•]", text[: mention.start])[-1]
    if re.search(r"(?i)\bdu\s*$", before) and text[mention.start].islower():
        return True
    # A training has its own rule: who has done the work for years may have it under another name.
    has = "uddannelse" not in text[mention.start : mention.end].lower() and _HAS.search(before)
    return bool(has or _HAD.search(before) or _CAN.search(before))


def _is_told_in_years(text: str, mention: Mention, taxonomy: Taxonomy) -> bool:
    """Whether "3 års erfaring med lagerarbejde" has said it: the years are a requirement already,
    and who has worked in the trade has done its daily work."""
    before = re.split(r"[.!?\n;•]", text[: mention.start])[-1]
    years = _YEARS.search(before) is not None
    return years and taxonomy.work_of(mention.concept_id) is not None


def _is_learnt(text: str, mention: Mention, works: Collection[int]) -> bool:
    """Whether it is said that one *is* trained: "du er uddannet tømrer eller snedker"."""
    before = re.split(r"[.!?\n;•]", text[: mention.start])[-1]
    words = text[mention.start : mention.end]
    said = _LEARNT_WORDS.match(words) is not None and _LEARNT.search(before) is not None
    return said and not _or_else(text, mention.end, works)


def _is_how_it_is(text: str, mention: Mention, taxonomy: Taxonomy) -> bool:
    """Whether an ad only tells what the work is like: "arbejdet er udendørs"."""
    told = mention.must is None and not _is_had(text, mention)
    return told and taxonomy.concept(mention.concept_id).key in CONDITIONS


def _is_others(text: str, mention: Mention, taxonomy: Taxonomy) -> bool:
    """Whether it is what others speak, or what the company offers: nobody is asked for it."""
    before = text[max(0, mention.start - 120) : mention.start]
    spoken = taxonomy.concept(mention.concept_id).kind is Kind.LANGUAGE and _THEY.search(before)
    return bool(spoken or _OFFERED.search(before) or _OFFER_ABOVE.search(text[: mention.start]))


def _is_the_trade(text: str, mention: Mention, taxonomy: Taxonomy) -> bool:
    """Whether a skill only names where the work is: "søger operatør til fødevareproduktion"."""
    if mention.must is not None or taxonomy.concept(mention.concept_id).kind is not Kind.SKILL:
        return False
    before = re.split(r"[.!?\n]", text[: mention.start])[-1]
    return bool(_IN_A_TRADE.search(before)) and not _ABLE.search(before)


def _is_another(text: str, mention: Mention) -> bool:
    """Whether a title is somebody else's: whom to call, to work with, or to be an assistant to."""
    before = text[max(0, mention.start - 90) : mention.start]
    return bool(
        _OTHERS.search(before)
        or _ASSISTANT_TO.search(before)
        or _CALLER.search(before)
        or _CALLS.match(text, mention.end)
    )


def _is_wanted(text: str, mention: Mention) -> bool:
    """Whether the words around a title say that it is sought."""
    before, after = text[: mention.start], text[mention.end :]
    return bool(_WANTED_BEFORE.search(before[-60:]) or _WANTED_AFTER.match(after[:60]))


def _is_work(taxonomy: Taxonomy, mention: Mention) -> bool:
    return taxonomy.concept(mention.concept_id).kind is Kind.OCCUPATION
