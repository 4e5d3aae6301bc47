"""The proof of search in words: how, when and by whom a municipality was covered (R6, R7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tvaers.circulation.models import AnswerKind, NobodyReason, Via
from tvaers.matching.models import Settled
from tvaers.orders.models import Order, Requirement
from tvaers.reporting.search_ledger import Answered, Differences, Ledger, Piece, Searched
from tvaers.wording import times
from tvaers.wording.orders import concept_label

REASONS = dict(NobodyReason.choices)
OUTCOMES = dict(Settled.choices)


class Verdict(StrEnum):
    """What a check of a printed proof ends with."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    CHANGED = "CHANGED"
    NO_PROOF = "NO_PROOF"
    NO_ORDER = "NO_ORDER"


VERDICTS = {
    Verdict.SAME: gettext_lazy("Samme: filen er uændret, og databasen siger det samme."),
    Verdict.DIFFERENT: gettext_lazy(
        "Forskellig: filen er uændret, men databasen siger noget andet nu."
    ),
    Verdict.CHANGED: gettext_lazy(
        "Filen er ændret, efter at den blev udskrevet, eller udskrevet af en anden installation."
    ),
    Verdict.NO_PROOF: gettext_lazy("Filen er ikke et bevis for søgning."),
    Verdict.NO_ORDER: gettext_lazy("Databasen kender ikke jobordren."),
}

DIFFERENCES = {
    "new": gettext_lazy("Ny dokumentation siden: nr. %(numbers)s"),
    "revoked": gettext_lazy("Trukket tilbage siden: nr. %(numbers)s"),
    "settled": gettext_lazy("Resultater om fundne personer er ændret siden: nr. %(numbers)s"),
    "changed": gettext_lazy("Ændret uden om systemet: nr. %(numbers)s"),
    "gone": gettext_lazy("Forsvundet uden om systemet: nr. %(numbers)s"),
}
FACTS = {
    "requirements_version": gettext_lazy("Kravene er ændret siden."),
    "covered_from_version": gettext_lazy("Kravene er ændret, så der skal søges igen."),
    "answers_everywhere": gettext_lazy("Servicemålet er et andet."),
    "area": gettext_lazy("Området er et andet."),
    "not_wider_at": gettext_lazy("Virksomheden har sagt noget nyt om at søge bredere."),
}


@dataclass(frozen=True)
class Line:
    """One way in which a municipality is covered, in words."""

    number: int
    how: str
    when: str
    who: str
    found: str


@dataclass(frozen=True)
class Covered:
    """A municipality with the lines that cover it; without any, it is not covered."""

    name: str
    in_area: bool
    lines: tuple[Line, ...]


def municipalities(
    ledger: Ledger, *, names: Mapping[str, str], offices: Mapping[int, str]
) -> list[Covered]:
    """Every municipality of the area, and those beyond it that are covered; Danish order.

    `names` are the names by code, in Danish order.
    """
    covering, area = ledger.covering(), set(ledger.area)
    return [
        Covered(
            name=name,
            in_area=code in area,
            lines=tuple(_line(piece, code, offices) for piece in covering.get(code, [])),
        )
        for code, name in sorted(names.items(), key=lambda pair: pair[0] not in area)
        if code in area or code in covering
    ]


def _line(piece: Piece, code: str, offices: Mapping[int, str]) -> Line:
    if piece.answered:
        how, found = _answer(piece.answered)
    else:
        assert piece.searched is not None
        how, found = _("Søgning"), _search(piece.searched, code)
    return Line(
        number=piece.evidence,
        how=how,
        when=moment(piece.made_at),
        who=offices.get(piece.office, ""),
        found=found,
    )


def _answer(answered: Answered) -> tuple[str, str]:
    how = _("Svar i telefonen") if answered.via == Via.PHONE else _("Svar")
    if answered.late:
        how = _("%(how)s, for sent") % {"how": how}
    if answered.answer == AnswerKind.CANDIDATES:
        count = answered.candidates
        return how, ngettext("%(count)s kandidat", "%(count)s kandidater", count) % {"count": count}
    return how, _("Ingen egnede: %(reason)s") % {"reason": _small(REASONS[answered.reason])}


