"""Mails: short, one purpose, no personal data, the link and the deadline.

A mail is read later than it is written, so times are said in full, never "tomorrow".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tvaers.circulation.notices import AnswerNews, RequestNews
from tvaers.leading.news import Shared
from tvaers.messages.lifecycle import Failure
from tvaers.orders.notices import HandoverNews
from tvaers.reporting.digest import Digest
from tvaers.reporting.tasks import Task, TaskKind
from tvaers.wording import times
from tvaers.wording.tasks import words

LINES_IN_DIGEST = 10

KINDS: dict[str, Any] = {
    "REQUEST": gettext_lazy("Ny jobordre at svare på"),
    "REQUEST_DUE": gettext_lazy("Svar er snart forsinket"),
    "CANDIDATES": gettext_lazy("Svar med kandidater"),
    "HANDOVER": gettext_lazy("Overdragelse af en jobordre"),
    "DIGEST": gettext_lazy("Dagens opgaver"),
    "CANDIDATE_ASKED": gettext_lazy("Spørgsmål til en kandidat"),
    "CANDIDATE_INVITED": gettext_lazy("Invitation til at søge"),
    "CANDIDATE_BOUND": gettext_lazy("Henvisning til et job"),
    "CANDIDATE_LETTER": gettext_lazy("Besked til en kandidat"),
    "COMPANY_PRESENTED": gettext_lazy("Kandidater til en virksomhed"),
    "COMPANY_STATUS": gettext_lazy("Spørgsmål til en virksomhed"),
    "CANDIDATE_MINE": gettext_lazy("Det, der er delt om en kandidat"),
}

PERSONAL: dict[str, Any] = {
    "DIGEST": gettext_lazy("Dagens opgaver: én mail hver morgen, når noget venter"),
    "CANDIDATES": gettext_lazy("Et kontor har svaret med kandidater til en jobordre, jeg leder"),
    "HANDOVER": gettext_lazy("Nogen vil overdrage en jobordre til mig"),
}
"""The kinds that go to one person, who can turn each of them off."""

SHARED: dict[Shared, Any] = {
    Shared.NOTE: gettext_lazy("ny status"),
    Shared.PLAN: gettext_lazy("I er sat på leveringsplanen"),
    Shared.STEP: gettext_lazy("I har et aftalt skridt"),
    Shared.EVALUATION: gettext_lazy("virksomhedens evaluering"),
}

FAILURES: dict[Failure, Any] = {
    Failure.BROKEN: gettext_lazy("Mailen kunne ikke skrives på grund af en fejl hos os"),
    Failure.NO_ADDRESS: gettext_lazy("Modtageren har ingen e-mailadresse"),
    Failure.REFUSED: gettext_lazy("Modtagerens mailserver afviser adressen eller mailen"),
    Failure.NOT_NOW: gettext_lazy("Mailserveren ville ikke tage imod"),
    Failure.UNREACHABLE: gettext_lazy("Mailserveren svarede ikke"),
}


@dataclass(frozen=True)
class Mail:
    """A mail in words: plain text, with its one address on a line of its own."""

    subject: str
    text: str


def request(news: RequestNews, *, address: str, at: datetime) -> Mail:
    """An office is asked for candidates, or whether a change makes its answer another."""
    facts = _order(news.title, news.company) | {"asked_by": news.asked_by}
    if news.changed:
        subject = _("Ændrer det jeres svar? %(title)s hos %(company)s") % facts
        question = _("%(asked_by)s har ændret kravene til en jobordre, I har svaret på:") % facts
    else:
        subject = _("Har I egnede kandidater? %(title)s hos %(company)s") % facts
        question = _("%(asked_by)s spørger, om I har egnede kandidater til en jobordre:") % facts
    return mail(subject, question, _openings(news), _answer_by(news.due_at, at=at), address)


def request_due(news: RequestNews, *, address: str, at: datetime) -> Mail:
    """An office's answer is about to be late."""
    facts = _order(news.title, news.company) | {
        "when": times.weekday_and_time(news.due_at),
        "asked_by": news.asked_by,
    }
    return mail(
        _("Husk at svare senest %(when)s: %(title)s hos %(company)s") % facts,
        _("%(asked_by)s venter på jeres svar på en jobordre:") % facts,
        _openings(news),
        _answer_by(news.due_at, at=at),
        address,
    )


