"""Ny jobordre, first step: which company, and the ad or one line."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tvaers.accounts.access import Verb
from tvaers.companies import operations
from tvaers.companies.queries import (
    CompanyRow,
    company_row,
    contacts_of,
    find,
    workplaces_of,
)
from tvaers.core.cvr import normalised_cvr
from tvaers.core.working_days import danish_date
from tvaers.orders.draft import Doubt, Draft
from tvaers.orders.intake import EmptyAd, from_ad, tidy
from tvaers.places.queries import municipality_names
from tvaers.web.doors import Request, page
from tvaers.web.forms import Form, FreeTextField
from tvaers.web.pages.orders import drafts
from tvaers.web.pages.orders.asked import lines_of
from tvaers.web.pages.orders.need_form import NO_OCCUPATION
from tvaers.wording.refusals import refused

FULL_TIME = 37
UNSURE = {Doubt.OCCUPATION, Doubt.NO_OCCUPATION}
"""Only then are other occupations worth reading through."""


class StartForm(Form):
    """Company and words. The company is chosen in the list, or made."""

    q = forms.CharField(label=later("CVR-nummer eller navn"), max_length=150, required=False)
    company = forms.IntegerField(required=False)
    new_cvr = forms.CharField(label=later("CVR-nummer"), required=False)
    new_name = forms.CharField(label=later("Navn"), max_length=150, required=False)
    new_address = forms.CharField(
        label=later("Arbejdsstedets adresse"), max_length=150, required=False
    )
    new_postcode = forms.RegexField("^[0-9]{4}$", label=later("Postnummer"), required=False)
    new_municipality = forms.ChoiceField(label=later("Arbejdsstedets kommune"), required=False)
    ad = FreeTextField(
        label=later("Annoncen, eller én linje"),
        rows=8,
        help_text=later("For eksempel: 3 lagermedarbejdere, Køge, gaffeltruckcertifikat B"),
        error_messages={"required": later("Indsæt annoncen, eller skriv én linje.")},
    )

    def __init__(self, *args: Any, found: tuple[CompanyRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.fields["new_municipality"].choices = [  # type: ignore[attr-defined]
            ("", later("Vælg kommune")),
            *municipality_names().items(),
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if self.is_new:
            for name in ("new_cvr", "new_name", "new_municipality"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Skal udfyldes, når virksomheden er ny."))
        elif self.chosen is None:
            self.add_error("q", _("Vælg virksomheden på listen, eller opret den."))
        return told

    @property
    def is_new(self) -> bool:
        """Whether a company is to be made."""
        return bool(self.data.get("new_cvr") or self.data.get("new_name"))

    @property
    def chosen(self) -> CompanyRow | None:
        """The company chosen in the list, or the only one there is."""
        wanted = self.cleaned_data.get("company")
        if wanted is None and len(self.found) == 1:
            return self.found[0]
        return next((row for row in self.found if row.id == wanted), None)

    def company_id(self, request: Request) -> tuple[int, str]:
        """Number and name of the company, made if it is new; a known one keeps its name.

        Raises `InvalidCvr`.
        """
        if not self.is_new:
            assert self.chosen is not None
            return self.chosen.id, self.chosen.name
        told = self.cleaned_data
        number = normalised_cvr(told["new_cvr"])
        if known := find(number) if number else ():
            return known[0].id, known[0].name
        by, at = request.reader.actor, request.at
        company = operations.save_company(cvr=told["new_cvr"], name=told["new_name"], by=by, at=at)
        operations.save_workplace(
            company_id=company.pk,
            name=company.name,
            municipality=told["new_municipality"],
            address=told["new_address"],
            postcode=told["new_postcode"],
            by=by,
            at=at,
        )
        return company.pk, company.name


@page(Verb.TAKE_ORDER)
def order_new(request: Request) -> HttpResponse:
    """Choose the company and give the words; what they say comes on the next page."""
    sent = request.method == "POST"
    source = request.POST if sent else request.GET
    found = _found(source.get("q", ""), source.get("company", ""))
    looking = sent and request.POST.get("do") == "find"
    form = StartForm(
        request.POST if sent and not looking else None,
        found=found,
        initial=source.dict(),
    )
    if form.is_bound and form.is_valid():
        try:
            company_id, name = form.company_id(request)
            seen = {"description_seen": "on"} if "ad_seen" in request.POST else {}
            public_id = begin(request, company_id, name, form.cleaned_data["ad"], **seen)
        except operations.InvalidCvr as refusal:
            form.add_error("new_cvr", refused(refusal))
        except EmptyAd:
            form.add_error("ad", _("Indsæt annoncen, eller skriv én linje."))
        else:
            return redirect("order_draft", public_id)
    context = {
        "section": "orders",
        "form": form,
        "chosen": source.get("company", ""),
        "looked": bool(source.get("q")),
        "drafts": drafts.drafts(request),
    }
    return render(request, "orders/new.html", context, status=form.status)


@page(Verb.TAKE_ORDER)
def order_companies(request: Request) -> HttpResponse:
    """The companies that begin as typed, to choose from: a part of the page."""
    form = StartForm(found=find(request.GET.get("q", "")))
    return render(request, "orders/_companies.html", {"form": form, "looked": True})


def begin(request: Request, company_id: int, name: str, ad: str, **seen: str) -> UUID:
    """A draft of an order with what the words say; its number. Raises `EmptyAd`."""
    public_id = uuid4()
    told = _told(from_ad(ad, today=danish_date(request.at)), company_id, ad)
    drafts.keep(request, public_id, told | seen | {"company_name": name})
    return public_id


def _found(text: str, company_id: str) -> tuple[CompanyRow, ...]:
    """The companies that begin like this, and the one that is chosen already."""
    rows = find(text)
    if not company_id.isdecimal() or any(str(row.id) == company_id for row in rows):
        return rows
    chosen = company_row(int(company_id)) if len(company_id) < 10 else None
    return (chosen, *rows) if chosen else rows


def _told(read: Draft, company_id: int, ad: str) -> dict[str, Any]:
    """What the form of the order begins with: what the ad says, and what the company has.

    Experience that must be in the occupation itself is said beside it, and not once more.
    """
    people = contacts_of(company_id)
    places = workplaces_of(company_id)
    there = [place for place in places if place.municipality in read.municipalities]
    if not read.municipalities and len(places) == 1:
        there = list(places)
    named = [read.occupation] if read.occupation else []
    others = (*read.either, *(read.alternatives if read.doubts & UNSURE else ()))
    offered = list(dict.fromkeys(str(one.concept_id) for one in (*named, *others)))
    fewest, most = read.hours or (FULL_TIME, FULL_TIME)
    whole = Doubt.DESCRIPTION_CUT in read.doubts
    work = read.occupation.concept_id if read.occupation else None
    experience = [one for one in read.requirements if one.years and one.concept_id == work]
    told = lines_of(one for one in experience if one.must)
    return {
        "company_id": company_id,
        "title": read.title,
        "description": tidy(ad) if whole else read.description,
        "occupation": offered[0] if read.occupation else NO_OCCUPATION,
        "other_occupations": [str(one.concept_id) for one in read.either],
        "offered": offered,
        "occupation_years": max((one.years for one in experience if one.must), default=""),
        "openings": read.openings,
        "lines": [line.as_dict() for line in lines_of(read.requirements) if line not in told],
        "scheme": read.kind.value,
        "hours_min": fewest,
        "hours_max": most,
        "starts_on": read.starts_on.isoformat() if read.starts_on else "",
        "last_day": read.last_date.isoformat() if read.last_date else "",
        "workplace_ids": [str(place.id) for place in there[:1]],
        "place_municipality": "" if there else next(iter(read.municipalities), ""),
        "place_postcode": "" if there else read.postcode,
        "contact_id": people[0].id if len(people) == 1 else "",
        "doubts": sorted(read.doubts),
    }
