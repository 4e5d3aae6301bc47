"""Ret krav og tekst: what the order says, changed by one person at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tvaers.accounts.access import Verb
from tvaers.circulation import operations
from tvaers.companies.queries import company_row
from tvaers.core.working_days import danish_date
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Order
from tvaers.orders.need import Need, Portion, canonical
from tvaers.orders.queries import need_of
from tvaers.orders.refusals import NeedRefused, OrderRefused, StaleOrder
from tvaers.web.doors import Request, page
from tvaers.web.pages.orders import asked
from tvaers.web.pages.orders.leads import only_leads
from tvaers.web.pages.orders.need_form import NeedForm, amended, told_in, told_of
from tvaers.web.pages.orders.order import order_or_404
from tvaers.wording.order_log import FIELDS
from tvaers.wording.orders import concept_label, refused, years_of


@dataclass(frozen=True)
class Difference:
    """What the order says now, and what was typed instead."""

    field: Any
    now: str
    typed: str


@page(Verb.LEAD_ORDER)
def order_change(request: Request, order_id: int) -> HttpResponse:
    """Change what the order asks for; says so when someone else saved in the meantime."""
    shown = order_or_404(order_id)
    only_leads(request, shown)
    order = shown.order
    if order.stage == Stage.CLOSED:
        messages.info(request, _("Jobordren er lukket. Genåbn den, før du retter den."))
        return redirect("order", order_id)
    told = told_in(request.POST) if request.method == "POST" else told_of(need_of(order))
    if request.method == "POST":
        part = amended(told, request.POST)
        if not part:
            return _save(request, order, told)
        if request.htmx:  # type: ignore[attr-defined]
            form = _form(request, order, told, None)
            return render(request, f"orders/_{part}.html", {"form": form, "says": asked.SAYS})
    return _shown(request, order, _form(request, order, told, None), revision=_revision(request))


def _save(request: Request, order: Order, told: dict[str, Any]) -> HttpResponse:
    form, revision = _form(request, order, told, request.POST), _revision(request)
    differences: list[Difference] = []
    if form.is_valid():
        before = need_of(order)
        need = _with_same_uris(form.need(), before)
        try:
            with transaction.atomic():
                operations.change_order(
                    order_id=order.pk,
                    revision=revision or 0,
                    need=form.save_what_is_new(need, by=request.reader.actor, at=request.at),
                    by=request.reader.actor,
                    at=request.at,
                )
        except StaleOrder as refusal:
            form.add_error(None, refused(refusal))
            revision = refusal.revision
            differences = list(_differences(refusal.current, canonical(need), form))
        except NeedRefused as refusal:
            form.refuse(refusal)
        except OrderRefused as refusal:
            form.add_error(None, refused(refusal))
        else:
            messages.success(request, _("Ændringerne er gemt."))
            return redirect("order", order.pk)
    return _shown(request, order, form, revision=revision, differences=differences)


def _revision(request: Request) -> int | None:
    """The revision that the person was looking at, when the form was sent."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else None


def _form(request: Request, order: Order, told: dict[str, Any], data: QueryDict | None) -> NeedForm:
    company = company_row(order.company_id)
    assert company is not None
    return NeedForm(data, told=told, company=company, day=danish_date(request.at))


def _shown(
    request: Request,
    order: Order,
    form: NeedForm,
    *,
    revision: int | None,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    context = {
        "section": "orders",
        "order": order,
        "form": form,
        "says": asked.SAYS,
        "revision": order.revision if revision is None else revision,
        "differences": differences,
    }
    return render(request, "orders/change.html", context, status=form.status)


def _with_same_uris(need: Need, before: Need) -> Need:
    """An occupation that is not changed keeps the names it came with from elsewhere."""
    if need.occupation != before.occupation:
        return need
    return replace(need, concept_uri_da=before.concept_uri_da, concept_uri_eu=before.concept_uri_eu)


def _differences(now: Need, typed: Need, form: NeedForm) -> Iterator[Difference]:
    for name, label in FIELDS.items():
        if getattr(now, name) != getattr(typed, name):
            yield Difference(label, _text(now, name, form), _text(typed, name, form))


def _text(need: Need, name: str, form: NeedForm) -> str:
    """One part of a need in words."""
    value = getattr(need, name)
    if name == "occupation":
        return concept_label(value)
    if name == "other_occupations":
        return ", ".join(concept_label(one) for one in value)
    if name == "requirements":
        says = dict(asked.SAYS)
        return "\n".join(
            " · ".join(
                filter(
                    None,
                    (
                        str(says[asked.MUST if one.must else asked.NICE]),
                        one.text,
                        years_of(one.years),
                    ),
                )
            )
            for one in value
        )
    if name == "portions":
        return "\n".join(_portion(one, form) for one in value)
    if name in ("workplace_ids", "contact_id", "scheme"):
        names = {str(key): str(text) for key, text in form.fields[name].choices}  # type: ignore[attr-defined]
        chosen = value if isinstance(value, tuple) else (value or "",)
        return "\n".join(names.get(str(one), "") for one in chosen)
    return "" if value is None else str(value)


def _portion(one: Portion, form: NeedForm) -> str:
    """Some of the openings, in words."""
    names = {
        str(key): str(text)
        for field in ("scheme", "workplace_ids")
        for key, text in form.fields[field].choices  # type: ignore[attr-defined]
    }
    said = (names.get(one.scheme, ""), names.get(str(one.workplace_id), ""))
    return f"{one.number} × {', '.join(filter(None, said))}"
