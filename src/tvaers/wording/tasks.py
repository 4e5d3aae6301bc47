"""A task as a sentence: what to do, and about what."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from tvaers.circulation.models import Question
from tvaers.network.models import LadderStep
from tvaers.postings.lifecycle import Reason
from tvaers.reporting.tasks import Task, TaskKind
from tvaers.wording.times import day


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What to do ("Svar på jobordre"), about what, and what else to know."""

    verb: str
    subject: str
    note: str = ""


VERBS: dict[TaskKind, Any] = {
    TaskKind.ANSWER: later("Svar på jobordre"),
    TaskKind.DIALOGUE: later("Tal med virksomheden"),
    TaskKind.PRESENTATION: later("Præsentér kandidater"),
    TaskKind.HANDOVER: later("Tag imod en jobordre"),
    TaskKind.NEW_HITS: later("Se nye egnede"),
    TaskKind.COMPANY_YES: later("Skriv ansættelsen ned"),
    TaskKind.WISH: later("Bekræft en ny stilling"),
    TaskKind.RELEASE: later("Må kandidaten nævnes?"),
    TaskKind.WIDEN: later("Søg bredere?"),
    TaskKind.CALL: later("Ring om opslaget"),
    TaskKind.STEP: later("Gør det aftalte"),
    TaskKind.UNAVAILABLE: later("Er kandidaten stadig ledig?"),
}


CALLS: dict[Reason, Any] = {
    Reason.EXPIRY: later("Opslaget udløber %(day)s"),
    Reason.DEADLINE: later("Ansøgningsfristen er %(day)s"),
}


def words(task: Task) -> TaskWords:
    """Say a task."""
    match task.kind:
        case TaskKind.UNAVAILABLE:
            subject = task.facts["wanted"]
        case TaskKind.WISH:
            subject = task.facts["company"]
        case _:
            subject = _order(task)
    return TaskWords(_verb(task), subject, _note(task))


def _verb(task: Task) -> str:
    if task.kind is TaskKind.ANSWER and task.facts["question"] == Question.CHANGED:
        return _("Ændrer det jeres svar?")
    return str(VERBS[task.kind])


def _note(task: Task) -> str:
    """What else to know: who asks, for whom, how many."""
    facts = task.facts
    match task.kind:
        case TaskKind.ANSWER if facts["for_office"]:
            return _("Som stedfortræder for %(office)s") % {"office": facts["for_office"]}
        case TaskKind.HANDOVER:
            return _("%(office)s vil overdrage den til dig") % {"office": facts["from_office"]}
        case TaskKind.RELEASE:
            asked = {"office": facts["asked_by"], "number": task.id}
            return _("%(office)s spørger om kandidat nr. %(number)s") % asked
        case TaskKind.UNAVAILABLE if facts["reported_by"]:
            return _("Meldt ikke længere ledig af %(office)s") % {"office": facts["reported_by"]}
        case TaskKind.STEP:
            return str(facts["what"])
        case TaskKind.COMPANY_YES:
            return _("Virksomheden vil ansætte en, I har præsenteret")
        case TaskKind.WISH:
            return _("Virksomheden har selv bestilt ved sit link")
        case TaskKind.CALL:
            said = CALLS[facts["reason"]]
            return str(said) % {"day": day(facts["day"])}
        case TaskKind.NEW_HITS:
            said = ngettext(
                "%(new)s ny passer til din gemte søgning",
                "%(new)s nye passer til din gemte søgning",
                facts["new"],
            )
            return said % {"new": facts["new"]}
        case TaskKind.WIDEN:
            return _("Alle er afsøgt; næste trin: %(step)s") % {
                "step": LadderStep(facts["step"]).label
            }
    return ""


def _order(task: Task) -> str:
    return (
        ngettext(
            "%(title)s · %(company)s · %(openings)s stilling",
            "%(title)s · %(company)s · %(openings)s stillinger",
            task.facts["openings"],
        )
        % task.facts
    )
