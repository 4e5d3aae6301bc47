"""The door of every page: who comes in, for which office, and when.

A view is a door, a clock, one call and one answer:

    @page(Verb.RECEIVE_ORDER)
    def order_new(request: Request) -> HttpResponse:
        operations.receive(new=…, by=request.reader.actor, at=request.at)
        return redirect("order", …)
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tvaers.accounts.access import Verb, may
from tvaers.accounts.models import User
from tvaers.accounts.readers import Reader, offices_of, reader_for
from tvaers.core.working_days import danish_date
from tvaers.database.change import as_reader
from tvaers.web import clock

P = ParamSpec("P")
OFFICE_IN_SESSION = "office_id"
NO_ROLE = gettext_lazy(
    "Du har ingen rolle ved noget kontor i dag. Var du i gang med noget, er din rolle netop "
    "ophørt. Den, der administrerer brugere ved dit kontor, kan give dig en ny."
)


class Visit(HttpRequest):
    """A request by anyone; it knows its moment."""

    at: datetime


class SignedIn(Visit):
    """A request by someone who is signed in, and may not have chosen an office yet."""

    user: User  # type: ignore[assignment]  # nobody else comes this far


class Request(SignedIn):
    """A request that came in by a door: it knows its reader."""

    reader: Reader


class Refused(PermissionDenied):
    """The reader may not do this; the sentence says why and who can help."""


V = TypeVar("V", bound=Visit)
View = Callable[Concatenate[V, P], HttpResponse]


def page(*verbs: Verb) -> Callable[[View[Request, P]], Callable[..., HttpResponse]]:
    """Let in those whose roles today, at the office they act for, give them one of `verbs`.

    Without verbs everyone with a role is let in. What the view reads, it reads as that office:
    the door opens inside the request's transaction and row-level security follows the reader.
    """

    def with_door(view: View[Request, P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request.at = clock.now()
            reader = acting(request)
            if reader is None:
                return redirect("choose_office")
            request.reader = reader
            if verbs and not any(may(reader, verb) for verb in verbs):
                raise Refused(
                    _("Din rolle ved %(office)s giver ikke adgang hertil.")
                    % {"office": reader.office_name}
                )
            with as_reader(office_id=reader.office_id, user_id=reader.user_id, at=request.at):
                response = view(request, *args, **kwargs)
            # Kept by this browser alone, and asked for anew; "back" still finds what was typed.
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response

        answer.verbs = verbs  # type: ignore[attr-defined]  # a page tells what opens it
        return answer

    return with_door


def open_page(view: View[V, P]) -> Callable[..., HttpResponse]:
    """A page for everyone, signed in or not; it knows the time and no reader."""

    return login_not_required(signed_in(view))


def signed_in(view: View[V, P]) -> Callable[..., HttpResponse]:
    """A page for everyone who is signed in, before an office is chosen; it knows no reader."""

    @wraps(view)
    def answer(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.at = clock.now()
        return view(request, *args, **kwargs)

    return answer


def acting(request: SignedIn) -> Reader | None:
    """The reader at the office chosen in the session, or at the only one there is.

    None when there is a choice to make; raises `Refused` without any role today. One query once
    the office is chosen.
    """
    user_id, day = request.user.pk, danish_date(request.at)
    chosen = request.session.get(OFFICE_IN_SESSION)
    if chosen is not None:
        if reader := reader_for(user_id, chosen, day, demo=settings.TVAERS_DEMO):
            return reader
        del request.session[OFFICE_IN_SESSION]
    offices = offices_of(user_id, day)
    if not offices:
        raise Refused(NO_ROLE)
    if chosen is not None:
        messages.warning(
            request, _("Din rolle ved det kontor, du handlede for, er ophørt. Vælg et andet.")
        )
        return None
    if len(offices) > 1:
        return None
    request.session[OFFICE_IN_SESSION] = offices[0].office_id
    return reader_for(user_id, offices[0].office_id, day, demo=settings.TVAERS_DEMO)
