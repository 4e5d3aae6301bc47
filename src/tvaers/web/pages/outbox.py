"""Mails, der ikke nåede frem: what was given up, why, and "send again"."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from tvaers.accounts.access import Verb
from tvaers.core.actor import Actor
from tvaers.messages import operations
from tvaers.messages.queries import FailedMessage, failed, outbox_state
from tvaers.web.actions import ActionForm, carried_out, status_of
from tvaers.web.addresses import page_number
from tvaers.web.doors import Request, page
from tvaers.wording.candidates import who
from tvaers.wording.mails import FAILURES, KINDS


class SendAgain(ActionForm):
    action = "again"
    done = _("Mailen bliver sendt igen om lidt.")

    message_id = forms.IntegerField()

    def carry_out(self, *, by: Actor, at: Any) -> None:
        operations.send_again(**self.cleaned_data, by=by, at=at)


@page(Verb.MEND_MAIL)
def outbox(request: Request) -> HttpResponse:
    """The messages that were given up, 25 at a time, and how many wait."""
    again = SendAgain(request)
    if carried_out(request, [again]):
        return redirect("outbox")
    found = failed(page_number(request))
    context = {
        "section": "outbox",
        "page": found,
        "rows": list(_rows(found.rows)),
        "state": outbox_state(),
        "no_server": not settings.EMAIL_BACKEND,
    }
    return render(request, "outbox/outbox.html", context, status=status_of([again]))


def _rows(rows: Iterable[FailedMessage]) -> Iterable[dict[str, Any]]:
    for row in rows:
        person = who(row.to_person_id, "") if row.to_person_id else ""
        to = {"recipient": row.recipient or person}
        yield to | {"row": row, "kind": KINDS.get(row.kind, row.kind), "why": FAILURES[row.failure]}


urlpatterns = [path("mails/", outbox, name="outbox")]
