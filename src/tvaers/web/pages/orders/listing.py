"""Jobordrer: which orders are there, and which promise is next?"""

from django import forms
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.access import Verb, may
from tvaers.orders.lifecycle import Stage
from tvaers.orders.models import Stage as StageName
from tvaers.orders.queries import OrderFilter, covered_counts, order_list
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.web.forms import Form
from tvaers.wording.orders import CLOCKS, OUTCOMES

OPEN = "OPEN"


class Whose(TextChoices):
    OFFICE = "office", _("Vores kontors")
    MINE = "mine", _("Mine")
    ALL = "all", _("Alle")


class Filter(Form):
    """What the list is narrowed to; nonsense in the address counts as nothing chosen."""

    q = forms.CharField(label=_("Titel, virksomhed eller CVR-nummer"), required=False)
    whose = forms.ChoiceField(label=_("Hvis jobordrer"), choices=Whose.choices, required=False)
    stage = forms.ChoiceField(
        label=_("Trin"),
        choices=[(OPEN, _("Alle åbne")), *StageName.choices, ("ALL", _("Alle"))],
        required=False,
    )
    late = forms.BooleanField(label=_("Kun forsinkede"), required=False)

    def chosen(self, request: Request) -> OrderFilter:
        """The filter in the domain's words."""
        told = self.cleaned_data if self.is_valid() else {}
        whose, stage = told.get("whose") or Whose.OFFICE, told.get("stage") or OPEN
        return OrderFilter(
            stage=Stage(stage) if stage in set(Stage) else None,
            open_only=stage == OPEN,
            office_id=request.reader.office_id if whose == Whose.OFFICE else None,
            lead_id=request.reader.user_id if whose == Whose.MINE else None,
            text=told.get("q", ""),
            late_at=request.at if told.get("late") else None,
        )


@page(Verb.SEE_ORDERS)
def orders(request: Request) -> HttpResponse:
    """Orders, the newest first, 25 a page; the list follows what is chosen.

    An office that takes no orders, a fund's, begins with everyone's: its own list stays empty.
    """
    may_take = may(request.reader, Verb.TAKE_ORDER)
    begins_with = {"whose": Whose.OFFICE if may_take else Whose.ALL, "stage": OPEN}
    form = Filter(begins_with | request.GET.dict())
    found = order_list(form.chosen(request), page=page_number(request))
    covered = covered_counts([row.id for row in found.rows])
    context = {
        "section": "orders",
        "form": form,
        "page": found,
        "rows": [
            {
                "order": row,
                "late": row.is_late(at=request.at),
                "clock": CLOCKS[row.clock] if row.clock else "",
                "outcome": OUTCOMES[row.outcome] if row.outcome else "",
                "stage": StageName(row.stage).label,
                "covered": covered[row.id],
            }
            for row in found.rows
        ],
        "may_take": may_take,
    }
    part = "orders/_list.html" if request.htmx else "orders/orders.html"  # type: ignore[attr-defined]
    return render(request, part, context)
