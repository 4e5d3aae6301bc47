"""Kandidat: what the reader may see of one person, who else has looked, and what to do."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tvaers.accounts.access import Verb, may
from tvaers.audit.models import LookKind
from tvaers.audit.operations import record_look
from tvaers.audit.queries import LookRow, looks_at
from tvaers.candidates.access import may_confirm, may_edit
from tvaers.candidates.models import Profile
from tvaers.candidates.queries import PersonPage, person_page
from tvaers.core.paging import Page
from tvaers.core.working_days import danish_date
from tvaers.orders.access import may_lead
from tvaers.orders.models import Order
from tvaers.referrals.queries import ReleaseWanted, of_person, release_states, releases_wanted
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.pages.candidates import forms
from tvaers.web.pages.candidates.fitting import fitting_section
from tvaers.wording import candidates as words
from tvaers.wording.matching import cv_age, ready
from tvaers.wording.orders import concept_label
from tvaers.wording.referrals import RELEASES, STATES


@page(Verb.SEE_PROFILES)
def candidate(request: Request, person_id: int) -> HttpResponse:
    """One person. With `?ordre=` the page is looked at for that order."""
    day = danish_date(request.at)
    try:
        shown = person_page(person_id, day=day)
    except Profile.DoesNotExist:
        raise Http404 from None
    order = _order(request)
    at_home = shown.profile.home_office_id == request.reader.office_id
    wanted = _wanted(request, person_id) if at_home else ()
    release = release_states(order.pk, [person_id]).get(person_id, "") if order else ""
    offered = _forms(request, shown, order, release=release, wanted=wanted)
    if carried_out(request, offered.values()):
        return redirect(request.get_full_path())
    record_look(
        kind=LookKind.VIEW,
        purpose="view",
        person_ids=[person_id],
        order_id=order.pk if order else None,
        by=request.reader.actor,
        at=request.at,
    )
    in_play = of_person(person_id)
    context = {
        "section": "candidates" if at_home else "",
        "person": shown,
        "who": words.who(person_id, shown.identity.name if shown.identity else ""),
        "profile": _profile(shown, request),
        "at_home": at_home,
        "order": order,
        "release": RELEASES.get(release, ""),
        "in_play": [(row, STATES[row.state]) for row in in_play],
        "fitting": fitting_section(request, shown.profile, in_play),
        "wanted": wanted,
        "looks": looks_at(person_id, page=page_number(request)) if at_home else None,
        "forms": offered,
    }
    if context["looks"]:
        context["look_rows"] = _look_rows(context["looks"])
    return render(request, "candidates/candidate.html", context, status=status_of(offered.values()))


def _order(request: Request) -> Order | None:
    """The order that the person is looked at for."""
    text = request.GET.get("ordre", "")
    if not text.isdecimal() or len(text) > 15:
        return None
    return Order.objects.select_related("company").filter(pk=int(text)).first()


def _wanted(request: Request, person_id: int) -> tuple[ReleaseWanted, ...]:
    """The questions about this person that wait for the office."""
    if not may(request.reader, Verb.DECIDE_RELEASE):
        return ()
    waiting = releases_wanted(request.reader.office_id)
    return tuple(release for release in waiting if release.person_id == person_id)


def _forms(
    request: Request,
    shown: PersonPage,
    order: Order | None,
    *,
    release: str,
    wanted: tuple[ReleaseWanted, ...],
) -> dict[str, ActionForm]:
    """What the reader may do with the person as things stand."""
    reader, profile = request.reader, shown.profile
    reported = profile.reported_unavailable_at is not None
    offered: list[ActionForm] = []
    if reported and may_confirm(reader, profile):
        offered += [
            form(request, about=profile.pk)
            for form in (forms.ConfirmUnavailable, forms.DenyUnavailable)
        ]
    elif not reported and profile.status == "ACTIVE" and may(reader, Verb.REPORT_UNAVAILABLE):
        offered.append(forms.ReportUnavailable(request, about=profile.pk))
    if may_edit(reader, profile):
        initial = {"legal_basis": profile.legal_basis}
        offered.append(forms.SetLegalBasis(request, about=profile.pk, initial=initial))
        offered.append(forms.SendOverview(request, about=profile.pk))
    if wanted:
        offered += [
            form(request, about=profile.pk) for form in (forms.GrantRelease, forms.RefuseRelease)
        ]
    if order and may_lead(reader, order):
        if not shown.identity and not release and may(reader, Verb.ASK_RELEASE):
            offered.append(forms.AskRelease(request, about=profile.pk, order_id=order.pk))
        if not shown.hidden:
            offered.append(forms.Propose(request, about=profile.pk, order_id=order.pk))
    return {form.action: form for form in offered}


def _profile(shown: PersonPage, request: Request) -> dict[str, Any]:
    """The professional profile in words."""
    profile, day = shown.profile, danish_date(request.at)
    return {
        "wanted": [concept_label(occupation) for occupation in profile.wanted],
        "held": words.held(profile),
        "concepts": words.concepts(profile),
        "travel": words.travel(profile),
        "hours": words.hours(profile),
        "kinds": words.kinds(profile),
        "ready": ready(profile.available_from or day, today=day),
        "cv_age": cv_age(profile.cv_updated_on, today=day),
        "hidden": [words.why_hidden(reason) for reason in shown.hidden],
        "flaws": [words.FLAWS[flaw] for flaw in shown.flaws],
    }


def _look_rows(looks: Page[LookRow]) -> list[tuple[LookRow, Any]]:
    return [(look, words.PURPOSES.get(look.purpose, look.kind.label)) for look in looks.rows]
