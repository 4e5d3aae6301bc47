"""Ledige stillinger: which jobs are open, for anyone who wants to know."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tvaers.core.working_days import danish_date
from tvaers.places.queries import municipality_names
from tvaers.postings.queries import Gone, Wanted, schemes, vacancies, vacancy
from tvaers.web.addresses import page_number
from tvaers.web.doors import Visit, open_page
from tvaers.web.forms import Form
from tvaers.web.pages.postings.json_ld import job_posting, script
from tvaers.wording.orders import hours, scheme_name


class Filter(Form):
    """What the list is narrowed to; nonsense in the address counts as nothing chosen."""

    q = forms.CharField(label=_("Ord i opslaget"), required=False, max_length=100)
    municipality = forms.ChoiceField(label=_("Kommune"), required=False)
    scheme = forms.ChoiceField(label=_("Ordning"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        day = kwargs.pop("day")
        super().__init__(*args, **kwargs)
        choices = {
            "municipality": municipality_names().items(),
            "scheme": [(one.code, scheme_name(one)) for one in schemes(day=day)],
        }
        for name, known in choices.items():
            self.fields[name].choices = [("", _("Alle")), *known]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The filter in the domain's words."""
        self.full_clean()
        told = self.cleaned_data
        return Wanted(
            text=told.get("q", ""),
            municipality=told.get("municipality", ""),
            scheme=told.get("scheme", ""),
        )


@require_safe
@open_page
def vacancy_list(request: Visit) -> HttpResponse:
    """What is open today, the newest first, 25 a page."""
    day = danish_date(request.at)
    form = Filter(request.GET, day=day)
    found = vacancies(form.wanted(), day=day, page=page_number(request))
    context = {
        "form": form,
        "page": found,
        "rows": [{"job": job, "scheme": scheme_name(job.scheme)} for job in found.rows],
    }
    return render(request, "postings/vacancies.html", context)


@require_safe
@open_page
def vacancy_page(request: Visit, public_id: UUID) -> HttpResponse:
    """One job, and how one applies; 410 when it is not open any more."""
    day = danish_date(request.at)
    job = vacancy(public_id, day=day)
    if job is None:
        raise Http404
    if isinstance(job, Gone):
        return render(request, "postings/gone.html", {"title": job.title}, status=410)
    context = {
        "job": job,
        "scheme": scheme_name(job.scheme),
        "hours": hours(job),
        "too_late": day > job.apply_by,
        "about": job.text[:200],
        "json_ld": script(job_posting(job)),
    }
    return render(request, "postings/vacancy.html", context)
