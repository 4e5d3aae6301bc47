"""Kandidater: the people the office follows, and which CVs need work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import Verb, may
from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.candidates import queries
from tvaers.core.working_days import danish_date
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.wording.candidates import FLAWS, HIDDEN, who
from tvaers.wording.matching import cv_age

LISTS = (
    ("", "active", later("Alle ledige")),
    ("stale", "stale", later("Gamle cv'er")),
    ("thin", "thin", later("Tynde cv'er")),
    ("hidden", "hidden", later("Kan ikke findes")),
)
"""What the address says, which figure counts it, and what it is called (M8)."""


@page(Verb.SEE_OWN_PEOPLE)
def candidates(request: Request) -> HttpResponse:
    """The office's own people by name or title, and by what their CVs lack."""
    office_id, day = request.reader.office_id, danish_date(request.at)
    text, only = request.GET.get("q", "").strip(), request.GET.get("vis", "")
    found = queries.own_people(office_id, day=day, text=text, only=only, page=page_number(request))
    record_look(
        kind=LookKind.VIEW,
        purpose="list",
        person_ids=[row.person_id for row in found.rows],
        by=request.reader.actor,
        at=request.at,
    )
    figures = queries.cv_figures(office_id, day=day)
    context = {
        "section": "candidates",
        "text": text,
        "only": only,
        "page": found,
        "rows": [_words(row, day) for row in found.rows],
        "lists": [(code, name, getattr(figures, figure)) for code, figure, name in LISTS],
        "newest": queries.newest_import(office_id),
        "may_import": may(request.reader, Verb.IMPORT),
    }
    return render(request, "candidates/candidates.html", context)


def _words(row: queries.PersonRow, day: object) -> dict[str, object]:
    return {
        "row": row,
        "who": who(row.person_id, row.name),
        "hidden": [HIDDEN[reason] for reason in row.hidden],
        "flaws": [FLAWS[flaw] for flaw in row.flaws],
        "cv_age": cv_age(row.cv_updated_on, today=day),  # type: ignore[arg-type]
    }
