"""What people see when something is refused, missing or broken: what happened, and what to do."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tvaers.web.doors import Refused

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form could not be read."""
    return _answer(
        request,
        400,
        _("Vi kunne ikke læse det, der blev sendt"),
        _("Intet er ændret. Gå tilbage, og prøv igen."),
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the reader may not. A `Refused` brings its own sentence."""
    sentence = str(exception) if isinstance(exception, Refused) else ""
    return _answer(
        request,
        403,
        _("Det har du ikke adgang til"),
        sentence or _("Intet er ændret. Tal med din leder, hvis du mangler en rolle."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing this reader may know of."""
    return _answer(
        request,
        404,
        _("Siden findes ikke"),
        _("Adressen kan være forkert, eller det, der stod her, er væk."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; the request's transaction was undone.

    Asks neither database nor session, which may be what is broken.
    """
    context = {
        "title": _("Noget gik galt hos os"),
        "sentence": _("Det, du sendte, blev ikke gemt. Fejlen er skrevet ned. Prøv igen om lidt."),
    }
    return HttpResponse(render_to_string("errors/error.html", context), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 from the protection against forged forms: mostly a page left open overnight."""
    log.warning("form refused: %s", reason)
    return _answer(
        request,
        403,
        _("Siden har været åben for længe"),
        _("Intet er ændret. Gå tilbage, hent siden igen, og send så formularen."),
    )


def _answer(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"title": title, "sentence": sentence}
    return render(request, "errors/error.html", context, status=status)
