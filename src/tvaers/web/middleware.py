"""The language of a request: the user's own, else the cookie's, else Danish."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = dict(settings.LANGUAGES)


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


def language_of(request: HttpRequest) -> str:
    """The code of the language to answer in."""
    if request.user.is_authenticated:
        wanted = request.user.language
    else:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE
