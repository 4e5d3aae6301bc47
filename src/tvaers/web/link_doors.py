"""The door of every page that opens by a signed link, without sign-in.

    @link_page(Purpose.ANSWER, OFFICE_REFUSALS)
    def answer_link(request: LinkVisit) -> HttpResponse:
        operations.answer(request_id=request.link.about, by=request.holder, at=request.at)

Whoever opens a link only looks: a scanner of mail may do so. What acts is a form that is sent, and
a link takes a limited number of those. The address is a key, so it is told to no other site
(`Referrer-Policy`), kept by no cache or search engine, and written in no log (`web.logs`).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tvaers.core.actor import Actor
from tvaers.database.change import as_reader
from tvaers.links.models import Link, Purpose
from tvaers.links.tokens import LinkRefused, Refusal, actor_of, opened
from tvaers.web import attempts
from tvaers.web.doors import Visit, open_page

P = ParamSpec("P")
LANGUAGE = "sprog"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class LinkVisit(Visit):
    """A request by whoever holds a link that opens."""

    link: Link
    token: str

    holder: Actor


View = Callable[Concatenate[LinkVisit, P], HttpResponse]


def link_page(
    purpose: Purpose, refusals: Mapping[Refusal, Any], *, forms: int = attempts.PER_LINK
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Let in whoever holds a link for the purpose; the view reads as the link's office.

    `refusals` say why another link does not open; `forms` is how many one link may send in a
    quarter of an hour. The view gets no token: `request` has it.
    The key is the address itself and no cookie, so another site has nothing to forge with; and
    browsers that must not tell the address cannot say where a form comes from either.
    """

    def with_door(view: View[P]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @open_page
        @wraps(view)
        def answer(request: Any, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            with translation.override(_language(request)):
                refused = _opened(request, token, purpose, refusals, forms)
                if refused is not None:
                    response = refused
                else:
                    with as_reader(office_id=request.link.office_id):
                        response = view(request, *args, **kwargs)
                response.headers["Content-Language"] = translation.get_language() or "da"
            for name, value in HEADERS.items():
                response.headers[name] = value
            return response

        return answer

    return with_door


def back(request: LinkVisit) -> HttpResponse:
    """The same page, after a form that was sent did what it should."""
    return redirect(request.get_full_path())


def _opened(
    request: Any, token: str, purpose: Purpose, refusals: Mapping[Refusal, Any], forms: int
) -> HttpResponse | None:
    """Find the link; why it does not open, or None when it does and `request` has it."""
    keys = attempts.link_keys(token, request.META.get("REMOTE_ADDR", ""), forms=forms)
    if attempts.too_many(keys, at=request.at):
        return _refused(request, _("Der er prøvet for mange gange. Vent et kvarter."), status=429)
    try:
        link = opened(token, purpose, at=request.at)
    except LinkRefused as refusal:
        if refusal.reason == Refusal.FORGED:
            attempts.remember(keys, at=request.at)
        return _refused(request, refusals[refusal.reason], status=410)
    if request.method == "POST":
        attempts.remember([attempts.key_of_link(token)], at=request.at)
    request.link, request.token, request.holder = link, token, actor_of(link)
    return None


def _refused(request: Any, sentence: Any, *, status: int) -> HttpResponse:
    context = {"title": _("Linket kan ikke bruges"), "sentence": sentence, "by_link": True}
    return render(request, "errors/error.html", context, status=status)


def _language(request: Any) -> str:
    """The language in the address, else the one the browser chose here before."""
    wanted = request.GET.get(LANGUAGE, "")
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or "da"