def candidates(news: AnswerNews, *, address: str, at: datetime) -> Mail:
    """An office has named candidates for an order that the reader leads."""
    facts = _order(news.title, news.company) | {"office": news.office, "count": news.candidates}
    found = ngettext(
        "%(office)s har foreslået %(count)s kandidat til %(title)s hos %(company)s.",
        "%(office)s har foreslået %(count)s kandidater til %(title)s hos %(company)s.",
        news.candidates,
    )
    due = ""
    if news.presentation_due_at and at < news.presentation_due_at:
        exact = times.due(news.presentation_due_at, at=at).exact
        due = _("Præsentér for virksomheden senest %(when)s.") % {"when": exact}
    return mail(
        _("Kandidater fra %(office)s: %(title)s hos %(company)s") % facts,
        found % facts,
        due,
        address,
    )


def handover(news: HandoverNews, *, address: str, at: datetime) -> Mail:
    """Someone wants to hand an order over to the reader."""
    facts = _order(news.title, news.company) | {"office": news.from_office}
    return mail(
        _("Vil du overtage en jobordre? %(title)s hos %(company)s") % facts,
        _("%(office)s vil overdrage %(title)s hos %(company)s til dig.") % facts,
        _("Tag imod den, eller sig nej:"),
        address,
    )


def digest(found: Digest, *, address: str, at: datetime) -> Mail:
    """What waits for the reader today, and which offices answered since the last digest."""
    lines = _task_lines(found.tasks)
    news = [
        _("- %(title)s hos %(company)s: %(answered)s af %(asked)s har svaret")
        % (_order(one.title, one.company) | {"answered": one.answered, "asked": one.asked})
        for one in found.answered
    ]
    paused = [
        _("- %(title)s hos %(company)s") % _order(one.title, one.company) for one in found.paused
    ]
    shared = [
        _("- %(title)s hos %(company)s: %(what)s")
        % (_order(one.title, one.company) | {"what": SHARED[one.what]})
        for one in found.shared
    ]
    return mail(
        _waiting(found.tasks, at=at) if found.tasks else _quiet_subject(found),
        "\n".join([_("Det venter på dig i dag:"), *lines]) if lines else "",
        "\n".join([_("Svar siden sidst:"), *news]) if news else "",
        "\n".join([_("Sat på pause, så I behøver ikke svare nu:"), *paused]) if paused else "",
        "\n".join([_("Nyt fra tovholderen:"), *shared]) if shared else "",
        address,
    )


def _task_lines(tasks: Sequence[Task]) -> list[str]:
    """The most urgent tasks, a line each; equal ones share one, and the rest are counted."""
    alike = list(Counter(map(_task_line, tasks)).items())
    lines = [
        f"- {line} × {count}" if count > 1 else f"- {line}"
        for line, count in alike[:LINES_IN_DIGEST]
    ]
    if more := sum(count for _line, count in alike[LINES_IN_DIGEST:]):
        lines.append(
            ngettext("- og %(count)s opgave mere", "- og %(count)s opgaver mere", more)
            % {"count": more}
        )
    return lines


def _task_line(task: Task) -> str:
    said = words(task)
    # What a candidate wants to work as is about a person, and stands in no mail.
    subject = "" if task.kind is TaskKind.UNAVAILABLE else said.subject
    due = f"({times.by_full_day(task.due_at)})" if task.due_at else ""
    verb = said.verb if said.verb.endswith("?") or not subject else f"{said.verb}:"
    return " ".join(filter(None, (verb, subject, due)))


def _waiting(tasks: Sequence[Task], *, at: datetime) -> str:
    late = sum(task.due_at is not None and task.due_at <= at for task in tasks)
    count = {"count": len(tasks), "late": late}
    said = ngettext("%(count)s opgave venter", "%(count)s opgaver venter", len(tasks)) % count
    if not late:
        return said
    late_too = ngettext("%(late)s er forsinket", "%(late)s er forsinkede", late) % count
    return f"{said}, {late_too}"


def _quiet_subject(found: Digest) -> str:
    """What the day brought where no task waits."""
    if found.answered:
        return _("Nye svar på dine jobordrer")
    return _("Jobordrer er sat på pause") if found.paused else _("Nyt fra en tovholder")


def _order(title: str, company: str) -> dict[str, Any]:
    return {"title": title, "company": company}


def _openings(news: RequestNews) -> str:
    return ngettext(
        "%(title)s · %(company)s · %(openings)s stilling",
        "%(title)s · %(company)s · %(openings)s stillinger",
        news.openings,
    ) % {"title": news.title, "company": news.company, "openings": news.openings}


def _answer_by(due_at: datetime, *, at: datetime) -> str:
    exact = times.due(due_at, at=at).exact
    return _("Svar senest %(when)s, også hvis ingen er egnede:") % {"when": exact}


def mail(subject: str, *parts: str) -> Mail:
    """One line of subject, then the parts that say something."""
    footer = _("Mails fra Tværs indeholder aldrig oplysninger om ledige personer.")
    return Mail(" ".join(subject.split()), "\n\n".join([*filter(None, parts), footer]) + "\n")