def _search(searched: Searched, code: str) -> str:
    count = searched.hits.get(code, 0)
    said = _("Ingen fundet")
    if count:
        said = ngettext("%(count)s fundet", "%(count)s fundet", count) % {"count": count}
        settled = sorted(searched.outcomes.get(code, {}).items())
        said += ": " + ", ".join(f"{number} {_small(OUTCOMES[kind])}" for kind, number in settled)
    data_at = searched.data_at.get(code)
    return said + " " + _("(data fra %(when)s)") % {"when": moment(data_at)} if data_at else said


def moment(text: str) -> str:
    """A moment of the ledger as people write it."""
    return at_time(datetime.fromisoformat(text))


@dataclass(frozen=True)
class Fact:
    """A line at the top of a proof."""

    label: str
    value: str


def facts(
    order: Order, ledger: Ledger, *, works_in: str, requirements: Iterable[Requirement]
) -> list[Fact]:
    """What the proof is about. Offices and the company are named; no person is.

    `works_in` names the municipalities of the workplaces; the requirements are today's.
    """
    asked = "; ".join(
        (_("%(text)s (skal)") if row.must else _("%(text)s (gerne)")) % {"text": row.text}
        for row in requirements
    )
    said = [
        Fact(_("Jobordre"), order.title),
        Fact(
            _("Virksomhed"),
            _("%(name)s, CVR-nr. %(cvr)s") % {"name": order.company.name, "cvr": order.company.cvr},
        ),
        Fact(_("Arbejdssted"), works_in),
        Fact(_("Stilling"), concept_label(order.occupation) or order.title),
        Fact(_("Krav, udgave %(version)s") % {"version": order.requirements_version}, asked),
        Fact(_("Modtaget"), at_time(order.received_at)),
        Fact(_("Tovholder"), order.lead_office.name),
        Fact(_("Område"), order.alliance.name if order.alliance else _("Kontorets region")),
        Fact(_("Dækning"), covered_count(ledger)),
        Fact(_("Stillinger"), _openings(order)),
    ]
    if order.closed_at:
        said.append(Fact(_("Lukket"), at_time(order.closed_at)))
    if ledger.not_wider_at:
        said.append(
            Fact(_("Virksomheden ønsker ikke at søge bredere"), moment(ledger.not_wider_at))
        )
    return [fact for fact in said if fact.value]


def _openings(order: Order) -> str:
    """How many, and what became of them so far."""
    ends = {
        _("%(count)s ansat gennem os"): order.hired,
        _("%(count)s besat af virksomheden selv"): order.filled_by_company,
        _("%(count)s trukket tilbage"): order.withdrawn,
        _("%(count)s med anden løsning aftalt"): order.other_solution,
        _("%(count)s ikke besat"): order.unfilled,
    }
    said = [text % {"count": count} for text, count in ends.items() if count]
    return f"{order.openings}: {', '.join(said)}" if said else str(order.openings)


def at_time(at: datetime) -> str:
    """A moment as people write it: "2. marts 2026 kl. 9.00"."""
    return _("%(day)s kl. %(time)s") % {"day": times.day(at), "time": times.clock(at)}


def covered_count(ledger: Ledger) -> str:
    """How much of the area is covered: "17 af 17 kommuner i området er dækket"."""
    area = set(ledger.area)
    return ngettext(
        "%(covered)s af %(all)s kommune i området er dækket",
        "%(covered)s af %(all)s kommuner i området er dækket",
        len(area),
    ) % {"covered": len(area & ledger.covering().keys()), "all": len(area)}


def what_differs(found: Differences) -> list[str]:
    """What has happened since a proof was printed, one sentence each."""
    said = []
    for name, sentence in DIFFERENCES.items():
        if numbers := getattr(found, name):
            said.append(str(sentence) % {"numbers": ", ".join(map(str, numbers))})
    return said + [str(FACTS[name]) for name in found.facts]


def _small(label: object) -> str:
    """A label inside a sentence."""
    text = str(label)
    return text[:1].lower() + text[1:]
