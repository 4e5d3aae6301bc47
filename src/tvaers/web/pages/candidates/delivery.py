"""Indlæs kandidater: a list from the case system, tried first and then taken.

Nothing of the file is kept between the two: the browser sends it both times, and the second must
be the file that was tried.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import Verb
from tvaers.candidates.operations import ImportReport, TooManyMissing
from tvaers.candidates.queries import newest_import
from tvaers.connectors.candidate_file import COLUMNS
from tvaers.connectors.candidate_import import CandidateList, read_list, take_list
from tvaers.connectors.problems import Problem, UnreadableFile
from tvaers.web.doors import Request, page
from tvaers.web.forms import Form, MomentField
from tvaers.wording.candidates import refused

MOST_BYTES = 50_000_000
MOST_PROBLEMS = 100
"""So many bad rows are shown; the number of them all is told."""


class ListForm(Form):
    """The file and how to take it; the button pressed says whether it is only tried."""

    file = forms.FileField(
        label=later("Fil fra fagsystemet"),
        help_text=later("CSV eller Excel (.xlsx). Kolonnernes navne står i første linje."),
    )
    data_at = MomentField(
        label=later("Hvornår blev listen trukket?"),
        required=False,
        help_text=later(
            "Tomt betyder lige nu. Tidspunktet viser i søgninger, hvor nye oplysningerne er."
        ),
    )
    full = forms.BooleanField(
        label=later("Filen er hele kontorets liste: de, der mangler i den, afsluttes"),
        required=False,
    )
    retire_many = forms.BooleanField(
        label=later("Ja, afslut dem alle, også når det er mere end hver femte"), required=False
    )

    def __init__(self, *args: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("Filen er for stor. Del den i flere."))
        return sent

    def clean_data_at(self) -> Any:
        stated = self.cleaned_data["data_at"]
        if stated and stated > self.at:
            raise forms.ValidationError(_("Tidspunktet ligger ude i fremtiden. Ret det."))
        return stated


@page(Verb.IMPORT)
def candidates_import(request: Request) -> HttpResponse:
    """Try a list and see what it would do; then take it."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*sent, at=request.at)
    people: CandidateList | None = None
    report: ImportReport | None = None
    if form.is_bound and form.is_valid():
        people = _read(form)
        tried = people is not None and request.POST.get("tried") == people.sha256
        taking = tried and "take" in request.POST
        if people is not None:
            report = _take(request, form, people, dry_run=not taking)
        if report is not None and taking:
            messages.success(request, _said(report))
            return redirect("candidates")
    context = {
        "section": "candidates",
        "form": form,
        "people": people,
        "report": report,
        "ready": report is not None,
        "problems": [_problem(found) for found in people.problems[:MOST_PROBLEMS]]
        if people
        else [],
        "newest": newest_import(request.reader.office_id),
        "columns": [_header(column.name) for column in COLUMNS],
    }
    return render(request, "candidates/import.html", context, status=form.status)


def _read(form: ListForm) -> CandidateList | None:
    """The people of the file, or an error of the form."""
    sent = form.cleaned_data["file"]
    secret = settings.TVAERS_CPR_KEY.encode()
    try:
        return read_list(sent.read(), file_name=sent.name, cpr_secret=secret)
    except UnreadableFile as trouble:
        form.add_error("file", " ".join(_sentences(trouble.problem)))
        return None


def _take(
    request: Request, form: ListForm, people: CandidateList, *, dry_run: bool
) -> ImportReport | None:
    """What the list does to the office's people; None when it must be asked about first."""
    given = form.cleaned_data
    try:
        return take_list(
            people,
            office_id=request.reader.office_id,
            data_at=given["data_at"],
            full=given["full"],
            retire_many=given["retire_many"],
            dry_run=dry_run,
            by=request.reader.actor,
            at=request.at,
        )
    except TooManyMissing as refusal:
        form.add_error("retire_many", refused(refusal))
        return None


def _said(report: ImportReport) -> str:
    return _(
        "Listen er læst ind: %(created)s nye, %(changed)s ændrede, %(unchanged)s uændrede, "
        "%(retired)s afsluttede."
    ) % {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "retired": report.retired,
    }


def _problem(found: Problem) -> dict[str, Any]:
    what, todo = _sentences(found)
    return {
        "line": found.line,
        "column": _header(found.column) if found.column else "",
        "what": what,
        "todo": todo,
    }


def _sentences(found: Problem) -> tuple[str, str]:
    named = replace(found, column=_header(found.column))
    return named.sentences("en" if get_language() == "en" else "da")


def _header(name: str) -> str:
    """The column as the file's own language calls it."""
    if get_language() == "en":
        return name
    return next(
        (column.headers[0] for column in COLUMNS if column.name == name and column.headers), name
    )
