"""Jobordre: one page for one order."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tvaers.accounts.access import Verb
from tvaers.accounts.queries import user_names
from tvaers.agreements.queries import chosen_lead, warns
from tvaers.circulation.queries import map_states
from tvaers.core.working_days import danish_date
from tvaers.matching.models import Search
from tvaers.messages.queries import mails_of_order
from tvaers.network.models import LadderStep
from tvaers.network.queries import office_names
from tvaers.orders import ladder, lifecycle
from tvaers.orders.access import may_accept_handover, may_lead
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Order
from tvaers.orders.queries import LOG_LINES, LadderView, OrderPage, ladder_of, order_page
from tvaers.places.queries import municipality_names
from tvaers.referrals.queries import states_of
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.components.tile_map import MunicipalityState, TileMap, tile_map
from tvaers.web.doors import Request, page
from tvaers.web.pages.circulation.sections import ledger_section
from tvaers.web.pages.orders import actions
from tvaers.web.pages.orders.next_step import NextStep, Situation, next_step
from tvaers.web.pages.orders.shared import shared_section
from tvaers.web.pages.postings.office import post_forms, postings_section
from tvaers.web.pages.referrals.sections import referrals_section
from tvaers.wording import order_log
from tvaers.wording.orders import (
    CLOCKS,
    OUTCOMES,
    either_label,
    hours,
    not_covered,
    pause_words,
    portion_words,
    scheme_name,
    years_of,
)


@page(Verb.SEE_ORDERS)
def order(request: Request, order_id: int) -> HttpResponse:
    """Promises, ladder, candidates, answers, words, log; and the next step as one button."""
    shown = order_or_404(order_id)
    leads = may_lead(request.reader, shown.order)
    offered = _forms(request, shown, leads=leads)
    if carried_out(request, offered.values()):
        return redirect("order", order_id)
    day = danish_date(request.at)
    steps = ladder_of(shown, day=day)
    states = map_states(order_id, at=request.at)
    candidates = referrals_section(request, shown.order)
    now = Situation(
        page=shown,
        ladder=steps,
        states=states,
        referrals=states_of(order_id),
        presented=candidates["presented"],
        searched=_is_searched(shown.order),
    )
    lead = chosen_lead(shown.order.company_id, day)
    context = {
        "section": "orders",
        "live": reverse("live_order", args=[order_id]),
        "shown": shown,
        "order": shown.order,
        "leads": leads,
        "forms": offered,
        "next": next_step(now) if leads else NextStep.NONE,
        "now": now,
        "map": _map(shown, steps, states),
        "ladder": _steps(shown, steps),
        "chosen_lead": lead,
        "warned": warns(request.reader.office_id, lead, about_recruiting=True),
        "mails": mails_of_order(order_id),
        **_words(shown),
        **candidates,
        **_sections(request, shown.order),
    }
    return render(request, "orders/order.html", context, status=status_of(offered.values()))


def _sections(request: Request, order: Order) -> dict[str, Any]:
    """The parts of the page that say what others answered, what is posted and what is shared."""
    return {
        **ledger_section(request, order),
        **postings_section(request, order),
        **shared_section(request, order),
    }


def order_or_404(order_id: int) -> OrderPage:
    """The order's page, or a page that says it is not there."""
    try:
        return order_page(order_id)
    except Order.DoesNotExist:
        raise Http404 from None


def _forms(request: Request, shown: OrderPage, *, leads: bool) -> dict[str, ActionForm]:
    """What the reader may do with the order as it stands."""
    about, offered = shown.order, list[ActionForm]()
    if leads and about.stage == Stage.CLOSED:
        offered.append(actions.Reopen(request, about=about))
    elif leads:
        offered += [
            actions.RecordWord(request, about=about),
            actions.StartRecruiting(request, about=about),
            actions.TellCompany(request, about=about),
            actions.Widen(request, about=about),
            actions.Resume(request, about=about)
            if about.paused_at
            else actions.Pause(request, about=about),
            actions.RaiseOpenings(request, about=about, initial={"openings": about.openings}),
            actions.AgreeNumber(request, about=about, initial={"number": about.present_at_most}),
            *post_forms(request, about),
        ]
    if shown.handover and may_accept_handover(request.reader, shown.handover):
        offered += [
            actions.AcceptHandover(request, about=shown.handover),
            actions.DeclineHandover(request, about=shown.handover),
        ]
    return {form.action: form for form in offered}


def _is_searched(order: Order) -> bool:
    """Whether anyone searched for what the order asks for today. One query."""
    version = order.covered_from_version
    return Search.objects.filter(order=order, requirements_version__gte=version).exists()


def _map(shown: OrderPage, steps: LadderView, states: dict[str, str]) -> TileMap:
    """The map: what is known of each municipality, over all that the area and step hold."""
    wanted = {*shown.coverage.area, *steps.municipalities}
    return tile_map(dict.fromkeys(wanted, MunicipalityState.NOT_ASKED) | states)


def _steps(shown: OrderPage, steps: LadderView) -> list[dict[str, Any]]:
    above = ladder.steps_above(steps.step)
    total = len(steps.municipalities)
    return [
        {
            "label": step.label,
            "here": step == steps.step,
            "above": step in above,
            "covered": total - len(steps.missing),
            "total": total,
        }
        for step in LadderStep
    ]


def _words(shown: OrderPage) -> dict[str, Any]:
    """The parts of the page that are sentences."""
    order, names = shown.order, municipality_names()
    clock, outcome = shown.clock, shown.outcome
    why_not = shown.why_not_close() if order.stage != Stage.CLOSED else None
    return {
        "clock": (CLOCKS[clock[0]], clock[1]) if clock else None,
        "outcome": OUTCOMES[outcome] if outcome else "",
        "occupation": either_label((order.occupation, *order.other_occupations)),
        "occupation_years": years_of(order.occupation_years),
        "requirements": [
            {
                "row": row,
                "concept": either_label((row.concept, *row.either)),
                "years": years_of(row.years),
            }
            for row in shown.requirements
        ],
        "scheme": scheme_name(order.scheme),
        "portions": portion_words(order, shown.portions),
        "hours": hours(order),
        "paused": pause_words(order.pause_reason),
        "missing": not_covered(shown.coverage.missing, names)
        if why_not == lifecycle.Refusal.NOT_COVERED
        else "",
        "why_not": why_not,
        "log_is_cut": len(shown.log) == LOG_LINES,
        "log": order_log.lines(
            shown.log,
            order_log.Names(
                offices=office_names(order_log.offices_in(shown.log)),
                users=user_names(order_log.users_in(shown.log)),
                municipalities=names,
            ),
        ),
    }
