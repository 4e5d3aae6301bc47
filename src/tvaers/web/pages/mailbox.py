"""Postkasse: the mails that the demo caught, with their links to click."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from tvaers.messages.queries import caught
from tvaers.web.addresses import page_number
from tvaers.web.doors import SignedIn, Visit, acting, open_page


@open_page
def mailbox(request: Visit) -> HttpResponse:
    """All mail of the demo, the newest first; open to all, like a letter box in the hall.

    Whoever is signed in keeps the menu.
    """
    if not settings.TVAERS_DEMO:
        raise Http404
    if request.user.is_authenticated:
        request.reader = acting(cast(SignedIn, request))  # type: ignore[attr-defined]
    context = {"section": "mailbox", "page": caught(page_number(request))}
    return render(request, "mailbox/mailbox.html", context)


urlpatterns = [path("postkasse/", mailbox, name="mailbox")]
