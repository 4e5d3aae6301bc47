"""The log of an order: each line's kind and facts become a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from tvaers.circulation.models import AnswerKind
from tvaers.matching.models import Settled
from tvaers.network.models import LadderStep
from tvaers.orders.lifecycle import LogKind, Outcome
from tvaers.orders.models import EvidenceKind, LogEntry, Subject
from tvaers.orders.widening import Opening
from tvaers.referrals.lifecycle import State
from tvaers.wording.orders import OUTCOMES, named

NAMED_AT_MOST = 4
"""So many municipalities are named in a line; more are counted."""

FIELDS: dict[str, Any] = {
    "title": later("titel"),
    "description": later("tekst"),
    "internal_comment": later("intern bemærkning"),
    "contact_id": later("kontaktperson"),
    "workplace_ids": later("arbejdssted"),
    "occupation": later("stilling"),
    "other_occupations": later("stilling, der er lige så god"),
    "occupation_years": later("erfaring i stillingen"),
    "hours_min": later("timer"),
    "hours_max": later("timer"),
    "starts_on": later("første arbejdsdag"),
    "last_day": later("sidste dag"),
    "scheme": later("ordning"),
    "requirements": later("krav"),
    "portions": later("fordeling af stillingerne"),
}
OPENED_BY: dict[str, Any] = {
    Opening.OCCUPATION: later("en anden stilling"),
    Opening.EXPERIENCE: later("mindre erfaring"),
    Opening.REQUIREMENTS: later("et krav, der er fjernet eller sænket"),
    Opening.PLACE: later("et andet sted"),
    Opening.HOURS: later("andre timer"),
    Opening.LATER_START: later("en senere start"),
    Opening.KIND: later("en anden ordning"),
}
STATES: dict[str, Any] = {
    State.PROPOSED: later("En kandidat er foreslået"),
    State.ASKED: later("En kandidat er spurgt"),
    State.PRESENTED: later("En kandidat er præsenteret for virksomheden"),
    State.INTERVIEW: later("En kandidat er til samtale"),
    State.INVITED: later("En kandidat er inviteret til at søge"),
    State.APPLIED: later("En kandidat har søgt direkte hos virksomheden"),
    State.HIRED: later("En kandidat er ansat"),
    State.REJECTED: later("En kandidat er fravalgt"),
    State.WITHDRAWN: later("En kandidat er trukket tilbage"),
    "SAID_YES": later("En kandidat har sagt ja til at dele sit cv"),
    "COMPANY_YES": later("Virksomheden vil ansætte en kandidat"),
    "BOUND": later("En kandidat er henvist af sit eget kontor"),
}
PLAIN: dict[str, Any] = {
    LogKind.RECRUITING: later("Rekrutteringen er begyndt"),
    LogKind.RESUMED: later("Jobordren er genoptaget"),
    LogKind.HANDOVER_ACCEPTED: later("Overdragelsen er modtaget"),
    LogKind.HANDOVER_DECLINED: later("Overdragelsen er afvist"),
    LogKind.HANDOVER_WITHDRAWN: later("Tilbuddet om overdragelse er trukket tilbage"),
    LogKind.COVERAGE_REVOKED: later("En dækning gælder ikke længere"),
    LogKind.PRESENTED: later("Den første kandidat er præsenteret"),
    LogKind.REOPENED: later("Jobordren er genåbnet"),
    LogKind.CIRCULATION_WITHDRAWN: later("En rundsending er trukket tilbage"),
    LogKind.DUE_MOVED: later("Fristerne er regnet om efter lukkedage og pauser"),
    LogKind.POSTED: later("Stillingen er slået op"),
    LogKind.OWN_AD: later("Virksomhedens egen annonce følges"),
    LogKind.POSTING_WITHDRAWN: later("Opslaget er taget ned"),
    LogKind.POSTING_CALL: later("Virksomheden er ringet op om opslaget"),
    LogKind.STATUS_NOTE: later("Tovholderen har skrevet en status"),
    LogKind.PLAN: later("Leveringsplanen er ændret"),
    LogKind.STEP: later("Et næste skridt er aftalt"),
    LogKind.STEP_DONE: later("Et aftalt skridt er gjort"),
    LogKind.STEP_DROPPED: later("Et aftalt skridt er opgivet"),
    LogKind.EVALUATED: later("Virksomhedens evaluering er skrevet ned"),
}


@dataclass(frozen=True)
class Names:
    """Names by id or code, for the ids that stand in the facts."""

    offices: Mapping[int, str] = field(default_factory=dict)
    users: Mapping[int, str] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LogLine:
    """One line as people read it: when, who, what."""

    at: datetime
    who: str
    text: str


def offices_in(log: Iterable[LogEntry]) -> set[int]:
    """The offices that the facts name by id."""
    keys = ("to_office", "co_lead_office", "answering_office")
    return {entry.facts[key] for entry in log for key in keys if entry.facts.get(key)}


def users_in(log: Iterable[LogEntry]) -> set[int]:
    """The users that the facts name by id."""
    return {entry.facts["deputy"] for entry in log if entry.facts.get("deputy")}


def lines(log: Iterable[LogEntry], names: Names) -> tuple[LogLine, ...]:
    """The log in words."""
    return tuple(LogLine(entry.at, _who(entry), sentence(entry, names)) for entry in log)


def _who(entry: LogEntry) -> str:
    office = entry.office.name if entry.office else ""
    if entry.user:
        return f"{entry.user.name}, {office}" if office else entry.user.name
    by_link = str(entry.facts.get("actor", "")).startswith("link")
    return (_("%(office)s, ved link") % {"office": office}) if by_link and office else "Tværs"


def sentence(entry: LogEntry, names: Names) -> str:
    """What happened, in one sentence without a full stop."""
    kind, facts = entry.kind, entry.facts
    if kind in PLAIN:
        return str(PLAIN[kind])
    match kind:
        case LogKind.RECEIVED:
            return ngettext(
                "Jobordren er modtaget: %(count)s stilling",
                "Jobordren er modtaget: %(count)s stillinger",
                facts["openings"],
            ) % {"count": facts["openings"]}
        case LogKind.OPENINGS:
            return _("Antallet af stillinger er ændret fra %(before)s til %(openings)s") % facts
        case LogKind.PRESENT_AT_MOST:
            return _("Aftalt antal kandidater er ændret fra %(before)s til %(number)s") % facts
        case LogKind.PAUSED:
            return _("På pause: nok kandidater") if facts["enough"] else _("På pause")
        case LogKind.WIDENED:
            return _("Søgningen er udvidet til: %(step)s") % {
                "step": LadderStep(facts["step"]).label
            }
        case LogKind.HIRED:
            return _("%(hired)s af %(openings)s stillinger er besat") % facts
        case LogKind.CLOSED:
            return _("Jobordren er lukket: %(outcome)s") % {
                "outcome": OUTCOMES[Outcome(facts["outcome"])]
            }
        case LogKind.REFERRAL:
            return str(STATES[facts["state"]])
        case LogKind.WORD:
            return _("Virksomheden har sagt: %(subject)s") % {
                "subject": Subject(facts["subject"]).label
            }
    return _of_change(entry, names)


def _of_change(entry: LogEntry, names: Names) -> str:
    """Lines about what is asked for and who leads."""
    facts = entry.facts
    match entry.kind:
        case LogKind.CHANGED:
            said = dict.fromkeys(str(FIELDS[name]) for name in facts["fields"] if name in FIELDS)
            return _("Jobordren er ændret: %(fields)s") % {"fields": ", ".join(said)}
        case LogKind.COVERAGE_OPENED:
            return _("Der skal søges igen på grund af %(changes)s") % {
                "changes": ", ".join(str(OPENED_BY[name]) for name in facts["because"])
            }
        case LogKind.HANDOVER_OFFERED:
            return _("Jobordren er tilbudt til %(office)s") % {
                "office": names.offices.get(facts["to_office"], "")
            }
        case LogKind.DEPUTY if facts["deputy"]:
            return _("Stedfortræder er nu %(name)s") % {
                "name": names.users.get(facts["deputy"], "")
            }
        case LogKind.DEPUTY:
            return _("Der er ingen stedfortræder mere")
        case LogKind.CO_LEAD_ADDED:
            return _("%(office)s er medtovholder") % {
                "office": names.offices.get(facts["co_lead_office"], "")
            }
        case LogKind.CO_LEAD_REMOVED:
            return _("%(office)s er ikke længere medtovholder") % {
                "office": names.offices.get(facts["co_lead_office"], "")
            }
    return _of_search(entry, names)


def _of_search(entry: LogEntry, names: Names) -> str:
    """Lines about searching, asking and covering."""
    facts = entry.facts
    match entry.kind:
        case LogKind.COVERED:
            by_answer = facts["evidence_kind"] == EvidenceKind.ANSWER
            where = _where(facts["municipalities"], names)
            return (_("Dækket ved svar: %(where)s") if by_answer else _("Søgt: %(where)s")) % {
                "where": where
            }
        case LogKind.SEARCHED:
            return _searched(facts["municipalities"], facts["hits"])
        case LogKind.SETTLED:
            return ngettext(
                "Udfald for %(people)s kandidat: %(outcome)s",
                "Udfald for %(people)s kandidater: %(outcome)s",
                facts["people"],
            ) % {"people": facts["people"], "outcome": Settled(facts["outcome"]).label}
        case LogKind.INVITED:
            return ngettext(
                "%(people)s person er inviteret til at søge",
                "%(people)s personer er inviteret til at søge",
                facts["people"],
            ) % {"people": facts["people"]}
        case LogKind.CIRCULATED:
            return ngettext(
                "Sendt til %(offices)s kontor", "Sendt til %(offices)s kontorer", facts["offices"]
            ) % {"offices": facts["offices"]}
        case LogKind.ANSWERED:
            return _answered(facts, names.offices.get(facts["answering_office"], ""))
    raise ValueError(f"no words for {entry.kind}")


def _searched(municipalities: int, hits: int) -> str:
    where = ngettext("%(n)s kommune", "%(n)s kommuner", municipalities) % {"n": municipalities}
    found = ngettext("%(n)s kandidat", "%(n)s kandidater", hits) % {"n": hits}
    return _("Søgning i %(where)s gav %(found)s") % {"where": where, "found": found}


def _answered(facts: Mapping[str, Any], office: str) -> str:
    if facts["answer_kind"] == AnswerKind.NOBODY:
        said = _("%(office)s har svaret: ingen egnede") % {"office": office}
    else:
        said = ngettext(
            "%(office)s har svaret med %(count)s kandidat",
            "%(office)s har svaret med %(count)s kandidater",
            facts["candidates"],
        ) % {"office": office, "count": facts["candidates"]}
    return _("%(answer)s (efter fristen)") % {"answer": said} if facts["late"] else said


def _where(codes: list[str], names: Names) -> str:
    if len(codes) > NAMED_AT_MOST:
        return _("%(count)s kommuner") % {"count": len(codes)}
    return named(codes, names.municipalities)
