"""What holds for every request: its turn, its language, and how htmx follows a redirect."""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = dict(settings.LANGUAGES)
FORMS_AT_ONCE = BoundedSemaphore(2)
"""Of one process."""


def few_forms_at_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before anything is asked of the database: forms take turns, and looks do not.

    When a hundred offices answer in the same moment each waits a little longer, and whoever only
    opens a page does not wait behind them all.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        with FORMS_AT_ONCE:
            return get_response(request)

    return answer


def chosen_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after authentication. The browser's wish is not asked: Danish comes first."""

    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "da")
        return response

    return answer


def whole_redirects(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a redirect moves the whole window, also when htmx asked for a part of it.

    Otherwise the sign-in page of someone whose session has ended would appear inside a list.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") and 300 <= response.status_code < 400:
            moved = HttpResponse(headers={"HX-Redirect": response["Location"]})
            moved.cookies = response.cookies
            return moved
        return response

    return answer


def language_of(request: HttpRequest) -> str:
    """The code of the language to answer in."""
    if request.user.is_authenticated:
        wanted = request.user.language
    else:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE
