"""Alliances and the nation: members, area, promises and closing days."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tvaers.accounts.access import Verb, may_edit_alliance, may_edit_nation
from tvaers.core.working_days import danish_date
from tvaers.network import pages
from tvaers.network.models import Alliance, ServiceLevel
from tvaers.network.operations import PROMISES
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.doors import Refused, Request, page
from tvaers.web.pages.network import alliance_forms as forms
from tvaers.wording.promises import promises


@page(Verb.EDIT_NETWORK)
def alliance_new(request: Request) -> HttpResponse:
    """Offices that begin to work together; the administrator's to add."""
    if not may_edit_nation(request.reader):
        raise Refused
    form = forms.SaveAlliance(request)
    if carried_out(request, [form]):
        return redirect("alliance", form.saved)
    context = {"section": "network", "form": form}
    return render(request, "network/alliance_new.html", context, status=form.status)


@page(Verb.SEE_NETWORK)
def alliance(request: Request, alliance_id: int) -> HttpResponse:
    """One alliance: what it promises, its area, its members, its closing days."""
    day = danish_date(request.at)
    try:
        shown = pages.alliance_page(alliance_id, day)
    except Alliance.DoesNotExist:
        raise Http404 from None
    may = may_edit_alliance(request.reader, alliance_id, day)
    offered = _forms(request, shown) if may else {}
    if carried_out(request, offered.values()):
        return redirect("alliance", alliance_id)
    context = {
        "section": "network",
        "shown": shown,
        "levels": _levels(shown.service_levels, day),
        "forms": offered,
    }
    return render(request, "network/alliance.html", context, status=status_of(offered.values()))


@page(Verb.SEE_NETWORK)
def nation(request: Request) -> HttpResponse:
    """What holds where no alliance has agreed otherwise."""
    day = danish_date(request.at)
    levels, closing_days = pages.service_levels(None), pages.closing_days_from(None, day)
    offered: dict[str, ActionForm] = {}
    if may_edit_nation(request.reader):
        offered = _shared_forms(request, None, levels, closing_days)
    if carried_out(request, offered.values()):
        return redirect("nation")
    context = {
        "section": "network",
        "levels": _levels(levels, day),
        "closing_days": closing_days,
        "forms": offered,
    }
    return render(request, "network/nation.html", context, status=status_of(offered.values()))


def _forms(request: Request, shown: pages.AlliancePage) -> dict[str, ActionForm]:
    about, members = shown.id, {row.id: row.name for row in shown.members}
    named = {
        "name": shown.name,
        "releases_by_default": shown.releases_by_default,
        "is_example": shown.is_example,
        "municipalities": list(shown.municipalities),
    }
    own: list[ActionForm] = [
        forms.SaveAlliance(request, about=about, initial=named),
        forms.AddMember(request, about=about, members=set(members)),
        forms.EndMembership(request, about=about, members=members),
    ]
    shared = _shared_forms(request, about, shown.service_levels, shown.closing_days)
    return {form.action.replace("-", "_"): form for form in own} | shared


def _shared_forms(
    request: Request,
    about: int | None,
    levels: tuple[ServiceLevel, ...],
    closing_days: tuple[pages.ClosingDayRow, ...],
) -> dict[str, ActionForm]:
    """The forms that an alliance and the nation have alike."""
    today = danish_date(request.at)
    begin: dict[str, Any] = {name: getattr(levels[0], name) for name in PROMISES} if levels else {}
    begin |= {"from_day": forms.tomorrow(today)}
    of_alliance = about is not None
    among = {row.id for row in closing_days if row.id and row.of_alliance == of_alliance}
    offered: list[ActionForm] = [
        forms.NewServiceLevel(request, about=about, today=today, initial=begin),
        forms.AddClosingDay(request, about=about),
        forms.RemoveClosingDay(request, about=about, among=among),
    ]
    return {form.action.replace("-", "_"): form for form in offered}


def _levels(levels: tuple[ServiceLevel, ...], day: date) -> list[dict[str, Any]]:
    """Each service level in words; the newest that has begun is the one in force."""
    begun = [level for level in levels if level.starts_on <= day]
    return [
        {"level": level, "words": promises(level), "now": begun[:1] == [level]} for level in levels
    ]
