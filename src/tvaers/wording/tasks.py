"""A task as a sentence: what to do, and about what."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tvaers.circulation.models import Question
from tvaers.reporting.tasks import Task, TaskKind


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What to do ("Svar på jobordre"), about what, and what else to know."""

    verb: str
    subject: str
    note: str = ""


def words(task: Task) -> TaskWords:
    """Say a task."""
    facts = task.facts
    match task.kind:
        case TaskKind.ANSWER:
            changed = facts["question"] == Question.CHANGED
            office = facts["for_office"]
            return TaskWords(
                _("Ændrer det jeres svar?") if changed else _("Svar på jobordre"),
                _order(task),
                _("Som stedfortræder for %(office)s") % {"office": office} if office else "",
            )
        case TaskKind.DIALOGUE:
            return TaskWords(_("Tal med virksomheden"), _order(task))
        case TaskKind.PRESENTATION:
            return TaskWords(_("Præsentér kandidater"), _order(task))
        case TaskKind.HANDOVER:
            office = facts["from_office"]
            return TaskWords(
                _("Tag imod en jobordre"),
                _order(task),
                _("%(office)s vil overdrage den til dig") % {"office": office},
            )
        case TaskKind.RELEASE:
            return TaskWords(
                _("Må kandidaten nævnes?"),
                _order(task),
                _("%(office)s spørger") % {"office": facts["asked_by"]},
            )
        case TaskKind.UNAVAILABLE:
            return TaskWords(
                _("Er kandidaten stadig ledig?"),
                facts["wanted"],
                _("Meldt ikke længere ledig af %(office)s") % {"office": facts["reported_by"]}
                if facts["reported_by"]
                else "",
            )


def _order(task: Task) -> str:
    return (
        ngettext(
            "%(title)s · %(company)s · %(openings)s stilling",
            "%(title)s · %(company)s · %(openings)s stillinger",
            task.facts["openings"],
        )
        % task.facts
    )
