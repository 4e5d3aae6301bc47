"""Sign in and out; in the demo, by one click."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tvaers.accounts import operations
from tvaers.core.actor import Actor, ActorKind
from tvaers.database.change import changing
from tvaers.web import attempts, demo
from tvaers.web.addresses import own_address
from tvaers.web.doors import Visit, open_page
from tvaers.web.forms import Form

SIGN_IN = Actor(kind=ActorKind.JOB, label="sign-in")
"""Who renews the hash of a password that was right: nobody is signed in yet."""


class SignIn(Form):
    undone = _("Du blev ikke logget ind.")
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Adgangskode"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@open_page
def sign_in(request: Visit) -> HttpResponse:
    """E-mail and password; after too many failures a wait, whoever tries."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keys = attempts.keys(form.cleaned_data["email"], request.META.get("REMOTE_ADDR", ""))
        if attempts.too_many(keys, at=request.at):
            form.add_error(None, _("Der er prøvet for mange gange. Vent et kvarter, og prøv igen."))
        else:
            with changing(by=SIGN_IN, at=request.at):
                user = authenticate(request, **_credentials(form))
            if user is not None:
                attempts.forget(keys)
                return _enter(request, user)
            attempts.remember(keys, at=request.at)
            form.add_error(None, _("E-mail eller adgangskode er forkert."))
    context = {
        "form": form,
        "next": request.GET.get("next", ""),
        "people": demo.PEOPLE if settings.TVAERS_DEMO else (),
        "links": demo.links_that_open(at=request.at) if settings.TVAERS_DEMO else (),
    }
    return render(request, "sign_in/sign_in.html", context, status=form.status)


@require_POST
@open_page
def demo_sign_in(request: Visit, name: str) -> HttpResponse:
    """One click into the demo as one of its people, or by a link that one of them got by mail;
    refused anywhere else."""
    if settings.TVAERS_DEMO and (address := demo.address_of(name, at=request.at)):
        return redirect(address)
    user = demo.user_called(name) if settings.TVAERS_DEMO else None
    if user is None:
        raise PermissionDenied
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if wanted in dict(settings.LANGUAGES) and wanted != user.language:
        actor = Actor(kind=ActorKind.PERSON, id=user.pk)
        operations.change_language(user_id=user.pk, language=wanted, by=actor)
    return _enter(request, user)


@require_POST
@open_page
def sign_out(request: Visit) -> HttpResponse:
    logout(request)
    return redirect("sign_in")


def _credentials(form: SignIn) -> dict[str, str]:
    return {
        "username": form.cleaned_data["email"].lower(),
        "password": form.cleaned_data["password"],
    }


def _enter(request: Visit, user: Any) -> HttpResponse:
    login(request, user)
    return redirect(own_address(request, request.POST.get("next", "")))


urlpatterns = [
    path("log-ind/", sign_in, name="sign_in"),
    path("log-ud/", sign_out, name="sign_out"),
    path("demo/<str:name>/", demo_sign_in, name="demo_sign_in"),
]
