"""Områder: regions, employment councils and the parts of the country, with their dates."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.access import Verb, may_edit_nation
from tvaers.core.actor import Actor
from tvaers.core.working_days import danish_date
from tvaers.places import areas as pages
from tvaers.places import operations
from tvaers.places.models import Area, AreaKind
from tvaers.places.queries import municipality_names
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.forms import ChoiceField, DateField, ManyField


class FoundArea(ActionForm):
    action = "area"
    heading = _("Opret et område")
    button = _("Gem området")
    done = _("Området er gemt.")

    name = forms.CharField(label=_("Navn"), max_length=120)
    kind = ChoiceField(
        label=_("Slags"),
        choices=[(kind.value, kind.label) for kind in AreaKind if kind in pages.KEPT_BY_HAND],
    )
    from_day = DateField(label=_("Gælder fra"))
    municipalities = ManyField(label=_("Kommuner"))

    saved: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = list(municipality_names().items())  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        self.saved = operations.found_area(
            name=told["name"],
            kind=AreaKind(told["kind"]),
            from_day=told["from_day"],
            municipalities=tuple(told["municipalities"]),
            by=by,
            at=at,
        ).pk


class JoinArea(ActionForm):
    action = "join"
    heading = _("Læg kommuner til")
    button = _("Gem kommunerne")
    done = _("Kommunerne er gemt.")

    from_day = DateField(label=_("Gælder fra"))
    municipalities = ManyField(
        label=_("Kommuner"),
        help_text=_("Jobordrer, der allerede er modtaget, beholder det område, de kom med."),
    )

    def __init__(self, *args: Any, among: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = list(among.items())  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        codes = tuple(self.cleaned_data["municipalities"])
        from_day = self.cleaned_data["from_day"]
        operations.join_area(
            area_id=self.about, municipalities=codes, from_day=from_day, by=by, at=at
        )


class LeaveArea(ActionForm):
    action = "leave"
    heading = _("Kommuner forlader området")
    button = _("Gem den sidste dag")
    done = _("Den sidste dag er gemt.")

    last_day = DateField(label=_("Sidste dag"))
    municipalities = ManyField(label=_("Kommuner"))

    def __init__(self, *args: Any, among: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = list(among.items())  # type: ignore[attr-defined]

    def carry_out(self, *, by: Actor, at: datetime) -> None:
        codes = tuple(self.cleaned_data["municipalities"])
        last_day = self.cleaned_data["last_day"]
        operations.leave_area(
            area_id=self.about, municipalities=codes, last_day=last_day, by=by, at=at
        )


@page(Verb.SEE_NETWORK)
def areas(request: Request) -> HttpResponse:
    """The areas that people did not agree among themselves; the administrator adds new ones."""
    day = danish_date(request.at)
    offered = [FoundArea(request)] if may_edit_nation(request.reader) else []
    if carried_out(request, offered):
        return redirect("area", offered[0].saved)
    context = {
        "section": "network",
        "page": pages.areas(day, page=page_number(request)),
        "form": next(iter(offered), None),
    }
    return render(request, "network/areas.html", context, status=status_of(offered))


@page(Verb.SEE_NETWORK)
def area(request: Request, area_id: int) -> HttpResponse:
    """One area: its municipalities with dates."""
    try:
        shown = pages.area_page(area_id, danish_date(request.at))
    except Area.DoesNotExist:
        raise Http404 from None
    offered: list[ActionForm] = []
    if may_edit_nation(request.reader) and shown.area.kind in pages.KEPT_BY_HAND:
        names, standing = municipality_names(), shown.standing
        outside = {code: name for code, name in names.items() if code not in standing}
        offered = [
            JoinArea(request, about=area_id, among=outside),
            LeaveArea(request, about=area_id, among=standing),
        ]
    if carried_out(request, offered):
        return redirect("area", area_id)
    context = {"section": "network", "shown": shown, "forms": offered}
    return render(request, "network/area.html", context, status=status_of(offered))
